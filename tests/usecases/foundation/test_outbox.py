"""Events reach their handlers once, whatever happens to the worker."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import transaction

from cotrace.foundation import clock, events, outbox
from cotrace.foundation.models import OutboxDelivery, OutboxEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class BellRung(events.Event):
    name: ClassVar[str] = "test.bell_rung"
    tone: str


heard: list[str] = []


@events.subscribe(BellRung, name="tests.hear")
def hear(event: BellRung) -> None:
    heard.append(event.tone)
    if event.tone == "cracked":
        raise ValueError("cracked")


def claimed() -> outbox.Claim:
    held = outbox.claim()
    assert held
    return held


@pytest.fixture(autouse=True)
def silence() -> None:
    heard.clear()


def test_an_event_without_its_transaction_is_refused(committed) -> None:
    with pytest.raises(RuntimeError):
        events.publish(BellRung(tone="c"))


def test_an_event_is_delivered_once(committed) -> None:
    with transaction.atomic():
        events.publish(BellRung(tone="c"))
    outbox.drain()
    outbox.drain()
    assert heard == ["c"]


def test_an_event_of_a_rolled_back_change_is_never_heard(committed) -> None:
    with pytest.raises(KeyError), transaction.atomic():
        events.publish(BellRung(tone="c"))
        raise KeyError
    assert outbox.drain() == 0
    assert OutboxEvent.objects.count() == 0


def test_a_failing_handler_is_tried_again_later_and_says_why(committed, stopped_clock) -> None:
    with transaction.atomic():
        events.publish(BellRung(tone="cracked"))
    held = claimed()
    assert not outbox.run(held)
    row = OutboxDelivery.objects.get()
    assert (row.state, row.error_code, row.attempts) == ("due", "ValueError", 1)
    assert row.due_at == stopped_clock + timedelta(seconds=1)
    with clock.frozen_at(stopped_clock + timedelta(seconds=2)):
        assert outbox.claim()


def test_a_dead_workers_claim_is_taken_over_and_its_late_finish_rolls_back(committed, stopped_clock) -> None:
    with transaction.atomic():
        events.publish(BellRung(tone="c"))
    first = claimed()
    assert outbox.claim() is None
    with clock.frozen_at(stopped_clock + outbox.LEASE + timedelta(seconds=1)):
        second = claimed()
        assert outbox.run(second)
        assert not outbox.run(first)


def test_what_takes_longer_than_its_lease_gets_twice_as_long_at_the_next_attempt(committed, stopped_clock) -> None:
    with transaction.atomic():
        events.publish(BellRung(tone="c"))
    claimed()
    then = stopped_clock + outbox.LEASE + timedelta(seconds=1)
    with clock.frozen_at(then):
        second = claimed()
    with clock.frozen_at(then + outbox.LEASE + timedelta(seconds=1)):
        assert outbox.claim() is None
        assert outbox.run(second)
    assert heard == ["c"]


def test_a_lease_stops_growing() -> None:
    assert [outbox.lease_of(attempt) / outbox.LEASE for attempt in (1, 2, 3, 7, 8, 30)] == [1, 2, 4, 64, 64, 64]
