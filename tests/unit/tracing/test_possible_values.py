"""What an officer types: only what certainly cannot be is refused."""

from datetime import date

import pytest

from cotrace.tracing.rules.possible_values import impossible

TODAY = date(2026, 3, 2)


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
