"""The tracing centre's queue: its own traces in the order of `rules.queue_order`, narrowed as its tracers need it.

Every filter reads an index of the centre's own traces, sources or inquiries; names are looked for in its own register.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from cotrace.audit.services import record_listing
from cotrace.foundation.ids import normal_number
from cotrace.foundation.principal import Principal
from cotrace.sharing.reads import CappedCount
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.holdings import COUNT_CAP
from cotrace.sharing.selectors.scope import scope_of
from cotrace.tracing.holding import TRACE_KIND
from cotrace.tracing.models import Inquiry, LicenseeEntry, Trace, TraceSource
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.centre import QueuePage, QueueRow, QueueTallies, ResultsWaiting
from cotrace.tracing.rules.gun import licence_key, normal_make, normal_serial
from cotrace.tracing.rules.queue_order import Place
from cotrace.tracing.rules.request_document import Priority, parse_request
from cotrace.tracing.rules.statuses import TraceStatus
from cotrace.tracing.rules.trace_view import WaitReason
from cotrace.tracing.selectors.register import is_centre

PAGE_SIZE = 50
SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What the queue is narrowed to; without a status, to what is not finished, unless `has_finished`.

    `licensee` is asked now. `reason` is why a trace waits for a tracer. `text` is the number of a trace or of a
    request, the beginning of a serial, or a licensee that was asked or is waited about: its licence number or a part
    of its name, of three letters or more.
    """

    status: TraceStatus | None = None
    has_finished: bool = False
    priority: Priority | None = None
    reason: WaitReason | None = None
    licensee: str = ""
    text: str = ""
    is_mine: bool = False
    is_unassigned: bool = False


def trace_queue(principal: Principal, *, where: QueueFilter, at: str = "") -> QueuePage:
    """Return one page of the centre's queue, first what is urgent. Audit: trace.queue_listed."""
    principal.require(TracePermission.WORK)
    rows = _narrowed(principal, where)
    count = len(rows.order_by().values_list("pk")[: COUNT_CAP + 1])
    found = list(rows.filter(_after(at)).order_by("queue_place", "opened_at", "pk")[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    later = _cursor(page[-1]) if len(found) > PAGE_SIZE else ""
    record_listing(principal, action="trace.queue_listed", shown=[(row.pk, row.owner) for row in page])
    return QueuePage(
        rows=_queue_rows(principal, page),
        later=later,
        count=_capped(count),
    )


def queue_tallies(principal: Principal) -> QueueTallies:
    """Return how many unfinished traces each view of the queue has, by one look at the first of them."""
    principal.require(TracePermission.WORK)
    rows = _own(principal).filter(queue_place__lt=Place.FINISHED).order_by("queue_place", "opened_at", "pk")
    found = list(rows.values_list("status", "priority", "taken_by")[: COUNT_CAP + 1])
    is_capped = len(found) > COUNT_CAP
    seen = found[:COUNT_CAP]

    def tally(numbers: Iterable[bool]) -> CappedCount:
        return CappedCount(number=sum(numbers), is_capped=is_capped)

    return QueueTallies(
        unfinished=tally(True for _each in seen),
        mine=tally(taker == principal.id for _status, _priority, taker in seen),
        unassigned=tally(not taker for _status, _priority, taker in seen),
        of_status={each: tally(status == each for status, _priority, _taker in seen) for each in TraceStatus},
        urgent=tally(priority == Priority.URGENT for _status, priority, _taker in seen),
    )


def results_waiting(principal: Principal) -> ResultsWaiting:
    """Return how many results of the principal's centre wait for whoever releases them, and how many are withheld.

    Nothing to whoever may not release, and in an agency that traces nothing.
    """
    if not (principal.may(TracePermission.RELEASE) and is_centre(principal)):
        return ResultsWaiting()
    rows = _own(principal)
    to_release = rows.filter(status=TraceStatus.CONCLUDED).values_list("pk")[: COUNT_CAP + 1]
    withheld = rows.filter(status=TraceStatus.WITHHELD).values_list("review_on", flat=True)[: COUNT_CAP + 1]
    days: list[date] = [day for day in withheld if day is not None]
    return ResultsWaiting(
        to_release=_capped(len(to_release)), withheld=_capped(len(withheld)), review_on=min(days, default=None)
    )


def _own(principal: Principal) -> QuerySet[Trace]:
    shelves = scope_of(principal, kind=TRACE_KIND).shelves(Level.FULL)
    return Trace.objects.filter(owner=principal.agency, holding__shelf_id__in=shelves)


def _capped(count: int) -> CappedCount:
    return CappedCount(number=min(count, COUNT_CAP), is_capped=count > COUNT_CAP)


def _narrowed(principal: Principal, where: QueueFilter) -> QuerySet[Trace]:
    rows = _own(principal)
    if where.status is not None:
        rows = rows.filter(status=where.status)
    elif not where.has_finished:
        rows = rows.filter(queue_place__lt=Place.FINISHED)
    if where.priority is not None:
        rows = rows.filter(priority=where.priority)
    if where.reason is not None:
        rows = rows.filter(waiting_reason=where.reason)
    if where.licensee:
        open_inquiries = Inquiry.objects.filter(licensee=where.licensee, state="open")
        rows = rows.filter(pk__in=open_inquiries.values("trace_id"))
    if where.is_mine:
        rows = rows.filter(taken_by=principal.id)
    if where.is_unassigned:
        rows = rows.filter(taken_by="")
    return rows.filter(_named(principal, where.text.strip())) if where.text.strip() else rows


def _named(principal: Principal, text: str) -> Q:
    """Return the filter of the traces that a text means; of none where it means nothing."""
    number, serial = normal_number(text) or "", normal_serial(text)
    requests = TraceSource.objects.filter(owner=principal.agency, request__in={number, text})
    licensees = _licensees(principal, text).values("number")
    asked = Inquiry.objects.filter(trace__owner=principal.agency, licensee__in=licensees).exclude(state="superseded")
    found = (
        Q(pk=number)
        | Q(pk__in=requests.values("trace_id"))
        | Q(pk__in=asked.values("trace_id"))
        | Q(waiting_licensee__in=licensees)
    )
    return found | Q(serial_normal__startswith=serial) if serial else found


def _licensees(principal: Principal, text: str) -> QuerySet[LicenseeEntry]:
    """Return the licensees of the centre's register that a text names."""
    name = normal_make(text)
    named = Q(number_key=licence_key(text))
    if len(name) >= SHORTEST_NAME:
        named |= Q(names__normal__contains=name)
    return LicenseeEntry.objects.filter(named, owner=principal.agency)


def _cursor(row: Trace) -> str:
    return f"{row.queue_place}~{row.opened_at.isoformat()}~{row.pk}"


def _after(at: str) -> Q:
    """Return the filter of what comes after a row of the queue; of everything where the cursor cannot be read."""
    place, _, rest = at.partition("~")
    moment, _, number = rest.partition("~")
    try:
        reached, opened_at = Place(int(place)), datetime.fromisoformat(moment)
    except ValueError:
        return Q()
    if opened_at.tzinfo is None:
        return Q()
    later = Q(opened_at__gt=opened_at) | Q(opened_at=opened_at, pk__gt=number)
    return Q(queue_place__gte=reached) & (Q(queue_place__gt=reached) | later)


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
        waiting_reason=WaitReason(row.waiting_reason) if row.waiting_reason else None,
        waiting_licensee=row.waiting_licensee,
        taken_name=row.taken_name,
        is_mine=row.taken_by == principal.id,
    )
