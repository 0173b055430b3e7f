"""Dates: which cells are one day and no other.

Authority: the Mexican police report writes DD MM YYYY, US forms MM/DD/YYYY, so `03/04/2010` is two
days until somebody declares the order; ECMA-376 part 1, 18.17.4 (serial dates and the 1904 system).
Tests: tests/unit/files/test_dates.py.
"""

import re
from datetime import date, timedelta
from typing import Literal

from cotrace.files.rules.cells import PlainCell, plain_text
from cotrace.files.rules.cleaned import Bad, Cleaned, Recorded
from cotrace.files.rules.numbers import is_whole, number_of
from cotrace.files.rules.problems import Code

Order = Literal["dmy", "mdy", "ymd"]

EARLIEST = date(1900, 1, 1)
SERIALS = range(10_000, 73_051)
"""Serials taken for days: 1927-05-18 to 2100-01-01. A bare `2010` is a year, not a day of 1905."""
_SERIAL_ZERO = date(1899, 12, 30)
_SERIAL_ZERO_1904 = date(1904, 1, 1)
_TIME = r"(?:[T ]+(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?)?"
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})" + _TIME)
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})" + _TIME)
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([-/. ])[0-9]{1,2}\1[0-9]{2}" + _TIME)


def day_of(year: int, month: int, day: int) -> Cleaned:
    """Take a day of the calendar, not before 1900."""
    try:
        found = date(year, month, day)
    except (ValueError, OverflowError):
        return Bad(Code.DATE_IMPOSSIBLE)
    return Recorded(found) if found >= EARLIEST else Bad(Code.DATE_IMPLAUSIBLE)


def serial_day(serial: int, *, is_1904: bool) -> Cleaned:
    """Take a spreadsheet's serial number as a day; `is_1904` is the workbook's own date system."""
    if serial not in SERIALS:
        return Bad(Code.DATE_UNREADABLE)
    return Recorded((_SERIAL_ZERO_1904 if is_1904 else _SERIAL_ZERO) + timedelta(days=serial))


def _day_in_order(first: int, second: int, year: int, order: Order | None) -> Cleaned:
    is_declared = order in ("dmy", "mdy")
    if not is_declared and first <= 12 and second <= 12 and first != second:
        return Bad(Code.DATE_AMBIGUOUS)
    is_month_first = order == "mdy" or (not is_declared and second > 12)
    return day_of(year, first, second) if is_month_first else day_of(year, second, first)


def clean_date(cell: PlainCell, *, order: Order | None, is_1904: bool) -> Cleaned:
    """Take a day from one cell: a date, a serial number, year-first text, or text in the declared `order`.

    Without a declared order only what can be read one way is taken; a two-digit year never is.
    """
    if isinstance(cell, date):
        return day_of(cell.year, cell.month, cell.day)
    text = plain_text(cell).strip()
    if found := _SERIAL.fullmatch(text):
        return serial_day(int(found[1]), is_1904=is_1904)
    if found := _YEAR_FIRST.fullmatch(text):
        is_readable = bool(found[2]) or len(found[3]) == len(found[4]) == 2
        return (
            day_of(int(found[1]), int(found[3]), int(found[4])) if is_readable else Bad(Code.DATE_UNREADABLE)
        )
    if found := _YEAR_LAST.fullmatch(text):
        return _day_in_order(int(found[1]), int(found[3]), int(found[4]), order)
    return Bad(Code.DATE_AMBIGUOUS) if _SHORT_YEAR.fullmatch(text) else Bad(Code.DATE_UNREADABLE)


def clean_date_parts(day: PlainCell, month: PlainCell, year: PlainCell) -> Cleaned:
    """Take a day from three cells, each a whole number, the year with four digits."""
    numbers = []
    for part, cell in enumerate((day, month, year)):
        number = number_of(cell)
        if number is None or not is_whole(number) or not 0 <= number < 10_000:
            return Bad(Code.DATE_UNREADABLE, part)
        numbers.append(int(number))
    return Bad(Code.DATE_AMBIGUOUS, 2) if numbers[2] < 100 else day_of(numbers[2], numbers[1], numbers[0])
