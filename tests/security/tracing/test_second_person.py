"""Whoever had a hand in a result cannot release it: what was typed, let pass or ended by hand is seen by a second person."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from cotrace.agencies.imports import shipped_roles
from cotrace.foundation import outbox
from cotrace.foundation.errors import Refused
from cotrace.foundation.principal import Principal
from cotrace.tracing.models import ReleasedResult, Trace
from cotrace.tracing.reads.centre import TraceRead
from cotrace.tracing.rules.statuses import TraceStatus
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.selectors.requests import request_result
from cotrace.tracing.services.correcting import trace_correct
from cotrace.tracing.services.release import trace_release
from cotrace.tracing.services.tracer import (
    trace_accept,
    trace_answer,
    trace_conclude,
    trace_leave,
    trace_take,
)
from tests.functional.tracing.centre import at, supervisor_client
from tests.functional.tracing.test_tracing_api import Api
from tests.support.pages import cast_exists, words_of
from tests.support.world import agent
from tests.usecases.tracing.test_tracer_acts import NOTE, SOLD
from tests.usecases.tracing.world import centre_exists, register, submit

pytestmark = pytest.mark.django_db
ROLES = {line.code: frozenset(line.permissions) for line in shipped_roles()}
OTHERS = {
    "kind": "not_in_records",
    "detail": {"reason": "not_found", "same_serial": [{"serial": "ABC-1234", "make": "Otra Fábrica"}]},
}


def supervisor(name: str) -> Principal:
    """A tracing supervisor as shipped: works traces and releases results."""
    return replace(agent("ATF", name=name), permissions=ROLES["tracing_supervisor"])


ALONE, SECOND, THIRD = supervisor("alone"), supervisor("second"), supervisor("third")


@pytest.fixture(autouse=True)
def world(db, stopped_clock) -> None:
    cast_exists()
    centre_exists()


def read(who: Principal = ALONE) -> TraceRead:
    return trace_get(who, number=Trace.objects.get().holding_id)


def opened() -> str:
    request = submit()
    outbox.drain()
    trace_take(ALONE, number=read().number)
    return request


def typed() -> None:
    trace_answer(ALONE, number=read().number, version=read().version, answer=SOLD)


def concluded() -> None:
    trace_conclude(ALONE, number=read().number, version=read().version, outcome="I1")


def accepted() -> None:
    """The second one typed the answer; the first let it pass."""
    trace_leave(ALONE, number=read().number)
    trace_take(SECOND, number=read().number)
    trace_answer(SECOND, number=read().number, version=read().version, answer=OTHERS)
    trace_leave(SECOND, number=read().number)
    trace_take(ALONE, number=read().number)
    trace_accept(ALONE, number=read().number, version=read().version, note=NOTE)


def corrected() -> None:
    """The second one typed an answer and left; the first put another in its place."""
    trace_leave(ALONE, number=read().number)
    trace_take(SECOND, number=read().number)
    trace_answer(SECOND, number=read().number, version=read().version, answer=OTHERS)
    trace_leave(SECOND, number=read().number)
    trace_take(ALONE, number=read().number)
    trace_correct(ALONE, number=read().number, version=read().version, step=1, note=NOTE, answer=SOLD)


@pytest.mark.parametrize(
    ("had_a_hand", "is_registered", "outcome", "second"),
    [(typed, True, "P1", SECOND), (concluded, False, "I1", SECOND), (accepted, True, "M1", THIRD), (corrected, True, "P1", SECOND)],
)
def test_whoever_had_a_hand_in_it_cannot_release_and_a_second_person_can(
    had_a_hand: Callable[[], None], is_registered: bool, outcome: str, second: Principal
) -> None:
    if is_registered:
        register()
    request = opened()
    had_a_hand()
    assert (read().status, read().outcome) == (TraceStatus.CONCLUDED, outcome)
    with pytest.raises(Refused) as refusal:
        trace_release(ALONE, number=read().number, version=read().version)
    assert refusal.value.code == "release_needs_second_person"
    outbox.drain()
    assert not ReleasedResult.objects.exists()
    with pytest.raises(Refused, match="trace_no_result_yet"):
        request_result(agent("FGE-SON"), number=request)
    trace_release(second, number=read().number, version=read().version)
    outbox.drain()
    assert request_result(agent("FGE-SON"), number=request).outcome.code == outcome


def test_who_typed_and_who_let_it_pass_are_both_kept_from_releasing() -> None:
    register()
    opened()
    accepted()
    with pytest.raises(Refused):
        trace_release(SECOND, number=read().number, version=read().version)
    assert not ReleasedResult.objects.exists()


def test_leaving_the_trace_does_not_wash_the_hands() -> None:
    opened()
    concluded()
    trace_leave(ALONE, number=read().number)
    with pytest.raises(Refused):
        trace_release(ALONE, number=read().number, version=read().version)


def test_the_json_door_and_the_page_refuse_it_as_well() -> None:
    """Nobody's register has the maker, so that the trace is ended by hand through each door."""
    submit()
    outbox.drain()
    number = read().number
    api = Api("ATF", name="apart")
    api.post(f"/centre/traces/{number}/take")
    assert api.act(number, "conclude", outcome="I1").status_code == 204
    refused = api.act(number, "release")
    assert (refused.status_code, refused.json()["code"]) == (409, "release_needs_second_person")
    desk = at(supervisor_client(), number)
    assert f'{desk.address}/release"' in desk.page().content.decode()

    other = submit("XYZ-2")
    outbox.drain()
    number = Trace.objects.get(sources__request=other).pk
    desk = at(supervisor_client("Eva Sanz"), number)
    desk.act("take")
    desk.act("conclude", outcome="I1")
    assert f'{desk.address}/release"' not in desk.page().content.decode()
    page = desk.act("release")
    assert page.status_code == 409 and "Another person must release it." in words_of(page)
    assert not ReleasedResult.objects.exists()
