"""Whatever a connector does, the walk goes on, waits, or says to a person what is wrong; nothing is lost."""

import socket
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db.models import F

from cotrace.audit.models import AuditEvent
from cotrace.foundation import clock, outbox
from cotrace.foundation.models import OutboxDelivery
from cotrace.foundation.rules.signatures import Signer
from cotrace.tracing import subscribers
from cotrace.tracing.exports.key_files import create_key_pair, read_signer
from cotrace.tracing.models import Inquiry, Trace
from cotrace.tracing.reads.centre import TraceRead
from cotrace.tracing.rules.answer_document import answer_bytes
from cotrace.tracing.rules.answers import Pending
from cotrace.tracing.rules.statuses import TraceStatus
from cotrace.tracing.rules.trace_view import WaitReason
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.services.tracer import trace_answer, trace_ask_again, trace_take
from cotrace.tracing.subscribers import wake_inquiries
from tests.functional.tracing.harness import FAST, answering, honest_answer, http, rogue, signed_http
from tests.support.world import agencies_exist
from tests.unit.tracing.builders import ASKED, MAKER
from tests.usecases.tracing.world import centre_exists, connectors, register_at, submit, tracer

SHORT = replace(FAST, connect_s=0.5, read_s=0.5, total_s=1.0)


@pytest.fixture(autouse=True)
def short_limits(monkeypatch) -> None:
    monkeypatch.setattr(subscribers, "LIMITS", SHORT)


@pytest.fixture
def key(committed, tmp_path: Path) -> Path:
    agencies_exist()
    centre_exists()
    create_key_pair(tmp_path / "rogue.key")
    return tmp_path / "rogue.key"


def signer(key: Path) -> Signer:
    return read_signer(key)


def read() -> TraceRead:
    return trace_get(tracer(), number=Trace.objects.get().holding_id)


def asked_of(manners, key: Path) -> TraceRead:
    """Let the walk of a new trace meet a connector with these manners first."""
    with rogue(manners) as port:
        register_at(MAKER, port, key)
        submit()
        outbox.drain()
    return read()


def wake_later(seconds: int) -> int:
    """Let time pass for waiting inquiries (connectors and centre share one real clock), and the duty come round."""
    passed = timedelta(seconds=seconds)
    Inquiry.objects.filter(state="open").update(next_try_at=F("next_try_at") - passed)
    return wake_inquiries()


def test_a_slow_connector_is_asked_again_under_the_same_id_and_the_walk_goes_on(key, tmp_path) -> None:
    trace = asked_of(lambda connection, body: time.sleep(0.8), key)
    step = trace.steps[0]
    assert (trace.status, step.failure, step.tries) == (TraceStatus.INQUIRING, "connector_slow", 1)
    assert step.next_try_at is not None and wake_inquiries() == 0
    home = tmp_path / "honest"
    home.mkdir()
    with connectors(home) as honest:
        assert wake_later(10) == 1
        outbox.drain()
        assert read().outcome == "P1"
        assert step.inquiry in honest.log(MAKER)
    assert Inquiry.objects.count() == 3
    assert [each.tries for each in read().steps] == [2, 1, 1]


@pytest.mark.parametrize("cut", [0, 60, 300])
def test_a_connector_that_dies_on_the_way_is_asked_again(key, cut) -> None:
    def die(connection: socket.socket, body: bytes) -> None:
        connection.sendall(signed_http(signer(key), answer_bytes(honest_answer(body)))[:cut])

    step = asked_of(die, key).steps[0]
    assert (step.failure, step.state) == ("connector_unreachable", "open")
    assert step.next_try_at is not None


def test_a_connector_that_was_never_there_is_asked_again_for_24_hours_and_then_a_person_looks(key) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    register_at(MAKER, port, key)
    submit()
    outbox.drain()
    for hours in range(0, 26, 2):
        with clock.frozen_at(datetime.now(UTC) + timedelta(hours=hours)):
            wake_inquiries()
            outbox.drain()
    trace = read()
    assert (trace.status, trace.waiting_reason) == (TraceStatus.AWAITING_TRACER, WaitReason.NO_ANSWER)
    assert trace.steps[0].failure == "connector_unreachable" and trace.steps[0].tries > 5


@pytest.mark.parametrize(
    ("lie", "code"),
    [
        ({"gun": replace(ASKED, serial="OTHER-1")}, "connector_answer_mismatch"),
        ({"inquiry_id": "inquiry-somebodyelse"}, "connector_answer_mismatch"),
    ],
)
def test_a_lying_connector_is_shown_to_a_person_who_enters_what_the_telephone_says(key, lie, code) -> None:
    with rogue(answering(signer(key), **lie)) as port:
        register_at(MAKER, port, key)
        submit()
        outbox.drain()
    trace = read()
    assert (trace.waiting_reason, trace.steps[0].failure) == (WaitReason.NO_ANSWER, code)
    trace_take(tracer(), number=trace.number)
    answer = {"kind": "not_in_records", "detail": {"reason": "not_found"}}
    trace_answer(tracer(), number=trace.number, version=read().version, answer=answer)
    assert (read().status, read().outcome) == (TraceStatus.CONCLUDED, "M1")


def test_a_stranger_in_the_middle_is_noticed(key, tmp_path) -> None:
    create_key_pair(tmp_path / "stranger.key")
    trace = asked_of(answering(read_signer(tmp_path / "stranger.key")), key)
    assert trace.steps[0].failure == "connector_signature_wrong"
    assert not trace.has_purchaser


def test_a_redirect_is_not_followed_and_shown_to_a_person(key) -> None:
    with rogue(answering(signer(key))) as elsewhere:
        target = f"http://127.0.0.1:{elsewhere}/v1/inquiries"
        away = http(b"", status="307 Temporary", Location=target)
        trace = asked_of(lambda connection, body: connection.sendall(away), key)
    assert trace.steps[0].failure == "connector_redirected"
    assert trace.waiting_reason is WaitReason.NO_ANSWER


def test_a_refusal_keeps_its_code_and_a_tracer_can_ask_again_under_the_same_id(key, tmp_path) -> None:
    refusal = http(b'{"code":"clock_out_of_step"}', status="409 Conflict", Content_Type="application/json")
    trace = asked_of(lambda connection, body: connection.sendall(refusal), key)
    assert (trace.steps[0].failure, trace.steps[0].failure_reason) == ("connector_refused", "clock_out_of_step")
    trace_take(tracer(), number=trace.number)
    home = tmp_path / "honest"
    home.mkdir()
    with connectors(home):
        trace_ask_again(tracer(), number=trace.number, version=read().version)
        outbox.drain()
    assert read().outcome == "P1"
    assert read().steps[0].inquiry == trace.steps[0].inquiry


def test_a_pending_answer_is_fetched_when_the_licensee_said(key, tmp_path) -> None:
    trace = asked_of(answering(signer(key), answer=Pending(retry_after_s=900), gun=None), key)
    step = trace.steps[0]
    assert (trace.status, step.failure) == (TraceStatus.INQUIRING, "connector_pending")
    assert step.next_try_at is not None
    assert 890 < (step.next_try_at - datetime.now(UTC)).total_seconds() < 901
    assert wake_later(600) == 0
    home = tmp_path / "honest"
    home.mkdir()
    with connectors(home):
        assert wake_later(310) == 1
        outbox.drain()
    assert read().outcome == "P1"


def test_a_licensee_that_always_asks_for_a_second_is_called_and_logged_once_a_minute(key) -> None:
    asked_of(answering(signer(key), answer=Pending(retry_after_s=1), gun=None), key)
    woken = sum(wake_later(10) for _ in range(5))
    assert (woken, AuditEvent.objects.filter(action="trace.try_failed").count()) == (0, 1)
    assert wake_later(11) == 1


def test_an_answer_that_comes_after_a_person_entered_one_changes_nothing(key) -> None:
    register_at(MAKER, 9, key)
    submit()
    outbox.drain(limit=2)
    trace = read()
    trace_take(tracer(), number=trace.number)
    answer = {"kind": "not_in_records", "detail": {"reason": "not_found"}}
    trace_answer(tracer(), number=trace.number, version=read().version, answer=answer)
    OutboxDelivery.objects.filter(handler="tracing.ask_licensee").update(state="due")
    with rogue(answering(signer(key))) as port:
        register_at(MAKER, port, key)
        outbox.drain()
    assert (read().outcome, read().has_purchaser) == ("M1", False)
