"""What a tracing centre works on first."""

import pytest

from cotrace.tracing.rules.queue_order import PLACES, Place, place_of
from cotrace.tracing.rules.request_document import Priority
from cotrace.tracing.rules.statuses import TraceStatus

EXPECTED = [
    (TraceStatus.OPEN, Priority.ROUTINE, Place.GOES_ON),
    (TraceStatus.INQUIRING, Priority.ROUTINE, Place.GOES_ON),
    (TraceStatus.AWAITING_TRACER, Priority.ROUTINE, Place.WAITS_FOR_PERSON),
    (TraceStatus.CONCLUDED, Priority.ROUTINE, Place.WAITS_FOR_PERSON),
    (TraceStatus.WITHHELD, Priority.ROUTINE, Place.WITHHELD),
    (TraceStatus.RELEASED, Priority.ROUTINE, Place.FINISHED),
    (TraceStatus.CLOSED, Priority.ROUTINE, Place.FINISHED),
    (TraceStatus.OPEN, Priority.URGENT, Place.URGENT),
    (TraceStatus.INQUIRING, Priority.URGENT, Place.URGENT),
    (TraceStatus.AWAITING_TRACER, Priority.URGENT, Place.URGENT),
    (TraceStatus.CONCLUDED, Priority.URGENT, Place.URGENT),
    (TraceStatus.WITHHELD, Priority.URGENT, Place.WITHHELD),
    (TraceStatus.RELEASED, Priority.URGENT, Place.FINISHED),
    (TraceStatus.CLOSED, Priority.URGENT, Place.FINISHED),
]


@pytest.mark.parametrize(("status", "priority", "place"), EXPECTED)
def test_urgent_comes_first_then_what_waits_for_a_person_and_withheld_last(
    status: TraceStatus, priority: Priority, place: Place
) -> None:
    assert place_of(status, priority) is place


def test_every_status_has_its_place() -> None:
    assert set(PLACES) == set(TraceStatus)
