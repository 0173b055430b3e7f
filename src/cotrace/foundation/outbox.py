"""The worker's side of the outbox: claim under a lease, run, mark done in the same transaction.

A lease that ran out (the worker was killed) is taken up by whoever comes next; the first worker,
should it wake, finds its lease gone and its transaction rolls back. Each attempt gets twice the lease of the one
before, so that work which takes longer than a lease on a slow machine is not taken away for ever.
"""

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, models, transaction

from cotrace.foundation import clock
from cotrace.foundation.engines import engine
from cotrace.foundation.errors import CotraceError
from cotrace.foundation.events import Subscription, subscription
from cotrace.foundation.models import OutboxDelivery

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=settings.COTRACE_LEASE_SECONDS)
LEASE_DOUBLINGS = 6
ATTEMPTS_BEFORE_DEAD = 12


class LeaseLost(Exception):  # noqa: N818
    """Another worker took the delivery over; whatever this one did is rolled back."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this worker holds until its lease runs out."""

    delivery_id: int
    lease: str
    attempts: int


def retry_at(moment: datetime, *, attempts: int) -> datetime:
    """Return when to try again after `attempts` failures: 1 s, 2 s, 4 s … at most 5 minutes."""
    return moment + timedelta(seconds=min(2 ** max(attempts - 1, 0), 300))


def _due() -> "models.QuerySet[OutboxDelivery]":
    moment = clock.now()
    free = models.Q(lease_until_at=None) | models.Q(lease_until_at__lt=moment)
    return OutboxDelivery.objects.filter(free, state="due", due_at__lte=moment).order_by("due_at", "id")


def lease_of(attempt: int) -> timedelta:
    """Return how long the worker of the `attempt`-th attempt (from 1) holds its delivery: 1, 2, 4 … 64 leases."""
    doublings = min(attempt - 1, LEASE_DOUBLINGS)
    return LEASE * (1 << doublings)


def claim() -> Claim | None:
    """Take the oldest due delivery under a fresh lease; None when none is due."""
    if not _due().exists():
        return None
    with transaction.atomic():
        rows = _due()
        if engine(connection).SKIP_LOCKED:
            rows = rows.select_for_update(skip_locked=True)
        picked = rows.values_list("id", "attempts").first()
        if picked is None:
            return None
        held = Claim(picked[0], lease=secrets.token_hex(8), attempts=picked[1] + 1)
        OutboxDelivery.objects.filter(id=held.delivery_id).update(
            lease=held.lease, lease_until_at=clock.now() + lease_of(held.attempts), attempts=held.attempts
        )
    return held


def _finish(held: Claim) -> None:
    done = OutboxDelivery.objects.filter(id=held.delivery_id, lease=held.lease, state="due").update(
        state="done", lease="", lease_until_at=None, error_code=""
    )
    if not done:
        raise LeaseLost


def _run(found: Subscription, delivery: OutboxDelivery, held: Claim) -> None:
    event = found.event(**delivery.event.payload)
    if found.prepare is None:
        with transaction.atomic():
            found.handle(event)
            _finish(held)
        return
    prepared = found.prepare(event)
    with transaction.atomic():
        found.handle(event, prepared)
        _finish(held)


def _failed(held: Claim, code: str) -> None:
    state = "dead" if held.attempts >= ATTEMPTS_BEFORE_DEAD else "due"
    OutboxDelivery.objects.filter(id=held.delivery_id, lease=held.lease).update(
        state=state,
        lease="",
        lease_until_at=None,
        due_at=retry_at(clock.now(), attempts=held.attempts),
        error_code=code[:80],
    )


def run(held: Claim) -> bool:
    """Run one claimed delivery; return whether it took effect. Failures are put back with a delay."""
    delivery = OutboxDelivery.objects.select_related("event").get(id=held.delivery_id)
    found = subscription(delivery.handler)
    if found is None:
        _failed(held, "handler_unknown")
        return False
    try:
        _run(found, delivery, held)
    except LeaseLost:
        log.warning("lease lost: delivery %s", held.delivery_id)
        return False
    except CotraceError as refusal:
        _failed(held, refusal.code)
        return False
    except Exception as error:
        log.exception("handler failed: %s", delivery.handler)
        _failed(held, type(error).__name__)
        return False
    return True


def drain(*, limit: int = 10_000) -> int:
    """Run due deliveries until none is left or `limit` took effect; return how many did."""
    done = 0
    while done < limit and (held := claim()):
        done += run(held)
    return done
