"""Time-to-crime in days and ATF's bands, at their boundaries."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cotrace.tracing.rules.time_to_crime import (
    Band,
    NoNumberReason,
    NoTimeToCrime,
    TimeToCrime,
    months_after,
    time_to_crime,
)

BOUGHT = date(2021, 3, 15)


def measured(recovered_on: date, purchased_on: date = BOUGHT) -> TimeToCrime:
    found = time_to_crime(purchased_on=purchased_on, recovered_on=recovered_on)
    assert isinstance(found, TimeToCrime)
    return found


@pytest.mark.parametrize(
    ("last_day_before", "below", "from_then_on"),
    [
        (date(2021, 6, 14), Band.UNDER_3_MONTHS, Band.FROM_3_TO_7_MONTHS),
        (date(2021, 10, 14), Band.FROM_3_TO_7_MONTHS, Band.FROM_7_MONTHS_TO_1_YEAR),
        (date(2022, 3, 14), Band.FROM_7_MONTHS_TO_1_YEAR, Band.FROM_1_TO_2_YEARS),
        (date(2023, 3, 14), Band.FROM_1_TO_2_YEARS, Band.FROM_2_TO_3_YEARS),
        (date(2024, 3, 14), Band.FROM_2_TO_3_YEARS, Band.FROM_3_YEARS),
    ],
)
def test_a_band_ends_the_day_before_its_month_or_year_is_full(
    last_day_before: date, below: Band, from_then_on: Band
) -> None:
    assert measured(last_day_before).band is below
    assert measured(last_day_before + timedelta(days=1)).band is from_then_on


def test_short_is_three_years_or_less() -> None:
    assert measured(date(2024, 3, 15)).is_short
    assert not measured(date(2024, 3, 16)).is_short


def test_days_are_whole_and_years_have_two_decimals() -> None:
    found = measured(date(2022, 3, 15))
    assert found.days == 365
    assert found.years == Decimal("1.00")
    assert measured(BOUGHT).days == 0
    assert measured(date(2021, 9, 15)).years == Decimal("0.50")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2023, 12, 31), 7, date(2024, 7, 31)),
    ],
)
def test_months_end_with_the_month_where_it_is_shorter(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


@pytest.mark.parametrize(
    ("purchased_on", "recovered_on", "reason"),
    [
        (None, date(2024, 1, 1), NoNumberReason.PURCHASE_DATE_MISSING),
        (date(2024, 1, 1), None, NoNumberReason.RECOVERY_DATE_MISSING),
        (None, None, NoNumberReason.PURCHASE_DATE_MISSING),
        (date(2024, 1, 2), date(2024, 1, 1), NoNumberReason.RECOVERED_BEFORE_PURCHASE),
    ],
)
def test_missing_and_contradictory_dates_give_a_reason_and_no_number(
    purchased_on: date | None, recovered_on: date | None, reason: NoNumberReason
) -> None:
    found = time_to_crime(purchased_on=purchased_on, recovered_on=recovered_on)
    assert found == NoTimeToCrime(reason=reason)
