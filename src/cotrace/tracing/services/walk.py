"""The walk of a trace: ask, take the answer or the failure, decide the next step. All in one transaction each.

An inquiry is a row with one id for life; what is sent is written down with it, so that a try after a
crash repeats the same bytes. The call itself is made by a subscriber, outside any transaction.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from cotrace.audit.services import Detail, record
from cotrace.foundation import clock
from cotrace.foundation.events import publish
from cotrace.foundation.ids import new_number
from cotrace.foundation.principal import Principal, worker_principal
from cotrace.foundation.rules.canonical import canonical_bytes
from cotrace.foundation.rules.signatures import digest
from cotrace.tracing.events import InquiryDue, TraceConcluded, TraceWaits
from cotrace.tracing.models import Inquiry, LicenseeEntry, Trace, Transferee
from cotrace.tracing.reads.messages import FailedTry, GivenAnswer
from cotrace.tracing.rules.clocks import TIME_OVER, InquiryClock, clock_of, next_try_at
from cotrace.tracing.rules.gun import gun_asked
from cotrace.tracing.rules.inquiry import Inquiry as InquiryDocument
from cotrace.tracing.rules.inquiry import inquiry_bytes
from cotrace.tracing.rules.parties import purchaser_to_json
from cotrace.tracing.rules.recorded_answer import RecordedAnswer, recorded_to_json
from cotrace.tracing.rules.statuses import TraceAct, TraceStatus, after_trace_act
from cotrace.tracing.rules.trace_view import Ask, Finish, TraceView, WaitForTracer
from cotrace.tracing.rules.walk import next_step
from cotrace.tracing.selectors.register import connector_of, own_centre
from cotrace.tracing.selectors.walk_view import trace_view

WAKE_BATCH = 100


def walk_advance(principal: Principal, *, number: str) -> None:
    """Take the next step of a trace that is ready for one, in the caller's transaction.

    Audit: trace.inquiry_made for an inquiry. Events: InquiryDue, TraceWaits or TraceConcluded.
    """
    row = Trace.objects.select_for_update().get(pk=number, owner=principal.agency)
    if row.status != TraceStatus.OPEN:
        return
    view = trace_view(principal, number=number)
    decided = next_step(view)
    match decided:
        case Ask():
            _ask(principal, row, view, decided)
        case Finish(outcome=outcome):
            _conclude(principal, row, outcome)
        case WaitForTracer():
            _wait(row, decided)


def conclude(principal: Principal, *, number: str, outcome: str) -> None:
    """End the walk of a trace that a tracer is at, with an outcome the tracer chose; see `walk_advance`."""
    row = Trace.objects.select_for_update().get(pk=number, owner=principal.agency)
    row.concluded_by = principal.id
    _conclude(principal, row, outcome)


def inquiry_answered(principal: Principal, *, inquiry: str, given: GivenAnswer) -> bool:
    """Take a connector's answer and go on; return whether it was still wanted. Audit: trace.answered."""
    found = given.found
    recorded = RecordedAnswer(answer=found.answer, gun=found.gun, acquisition=found.acquisition)
    with transaction.atomic():
        row = _open_inquiry(principal, inquiry)
        if row is None:
            return False
        row.answer_signature = given.signature
        row.tries += 1
        answer_keep(principal, row=row, recorded=recorded, body=given.body)
        walk_go_on(principal, number=row.trace_id)
    return True


def answer_keep(principal: Principal, *, row: Inquiry, recorded: RecordedAnswer, body: str) -> None:
    """Write an answer to its inquiry, the purchaser apart, in the caller's transaction. Audit: trace.answered."""
    purchaser = recorded.purchaser
    row.state, row.answer, row.answered_at = "answered", recorded_to_json(recorded), clock.now()
    row.answer_sha256 = digest(body.encode("utf-8")) if body else ""
    row.answer_body = "" if purchaser else body
    row.failure = row.failure_reason = ""
    row.next_try_at = None
    row.save()
    if purchaser is not None:
        Transferee.objects.create(
            owner=principal.agency,
            record=row.trace_id,
            hop=row.hop,
            person=purchaser_to_json(purchaser),
            answer_body=body,
            recorded_at=clock.now(),
        )
    kind = str(row.answer["kind"])
    record(
        principal, action="trace.answered", subject=row.trace_id, detail={"inquiry": row.pk, "kind": kind}
    )


def answer_by_hand_keep(principal: Principal, *, row: Inquiry, recorded: RecordedAnswer) -> None:
    """Write an answer that the principal entered for a licensee; see `answer_keep`."""
    row.answered_by, row.answer_signature = principal.id, ""
    body = canonical_bytes(recorded_to_json(recorded)).decode("utf-8")
    answer_keep(principal, row=row, recorded=recorded, body="" if recorded.purchaser else body)


def walk_go_on(principal: Principal, *, number: str) -> None:
    """Bring a trace whose inquiry ended back to work and take its next step, in the caller's transaction."""
    row = Trace.objects.select_for_update().get(pk=number, owner=principal.agency)
    act = TraceAct.ANSWERED if row.status == TraceStatus.INQUIRING else TraceAct.CONTINUE
    _go_on(principal, row, act)


def walk_redo(principal: Principal, *, number: str, act: TraceAct) -> None:
    """Take the next step of a trace one of whose answers was corrected, by this act, in the caller's transaction.

    A conclusion from the old answer falls away.
    """
    row = Trace.objects.select_for_update().get(pk=number, owner=principal.agency)
    row.outcome, row.concluded_at, row.concluded_by = "", None, ""
    _go_on(principal, row, act)


def _go_on(principal: Principal, row: Trace, act: TraceAct) -> None:
    row.waiting_reason, row.waiting_licensee, row.waiting_step = "", "", 0
    _move(row, act)
    walk_advance(principal, number=row.pk)


def inquiry_failed(principal: Principal, *, inquiry: str, failed: FailedTry) -> None:
    """Note a try that failed: put it again later, or let a person look. Audit: trace.try_failed."""
    with transaction.atomic():
        row = _open_inquiry(principal, inquiry)
        if row is None:
            return
        row.tries += 1
        row.failure, row.failure_reason = failed.failure.value, failed.reason
        row.next_try_at = next_try_at(
            failed.failure,
            tries=row.tries,
            told_s=failed.told_s,
            now=clock.now(),
            until=row.answer_due_at,
        )
        row.save(update_fields=["tries", "failure", "failure_reason", "next_try_at"])
        detail = {"inquiry": row.pk, "code": failed.failure.value}
        record(principal, action="trace.try_failed", subject=row.trace_id, detail=detail)
        if row.next_try_at is None:
            _give_up(principal, row, failed.failure.value)


def inquiry_expired(principal: Principal, *, inquiry: str) -> bool:
    """Let a person look at an inquiry whose time is over; return whether it still waited. Audit: trace.try_failed."""
    with transaction.atomic():
        row = _open_inquiry(principal, inquiry)
        if row is None:
            return False
        detail = {"inquiry": row.pk, "code": TIME_OVER}
        record(principal, action="trace.try_failed", subject=row.trace_id, detail=detail)
        _give_up(principal, row, row.failure or TIME_OVER)
    return True


def inquiries_wake(principal: Principal, *, limit: int = WAKE_BATCH) -> int:
    """Put again what waited for its time, and give up what was not answered in time; return how many.

    Acts for every centre of this installation, each through its own worker. Audit: as each act's.
    """
    del principal
    moment = clock.now()
    waiting = Inquiry.objects.filter(state="open", trace__status=TraceStatus.INQUIRING)
    held = LicenseeEntry.objects.filter(owner=OuterRef("trace__owner"), number=OuterRef("licensee"), is_held=True)
    free = waiting.filter(~Exists(held), trace__is_held=False)
    due = free.filter(next_try_at__lte=moment).order_by("next_try_at")
    pairs = list(due.values_list("pk", "trace__owner")[:limit])
    woken = sum(_put_again(worker_principal(owner), inquiry, moment) for inquiry, owner in pairs)
    overdue = waiting.filter(answer_due_at__lte=moment, next_try_at=None).order_by("answer_due_at")
    late = list(overdue.values_list("pk", "trace__owner")[: limit - len(pairs)])
    given_up = sum(inquiry_expired(worker_principal(owner), inquiry=inquiry) for inquiry, owner in late)
    return woken + given_up


def tries_resume(inquiries: QuerySet[Inquiry]) -> None:
    """Let open inquiries that a lifted hold kept from their connectors be tried at the worker's next look."""
    inquiries.filter(state="open", channel="connector").update(next_try_at=clock.now())


def try_now(principal: Principal, *, inquiry: str) -> None:
    """Announce that an open inquiry is to be put to its connector, in the caller's transaction."""
    row = Inquiry.objects.get(pk=inquiry, trace__owner=principal.agency)
    publish(InquiryDue(inquiry=row.pk, owner=principal.agency, attempt=row.tries + 1))


def _put_again(principal: Principal, inquiry: str, moment: datetime) -> int:
    with transaction.atomic():
        row = _open_inquiry(principal, inquiry)
        if row is None or row.next_try_at is None or row.next_try_at > moment:
            return 0
        row.next_try_at = None
        row.save(update_fields=["next_try_at"])
        try_now(principal, inquiry=row.pk)
    return 1


def _open_inquiry(principal: Principal, inquiry: str) -> Inquiry | None:
    """Return an inquiry that still waits, its trace locked first, so that nothing can deadlock."""
    mine = Inquiry.objects.filter(pk=inquiry, trace__owner=principal.agency)
    number = mine.values_list("trace_id", flat=True).first()
    if number is None:
        return None
    trace = Trace.objects.select_for_update().get(pk=number)
    if trace.status != TraceStatus.INQUIRING:
        return None
    return mine.select_for_update(of=("self",)).filter(state="open").first()


def _give_up(principal: Principal, row: Inquiry, code: str) -> None:
    row.state, row.failure, row.next_try_at = "failed", code, None
    row.save(update_fields=["state", "failure", "next_try_at"])
    walk_go_on(principal, number=row.trace_id)


def _ask(principal: Principal, row: Trace, view: TraceView, decided: Ask) -> None:
    """Write the inquiry down; its audit event is committed before anything leaves."""
    clocks = clock_of(clock.now())
    document = InquiryDocument(
        inquiry_id=new_number("IQ", origin=settings.COTRACE_INSTALLATION, owner=principal.agency),
        licensee=decided.licensee,
        issued_at=clocks.issued_at,
        expires_at=clocks.expires_at,
        call_back=own_centre(principal).call_back,
        gun=gun_asked(view.gun),
        shipment=decided.shipment,
    )
    has_connector = connector_of(principal, number=decided.licensee) is not None
    inquiry = _new_inquiry(row, document, clocks, decided, hop=len(view.steps) + 1)
    inquiry.channel = "connector" if has_connector else "person"
    inquiry.save(force_insert=True)
    _move(row, TraceAct.INQUIRE)
    detail: Detail = {"inquiry": inquiry.pk, "licensee": decided.licensee, "hop": inquiry.hop}
    record(principal, action="trace.inquiry_made", subject=row.pk, detail=detail)
    if has_connector:
        try_now(principal, inquiry=inquiry.pk)


def _new_inquiry(
    row: Trace, document: InquiryDocument, clocks: InquiryClock, decided: Ask, *, hop: int
) -> Inquiry:
    return Inquiry(
        id=document.inquiry_id,
        trace=row,
        hop=hop,
        licensee=decided.licensee,
        role=decided.role,
        body=inquiry_bytes(document).decode("utf-8"),
        asked_at=clocks.issued_at,
        answer_due_at=clocks.answer_due_at,
        expires_at=clocks.expires_at,
    )


def _conclude(principal: Principal, row: Trace, outcome: str) -> None:
    row.outcome, row.concluded_at = outcome, clock.now()
    row.waiting_reason, row.waiting_licensee, row.waiting_step = "", "", 0
    _move(row, TraceAct.CONCLUDE)
    record(principal, action="trace.concluded", subject=row.pk, detail={"outcome": outcome})
    publish(TraceConcluded(trace=row.pk, owner=row.owner, outcome=outcome))


def _wait(row: Trace, decided: WaitForTracer) -> None:
    row.waiting_reason = decided.reason
    row.waiting_licensee = decided.licensee or ""
    row.waiting_step = decided.step
    _move(row, TraceAct.STOP)
    publish(TraceWaits(trace=row.pk, owner=row.owner, reason=decided.reason.value, version=row.version))


def _move(row: Trace, act: TraceAct) -> None:
    """Save a trace in the status an act leads to, as a new version of it."""
    row.status = after_trace_act(TraceStatus(row.status), act)
    row.version += 1
    row.save()


def version_raise(principal: Principal, *, number: str) -> None:
    """Make a new version of a trace whose status stays, so that a colleague's stale page is noticed."""
    Trace.objects.filter(pk=number, owner=principal.agency).update(version=F("version") + 1)
