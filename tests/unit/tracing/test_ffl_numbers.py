"""Licence numbers of the United States: their parts, what is wrong with them, what is only asked."""

from datetime import date

import pytest

from cotrace.tracing.reads.tables import ffl_codes
from cotrace.tracing.rules.ffl_numbers import (
    FflNumber,
    FflProblem,
    ffl_problem,
    ffl_questions,
    number_questions,
    parse_ffl,
    parse_short,
    role_of_type,
    short_of,
    short_on_serial,
    state_in,
)
from cotrace.tracing.rules.trace_view import Role

TODAY = date(2026, 3, 2)
FLORIDA = FflNumber(region="1", district="59", county="083", type_code="01", expiry="8E", sequence="11237")


@pytest.mark.parametrize(
    "text",
    [
        "1-59-083-01-8E-11237",
        "159083018E11237",
        " 1 59 083 01 8e 11237 ",
        "1\u201359\u2013083\u201301\u20138E\u201311237",
        "1-59-083-018E11237",
    ],
)
def test_a_number_is_read_with_or_without_its_hyphens(text: str) -> None:
    assert parse_ffl(text) == FLORIDA
    assert FLORIDA.text == "1-59-083-01-8E-11237"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1-59-083-01-8I-11237", FflProblem.EXPIRY),
        ("159083018I11237", FflProblem.EXPIRY),
        ("9-99-999-99-9Z-99999", FflProblem.EXPIRY),
        ("1-59-083-01-EE-11237", FflProblem.EXPIRY),
        ("1-59-083-01-E8-11237", FflProblem.EXPIRY),
        ("1-59-83-01-8E-11237", FflProblem.PART_LENGTH),
        ("1-59-083-01-8E-1123", FflProblem.PART_LENGTH),
        ("1-59-O83-01-8E-11237", FflProblem.DIGITS),
        ("1-59-083-01-8E-1123\u0667", FflProblem.DIGITS),
    ],
)
def test_a_number_that_is_written_as_one_and_is_none_says_what_is_wrong(text: str, problem: FflProblem) -> None:
    assert parse_ffl(text) is problem
    assert ffl_problem(text) is problem


@pytest.mark.parametrize("text", ["", "0-00-000-07-9Z-00001", "SEDENA-4411", "PGR/12", "1590830111237", "1-59-11237", "-----"])
def test_a_number_of_another_form_may_be_anothers_and_is_only_asked_about(text: str) -> None:
    assert parse_ffl(text) is FflProblem.NOT_ONE
    assert ffl_problem(text) is None
    assert [each.code for each in number_questions(text, codes=ffl_codes(), today=TODAY)] == ["not_an_ffl_number"]


@pytest.mark.parametrize("text", ["1-59-11237", "15911237", "1-5911237"])
def test_the_abbreviated_number_is_the_first_three_and_the_last_five_digits(text: str) -> None:
    short = parse_short(text)
    assert short == FLORIDA.short and short is not None
    assert (short.text, short.key) == ("1-59-11237", "15911237")
    assert short_of(text) == short_of(FLORIDA.text) == short
    assert short_of("0-59-11237") is None and short_of("1-59-1123") is None


@pytest.mark.parametrize(
    ("serial", "is_marked"),
    [
        ("15911237-A1", True),
        ("1-59-11237-001", True),
        ("15911237-", False),
        ("15911237", False),
        ("A15911237-1", False),
        ("ABC-1234", False),
    ],
)
def test_a_serial_of_a_privately_made_gun_may_begin_with_it(serial: str, is_marked: bool) -> None:
    assert short_on_serial(serial) == (FLORIDA.short if is_marked else None)


@pytest.mark.parametrize(
    ("expiry", "on", "expected", "is_expired"),
    [
        ("6A", TODAY, (2026, 1), True),
        ("6B", TODAY, (2026, 2), True),
        ("6C", TODAY, (2026, 3), False),
        ("9M", TODAY, (2029, 12), False),
        ("0A", TODAY, (2020, 1), True),
        ("5M", TODAY, (2025, 12), True),
        ("6E", date(2013, 5, 1), (2016, 5), False),
        ("7A", date(2013, 5, 1), (2007, 1), True),
        ("3J", date(2013, 9, 30), (2013, 9), False),
        ("3H", date(2013, 9, 1), (2013, 8), True),
        ("4K", date(2014, 9, 1), (2014, 10), False),
        ("4L", date(2014, 12, 1), (2014, 11), True),
    ],
)
def test_the_expiry_is_a_digit_of_the_year_and_a_letter_of_the_month(expiry, on, expected, is_expired) -> None:
    number = parse_ffl(f"1-59-083-01-{expiry}-11237")
    assert isinstance(number, FflNumber)
    assert number.expires(seen_on=on) == expected
    assert number.is_expired(on=on) is is_expired


@pytest.mark.parametrize(
    ("number", "state", "codes"),
    [
        ("1-59-083-01-8E-11237", "FL", []),
        ("1-59-083-01-8E-11237", "", []),
        ("1-59-083-01-8E-11237", "TX", ["ffl_state_differs"]),
        ("1-54-000-01-8E-11237", "DC", []),
        ("1-54-000-01-8E-11237", "VA", []),
        ("2-59-083-01-8E-11237", "FL", ["ffl_district_unknown"]),
        ("1-59-083-04-8E-11237", "FL", ["ffl_type_unknown"]),
        ("1-59-083-01-5E-11237", "FL", ["ffl_expired"]),
        ("2-00-083-99-5E-11237", "FL", ["ffl_type_unknown", "ffl_expired", "ffl_district_unknown"]),
    ],
)
def test_what_rests_on_tables_and_calendar_is_only_asked(number: str, state: str, codes: list[str]) -> None:
    found = parse_ffl(number)
    assert isinstance(found, FflNumber) and ffl_problem(number) is None
    asked = ffl_questions(found, codes=ffl_codes(), today=TODAY, state=state)
    assert [each.code for each in asked] == codes


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("12 Lindero Rd, El Paso, TX 79901", "TX"),
        ("12 Lindero Rd, El Paso TX, 79901-1234", "TX"),
        ("12 lindero rd, el paso, tx 799011234", "TX"),
        ("12 CA 12345 Rd, Laredo TX 78040", "TX"),
        ("Av. Juárez 12, Ciudad Juárez, CH 32000", ""),
        ("12 Lindero Rd, El Paso", ""),
        ("", ""),
    ],
)
def test_the_state_of_an_address_stands_before_its_zip_code(address: str, state: str) -> None:
    assert state_in(address, codes=ffl_codes()) == state


def test_the_address_of_a_licensee_is_compared_with_its_district() -> None:
    asked = number_questions(FLORIDA.text, codes=ffl_codes(), today=TODAY, address="12 Lindero Rd, El Paso, TX 79901")
    assert [(each.code, dict(each.params)) for each in asked] == [("ffl_state_differs", {"states": "FL", "state": "TX"})]


def test_the_tables_have_nine_types_and_sixty_three_districts() -> None:
    codes = ffl_codes()
    assert sorted(codes.types) == ["01", "02", "03", "06", "07", "08", "09", "10", "11"]
    assert len(codes.districts) == 63
    assert codes.districts["574"] == codes.districts["576"] == ("TX",)


@pytest.mark.parametrize(
    ("type_code", "role"),
    [("01", Role.DEALER), ("02", Role.DEALER), ("07", Role.MAKER), ("08", Role.IMPORTER), ("11", Role.IMPORTER), ("99", Role.DEALER)],
)
def test_a_type_suggests_a_place_in_the_chain(type_code: str, role: Role) -> None:
    assert role_of_type(type_code) is role
