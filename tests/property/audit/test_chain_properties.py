"""Any edit of a sealed log breaks its chain, at the row that was edited: whichever column, whatever it says now."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cotrace.audit.models import AuditEvent, AuditSeal
from cotrace.audit.rules.chain import GENESIS, EventColumns, link_hash
from cotrace.audit.selectors.rows import TEXT_COLUMNS
from cotrace.audit.services import record
from cotrace.audit.services.sealing import seal_once
from cotrace.audit.services.verification import verify
from tests.support.administrator import as_administrator
from tests.support.world import agent

EVENTS = 6
CHAINS = ("ATF", "FGR")
SHORT_TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_characters="%"), max_size=12)
COLUMNS = st.tuples(
    st.integers(0, 2**53), SHORT_TEXTS, st.integers(0, 2**53), *(SHORT_TEXTS for _ in range(len(TEXT_COLUMNS)))
)
EVENT_COLUMNS = COLUMNS.map(lambda values: EventColumns(*values))


@given(EVENT_COLUMNS, EVENT_COLUMNS, st.integers(1, 2**53))
def test_two_events_never_share_a_link(one: EventColumns, other: EventColumns, position: int) -> None:
    assume(one != other)
    assert link_hash(GENESIS, position, one) != link_hash(GENESIS, position, other)


@given(EVENT_COLUMNS, st.integers(1, 2**53), st.integers(1, 2**53))
def test_an_event_has_another_link_at_another_place(event: EventColumns, here: int, there: int) -> None:
    assume(here != there)
    assert link_hash(GENESIS, here, event) != link_hash(GENESIS, there, event)


@pytest.fixture
def log(committed: object) -> Iterator[None]:
    """Two sealed chains of six events."""
    for number in range(EVENTS):
        for code in CHAINS:
            with transaction.atomic():
                record(agent(code), action="test.act", subject=f"SZ-{number}")
    seal_once()
    yield


def first_bad_row(chain: str) -> int | None:
    """Return the first row of a chain that is named; where there is one, its link must be what is broken."""
    found = [(each.position, each.code) for each in verify().findings if each.chain == chain]
    if not found:
        return None
    first, _code = min(found)
    assert (first, "link_broken") in found
    return first


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


TAMPERING = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@TAMPERING
@given(
    chain=st.sampled_from(CHAINS),
    position=st.integers(1, EVENTS),
    column=st.sampled_from(TEXT_COLUMNS),
    text=SHORT_TEXTS,
)
def test_any_edit_of_an_event_is_named_at_its_row(log: None, chain: str, position: int, column: str, text: str) -> None:
    event = AuditSeal.objects.get(chain=chain, position=position).event_id
    before = getattr(AuditEvent.objects.get(pk=event), column)
    assume(before != text)
    as_administrator(f"UPDATE audit_auditevent SET {column} = {quoted(text)} WHERE id = {event}")
    try:
        assert first_bad_row(chain) == position
        assert all(first_bad_row(other) is None for other in CHAINS if other != chain)
    finally:
        as_administrator(f"UPDATE audit_auditevent SET {column} = {quoted(before)} WHERE id = {event}")
    assert verify().is_intact


@TAMPERING
@given(
    chain=st.sampled_from(CHAINS),
    position=st.integers(1, EVENTS),
    text=st.text("0123456789abcdef", min_size=64, max_size=64),
)
def test_any_edit_of_a_seal_is_named_at_its_row(log: None, chain: str, position: int, text: str) -> None:
    seal = AuditSeal.objects.get(chain=chain, position=position)
    assume(seal.hash != text)
    as_administrator(f"UPDATE audit_auditseal SET hash = {quoted(text)} WHERE id = {seal.pk}")
    try:
        assert first_bad_row(chain) == position
    finally:
        as_administrator(f"UPDATE audit_auditseal SET hash = {quoted(seal.hash)} WHERE id = {seal.pk}")
    assert verify().is_intact


@TAMPERING
@given(chain=st.sampled_from(CHAINS), order=st.permutations(range(EVENTS)))
def test_any_other_order_is_named_at_its_first_row(log: None, chain: str, order: list[int]) -> None:
    seals = list(AuditSeal.objects.filter(chain=chain).order_by("position"))
    assume(order != sorted(order))
    put_in_order(chain, [seals[at].event_id for at in order])
    try:
        first = next(place for place, at in enumerate(order, start=1) if at != place - 1)
        assert first_bad_row(chain) == first
    finally:
        put_in_order(chain, [each.event_id for each in seals])
    assert verify().is_intact


def put_in_order(chain: str, events: list[int]) -> None:
    """Let the seals of a chain stand for these events, by way of numbers that no event has."""
    away = [f"UPDATE audit_auditseal SET event_id = -event_id WHERE chain = '{chain}'"]
    back = [
        f"UPDATE audit_auditseal SET event_id = {event} WHERE chain = '{chain}' AND position = {position}"
        for position, event in enumerate(events, start=1)
    ]
    as_administrator(*away, *back)
