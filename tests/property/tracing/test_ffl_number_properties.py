"""Licence numbers: reading what was written gives the number back; no text breaks the reader."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cotrace.tracing.reads.tables import ffl_codes
from cotrace.tracing.rules.ffl_numbers import (
    MONTHS,
    FflNumber,
    ffl_problem,
    number_questions,
    parse_ffl,
    parse_short,
    short_of,
    short_on_serial,
)


def digits(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


numbers = st.builds(
    FflNumber,
    region=st.sampled_from("123456789"),
    district=digits(2),
    county=digits(3),
    type_code=digits(2),
    expiry=st.builds(str.__add__, digits(1), st.sampled_from(MONTHS)),
    sequence=digits(5),
)
days = st.dates(date(1970, 1, 1), date(2100, 1, 1))


@given(numbers, st.sampled_from(["-", " ", ""]))
def test_a_number_that_was_written_is_read_as_it_was(number: FflNumber, sign: str) -> None:
    assert parse_ffl(number.text) == number
    assert parse_ffl(number.text.replace("-", sign).lower()) == number
    assert ffl_problem(number.text) is None


@given(numbers)
def test_a_number_is_known_by_its_abbreviated_form(number: FflNumber) -> None:
    short = number.short
    assert parse_short(short.text) == parse_short(short.key) == short_of(number.text) == short
    assert short_on_serial(f"{short.key}-X1") == short


@given(numbers, days)
def test_an_expiry_lies_near_the_day_on_which_it_was_met(number: FflNumber, day: date) -> None:
    year, month = number.expires(seen_on=day)
    assert year % 10 == int(number.expiry[0]) and -6 <= year - day.year <= 3
    assert number.is_expired(on=day) == ((year, month) < (day.year, day.month))


@given(st.text(max_size=40) | st.from_regex(r"[0-9]-[0-9A-Z]{1,3}-[0-9]{2,3}-[0-9]{2}-[0-9A-Z]{2}-[0-9]{4,6}"), days)
def test_a_text_is_a_number_a_problem_or_a_question_and_never_an_error(text: str, day: date) -> None:
    asked = [each.code for each in number_questions(text, codes=ffl_codes(), today=day)]
    assert isinstance(parse_ffl(text), FflNumber) or len(asked) == 1
