"""An answer entered wrongly is corrected: the new one counts, the old one stays, the walk goes back to that step."""

from pathlib import Path

import pytest

from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.foundation import outbox
from cotrace.foundation.errors import Denied, Invalid, NotFound, Refused
from cotrace.tracing.models import Inquiry, Trace, Transferee
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.centre import TraceRead
from cotrace.tracing.rules.answers import AnswerKind
from cotrace.tracing.rules.statuses import TraceStatus
from cotrace.tracing.rules.trace_view import WaitReason
from cotrace.tracing.selectors.centre import trace_get, trace_purchaser
from cotrace.tracing.selectors.requests import request_result
from cotrace.tracing.services.correcting import trace_correct
from cotrace.tracing.services.release import trace_release, trace_withhold
from cotrace.tracing.services.tracer import trace_accept, trace_answer, trace_take
from tests.support.world import agencies_exist, agent, without
from tests.unit.tracing.builders import DEALER, MAKER, OTHER_WHOLESALER, WHOLESALER
from tests.usecases.tracing.test_tracer_acts import NOTE, SOLD, shipped_to
from tests.usecases.tracing.world import centre_exists, connectors, register, submit, tracer

pytestmark = pytest.mark.django_db
WHY = "The wholesaler's number was read out wrongly."
OTHER_BUYER = {"kind": "sold_to_purchaser", "detail": {"purchaser": {"family_names": "Ibarra Paz"}, "sold_on": "2023-06-16"}}
GONE = {"kind": "not_in_records", "detail": {"reason": "not_found"}}


@pytest.fixture(autouse=True)
def world(db) -> None:
    agencies_exist()
    centre_exists()


def read() -> TraceRead:
    return trace_get(tracer(), number=Trace.objects.get().holding_id)


def opened(*answers: dict[str, object]) -> str:
    """Let a tracer take the trace of a new request and enter what licensees said; return the request's number."""
    register()
    register(OTHER_WHOLESALER)
    request = submit()
    outbox.drain()
    trace_take(tracer(), number=read().number)
    for each in answers:
        trace_answer(tracer(), number=read().number, version=read().version, answer=each)
    return request


def correct(step: int, answer: object, *, note: str = WHY, by: str = "one") -> TraceRead:
    trace_correct(tracer(by), number=read().number, version=read().version, step=step, note=note, answer=answer)  # type: ignore[arg-type]
    return read()


def test_the_new_answer_counts_and_the_walk_asks_whom_it_names() -> None:
    opened(shipped_to(OTHER_WHOLESALER))
    wrong = read().steps[1].inquiry
    done = correct(1, shipped_to(WHOLESALER))
    assert done.status is TraceStatus.INQUIRING
    assert [each.licensee for each in done.steps] == [MAKER.number, WHOLESALER.number]
    assert [(each.inquiry, each.licensee, each.state) for each in done.superseded] == [
        (wrong, OTHER_WHOLESALER.number, "superseded")
    ]
    assert done.steps[1].inquiry != wrong
    assert len(done.facts.chain) == 2


def test_the_old_answer_stays_with_who_entered_it_who_corrected_it_and_why() -> None:
    opened(shipped_to(OTHER_WHOLESALER))
    before = read().steps[0]
    after = correct(1, shipped_to(WHOLESALER)).steps[0]
    (earlier,) = after.earlier
    assert (after.inquiry, after.answered_by) == (before.inquiry, tracer().id)
    assert (earlier.answer, earlier.answer_kind, earlier.answered_at) == (
        before.answer,
        AnswerKind.SHIPPED_TO,
        before.answered_at,
    )
    assert (earlier.answered_by, earlier.corrected_by, earlier.note) == (tracer().id, tracer().id, WHY)
    correct(1, GONE, note="It was the neighbour's book.")
    assert [each.note for each in read().steps[0].earlier] == [WHY, "It was the neighbour's book."]


def test_it_is_on_record_with_the_note_and_without_the_person() -> None:
    opened(shipped_to(WHOLESALER), shipped_to(DEALER, "2023-02-10"), SOLD)
    correct(3, OTHER_BUYER)
    event = AuditEvent.objects.get(action="trace.answer_corrected")
    detail = AuditDetail.objects.get(event_id=event.pk).detail
    assert event.subject == read().number and WHY in detail and "sold_to_purchaser" in detail
    everything = " ".join(AuditDetail.objects.values_list("detail", flat=True))
    assert "Ibarra" not in everything and "Núñez" not in everything


def test_a_conclusion_from_a_wrong_answer_falls_away_and_a_second_person_releases_the_right_one() -> None:
    request = opened(shipped_to(WHOLESALER), shipped_to(DEALER, "2023-02-10"), SOLD)
    assert read().outcome == "P1"
    done = correct(3, GONE)
    assert (done.status, done.outcome, done.has_purchaser) == (TraceStatus.CONCLUDED, "D1", False)
    with pytest.raises(NotFound):
        trace_purchaser(tracer(), number=done.number)
    with pytest.raises(Refused) as refusal:
        trace_release(tracer(), number=done.number, version=done.version)
    assert refusal.value.code == "release_needs_second_person"
    trace_release(tracer("two"), number=done.number, version=done.version)
    outbox.drain()
    result = request_result(agent("FGE-SON"), number=request)
    assert (result.outcome.code, result.purchaser) == ("D1", None)


def test_of_two_purchasers_the_corrected_one_is_released_and_the_other_to_nobody() -> None:
    request = opened(shipped_to(WHOLESALER), shipped_to(DEALER, "2023-02-10"), SOLD)
    done = correct(3, OTHER_BUYER)
    assert trace_purchaser(tracer(), number=done.number).family_names == "Ibarra Paz"
    assert Transferee.objects.exclude(superseded_at=None).count() == 1
    trace_release(tracer("two"), number=done.number, version=done.version)
    outbox.drain()
    purchaser = request_result(agent("FGE-SON"), number=request).purchaser
    assert purchaser is not None and purchaser.family_names == "Ibarra Paz"


def test_a_purchaser_of_a_later_step_falls_away_with_an_earlier_answer() -> None:
    opened(shipped_to(WHOLESALER), shipped_to(DEALER, "2023-02-10"), SOLD)
    done = correct(1, GONE)
    assert (done.outcome, done.has_purchaser, len(done.steps), len(done.superseded)) == ("M1", False, 1, 2)


def test_what_was_let_pass_because_of_the_old_answer_is_asked_about_again() -> None:
    opened(shipped_to(WHOLESALER, "2023-02-01"), shipped_to(DEALER, "2022-12-24"))
    trace_accept(tracer(), number=read().number, version=read().version, note=NOTE)
    again = correct(2, shipped_to(DEALER, "2022-12-23"))
    assert again.waiting_reason is WaitReason.DATES_CONTRADICT
    assert [each.is_void for each in again.acceptances] == [True]
    trace_accept(tracer(), number=again.number, version=again.version, note=NOTE)
    assert [each.is_void for each in read().acceptances] == [True, False]


def test_an_answer_to_a_withheld_result_is_corrected_and_the_ground_stays_to_be_seen() -> None:
    opened(GONE)
    trace_withhold(tracer("two"), number=read().number, version=read().version, ground="Sealed by order of the court")
    done = correct(1, {"kind": "exported", "detail": {"country": "GT"}})
    assert (done.status, done.outcome) == (TraceStatus.CONCLUDED, "X1")
    assert done.withheld_ground == "Sealed by order of the court"


def test_nothing_is_corrected_once_the_result_is_out() -> None:
    opened(GONE)
    trace_release(tracer("two"), number=read().number, version=read().version)
    with pytest.raises(Refused) as refusal:
        correct(1, SOLD)
    assert refusal.value.code == "result_has_left"
    assert read().steps[0].earlier == ()


@pytest.mark.parametrize("step", [0, 2, 99])
def test_a_step_without_an_answer_by_hand_is_refused(step: int) -> None:
    opened(shipped_to(WHOLESALER))
    with pytest.raises(Refused) as refusal:
        correct(step, GONE)
    assert refusal.value.code == "answer_not_by_hand"


def test_a_note_is_needed_and_a_malformed_answer_changes_nothing() -> None:
    opened(shipped_to(WHOLESALER))
    before = read()
    for note, answer in (("typo", GONE), (WHY, {"kind": "shipped_to", "detail": {}})):
        with pytest.raises(Invalid):
            correct(1, answer, note=note)
    assert read() == before


def test_only_the_tracer_who_has_the_trace_corrects_and_only_what_they_saw() -> None:
    opened(shipped_to(WHOLESALER))
    trace = read()
    said = {"number": trace.number, "step": 1, "note": WHY, "answer": GONE}
    with pytest.raises(Refused) as refusal:
        trace_correct(tracer("two"), version=trace.version, **said)
    assert refusal.value.code == "trace_not_taken"
    with pytest.raises(Refused) as refusal:
        trace_correct(tracer(), version=trace.version - 1, **said)
    assert refusal.value.code == "trace_changed"
    with pytest.raises(Denied):
        trace_correct(without(tracer(), TracePermission.WORK), version=trace.version, **said)
    with pytest.raises(NotFound):
        trace_correct(agent("FGR"), version=trace.version, **said)
    assert read() == trace


def test_what_a_connector_signed_is_not_corrected_by_hand(tmp_path: Path) -> None:
    with connectors(tmp_path, licensees=(MAKER,)):
        submit()
        outbox.drain()
    assert Inquiry.objects.get().state == "answered"
    trace_take(tracer(), number=read().number)
    with pytest.raises(Refused) as refusal:
        correct(1, GONE)
    assert refusal.value.code == "answer_not_by_hand"
