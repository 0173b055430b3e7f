"""Decides whether the description of a gun can be kept, and says which field is at fault.

What looks unusual is never refused: a model that no catalogue lists may be on the gun all the same.
Source: domain dossier section 2, items 5a-5i of ATF form 3312.1; DESIGN section 5, "before it leaves".
Tests: tests/unit/firearms/test_description.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from cotrace.firearms.rules.countries import MARKED
from cotrace.firearms.rules.serials import READABLE, UNKNOWN_CHARACTER, ImporterMark, SerialCondition
from cotrace.foundation.errors import FieldProblem
from cotrace.foundation.rules.texts import LINES, has_unseen, one_form

UNMARKED_SERIAL = re.compile(r"[^0-9A-Za-z?]*")

LENGTHS: dict[str, int] = {
    "exhibit_number": 80,
    "make": 100,
    "model": 100,
    "calibre": 60,
    "importer": 100,
    "serial": 60,
    "markings": 1000,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FirearmValues:
    """A gun as described. Empty: not stated. Codes are NCIC's, the country ISO 3166's."""

    type_code: str
    exhibit_number: str = ""
    make_code: str = ""
    make: str = ""
    model: str = ""
    calibre_code: str = ""
    calibre: str = ""
    country_of_origin: str = ""
    importer: str = ""
    importer_mark: ImporterMark = ImporterMark.NOT_EXAMINED
    serial: str = ""
    serial_condition: SerialCondition = SerialCondition.READ
    is_privately_made: bool = False
    markings: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCodes:
    """The codes of the reference tables that a description may use."""

    types: frozenset[str]
    makes: frozenset[str]
    calibres: frozenset[str]


def tidied(values: FirearmValues) -> FirearmValues:
    """Return the description with composed letters and without outer or doubled blanks; the country in capitals."""
    plain: dict[str, object] = {each.name: getattr(values, each.name) for each in fields(values)}
    for name, value in plain.items():
        if isinstance(value, str) and not isinstance(value, SerialCondition | ImporterMark):
            text = one_form(value)
            plain[name] = text.strip() if name == "markings" else " ".join(text.split())
    plain["country_of_origin"] = str(plain["country_of_origin"]).upper()
    return FirearmValues(**plain)  # type: ignore[arg-type]


def value_problems(values: FirearmValues, *, known: KnownCodes) -> list[FieldProblem]:
    """Return what keeps a description from being kept, empty when nothing does."""
    return [
        *_text_problems(values),
        *_code_problems(values, known),
        *_serial_problems(values),
        *_importer_problems(values),
    ]


def _text_problems(values: FirearmValues) -> Iterator[FieldProblem]:
    for name, longest in LENGTHS.items():
        text: str = getattr(values, name)
        if len(text) > longest:
            yield FieldProblem(name, "firearm_text_too_long", (("maximum", longest),))
        if has_unseen(text, besides=LINES):
            yield FieldProblem(name, "text_unseen")


def _code_problems(values: FirearmValues, known: KnownCodes) -> Iterator[FieldProblem]:
    if not values.type_code:
        yield FieldProblem("type_code", "required")
    elif values.type_code not in known.types:
        yield FieldProblem("type_code", "gun_type_unknown")
    if values.make_code and values.make_code not in known.makes:
        yield FieldProblem("make_code", "make_unknown")
    if values.calibre_code and values.calibre_code not in known.calibres:
        yield FieldProblem("calibre_code", "calibre_unknown")
    if not (values.make or values.make_code or values.is_privately_made):
        yield FieldProblem("make", "required")
    if values.country_of_origin and values.country_of_origin not in MARKED:
        yield FieldProblem("country_of_origin", "country_unknown")


def _serial_problems(values: FirearmValues) -> Iterator[FieldProblem]:
    condition, serial = values.serial_condition, values.serial
    is_marked = not UNMARKED_SERIAL.fullmatch(serial)
    if condition in READABLE and not is_marked and not values.is_privately_made:
        yield FieldProblem("serial", "required")
    if condition not in READABLE and serial:
        yield FieldProblem("serial", "serial_although_unreadable")
    if condition is SerialCondition.PARTIAL and is_marked and UNKNOWN_CHARACTER not in serial:
        yield FieldProblem("serial", "partial_serial_without_unknown_position")
    if condition is SerialCondition.READ and UNKNOWN_CHARACTER in serial:
        yield FieldProblem("serial", "read_serial_with_unknown_position")


def _importer_problems(values: FirearmValues) -> Iterator[FieldProblem]:
    if values.importer_mark is ImporterMark.ABSENT and values.importer:
        yield FieldProblem("importer", "importer_named_but_no_mark")
    if values.importer_mark is ImporterMark.MARKED and not values.importer:
        yield FieldProblem("importer", "required")
