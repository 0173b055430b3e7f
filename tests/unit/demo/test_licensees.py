"""The synthetic register: nobody in it is real, half of it is asked by telephone, successors lead somewhere."""

import re

from cotrace.demo.rules.licensees import BY_KEY, CONNECTED, LICENSEES, Channel, answering
from cotrace.tracing.rules.gun import LICENCE
from cotrace.tracing.rules.trace_view import Role

REAL_REGION = re.compile(r"[1-9]-")
NOBODYS_TELEPHONE = re.compile(r"\+1 \d{3} 555 01\d\d")


def test_no_number_and_no_telephone_can_be_a_real_one() -> None:
    for each in LICENSEES:
        assert LICENCE.fullmatch(each.number)
        assert not REAL_REGION.match(each.number)
        assert NOBODYS_TELEPHONE.fullmatch(each.phone)
        assert "Synthetic" in each.name


def test_numbers_and_keys_are_unique() -> None:
    assert len(BY_KEY) == len({each.number for each in LICENSEES}) == len(LICENSEES)


def test_three_run_a_connector_one_at_each_place_of_the_chain() -> None:
    assert [each.role for each in CONNECTED] == [Role.MAKER, Role.WHOLESALER, Role.DEALER]


def test_half_of_those_in_business_have_no_connector_and_one_never_answers() -> None:
    in_business = [each for each in LICENSEES if each.is_open]
    by_telephone = [each for each in in_business if each.channel is Channel.TELEPHONE]
    assert len(by_telephone) * 2 == len(in_business)
    assert [each.channel for each in in_business].count(Channel.SILENT) == 1


def test_whoever_closed_is_followed_to_a_successor_or_to_nobody() -> None:
    assert answering("dealer_taken_over") == answering("dealer") == BY_KEY["dealer"]
    assert answering("dealer_closed") is None
    assert all(not each.successor or each.successor in BY_KEY for each in LICENSEES)


def test_no_make_is_marked_by_two() -> None:
    marks = [mark for each in LICENSEES for mark in each.marks]
    assert len(marks) == len(set(marks))
