"""What the tracing centre's people read: the queue, one trace, and, as an act of its own, its purchaser."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from cotrace.audit.services import record_disclosure, record_listing
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal
from cotrace.sharing.reads import CappedCount
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.holdings import COUNT_CAP, own_holding
from cotrace.sharing.selectors.scope import scope_of
from cotrace.tracing.holding import TRACE_KIND
from cotrace.tracing.models import Inquiry, ReleasedResult, Trace, TraceSource
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.centre import (
    AcceptanceRead,
    QueuePage,
    QueueRow,
    SourceRead,
    StepRead,
    TraceRead,
)
from cotrace.tracing.rules.answers import Purchaser, kind_of
from cotrace.tracing.rules.chain import facts_of
from cotrace.tracing.rules.request_document import Priority, parse_request
from cotrace.tracing.rules.statuses import TraceStatus, trace_acts
from cotrace.tracing.rules.trace_view import Role, TraceView, WaitReason
from cotrace.tracing.selectors.transferees import is_purchaser_known, purchasers_of
from cotrace.tracing.selectors.walk_view import recorded_answer, trace_view

PAGE_SIZE = 50
UNFINISHED = (
    TraceStatus.OPEN,
    TraceStatus.INQUIRING,
    TraceStatus.AWAITING_TRACER,
    TraceStatus.CONCLUDED,
    TraceStatus.WITHHELD,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What the queue is narrowed to; without a status, to what is not finished. `licensee` is waited for."""

    status: TraceStatus | None = None
    priority: Priority | None = None
    licensee: str = ""
    is_mine: bool = False


def trace_queue(principal: Principal, *, where: QueueFilter, at: str = "") -> QueuePage:
    """Return one page of the centre's queue, oldest first. Audit: trace.queue_listed."""
    principal.require(TracePermission.WORK)
    rows = _narrowed(principal, where)
    count = len(rows.order_by().values_list("pk")[: COUNT_CAP + 1])
    found = list(rows.filter(_after(at)).order_by("opened_at", "pk")[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    later = f"{page[-1].opened_at.isoformat()}~{page[-1].pk}" if len(found) > PAGE_SIZE else ""
    record_listing(principal, action="trace.queue_listed", shown=[(row.pk, row.owner) for row in page])
    return QueuePage(
        rows=_queue_rows(principal, page),
        later=later,
        count=CappedCount(number=min(count, COUNT_CAP), is_capped=count > COUNT_CAP),
    )


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


def _narrowed(principal: Principal, where: QueueFilter) -> QuerySet[Trace]:
    shelves = scope_of(principal, kind=TRACE_KIND).shelves(Level.FULL)
    rows = Trace.objects.filter(owner=principal.agency, holding__shelf_id__in=shelves)
    rows = rows.filter(status__in=UNFINISHED) if where.status is None else rows.filter(status=where.status)
    if where.priority is not None:
        rows = rows.filter(priority=where.priority)
    if where.licensee:
        open_inquiries = Inquiry.objects.filter(licensee=where.licensee, state="open")
        rows = rows.filter(pk__in=open_inquiries.values("trace_id"))
    if where.is_mine:
        rows = rows.filter(taken_by=principal.id)
    return rows


def _after(at: str) -> Q:
    moment, _, number = at.partition("~")
    try:
        opened_at = datetime.fromisoformat(moment)
    except ValueError:
        return Q()
    if opened_at.tzinfo is None:
        return Q()
    return Q(opened_at__gt=opened_at) | Q(opened_at=opened_at, pk__gt=number)


def _queue_rows(principal: Principal, page: Sequence[Trace]) -> tuple[QueueRow, ...]:
    sources: dict[str, TraceSource] = {}
    for source in TraceSource.objects.filter(trace__in=page).order_by("-pk"):
        sources[source.trace_id] = source
    return tuple(_queue_row(principal, row, sources[row.pk]) for row in page)


def _queue_row(principal: Principal, row: Trace, source: TraceSource) -> QueueRow:
    gun = parse_request(source.document).gun
    return QueueRow(
        number=row.pk,
        status=TraceStatus(row.status),
        priority=Priority(row.priority),
        opened_at=row.opened_at,
        make=gun.make or "",
        model=gun.model or "",
        calibre=gun.calibre or "",
        serial=gun.serial or "",
        requester=source.requester,
        installation=source.installation,
        waiting_reason=_reason(row),
        waiting_licensee=row.waiting_licensee,
        taken_name=row.taken_name,
        is_mine=row.taken_by == principal.id,
    )


def _reason(row: Trace) -> WaitReason | None:
    return WaitReason(row.waiting_reason) if row.waiting_reason else None


def _read(principal: Principal, row: Trace) -> TraceRead:
    view = trace_view(principal, number=row.pk)
    status = TraceStatus(row.status)
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
        released_at=row.released_at,
        withheld_at=row.withheld_at,
        withheld_ground=row.withheld_ground,
        review_on=row.review_on,
        sources=tuple(_source(each) for each in row.sources.order_by("pk")),
        steps=tuple(_step(each, view) for each in row.inquiries.order_by("hop")),
        acceptances=tuple(
            AcceptanceRead(
                reason=WaitReason(each.reason),
                step=each.step,
                note=each.note,
                accepted_by=each.accepted_by,
                accepted_at=each.accepted_at,
            )
            for each in row.acceptances.order_by("accepted_at", "pk")
        ),
        facts=replace(facts_of(view), purchaser=None),
        has_purchaser=is_purchaser_known(principal, record=row.pk),
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
    )
