"""Days, moments and numbers read one way only, in both languages."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.utils import timezone as django_timezone
from django.utils import translation

from cotrace.doors import formats
from cotrace.doors.furniture import Count

REYNOSA = timezone(timedelta(hours=-6))


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "4 Mar 2011"), ("en-us", "4 Mar 2011"), ("es", "4 mar 2011"), ("es-mx", "4 mar 2011")],
)
def test_a_day_names_its_month(language: str, written: str) -> None:
    with translation.override(language):
        assert formats.day(date(2011, 3, 4)) == written


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_two_months_read_alike(language: str) -> None:
    with translation.override(language):
        months = {formats.day(date(2011, month, 1)) for month in range(1, 13)}

    assert len(months) == 12
    assert all(month.split()[1].isalpha() for month in months)


def test_a_moment_names_its_distance_from_utc() -> None:
    with translation.override("en"), django_timezone.override(REYNOSA):
        assert (
            formats.moment(datetime(2011, 3, 4, 20, 5, tzinfo=UTC)) == "4 Mar 2011, 14:05 UTC\N{MINUS SIGN}6"
        )


def test_a_moment_can_fall_on_the_day_before() -> None:
    with translation.override("es"), django_timezone.override(REYNOSA):
        assert formats.moment(datetime(2011, 3, 4, 3, 0, tzinfo=UTC)).startswith("3 mar 2011, 21:00")


@pytest.mark.parametrize(
    ("hours", "name"),
    [(0, "UTC"), (-7, "UTC\N{MINUS SIGN}7"), (5.5, "UTC+5:30"), (-3.5, "UTC\N{MINUS SIGN}3:30")],
)
def test_a_zone_is_its_distance(hours: float, name: str) -> None:
    assert formats.utc_distance(datetime(2011, 3, 4, tzinfo=timezone(timedelta(hours=hours)))) == name


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        formats.moment(datetime(2011, 3, 4, 14, 5))  # noqa: DTZ001 - the defect under test


@pytest.mark.parametrize("language", ["en", "es", "es-mx"])
@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (999, "999"), (12345, "12,345"), (Decimal("1234567.5"), "1,234,567.5"), (-1000, "-1,000")],
)
def test_thousands_are_set_apart_by_commas_in_both_languages(
    language: str, value: int | Decimal, written: str
) -> None:
    with translation.override(language):
        assert formats.number(value) == written


def test_a_capped_count_says_that_there_are_more() -> None:
    with translation.override("es"):
        assert formats.count(Count(value=1000, is_capped=True)) == "1,000+"
        assert formats.count(Count(value=1000)) == "1,000"
