"""A serial's normal form is what inquiries and answers are compared by, in both rooms that have one."""

import pytest

from cotrace.firearms.rules import serials
from cotrace.tracing.rules import gun

READINGS = ["AB-12 34", "ab1234", "  0Q-77/B ", "№ 12", "ＡＢ１２", "", "---", "ñ-1"]


@pytest.mark.parametrize("text", READINGS)
def test_both_rooms_give_one_normal_form(text: str) -> None:
    assert serials.normal_serial(text) == gun.normal_serial(text)


@pytest.mark.parametrize("text", READINGS)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert serials.normal_serial(serials.normal_serial(text)) == serials.normal_serial(text)


def test_an_unknown_position_stays_where_it_is() -> None:
    assert serials.normal_serial("12?-45") == "12?45"


def test_both_rooms_know_the_same_conditions_and_marks() -> None:
    assert [each.value for each in serials.SerialCondition] == [each.value for each in gun.SerialCondition]
    assert [each.value for each in serials.ImporterMark] == [each.value for each in gun.ImporterMark]
