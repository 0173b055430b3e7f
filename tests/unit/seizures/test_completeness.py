"""What keeps a seizure from being kept is named by field; a blank needs its reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cotrace.files.rules.words import Reason
from cotrace.seizures.rules.completeness import (
    COUNT_MAX,
    ITEMS,
    TEXTS,
    Amount,
    SeizureValues,
    tidied,
    value_problems,
)

TODAY = date(2026, 3, 2)
GOOD = SeizureValues(
    occurred_on=TODAY,
    state_code="26",
    municipio_code="26043",
    amounts={item: Amount(quantity=0) for item in ITEMS},
    detained=Amount(quantity=None, reason=Reason.BLANK),
)


def problems(values: SeizureValues) -> set[tuple[str, str]]:
    found = value_problems(
        values, today=TODAY, states=frozenset({"08", "26"}), municipios=frozenset({"26043", "08037"})
    )
    return {(each.field, each.code) for each in found}


def test_a_good_seizure_has_no_problem() -> None:
    assert problems(GOOD) == set()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"occurred_on": None}, ("occurred_on", "required")),
        ({"occurred_on": TODAY + timedelta(days=1)}, ("occurred_on", "date_out_of_range")),
        ({"occurred_on": date(1899, 12, 31)}, ("occurred_on", "date_out_of_range")),
        ({"state_code": "99", "municipio_code": ""}, ("state_code", "state_unknown")),
        ({"municipio_code": "26999"}, ("municipio_code", "municipio_unknown")),
        ({"municipio_code": "08037"}, ("municipio_code", "municipio_outside_state")),
        ({"amounts": {"tanks": Amount(quantity=1)}}, ("tanks", "item_unknown")),
        ({"detained": Amount(quantity=None)}, ("detained", "reason_unknown")),
        ({"detained": Amount(quantity=1, reason=Reason.BLANK)}, ("detained", "amount_and_reason")),
        ({"detained": Amount(quantity=-1)}, ("detained", "count_out_of_range")),
        ({"detained": Amount(quantity=COUNT_MAX + 1)}, ("detained", "count_out_of_range")),
    ],
)
def test_what_is_wrong_is_named(changes, expected) -> None:
    assert expected in problems(replace(GOOD, **changes))


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\x9b", "\u200d", "\u202e", "\ufeff"])
@pytest.mark.parametrize("name", TEXTS)
def test_no_text_holds_what_nobody_sees(name: str, letter: str) -> None:
    assert problems(replace(GOOD, **{name: f"a{letter}b"})) == {(name, "text_unseen")}


def test_only_texts_of_several_lines_hold_line_ends() -> None:
    for name in ("notes", "tear_line"):
        assert problems(replace(GOOD, **{name: "a\n\tb"})) == set()
    assert problems(replace(GOOD, place="a\nb")) == {("place", "text_unseen")}


def test_a_browsers_line_ends_are_one_character_and_letters_are_composed() -> None:
    kept = tidied(replace(GOOD, notes="uno\r\ndos", tear_line="tres\rcuatro", place="An\u0303o"))
    assert (kept.notes, kept.tear_line, kept.place) == ("uno\ndos", "tres\ncuatro", "Año")
    assert problems(kept) == set()
