"""A link covers its place, its event and all before it; a blinded head tells its holder nothing."""

import hashlib

import pytest

from cotrace.audit.rules.chain import GENESIS, EventColumns, blinded_head, link_hash, round_bytes

EVENT = EventColumns(7, "FGR", 1, "ana", "FGR", "web", "seizure.opened", "SZ-1", "disclosed", "", "", "", "", "0" * 64)


def test_the_first_link_is_the_published_sum() -> None:
    covered = GENESIS + (
        '[1,7,"FGR",1,"ana","FGR","web","seizure.opened","SZ-1","disclosed","","","","","' + "0" * 64 + '"]'
    )
    assert link_hash(GENESIS, 1, EVENT) == hashlib.sha256(covered.encode()).hexdigest()


@pytest.mark.parametrize("field", EventColumns._fields)
def test_every_column_counts(field) -> None:
    other = 99 if isinstance(getattr(EVENT, field), int) else "other"
    assert link_hash(GENESIS, 1, EVENT._replace(**{field: other})) != link_hash(GENESIS, 1, EVENT)


def test_text_cannot_slide_from_one_column_into_the_next() -> None:
    here = EVENT._replace(action="ab", subject="c")
    there = EVENT._replace(action="a", subject="bc")
    assert link_hash(GENESIS, 1, here) != link_hash(GENESIS, 1, there)


def test_place_and_past_count() -> None:
    assert len({link_hash(GENESIS, 1, EVENT), link_hash(GENESIS, 2, EVENT), link_hash("1" * 64, 1, EVENT)}) == 3


def test_the_same_head_blinded_twice_looks_different_and_can_be_opened() -> None:
    known = {"chain": "FGR", "position": 3, "head": "a" * 64}
    assert blinded_head("salt", **known) != blinded_head("pepper", **known)
    assert blinded_head("salt", **known) == blinded_head("salt", **known)


def test_the_order_in_which_heads_are_listed_tells_nothing() -> None:
    assert round_bytes("MX1", "now", ["b", "a"]) == round_bytes("MX1", "now", ["a", "b"])
