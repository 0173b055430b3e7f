"""What the tracing centre's people read of one trace, and, as an act of its own, its purchaser."""

from dataclasses import replace

from cotrace.audit.services import record_disclosure
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal
from cotrace.sharing.selectors.holdings import own_holding
from cotrace.tracing.holding import TRACE_KIND
from cotrace.tracing.models import Acceptance, EarlierAnswer, Inquiry, ReleasedResult, Trace, TraceSource
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.centre import (
    AcceptanceRead,
    EarlierAnswerRead,
    SourceRead,
    StepRead,
    TraceRead,
)
from cotrace.tracing.rules.answers import Purchaser, kind_of
from cotrace.tracing.rules.chain import facts_of
from cotrace.tracing.rules.recorded_answer import recorded_from_json
from cotrace.tracing.rules.request_document import Priority, parse_request
from cotrace.tracing.rules.statuses import TraceStatus, trace_acts
from cotrace.tracing.rules.trace_view import Role, TraceView, WaitReason
from cotrace.tracing.selectors.transferees import is_purchaser_known, purchasers_of
from cotrace.tracing.selectors.walk_view import SUPERSEDED, recorded_answer, trace_view


def trace_get(principal: Principal, *, number: str) -> TraceRead:
    """Return one trace of the principal's centre with every step, the purchaser apart.

    Raises NotFound. Audit: trace.opened.
    """
    principal.require(TracePermission.WORK)
    own = own_trace(principal, number=number)
    record_disclosure(principal, action="trace.opened", subject=own, owner=principal.agency)
    return _read(principal, Trace.objects.get(pk=own))


def trace_purchaser(principal: Principal, *, number: str) -> Purchaser:
    """Return the purchaser that a trace names, before its release.

    Raises NotFound where it is another centre's or names none. Audit: trace.purchaser_shown.
    """
    principal.require(TracePermission.WORK)
    principal.require(TracePermission.TRANSFEREE)
    own = own_trace(principal, number=number)
    found = purchasers_of(principal, record=own)
    if not found:
        raise NotFound
    record_disclosure(principal, action="trace.purchaser_shown", subject=own, owner=principal.agency)
    return found[max(found)]


def own_trace(principal: Principal, *, number: str) -> str:
    """Return the number of a trace that the principal's agency owns and sees in full. Raises NotFound."""
    return own_holding(principal, number=number, kind=TRACE_KIND).id


def result_sendings(principal: Principal, *, number: str) -> tuple[str, ...]:
    """Return the ids of the messages by which a trace's result goes to other installations, oldest first."""
    rows = ReleasedResult.objects.filter(trace_id=number, trace__owner=principal.agency)
    return tuple(rows.exclude(source__installation="").order_by("pk").values_list("message", flat=True))


def _reason(row: Trace) -> WaitReason | None:
    return WaitReason(row.waiting_reason) if row.waiting_reason else None


def _read(principal: Principal, row: Trace) -> TraceRead:
    view = trace_view(principal, number=row.pk)
    status = TraceStatus(row.status)
    inquiries = list(row.inquiries.order_by("hop", "asked_at", "pk").prefetch_related("earlier_answers"))
    return TraceRead(
        number=row.pk,
        status=status,
        version=row.version,
        acts=trace_acts(status),
        priority=Priority(row.priority),
        gun=view.gun,
        recovered_on=row.recovered_on,
        is_held=row.is_held,
        waiting_reason=_reason(row),
        waiting_licensee=row.waiting_licensee,
        waiting_step=row.waiting_step,
        candidates=tuple(each.number for each in view.start) if not view.steps else (),
        outcome=row.outcome,
        taken_name=row.taken_name,
        is_mine=row.taken_by == principal.id,
        opened_at=row.opened_at,
        concluded_at=row.concluded_at,
        concluded_by=row.concluded_by,
        released_at=row.released_at,
        withheld_at=row.withheld_at,
        withheld_ground=row.withheld_ground,
        review_on=row.review_on,
        sources=tuple(_source(each) for each in row.sources.order_by("pk")),
        steps=tuple(_step(each, view) for each in inquiries if each.state != SUPERSEDED),
        superseded=tuple(_step(each, view) for each in inquiries if each.state == SUPERSEDED),
        acceptances=tuple(_acceptance(each) for each in row.acceptances.order_by("accepted_at", "pk")),
        facts=replace(facts_of(view), purchaser=None),
        has_purchaser=is_purchaser_known(principal, record=row.pk),
    )


def _acceptance(row: Acceptance) -> AcceptanceRead:
    return AcceptanceRead(
        reason=WaitReason(row.reason),
        step=row.step,
        note=row.note,
        accepted_by=row.accepted_by,
        accepted_at=row.accepted_at,
        is_void=row.superseded_at is not None,
    )


def _source(row: TraceSource) -> SourceRead:
    return SourceRead(
        request=row.request,
        requester=row.requester,
        installation=row.installation,
        received_at=row.received_at,
        document=parse_request(row.document),
    )


def _step(row: Inquiry, view: TraceView) -> StepRead:
    known = view.licensee(row.licensee)
    answer = recorded_answer(row.answer)
    return StepRead(
        inquiry=row.pk,
        hop=row.hop,
        licensee=row.licensee,
        licensee_name=known.name if known else "",
        role=Role(row.role),
        channel=row.channel,
        state=row.state,
        tries=row.tries,
        asked_at=row.asked_at,
        answer_due_at=row.answer_due_at,
        next_try_at=row.next_try_at,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        failure=row.failure,
        failure_reason=row.failure_reason,
        answer_kind=kind_of(answer.answer) if answer else None,
        answer=answer,
        superseded_at=row.superseded_at,
        earlier=tuple(_earlier(each) for each in sorted(row.earlier_answers.all(), key=lambda each: each.pk)),
    )


def _earlier(row: EarlierAnswer) -> EarlierAnswerRead:
    recorded = recorded_from_json(row.answer)
    return EarlierAnswerRead(
        answer_kind=kind_of(recorded.answer),
        answer=recorded,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
        note=row.note,
        corrected_by=row.corrected_by,
        corrected_at=row.corrected_at,
    )
