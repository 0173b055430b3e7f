"""Time-to-crime: from the retail purchase to the recovery.

Decides the number of days, ATF's band, and whether it is short; or says why there is no number.
Months and years are calendar months and years, ended at the month's last day where needed.
Source: domain dossier 5.1 (ATF Firearms Trace Data 2023: bands; Demand 2: short is 3 years or less).
Tests: tests/unit/tracing/test_time_to_crime.py, tests/property/tracing/test_time_to_crime_properties.py.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

DAYS_PER_YEAR = Decimal("365.25")
SHORT_MONTHS = 36


class Band(StrEnum):
    """ATF's bands of time-to-crime, shortest first."""

    UNDER_3_MONTHS = "under_3_months"
    FROM_3_TO_7_MONTHS = "from_3_to_7_months"
    FROM_7_MONTHS_TO_1_YEAR = "from_7_months_to_1_year"
    FROM_1_TO_2_YEARS = "from_1_to_2_years"
    FROM_2_TO_3_YEARS = "from_2_to_3_years"
    FROM_3_YEARS = "from_3_years"


class NoNumberReason(StrEnum):
    """Why there is no time-to-crime."""

    PURCHASE_DATE_MISSING = "purchase_date_missing"
    RECOVERY_DATE_MISSING = "recovery_date_missing"
    RECOVERED_BEFORE_PURCHASE = "recovered_before_purchase"


# A band ends before its number of calendar months after the purchase.
BAND_ENDS: tuple[tuple[int, Band], ...] = (
    (3, Band.UNDER_3_MONTHS),
    (7, Band.FROM_3_TO_7_MONTHS),
    (12, Band.FROM_7_MONTHS_TO_1_YEAR),
    (24, Band.FROM_1_TO_2_YEARS),
    (36, Band.FROM_2_TO_3_YEARS),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeToCrime:
    """Whole days, years with two decimals, ATF's band. `is_short`: 3 years or less."""

    days: int
    years: Decimal
    band: Band
    is_short: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoTimeToCrime:
    """No number, and why."""

    reason: NoNumberReason


def time_to_crime(*, purchased_on: date | None, recovered_on: date | None) -> TimeToCrime | NoTimeToCrime:
    """Measure the time from purchase to recovery."""
    if purchased_on is None:
        return NoTimeToCrime(reason=NoNumberReason.PURCHASE_DATE_MISSING)
    if recovered_on is None:
        return NoTimeToCrime(reason=NoNumberReason.RECOVERY_DATE_MISSING)
    days = (recovered_on - purchased_on).days
    if days < 0:
        return NoTimeToCrime(reason=NoNumberReason.RECOVERED_BEFORE_PURCHASE)
    return TimeToCrime(
        days=days,
        years=(days / DAYS_PER_YEAR).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP),
        band=_band(purchased_on, recovered_on),
        is_short=recovered_on <= months_after(purchased_on, SHORT_MONTHS),
    )


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _band(purchased_on: date, recovered_on: date) -> Band:
    for months, band in BAND_ENDS:
        if recovered_on < months_after(purchased_on, months):
            return band
    return Band.FROM_3_YEARS
