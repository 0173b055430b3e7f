"""Whether a value that an officer types into a trace request can be one at all.

Decides only what is certain: a telephone number without digits reaches nobody, an address without "@" is none, nobody
is born tomorrow. What looks unusual is never refused. A centre takes in what another installation let pass: these
values are asked of whoever can still put them right. Tests: tests/unit/tracing/test_possible_values.py.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeAlias

from cotrace.foundation.errors import FieldProblem
from cotrace.tracing.rules.request_document import TraceRequestDocument

Value: TypeAlias = str | date

_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_FEWEST_DIGITS = 3


def _reaches_nobody(value: Value, _today: date) -> bool:
    return sum(each.isdecimal() for each in str(value)) < _FEWEST_DIGITS


def _is_no_address(value: Value, _today: date) -> bool:
    return _ADDRESS.fullmatch(str(value).strip()) is None


def _is_to_come(value: Value, today: date) -> bool:
    return isinstance(value, date) and value > today


IMPOSSIBLE: Mapping[str, tuple[str, Callable[[Value, date], bool]]] = {
    "agency.phone": ("phone_without_digits", _reaches_nobody),
    "agency.email": ("email_malformed", _is_no_address),
    "possessor.birth_date": ("birth_in_future", _is_to_come),
}
"""By the field's place in the document: the problem's code, and when there is one."""


def impossible(place: str, value: object, *, today: date) -> str:
    """Return the code of what is wrong with a value; empty where it can be, and where there is none."""
    if place not in IMPOSSIBLE or not isinstance(value, str | date) or not value:
        return ""
    code, applies = IMPOSSIBLE[place]
    return code if applies(value, today) else ""


def value_problems(document: TraceRequestDocument, *, today: date) -> tuple[FieldProblem, ...]:
    """List the values of a request that cannot be."""
    agency, possessor = document.agency, document.possessor
    values = {
        "agency.phone": agency.phone,
        "agency.email": agency.email,
        "possessor.birth_date": possessor.birth_date if possessor else None,
    }
    found = [(place, impossible(place, value, today=today)) for place, value in values.items()]
    found += [(place, "day_in_future") for place, day in _days(document) if day and day > today]
    return tuple(FieldProblem(place, code) for place, code in found if code)


def _days(document: TraceRequestDocument) -> Iterator[tuple[str, date | None]]:
    """Yield the days of a request that have to have been, besides those that other rules look at."""
    custody, check, restoration = document.custody, document.stolen_check, document.restoration
    yield "custody.handed_over_on", custody.handed_over_on if custody else None
    yield "stolen_check.checked_on", check.checked_on if check else None
    yield "restoration.examined_on", restoration.examined_on if restoration else None
    for at, person in enumerate(document.associates):
        yield f"associates.{at}.birth_date", person.birth_date
