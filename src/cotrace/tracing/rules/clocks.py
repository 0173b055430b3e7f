"""How long an inquiry lives, and when it is put again.

Decides the two clocks of an inquiry: the licensee's 24 hours, and the life after which no connector
takes it any more; and the moment of the next try. Source: 18 USC 923(g)(7) (24 hours);
docs/connector-protocol.md sections 6 and 9. Tests: tests/unit/tracing/test_clocks.py.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cotrace.tracing.rules.connector_failures import ConnectorFailure, retry_delay_s
from cotrace.tracing.rules.inquiry import LONGEST_LIFE

TIME_TO_ANSWER = timedelta(hours=24)
REVIEW_OF_WITHHELD = timedelta(days=7)
TIME_OVER = "inquiry_time_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryClock:
    """When an inquiry was issued, by when it is to be answered, and when it expires for good."""

    issued_at: datetime
    answer_due_at: datetime
    expires_at: datetime


def clock_of(now: datetime) -> InquiryClock:
    """Start the clocks of a new inquiry; documents carry whole seconds, so do they."""
    issued_at = now.replace(microsecond=0)
    return InquiryClock(
        issued_at=issued_at,
        answer_due_at=issued_at + TIME_TO_ANSWER,
        expires_at=issued_at + LONGEST_LIFE,
    )


def next_try_at(
    failure: ConnectorFailure, *, tries: int, told_s: int | None, now: datetime, until: datetime
) -> datetime | None:
    """Say when to put an inquiry again after its `tries`th failure; None when a person looks instead.

    `until`: the end of the licensee's time. A wait that would pass it becomes one last try just at its end.
    """
    delay_s = retry_delay_s(failure, tries=tries, told_s=told_s)
    if delay_s is None or now >= until:
        return None
    return min(now + timedelta(seconds=delay_s), until)


def prolonged(*, now: datetime, expires_at: datetime) -> datetime:
    """Return the new end of the licensee's time when a tracer has it asked again."""
    return min(now + TIME_TO_ANSWER, expires_at)
