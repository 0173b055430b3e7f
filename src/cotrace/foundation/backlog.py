"""What of the outbox still waits, what was given up, and forgetting what everybody has heard.

For the operator: event names, handlers and error codes, never what an event carries.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from cotrace.foundation import clock
from cotrace.foundation.models import OutboxDelivery, OutboxEvent

LATE_AFTER = timedelta(minutes=5)
KEEP = timedelta(days=settings.COTRACE_OUTBOX_DAYS)
SWEEP_BATCH = 500
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadDelivery:
    """A delivery that was tried until it was given up."""

    delivery: int
    event: str
    handler: str
    published_at: datetime
    attempts: int
    error_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How many deliveries wait, how many of them are late, and those given up (the oldest 200)."""

    due: int
    late: int
    dead_count: int
    dead: tuple[DeadDelivery, ...]


def backlog() -> Backlog:
    """Return what waits and what was given up."""
    due = OutboxDelivery.objects.filter(state="due")
    dead = OutboxDelivery.objects.filter(state="dead").select_related("event").order_by("id")
    return Backlog(
        due=due.count(),
        late=due.filter(event__published_at__lt=clock.now() - LATE_AFTER).count(),
        dead_count=dead.count(),
        dead=tuple(
            DeadDelivery(
                delivery=each.pk,
                event=each.event.name,
                handler=each.handler,
                published_at=each.event.published_at,
                attempts=each.attempts,
                error_code=each.error_code,
            )
            for each in dead[:MOST_SHOWN]
        ),
    )


def retry_dead() -> int:
    """Let every delivery that was given up be tried anew, from now on; return how many. The caller records it."""
    return OutboxDelivery.objects.filter(state="dead").update(
        state="due", attempts=0, due_at=clock.now(), lease="", lease_until_at=None
    )


def sweep() -> int:
    """Forget a batch of events that every handler has heard and that are old enough; return how many.

    What waits or was given up stays, however old it is.
    """
    open_ones = OutboxDelivery.objects.filter(event=OuterRef("pk")).exclude(state="done")
    with transaction.atomic():
        old = OutboxEvent.objects.filter(~Exists(open_ones), published_at__lt=clock.now() - KEEP)
        numbers = list(old.order_by("pk").values_list("pk", flat=True)[:SWEEP_BATCH])
        OutboxEvent.objects.filter(pk__in=numbers).delete()
    return len(numbers)
