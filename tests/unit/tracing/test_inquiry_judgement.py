"""A connector answers what is addressed to it, in its time, and nothing else."""

from datetime import timedelta

import pytest

from cotrace.tracing.rules.inquiry import LONGEST_LIFE, InquiryRefusal, judge_inquiry
from tests.unit.tracing.builders import DEALER, NOON, WHOLESALER, inquiry

TOLERANCE = timedelta(minutes=5)
SECOND = timedelta(seconds=1)


def judged(**changes: object) -> InquiryRefusal | None:
    return judge_inquiry(inquiry(**changes), licence=DEALER.number, now=NOON, tolerance=TOLERANCE)


def test_an_inquiry_to_this_licensee_in_its_time_is_answered() -> None:
    assert judged() is None
    assert judged(licensee=DEALER.number.replace("-", "")) is None


def test_an_inquiry_to_another_licensee_is_refused_though_the_centre_signed_it() -> None:
    assert judged(licensee=WHOLESALER.number) is InquiryRefusal.NOT_ADDRESSED_HERE


@pytest.mark.parametrize(
    ("issued_in", "expires_in", "refusal"),
    [
        (TOLERANCE, timedelta(days=1), None),
        (TOLERANCE + SECOND, timedelta(days=1), InquiryRefusal.CLOCK_OUT_OF_STEP),
        (-timedelta(days=1), -TOLERANCE, None),
        (-timedelta(days=1), -TOLERANCE - SECOND, InquiryRefusal.EXPIRED),
        (timedelta(0), LONGEST_LIFE, None),
        (timedelta(0), LONGEST_LIFE + SECOND, InquiryRefusal.LIFE_TOO_LONG),
        (timedelta(0), timedelta(0), InquiryRefusal.LIFE_TOO_LONG),
        (timedelta(0), -SECOND, InquiryRefusal.LIFE_TOO_LONG),
    ],
)
def test_an_inquiry_counts_only_in_its_time_give_or_take_five_minutes(
    issued_in: timedelta, expires_in: timedelta, refusal: InquiryRefusal | None
) -> None:
    assert judged(issued_at=NOON + issued_in, expires_at=NOON + expires_in) is refusal
