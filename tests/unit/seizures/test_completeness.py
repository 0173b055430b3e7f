"""What keeps a seizure from being kept is named by field; a blank needs its reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cotrace.files.rules.words import Reason
from cotrace.seizures.rules.completeness import COUNT_MAX, ITEMS, Amount, SeizureValues, value_problems

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
