"""Which cells are one day and no other."""

from datetime import UTC, date, datetime

import pytest

from cotrace.files.rules.cells import PlainCell
from cotrace.files.rules.cleaned import Bad, Recorded
from cotrace.files.rules.dates import Order, clean_date, clean_date_parts
from cotrace.files.rules.problems import Code

APRIL_3 = Recorded(date(2010, 4, 3))


@pytest.mark.parametrize(
    ("cell", "order"),
    [
        (date(2010, 4, 3), None),
        (datetime(2010, 4, 3, 23, 59, tzinfo=UTC), None),
        ("2010-04-03", None),
        ("2010-04-03", "dmy"),
        ("2010/4/3", None),
        ("2010-04-03 14:30", None),
        ("2010-04-03T14:30:00.000", "mdy"),
        ("20100403", None),
        (20100403, None),
        ("03/04/2010", "dmy"),
        ("3-4-2010", "dmy"),
        ("03 04 2010", "dmy"),
        ("04/03/2010", "mdy"),
        (40271, None),
        (40271.75, None),
        ("40271", None),
    ],
)
def test_a_day_that_can_be_read_one_way_is_taken(cell: PlainCell, order: Order | None) -> None:
    assert clean_date(cell, order=order, is_1904=False) == APRIL_3


@pytest.mark.parametrize(
    ("cell", "order", "code"),
    [
        ("03/04/2010", None, Code.DATE_AMBIGUOUS),
        ("03/04/2010", "ymd", Code.DATE_AMBIGUOUS),
        ("03/04/10", None, Code.DATE_AMBIGUOUS),
        ("03/04/10", "dmy", Code.DATE_AMBIGUOUS),
        ("31/02/2010", "dmy", Code.DATE_IMPOSSIBLE),
        ("04/13/2010", "dmy", Code.DATE_IMPOSSIBLE),
        ("2010-02-30", None, Code.DATE_IMPOSSIBLE),
        ("2010-13-01", None, Code.DATE_IMPOSSIBLE),
        ("0000-01-01", None, Code.DATE_IMPOSSIBLE),
        ("1810-09-16", None, Code.DATE_IMPLAUSIBLE),
        ("3 de abril", None, Code.DATE_UNREADABLE),
        ("2010-04-03 25:00", None, Code.DATE_UNREADABLE),
        ("2010-04/03", None, Code.DATE_UNREADABLE),
        ("201043", None, Code.DATE_UNREADABLE),
        (2010, None, Code.DATE_UNREADABLE),
        (-40271, None, Code.DATE_UNREADABLE),
        (99999, None, Code.DATE_UNREADABLE),
        (True, None, Code.DATE_UNREADABLE),
        (1e300, None, Code.DATE_UNREADABLE),
    ],
)
def test_other_dates_are_refused_with_their_code(cell: PlainCell, order: Order | None, code: Code) -> None:
    assert clean_date(cell, order=order, is_1904=False) == Bad(code)


def test_without_an_order_only_what_has_one_reading_is_taken() -> None:
    assert clean_date("25/04/2010", order=None, is_1904=False) == Recorded(date(2010, 4, 25))
    assert clean_date("04/25/2010", order=None, is_1904=False) == Recorded(date(2010, 4, 25))
    assert clean_date("04/04/2010", order=None, is_1904=False) == Recorded(date(2010, 4, 4))


def test_the_workbooks_own_date_system_counts() -> None:
    assert clean_date(38809, order=None, is_1904=True) == APRIL_3


@pytest.mark.parametrize(
    ("day", "month", "year", "code"),
    [
        (31, 2, 2010, Code.DATE_IMPOSSIBLE),
        (1, 13, 2010, Code.DATE_IMPOSSIBLE),
        (0, 1, 2010, Code.DATE_IMPOSSIBLE),
        (3, 4, 10, Code.DATE_AMBIGUOUS),
        ("tres", 4, 2010, Code.DATE_UNREADABLE),
        (3.5, 4, 2010, Code.DATE_UNREADABLE),
        (-3, 4, 2010, Code.DATE_UNREADABLE),
        (3, 4, 20100, Code.DATE_UNREADABLE),
    ],
)
def test_parts_that_make_no_day_are_refused(
    day: PlainCell, month: PlainCell, year: PlainCell, code: Code
) -> None:
    found = clean_date_parts(day, month, year)
    assert isinstance(found, Bad)
    assert found.code is code


def test_day_month_and_year_make_a_date() -> None:
    assert clean_date_parts("03", 4.0, 2010) == APRIL_3
