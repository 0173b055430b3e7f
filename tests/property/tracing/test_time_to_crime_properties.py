"""Time-to-crime grows with the recovery date and never lies about a missing one."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cotrace.tracing.rules.time_to_crime import Band, NoTimeToCrime, TimeToCrime, time_to_crime

DAYS = st.dates(date(1968, 1, 1), date(2060, 1, 1))
ORDER = list(Band)


@given(DAYS, DAYS)
def test_there_is_a_number_exactly_when_the_recovery_is_not_before_the_purchase(
    purchased_on: date, recovered_on: date
) -> None:
    found = time_to_crime(purchased_on=purchased_on, recovered_on=recovered_on)
    assert isinstance(found, TimeToCrime) == (recovered_on >= purchased_on)
    if isinstance(found, TimeToCrime):
        assert purchased_on + timedelta(days=found.days) == recovered_on


@given(DAYS, st.integers(0, 5000))
def test_a_day_later_is_never_a_shorter_band_and_never_short_again(purchased_on: date, days: int) -> None:
    first = time_to_crime(purchased_on=purchased_on, recovered_on=purchased_on + timedelta(days=days))
    later = time_to_crime(purchased_on=purchased_on, recovered_on=purchased_on + timedelta(days=days + 1))
    assert isinstance(first, TimeToCrime)
    assert isinstance(later, TimeToCrime)
    assert ORDER.index(later.band) >= ORDER.index(first.band)
    assert first.is_short or not later.is_short
    assert later.years >= first.years


@given(DAYS)
def test_every_band_below_three_years_is_short(purchased_on: date) -> None:
    for days in range(0, 1200, 7):
        found = time_to_crime(purchased_on=purchased_on, recovered_on=purchased_on + timedelta(days=days))
        assert not isinstance(found, NoTimeToCrime)
        assert found.is_short or found.band is Band.FROM_3_YEARS
