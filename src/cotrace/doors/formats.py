"""How a day, a moment and a number read, in the reader's language.

Months are words, so that 03/04 cannot be misread; clocks run to 24 hours and name their distance from UTC, because
border cities differ in zone and in daylight-saving rules. Tests: tests/unit/doors/test_formats.py.
"""

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, pgettext

from cotrace.doors.furniture import Count

MINUS = "\N{MINUS SIGN}"


def day(value: date) -> str:
    """Write a date as "4 Mar 2011" or "4 mar 2011"."""
    return format_date(value, "d MMM y", locale=_locale())


def moment(value: datetime) -> str:
    """Write an aware date and time in the current zone, as "4 Mar 2011, 14:05 UTC−6"."""
    if value.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    local = timezone.localtime(value)
    return pgettext("date, time, zone", "%(day)s, %(time)s %(zone)s") % {
        "day": day(local.date()),
        "time": format_datetime(local, "HH:mm", tzinfo=local.tzinfo, locale=_locale()),
        "zone": utc_distance(local),
    }


def utc_distance(value: datetime) -> str:
    """Name the zone of an aware moment by its distance: "UTC", "UTC−6", "UTC+5:30"."""
    offset = value.utcoffset()
    if offset is None:
        raise ValueError("a moment needs its time zone")
    minutes = int(offset.total_seconds() // 60)
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{MINUS if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"


def number(value: int | Decimal) -> str:
    """Write a number with thousands separators, "12,345" in both languages (Mexican usage)."""
    return format_decimal(value, locale=_locale())


def count(value: Count) -> str:
    """Write a count; one that stopped at its cap reads "1,000+"."""
    return f"{number(value.value)}+" if value.is_capped else number(value.value)


def _locale() -> str:
    return "es_MX" if (get_language() or "en").startswith("es") else "en_US"
