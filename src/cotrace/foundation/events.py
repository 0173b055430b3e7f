"""Events: how lower rooms reach upper ones without knowing them.

A service publishes a frozen dataclass in its own transaction; upper subjects subscribe in their
`subscribers.py`. Handlers run in the worker, in a transaction of their own together with the mark
that they are done, so each takes effect once however often it is tried.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, TypeVar

from django.db import transaction

from cotrace.foundation import clock
from cotrace.foundation.models import OutboxDelivery, OutboxEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of all events. `name` reads like `seizure.recorded`; fields are ids, codes, small numbers."""

    name: ClassVar[str] = ""


E = TypeVar("E", bound=Event)
Handler = Callable[[Any], None]
Prepare = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A named handler of one event class, with an optional step before its transaction."""

    name: str
    event: type[Event]
    handle: Callable[..., None]
    prepare: Prepare | None


_subscriptions: dict[str, Subscription] = {}


def subscribe(
    event: type[Event], *, name: str, prepare: Prepare | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a handler under a stable name.

    `prepare(event)` runs first and outside any transaction (for calls to other machines); what it
    returns is passed to the handler as its second argument. Both may run more than once; only the
    handler's writes are guarded, so `prepare` must be safe to repeat.
    """

    def register(handle: Callable[..., None]) -> Callable[..., None]:
        if name in _subscriptions:
            raise ValueError(f"handler registered twice: {name}")
        _subscriptions[name] = Subscription(name, event, handle, prepare)
        return handle

    return register


def subscription(name: str) -> Subscription | None:
    """Return the subscription of that name, or None where no such handler exists any more."""
    return _subscriptions.get(name)


def subscriptions() -> list[Subscription]:
    """Return every subscription, by event and handler name."""
    return sorted(_subscriptions.values(), key=lambda each: (each.event.name, each.name))


def publish(*events: Event) -> None:
    """Write events and the deliveries they cause, in the caller's transaction.

    Raises RuntimeError outside a transaction: an announcement without its cause would be a lie.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("publish() needs the transaction of the change it announces")
    moment = clock.now()
    for event in events:
        handlers = [each.name for each in _subscriptions.values() if each.event is type(event)]
        if not handlers:
            continue
        row = OutboxEvent.objects.create(name=event.name, payload=asdict(event), published_at=moment)
        OutboxDelivery.objects.bulk_create(
            OutboxDelivery(event=row, handler=handler, due_at=moment) for handler in handlers
        )
