"""The queue is narrowed to what nobody took, why it waits, and what a text names: a number, a serial, a licensee."""

from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cotrace.foundation import outbox
from cotrace.tracing.models import Trace
from cotrace.tracing.rules.statuses import TraceStatus
from cotrace.tracing.rules.trace_view import WaitReason
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.selectors.queue import QueueFilter, trace_queue
from cotrace.tracing.services.correcting import trace_correct
from cotrace.tracing.services.requests import trace_submit
from cotrace.tracing.services.tracer import trace_answer, trace_conclude, trace_take
from tests.support.world import agencies_exist, agent
from tests.unit.tracing.builders import DEALER, MAKER, OTHER_WHOLESALER, WHOLESALER
from tests.usecases.tracing.test_tracer_acts import shipped_to
from tests.usecases.tracing.world import centre_exists, document, register, submit, tracer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db) -> None:
    agencies_exist()
    centre_exists()


def traced(serial: str) -> str:
    request = submit(serial)
    outbox.drain()
    return str(Trace.objects.get(sources__request=request).pk)


def found(who=None, **where: object) -> list[str]:
    return [each.number for each in trace_queue(who or tracer(), where=QueueFilter(**where)).rows]  # type: ignore[arg-type]


def version(number: str) -> int:
    return int(Trace.objects.get(pk=number).version)


def test_what_nobody_took_is_told_from_what_somebody_has() -> None:
    mine, other, free = traced("A-1"), traced("B-2"), traced("C-3")
    trace_take(tracer(), number=mine)
    trace_take(tracer("two"), number=other)
    assert found(is_unassigned=True) == [free]
    assert found(is_mine=True) == [mine]
    assert found(is_mine=True, is_unassigned=True) == []


def test_each_reason_to_wait_finds_its_own() -> None:
    missing = traced("A-1")
    register(MAKER, is_held=True)
    held = traced("B-2")
    assert found(reason=WaitReason.START_NOT_REGISTERED) == [missing]
    assert found(reason=WaitReason.CONTACT_HOLD) == [held]
    assert found(reason=WaitReason.NO_ANSWER) == []


@pytest.mark.parametrize("typed", ["GLK-440", "glk 440", "GLK440-X", "  glk440  "])
def test_a_serial_is_found_by_its_beginning_however_it_is_typed(typed: str) -> None:
    wanted = traced("GLK-440-X")
    traced("XGLK-440")
    assert found(text=typed) == [wanted]


def test_a_number_is_found_as_it_is_read_over_the_telephone() -> None:
    wanted = traced("A-1")
    traced("B-2")
    request = str(Trace.objects.get(pk=wanted).sources.get().request)
    assert found(text=wanted) == found(text=f" {wanted.lower()} ") == [wanted]
    assert found(text=request) == found(text=request.lower()) == [wanted]


@pytest.mark.parametrize("typed", ["paso guns", "PASO", "so gun", DEALER.number, DEALER.number.replace("-", "")])
def test_a_licensee_finds_the_traces_it_was_asked_about(typed: str) -> None:
    register()
    wanted, _other = traced("A-1"), traced("B-2")
    trace_take(tracer(), number=wanted)
    for answer in (shipped_to(WHOLESALER), shipped_to(DEALER, "2023-02-10")):
        trace_answer(tracer(), number=wanted, version=version(wanted), answer=answer)
    assert found(text=typed) == [wanted]
    assert len(found(text="sierra")) == 2


def test_a_licensee_that_a_trace_waits_about_finds_it_too() -> None:
    register(MAKER)
    register(DEALER, is_held=True)
    wanted = traced("A-1")
    trace_take(tracer(), number=wanted)
    trace_answer(tracer(), number=wanted, version=version(wanted), answer=shipped_to(DEALER))
    assert found(text="paso guns") == [wanted]


def test_a_licensee_that_was_asked_by_mistake_finds_nothing_once_that_is_corrected() -> None:
    register()
    register(OTHER_WHOLESALER)
    number = traced("A-1")
    trace_take(tracer(), number=number)
    trace_answer(tracer(), number=number, version=version(number), answer=shipped_to(OTHER_WHOLESALER))
    assert found(text="mesa supply") == [number]
    said = {"step": 1, "note": "Read out wrongly.", "answer": shipped_to(WHOLESALER)}
    trace_correct(tracer(), number=number, version=version(number), **said)
    assert (found(text="mesa supply"), found(text="plains")) == ([], [number])


@pytest.mark.parametrize("typed", ["nothing of the kind", "SA", "%", "_", "TC-TEST-0000-0000-0000", "' OR 1=1 --"])
def test_a_text_that_names_nothing_finds_nothing(typed: str) -> None:
    register()
    traced("A-1")
    assert found(text=typed) == []


def test_finished_traces_are_found_when_they_are_asked_for() -> None:
    number = traced("A-1")
    trace_take(tracer(), number=number)
    trace_conclude(tracer(), number=number, version=version(number), outcome="I1")
    Trace.objects.filter(pk=number).update(status=TraceStatus.RELEASED)
    assert found(text="A-1") == []
    assert found(text="A-1", has_finished=True) == found(has_finished=True) == [number]


def test_another_centres_traces_and_register_are_found_by_none_of_it() -> None:
    register()
    number = traced("A-1")
    stranger = agent("FGR")
    for where in ({"text": "A-1"}, {"text": number}, {"text": "sierra"}, {"is_unassigned": True}):
        assert found(stranger, has_finished=True, **where) == []


def test_traces_opened_before_are_found_by_their_serial_too() -> None:
    number = traced("OLD-77")
    Trace.objects.update(serial_normal="")
    assert found(text="old77") == []
    import_module("cotrace.tracing.migrations.0004_serials_filled").fill(apps, None)
    assert found(text="old77") == [number]


def test_a_very_long_serial_is_taken_in_and_found() -> None:
    serial = "ﷺ" * 60
    asked = document("A-1")
    asked = replace(asked, gun=replace(asked.gun, serial=serial))
    trace_submit(agent("FGE-SON"), document=asked)
    outbox.drain()
    assert len(Trace.objects.get().serial_normal) == 200
    assert trace_get(tracer(), number=Trace.objects.get().pk).gun.serial == serial


def test_however_much_is_asked_it_is_one_question_for_the_page() -> None:
    register()
    traced("A-1")
    everything = QueueFilter(text="sierra", is_unassigned=True, status=TraceStatus.INQUIRING)
    with CaptureQueriesContext(connection) as plain:
        trace_queue(tracer(), where=QueueFilter())
    with CaptureQueriesContext(connection) as narrowed:
        trace_queue(tracer(), where=everything)
    assert len(narrowed) == len(plain)
