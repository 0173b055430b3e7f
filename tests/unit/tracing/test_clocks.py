"""The licensee's 24 hours, the inquiry's life, and when it is put again."""

from datetime import UTC, datetime, timedelta

import pytest

from cotrace.tracing.rules.clocks import clock_of, next_try_at, prolonged
from cotrace.tracing.rules.connector_failures import ConnectorFailure
from cotrace.tracing.rules.inquiry import LONGEST_LIFE

NOON = datetime(2026, 3, 2, 18, 0, 0, 250_000, tzinfo=UTC)
CLOCK = clock_of(NOON)


def test_an_inquiry_is_issued_at_a_whole_second_and_lives_as_long_as_connectors_allow() -> None:
    assert CLOCK.issued_at == NOON.replace(microsecond=0)
    assert CLOCK.answer_due_at - CLOCK.issued_at == timedelta(hours=24)
    assert CLOCK.expires_at - CLOCK.issued_at == LONGEST_LIFE


@pytest.mark.parametrize(
    ("failure", "tries", "told_s", "hours", "wait"),
    [
        (ConnectorFailure.SLOW, 1, None, 0, timedelta(seconds=5)),
        (ConnectorFailure.UNREACHABLE, 4, None, 0, timedelta(minutes=10)),
        (ConnectorFailure.UNREACHABLE, 40, None, 5, timedelta(hours=1)),
        (ConnectorFailure.PENDING, 1, 900, 0, timedelta(minutes=15)),
        (ConnectorFailure.PENDING, 1, 7 * 24 * 3600, 0, timedelta(hours=24)),
        (ConnectorFailure.SLOW, 9, None, 24, None),
        (ConnectorFailure.REDIRECTED, 1, None, 0, None),
        (ConnectorFailure.SIGNATURE_WRONG, 1, None, 0, None),
    ],
)
def test_an_inquiry_is_put_again_after_its_wait_until_the_24_hours_end(
    failure, tries, told_s, hours, wait
) -> None:
    now = CLOCK.issued_at + timedelta(hours=hours)
    found = next_try_at(failure, tries=tries, told_s=told_s, now=now, until=CLOCK.answer_due_at)
    assert found == (None if wait is None else now + wait)


def test_asking_again_gives_another_day_but_never_more_than_the_life() -> None:
    assert prolonged(now=NOON, expires_at=CLOCK.expires_at) == NOON + timedelta(hours=24)
    late = CLOCK.expires_at - timedelta(hours=1)
    assert prolonged(now=late, expires_at=CLOCK.expires_at) == CLOCK.expires_at
