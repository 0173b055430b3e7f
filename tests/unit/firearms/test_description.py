"""What keeps the description of a gun from being kept, and what never does."""

from dataclasses import replace

import pytest

from cotrace.firearms.rules.description import FirearmValues, KnownCodes, tidied, value_problems
from cotrace.firearms.rules.serials import ImporterMark, SerialCondition

KNOWN = KnownCodes(types=frozenset({"P", "PI"}), makes=frozenset({"SW"}), calibres=frozenset({"9"}))
PLAIN = FirearmValues(type_code="PI", make="Sierra Arms", serial="ABC-1234")


def problems(**changes: object) -> list[tuple[str, str]]:
    found = value_problems(replace(PLAIN, **changes), known=KNOWN)  # type: ignore[arg-type]
    return [(each.field, each.code) for each in found]


def test_a_plain_description_is_kept() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"model": "Never heard of it"},
        {"make_code": "SW", "make": ""},
        {"country_of_origin": "AT"},
        {"serial": "", "serial_condition": SerialCondition.OBLITERATED},
        {"serial": "12?45", "serial_condition": SerialCondition.PARTIAL},
        {"make": "", "serial": "", "is_privately_made": True},
        {"importer": "Gulf Imports", "importer_mark": ImporterMark.MARKED},
    ],
)
def test_what_is_unusual_is_not_refused(changes: dict[str, object]) -> None:
    assert problems(**changes) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"type_code": ""}, ("type_code", "required")),
        ({"type_code": "XX"}, ("type_code", "gun_type_unknown")),
        ({"make_code": "QQQ"}, ("make_code", "make_unknown")),
        ({"calibre_code": "1"}, ("calibre_code", "calibre_unknown")),
        ({"make": ""}, ("make", "required")),
        ({"country_of_origin": "USA"}, ("country_of_origin", "country_unknown")),
        ({"country_of_origin": "QQ"}, ("country_of_origin", "country_unknown")),
        ({"serial": ""}, ("serial", "required")),
        ({"serial": " - "}, ("serial", "required")),
        ({"serial": "12?45"}, ("serial", "read_serial_with_unknown_position")),
        (
            {"serial_condition": SerialCondition.PARTIAL},
            ("serial", "partial_serial_without_unknown_position"),
        ),
        ({"serial_condition": SerialCondition.NONE}, ("serial", "serial_although_unreadable")),
        (
            {"importer": "Gulf", "importer_mark": ImporterMark.ABSENT},
            ("importer", "importer_named_but_no_mark"),
        ),
        ({"importer_mark": ImporterMark.MARKED}, ("importer", "required")),
        ({"model": "x" * 101}, ("model", "firearm_text_too_long")),
        ({"model": "x\u202ey"}, ("model", "text_unseen")),
    ],
)
def test_each_problem_is_named_by_its_field(changes: dict[str, object], problem: tuple[str, str]) -> None:
    assert problems(**changes) == [problem]


def test_outer_and_doubled_blanks_go_and_the_country_is_in_capitals() -> None:
    tidy = tidied(replace(PLAIN, make="  Sierra   Arms ", country_of_origin="us", markings=" a\n b "))
    assert (tidy.make, tidy.country_of_origin, tidy.markings) == ("Sierra Arms", "US", "a\n b")
