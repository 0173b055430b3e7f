"""What a tracer does where the walk waits: look, enter answers, mend the register, end it by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cotrace.firearms.rules.serials import SerialCondition
from cotrace.foundation import clock, outbox
from cotrace.foundation.errors import Invalid, NotFound, Refused
from cotrace.tracing.models import Acceptance, Inquiry, Trace
from cotrace.tracing.reads.centre import TraceRead
from cotrace.tracing.rules.statuses import TraceStatus
from cotrace.tracing.rules.trace_view import WaitReason
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.selectors.queue import QueueFilter, trace_queue
from cotrace.tracing.selectors.requests import request_result
from cotrace.tracing.services.release import trace_release
from cotrace.tracing.services.requests import trace_submit
from cotrace.tracing.services.tracer import (
    trace_accept,
    trace_answer,
    trace_ask_again,
    trace_conclude,
    trace_continue,
    trace_leave,
    trace_start,
    trace_take,
)
from cotrace.tracing.subscribers import wake_inquiries
from tests.support.world import agencies_exist, agent, without
from tests.unit.tracing.builders import DEALER, GUN, MAKER, OTHER_WHOLESALER, WHOLESALER, complete_request
from tests.usecases.tracing.world import SURNAME, centre_exists, register, submit, tracer

pytestmark = pytest.mark.django_db
REQUESTER = agent("FGE-SON")
NOTE = "Called the licensee, who confirmed it."


@pytest.fixture(autouse=True)
def world(db, stopped_clock) -> None:
    agencies_exist()
    centre_exists()


def opened(serial: str = "ABC-1234", **changes: object) -> TraceRead:
    """Submit a request, let the centre open its trace and take it."""
    submit(serial, **changes)
    outbox.drain()
    trace_take(tracer(), number=Trace.objects.get().holding_id)
    return read()


def read() -> TraceRead:
    return trace_get(tracer(), number=Trace.objects.get().holding_id)


def answered(answer: dict[str, object]) -> TraceRead:
    """Enter an answer by hand at the trace as it stands."""
    trace = read()
    trace_answer(tracer(), number=trace.number, version=trace.version, answer=answer)
    return read()


def shipped_to(licensee, on: str | None = "2023-02-01") -> dict[str, object]:
    return {
        "kind": "shipped_to",
        "detail": {"licensee": {"number": licensee.number, "name": licensee.name}, "shipped_on": on},
    }


SOLD = {
    "kind": "sold_to_purchaser",
    "detail": {"purchaser": {"family_names": SURNAME, "given_names": "Avery"}, "sold_on": "2023-06-15"},
}


def test_licensees_without_connector_are_asked_by_telephone_and_answers_entered() -> None:
    register()
    number = None
    assert opened().steps[0].channel == "person"
    answered(shipped_to(WHOLESALER))
    answered(shipped_to(DEALER, "2023-02-10"))
    done = answered(SOLD)
    assert (done.status, done.outcome, done.steps[2].answered_by) == (TraceStatus.CONCLUDED, "P1", tracer().id)
    trace_release(tracer("two"), number=done.number, version=done.version)
    outbox.drain()
    number = done.sources[0].request
    purchaser = request_result(REQUESTER, number=number).purchaser
    assert purchaser is not None and purchaser.family_names == SURNAME


def test_an_answer_entered_wrongly_says_where_and_changes_nothing() -> None:
    register()
    trace = opened()
    with pytest.raises(Invalid) as refusal:
        answered({"kind": "shipped_to", "detail": {"licensee": {"number": "!"}, "colour": "blue"}})
    assert {each.field for each in refusal.value.fields} == {"detail.licensee.number", "detail.colour"}
    assert read() == trace
    with pytest.raises(Invalid):
        answered({"kind": "pending", "detail": {"retry_after_s": 60}})


def test_acts_need_the_trace_to_be_taken_by_the_one_who_acts() -> None:
    register()
    trace = opened()
    with pytest.raises(Refused) as refusal:
        trace_answer(tracer("two"), number=trace.number, version=trace.version, answer=SOLD)
    assert refusal.value.code == "trace_not_taken"
    trace_leave(tracer(), number=trace.number)
    trace_take(tracer("two"), number=trace.number)
    answered_by_two = trace_get(tracer("two"), number=trace.number)
    trace_answer(tracer("two"), number=trace.number, version=answered_by_two.version, answer=SOLD)


def test_only_one_who_may_release_frees_a_colleagues_trace() -> None:
    register()
    trace = opened()
    from cotrace.foundation.errors import Denied
    from cotrace.tracing.permissions import TracePermission

    with pytest.raises(Denied):
        trace_leave(without(tracer("two"), TracePermission.RELEASE), number=trace.number)
    trace_leave(tracer("two"), number=trace.number)
    assert read().taken_name == ""


def test_a_maker_that_is_not_registered_waits_until_it_is() -> None:
    trace = opened()
    assert trace.waiting_reason is WaitReason.START_NOT_REGISTERED
    register()
    trace_continue(tracer(), number=trace.number, version=trace.version)
    assert read().steps[0].licensee == MAKER.number


def test_of_several_makers_of_one_name_a_tracer_chooses() -> None:
    twin = replace(MAKER, number="1-59-000-07-9A-77777")
    register(MAKER, twin)
    trace = opened()
    assert trace.waiting_reason is WaitReason.SEVERAL_CANDIDATES
    assert set(trace.candidates) == {MAKER.number, twin.number}
    with pytest.raises(Invalid):
        trace_start(tracer(), number=trace.number, version=trace.version, licensee=DEALER.number)
    trace_start(tracer(), number=trace.number, version=trace.version, licensee=twin.number)
    assert read().steps[0].licensee == twin.number


def test_a_maker_is_found_by_the_stem_of_its_name() -> None:
    register(replace(MAKER, name="Sierra Arms Company GmbH"), replace(OTHER_WHOLESALER, name="Sierra Arms"))
    assert opened().steps[0].licensee == MAKER.number


def test_contradictory_dates_wait_and_go_on_once_accepted_with_a_note() -> None:
    register()
    opened()
    answered(shipped_to(WHOLESALER, "2023-02-01"))
    trace = answered(shipped_to(DEALER, "2022-12-24"))
    assert (trace.waiting_reason, trace.waiting_step) == (WaitReason.DATES_CONTRADICT, 2)
    with pytest.raises(Invalid):
        trace_accept(tracer(), number=trace.number, version=trace.version, note="ok")
    trace_accept(tracer(), number=trace.number, version=trace.version, note=NOTE)
    assert read().steps[2].licensee == DEALER.number
    assert Acceptance.objects.get().note == NOTE


def test_what_is_lifted_by_the_register_cannot_be_waved_through() -> None:
    register(MAKER)
    opened()
    trace = answered(shipped_to(WHOLESALER))
    assert trace.waiting_reason is WaitReason.LICENSEE_UNKNOWN
    with pytest.raises(Refused) as refusal:
        trace_accept(tracer(), number=trace.number, version=trace.version, note=NOTE)
    assert refusal.value.code == "trace_wait_not_acceptable"
    register(WHOLESALER)
    trace_continue(tracer(), number=trace.number, version=trace.version)
    assert read().steps[1].licensee == WHOLESALER.number


def test_a_closed_licensee_is_followed_to_its_successor() -> None:
    register(MAKER, WHOLESALER)
    register(DEALER, is_open=False, successor=OTHER_WHOLESALER.number)
    register(OTHER_WHOLESALER)
    opened()
    answered(shipped_to(WHOLESALER))
    assert answered(shipped_to(DEALER)).steps[2].licensee == OTHER_WHOLESALER.number


def test_a_licensee_on_hold_is_not_asked() -> None:
    register(MAKER, is_held=True)
    assert opened().waiting_reason is WaitReason.CONTACT_HOLD
    assert Inquiry.objects.count() == 0


def test_a_tracer_can_end_a_waiting_trace_with_an_outcome_of_the_table() -> None:
    trace = opened()
    with pytest.raises(Invalid):
        trace_conclude(tracer(), number=trace.number, version=trace.version, outcome="Q9")
    trace_conclude(tracer(), number=trace.number, version=trace.version, outcome="I1")
    assert (read().status, read().outcome) == (TraceStatus.CONCLUDED, "I1")


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"serial": None, "serial_condition": SerialCondition.OBLITERATED}, "S1"),
        ({"serial": "12?45", "serial_condition": SerialCondition.PARTIAL}, "S2"),
        ({"serial": None, "is_privately_made": True, "serial_condition": SerialCondition.NONE}, "F1"),
    ],
)
def test_a_gun_nobody_can_be_asked_about_ends_with_the_reason_and_what_would_help(changes, outcome) -> None:
    number = trace_submit(REQUESTER, document=complete_request(gun=replace(GUN, **changes)))
    outbox.drain()
    trace = read()
    assert (trace.outcome, trace.steps) == (outcome, ())
    trace_release(tracer("two"), number=trace.number, version=trace.version)
    outbox.drain()
    result = request_result(REQUESTER, number=number)
    assert (result.outcome.code, result.dealer, result.purchaser) == (outcome, None, None)
    assert result.outcome.unblock("es")


def test_after_24_hours_without_answer_a_person_looks_and_can_ask_again(stopped_clock) -> None:
    register()
    opened()
    assert wake_inquiries() == 0
    with clock.frozen_at(stopped_clock + timedelta(hours=25)):
        assert wake_inquiries() == 1
        trace = read()
        assert trace.waiting_reason is WaitReason.NO_ANSWER
        assert trace.steps[0].failure == "inquiry_time_over"
        trace_ask_again(tracer(), number=trace.number, version=trace.version)
        assert read().status is TraceStatus.INQUIRING
        assert Inquiry.objects.get().pk == trace.steps[0].inquiry
        assert wake_inquiries() == 0
    with clock.frozen_at(stopped_clock + timedelta(hours=50)):
        wake_inquiries()
        trace = read()
        trace_accept(tracer(), number=trace.number, version=trace.version, note=NOTE)
    assert (read().status, read().outcome) == (TraceStatus.CONCLUDED, "N1")


def test_an_inquiry_whose_life_is_over_is_not_put_again(stopped_clock) -> None:
    register()
    opened()
    with clock.frozen_at(stopped_clock + timedelta(days=15)):
        wake_inquiries()
        trace = read()
        with pytest.raises(Refused) as refusal:
            trace_ask_again(tracer(), number=trace.number, version=trace.version)
    assert refusal.value.code == "inquiry_time_over"


def test_the_queue_groups_by_the_licensee_that_is_waited_for() -> None:
    register()
    opened()
    assert len(trace_queue(tracer(), where=QueueFilter(licensee=MAKER.number)).rows) == 1
    assert trace_queue(tracer(), where=QueueFilter(licensee=DEALER.number)).rows == ()


def test_no_other_agency_can_act_on_a_trace() -> None:
    register()
    trace = opened()
    for act in (
        lambda who: trace_take(who, number=trace.number),
        lambda who: trace_answer(who, number=trace.number, version=trace.version, answer=SOLD),
        lambda who: trace_get(who, number=trace.number),
    ):
        with pytest.raises(NotFound):
            act(REQUESTER)
