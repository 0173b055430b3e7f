"""What an officer types: only what certainly cannot be is refused."""

from datetime import date

import pytest

from cotrace.tracing.rules.possible_values import impossible, value_problems
from cotrace.tracing.rules.request_people import Person
from cotrace.tracing.rules.request_recovery import Custody, Restoration, StolenCheck, StolenCheckResult
from tests.unit.tracing.builders import complete_request

TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ("agency.phone", "+52 662 555 0101 ext. 12", ""),
        ("agency.phone", "066", ""),
        ("agency.phone", "abc", "phone_without_digits"),
        ("agency.phone", "ext. 1", "phone_without_digits"),
        ("agency.email", "ana.ruiz@fge.son.example", ""),
        ("agency.email", "ñandú@correo.example", ""),
        ("agency.email", "no-es-correo", "email_malformed"),
        ("agency.email", "ana@localhost", "email_malformed"),
        ("agency.email", "ana ruiz@fge.example", "email_malformed"),
        ("possessor.birth_date", TODAY, ""),
        ("possessor.birth_date", date(2026, 3, 3), "birth_in_future"),
        ("possessor.birth_date", None, ""),
        ("agency.phone", "", ""),
        ("agency.unit", "abc", ""),
    ],
)
def test_only_what_cannot_be_is_refused(place: str, value: object, code: str) -> None:
    assert impossible(place, value, today=TODAY) == code


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"custody": Custody(handed_over_on=TOMORROW)}, "custody.handed_over_on"),
        ({"stolen_check": StolenCheck(result=StolenCheckResult.NO_RECORD, checked_on=TOMORROW)}, "stolen_check.checked_on"),
        ({"restoration": Restoration(examined_on=TOMORROW)}, "restoration.examined_on"),
        ({"associates": (Person(family_names="Cruz"), Person(family_names="Vega", birth_date=TOMORROW))}, "associates.1.birth_date"),
    ],
)
def test_a_day_that_has_to_have_been_is_refused_where_it_is_still_to_come(changes: dict[str, object], place: str) -> None:
    document = complete_request(**changes)
    assert [(each.field, each.code) for each in value_problems(document, today=TODAY)] == [(place, "day_in_future")]
    assert value_problems(document, today=TOMORROW) == ()
