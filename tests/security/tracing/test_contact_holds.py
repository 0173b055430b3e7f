"""While a contact hold stands, on the trace or on the licensee, nobody is told which gun is asked for."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cotrace.agencies.imports import shipped_roles
from cotrace.foundation import clock, outbox
from cotrace.foundation.errors import Refused
from cotrace.tracing.exports.key_files import create_key_pair
from cotrace.tracing.models import Trace
from cotrace.tracing.rules.trace_view import WaitReason
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.services.register import licensee_hold
from cotrace.tracing.services.tracer import trace_answer, trace_ask_again, trace_hold, trace_take
from cotrace.tracing.subscribers import wake_inquiries
from tests.functional.tracing.harness import rogue
from tests.support.world import agencies_exist
from tests.unit.tracing.builders import DEALER, MAKER, OTHER_WHOLESALER, WHOLESALER
from tests.usecases.tracing.test_tracer_acts import shipped_to
from tests.usecases.tracing.world import HOLD_REASON, centre_exists, register, register_at, submit, tracer

ROLES = {line.code: frozenset(line.permissions) for line in shipped_roles()}


@pytest.fixture
def heard(committed, tmp_path: Path) -> Iterator[list[bytes]]:
    """What a maker's connector heard that never answers: asked once already."""
    agencies_exist()
    centre_exists()
    create_key_pair(tmp_path / "maker.key")
    bodies: list[bytes] = []

    def hang_up(_connection: socket.socket, body: bytes) -> None:
        bodies.append(body)

    with rogue(hang_up) as port:
        register_at(MAKER, port, tmp_path / "maker.key")
        submit()
        outbox.drain()
        assert len(bodies) == 1 and b"ABC-1234" in bodies[0]
        yield bodies


def hold(which: str, *, is_held: bool) -> None:
    if which == "licensee":
        licensee_hold(tracer(), number=MAKER.number, is_held=is_held, reason=HOLD_REASON)
        return
    trace = trace_get(tracer(), number=Trace.objects.get().holding_id)
    trace_hold(tracer(), number=trace.number, version=trace.version, is_held=is_held)


@pytest.mark.parametrize("which", ["trace", "licensee"])
def test_a_hold_stops_an_inquiry_that_is_open_until_it_is_lifted(heard, which) -> None:
    hold(which, is_held=True)
    with clock.frozen_at(clock.now() + timedelta(minutes=10)):
        assert wake_inquiries() == 0
        outbox.drain()
        assert len(heard) == 1
        hold(which, is_held=False)
        assert wake_inquiries() == 1
        outbox.drain()
    assert len(heard) == 2


@pytest.mark.parametrize("which", ["trace", "licensee"])
def test_a_hold_stops_a_try_that_was_announced_a_moment_before(heard, which) -> None:
    with clock.frozen_at(clock.now() + timedelta(minutes=10)):
        assert wake_inquiries() == 1
        hold(which, is_held=True)
        outbox.drain()
    assert len(heard) == 1


@pytest.mark.parametrize("which", ["trace", "licensee"])
def test_nobody_asks_again_under_a_hold_whoever_has_the_trace(heard, which) -> None:
    plain = replace(tracer(), permissions=ROLES["tracer"])
    with clock.frozen_at(clock.now() + timedelta(hours=25)):
        while wake_inquiries():
            outbox.drain()
        tried = len(heard)
        hold(which, is_held=True)
        number = Trace.objects.get().holding_id
        trace_take(plain, number=number)
        read = trace_get(plain, number=number)
        assert read.waiting_reason is WaitReason.NO_ANSWER
        with pytest.raises(Refused) as refusal:
            trace_ask_again(plain, number=number, version=read.version)
        outbox.drain()
    assert (refusal.value.code, len(heard)) == ("contact_hold_stands", tried)


@pytest.mark.django_db
def test_a_held_licensee_that_is_set_closed_is_not_walked_past_to_its_successor() -> None:
    agencies_exist()
    centre_exists()
    register(MAKER, DEALER, OTHER_WHOLESALER)
    register(WHOLESALER, is_held=True, is_open=False, successor=OTHER_WHOLESALER.number)
    submit()
    outbox.drain()
    number = Trace.objects.get().holding_id
    trace_take(tracer(), number=number)
    version = trace_get(tracer(), number=number).version
    trace_answer(tracer(), number=number, version=version, answer=shipped_to(WHOLESALER))
    read = trace_get(tracer(), number=number)
    assert (read.waiting_reason, read.waiting_licensee) == (WaitReason.CONTACT_HOLD, WHOLESALER.number)
    assert [step.licensee for step in read.steps] == [MAKER.number]
