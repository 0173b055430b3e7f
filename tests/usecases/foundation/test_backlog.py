"""The operator sees what the outbox could not deliver, tries it anew, and old news is forgotten."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import transaction

from cotrace.foundation import clock, events, outbox
from cotrace.foundation.backlog import KEEP, LATE_AFTER, backlog, retry_dead, sweep
from cotrace.foundation.errors import Refused
from cotrace.foundation.models import OutboxDelivery, OutboxEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSent(events.Event):
    name: ClassVar[str] = "test.letter_sent"
    text: str


class Box:
    is_open = True
    heard: ClassVar[list[str]] = []


@events.subscribe(LetterSent, name="tests.letter_box")
def put_in(event: LetterSent) -> None:
    if not Box.is_open:
        raise Refused("box_closed")
    Box.heard.append(event.text)


@pytest.fixture(autouse=True)
def emptied() -> None:
    Box.is_open = True
    Box.heard.clear()


def send(text: str) -> None:
    with transaction.atomic():
        events.publish(LetterSent(text=text))


def give_up() -> None:
    """Let the only delivery fail as often as it takes to give up."""
    OutboxDelivery.objects.update(attempts=outbox.ATTEMPTS_BEFORE_DEAD - 1)
    Box.is_open = False
    outbox.drain(limit=1)


def test_what_was_given_up_is_named_and_heard_once_it_is_tried_anew(committed) -> None:
    send("a")
    give_up()
    found = backlog()
    assert (found.due, found.dead_count) == (0, 1)
    assert [(each.event, each.handler, each.error_code) for each in found.dead] == [
        ("test.letter_sent", "tests.letter_box", "box_closed")
    ]
    Box.is_open = True
    assert outbox.drain() == 0
    assert retry_dead() == 1
    assert outbox.drain() == 1
    assert Box.heard == ["a"]
    assert (backlog().dead_count, retry_dead()) == (0, 0)


def test_what_waits_longer_than_it_should_counts_as_late(committed) -> None:
    send("a")
    send("b")
    first = OutboxEvent.objects.order_by("pk").first()
    assert first is not None
    OutboxEvent.objects.filter(pk=first.pk).update(published_at=clock.now() - LATE_AFTER - timedelta(seconds=1))
    found = backlog()
    assert (found.due, found.late) == (2, 1)


def test_only_old_news_that_everybody_heard_is_forgotten(committed) -> None:
    for text in ("heard", "waits", "given up", "fresh"):
        send(text)
    rows = dict(zip(("heard", "waits", "given up", "fresh"), OutboxEvent.objects.order_by("pk"), strict=True))
    old = clock.now() - KEEP - timedelta(seconds=1)
    OutboxEvent.objects.exclude(pk=rows["fresh"].pk).update(published_at=old)
    OutboxDelivery.objects.filter(event__in=[rows["heard"], rows["fresh"]]).update(state="done")
    OutboxDelivery.objects.filter(event=rows["given up"]).update(state="dead")
    assert sweep() == 1
    left = {each["text"] for each in OutboxEvent.objects.values_list("payload", flat=True)}
    assert left == {"waits", "given up", "fresh"}
    assert sweep() == 0
