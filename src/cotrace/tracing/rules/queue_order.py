"""The order in which a tracing centre works: what is urgent, then what waits for a person, the rest, what is withheld.

Decides each trace's place from its status and priority; within a place the oldest comes first. A withheld result
waits for a day, not for a person, however urgent it was asked. Tests: tests/unit/tracing/test_queue_order.py,
and against the column that both databases compute: tests/usecases/tracing/test_queue_order.py.
"""

from enum import IntEnum

from cotrace.tracing.rules.request_document import Priority
from cotrace.tracing.rules.statuses import TraceStatus


class Place(IntEnum):
    """A place in the queue, first to last; what is finished is in no queue unless it is asked for."""

    URGENT = 0
    WAITS_FOR_PERSON = 1
    GOES_ON = 2
    WITHHELD = 3
    FINISHED = 4


PLACES: dict[TraceStatus, Place] = {
    TraceStatus.OPEN: Place.GOES_ON,
    TraceStatus.INQUIRING: Place.GOES_ON,
    TraceStatus.AWAITING_TRACER: Place.WAITS_FOR_PERSON,
    TraceStatus.CONCLUDED: Place.WAITS_FOR_PERSON,
    TraceStatus.WITHHELD: Place.WITHHELD,
    TraceStatus.RELEASED: Place.FINISHED,
    TraceStatus.CLOSED: Place.FINISHED,
}
URGENT_LEAVES = frozenset({Place.WITHHELD, Place.FINISHED})
"""Places that urgency does not change."""


def place_of(status: TraceStatus, priority: Priority) -> Place:
    """Return a trace's place in its centre's queue."""
    place = PLACES[status]
    return Place.URGENT if priority is Priority.URGENT and place not in URGENT_LEAVES else place
