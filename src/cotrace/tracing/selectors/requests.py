"""Reading trace requests and their results: a list, one, and what came back."""

from collections.abc import Sequence
from dataclasses import replace

from cotrace.agencies.reads import AgencyContact
from cotrace.agencies.selectors import agency_contact
from cotrace.foundation.errors import NotFound, Refused
from cotrace.foundation.principal import Principal
from cotrace.sharing.reads import VisibleRow
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.holdings import (
    PAGE_SIZE,
    Cursor,
    RowPage,
    holding_get,
    scope_count,
)
from cotrace.sharing.selectors.scope import scope_of
from cotrace.sharing.services.looks import look_record, looks_record, rows_record
from cotrace.tracing.holding import REQUEST_KIND
from cotrace.tracing.models import RequestResult, TraceRequest, TracingCentre
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.register import CentreRead
from cotrace.tracing.reads.requests import RequestPage, RequestRead
from cotrace.tracing.reads.results import OutcomeRead, TraceResult, TraceStanding
from cotrace.tracing.reads.tables import outcome_table, status_table
from cotrace.tracing.rules.disclosure import discloses
from cotrace.tracing.rules.request_document import parse_request
from cotrace.tracing.rules.result_document import TraceResultDocument, parse_result
from cotrace.tracing.rules.statuses import RequestStatus, StatusObject
from cotrace.tracing.selectors.newest_requests import newest_requests
from cotrace.tracing.selectors.transferees import purchasers_of


def request_list(principal: Principal, *, at: str = "", size: int = PAGE_SIZE) -> RequestPage:
    """Return one page of the requests whose date the principal may see, newest first.

    `at` is a cursor of an earlier page. Audit: trace.listed, with the numbers shown.
    """
    principal.require(TracePermission.READ)
    scope = scope_of(principal, kind=REQUEST_KIND)
    after = Cursor.parse(at)
    rows = newest_requests(scope, after=after, limit=size + 1)
    page = RowPage.cut(rows, after=after, size=size)
    rows_record(principal, action="trace.listed", page=page.rows, beyond=rows)
    reads = _reads(principal, page.rows)
    count = scope_count(scope, at_least=Level.TEAR_LINE)
    return RequestPage(rows=reads, newer=page.newer, older=page.older, count=count)


def request_get(principal: Principal, *, number: str) -> RequestRead:
    """Return one request at the principal's level and put the disclosure on record first.

    Raises NotFound where it is absent or invisible. Audit: trace.request_opened.
    """
    principal.require(TracePermission.READ)
    visible = holding_get(principal, number=number, kind=REQUEST_KIND)
    look_record(principal, action="trace.request_opened", visible=visible)
    row = TraceRequest.objects.prefetch_related("results").get(pk=visible.id)
    liaison = agency_contact(visible.owner) if visible.level < Level.FULL else None
    return _read(
        row, visible.level, _call_backs(), liaison=liaison, is_own=row.owner == principal.agency
    )


def requests_of_firearm(principal: Principal, *, firearm: str) -> tuple[RequestRead, ...]:
    """Return the principal's agency's requests for one described gun, newest first. Audit: trace.listed."""
    principal.require(TracePermission.READ)
    scope = scope_of(principal, kind=REQUEST_KIND)
    rows = TraceRequest.objects.filter(
        owner=principal.agency, firearm=firearm, holding__shelf_id__in=scope.shelves(Level.FULL)
    )
    ordered = rows.order_by("-submitted_at", "pk").select_related("holding")
    found = tuple(ordered.prefetch_related("results"))
    looks_record(
        principal,
        action="trace.listed",
        shown=[(row.pk, row.owner) for row in found],
        opened=[row.pk for row in found if scope.is_emergency(row.holding.shelf_id)],
    )
    call_backs = _call_backs()
    return tuple(_read(row, Level.FULL, call_backs, is_own=True) for row in found)


def request_result(principal: Principal, *, number: str) -> TraceResult:
    """Return the result of one of the principal's agency's requests, purchaser included.

    Raises NotFound where the request is another's, Refused where it has no result yet. Audit: trace.result_opened.
    """
    row, document = _result(principal, number)
    outcome, request = outcome_table()[document.outcome], parse_request(row.document)
    return TraceResult(
        trace_number=document.trace_number,
        request_number=document.request_number,
        request=request,
        centre=row.centre,
        outcome=OutcomeRead(
            code=outcome.code,
            label_en=outcome.label_en,
            label_es=outcome.label_es,
            last_point=outcome.last_point,
            unblock_en=outcome.unblock_en,
            unblock_es=outcome.unblock_es,
        ),
        released_at=document.released_at,
        gun=request.gun,
        recovered_on=document.recovered_on,
        dealer=document.dealer,
        purchaser=document.purchaser,
        purchased_on=document.purchased_on,
        time_to_crime=document.time_to_crime,
        chain=document.chain,
    )


def result_document(principal: Principal, *, number: str) -> TraceResultDocument:
    """Return the same result as the document it came as. Raises as `request_result`. Audit: trace.result_opened."""
    return _result(principal, number)[1]


def request_centre(principal: Principal, *, number: str) -> CentreRead:
    """Return the centre that a request of the principal's agency went to; for couriers. Raises NotFound."""
    row = TraceRequest.objects.filter(pk=number, owner=principal.agency).first()
    if row is None:
        raise NotFound
    return CentreRead(
        agency=row.centre,
        installation=row.centre_installation,
        call_back=_call_backs().get(row.centre, ""),
    )


def _result(principal: Principal, number: str) -> tuple[TraceRequest, TraceResultDocument]:
    principal.require(TracePermission.RESULT)
    visible = holding_get(principal, number=number, kind=REQUEST_KIND)
    result = RequestResult.objects.filter(request_id=visible.id).order_by("-received_at", "-pk").first()
    if visible.owner != principal.agency or visible.level < Level.FULL:
        raise NotFound
    if result is None:
        raise Refused("trace_no_result_yet")
    look_record(principal, action="trace.result_opened", visible=visible)
    document = parse_result(result.document)
    purchaser = purchasers_of(principal, record=visible.id).get(0)
    return TraceRequest.objects.get(pk=visible.id), replace(document, purchaser=purchaser)


def _call_backs() -> dict[str, str]:
    return dict(TracingCentre.objects.values_list("agency", "call_back"))


def _reads(principal: Principal, page: Sequence[VisibleRow]) -> tuple[RequestRead, ...]:
    found = TraceRequest.objects.filter(pk__in=[each.id for each in page]).prefetch_related("results")
    rows = {row.pk: row for row in found}
    call_backs = _call_backs()
    desks = {owner: agency_contact(owner) for owner in {each.owner for each in page if each.level < Level.FULL}}
    return tuple(
        _read(
            rows[each.id],
            each.level,
            call_backs,
            liaison=desks.get(each.owner) if each.level < Level.FULL else None,
            is_own=each.owner == principal.agency,
        )
        for each in page
    )


def _read(
    row: TraceRequest,
    level: Level,
    call_backs: dict[str, str],
    *,
    liaison: AgencyContact | None = None,
    is_own: bool,
) -> RequestRead:
    """Return a request cut to `level` by the disclosure table; the centre's part is the owner's alone."""
    document = parse_request(row.document)
    whole: dict[str, object] = {
        "submitted_at": row.submitted_at,
        "standing": _standing(row, call_backs),
        "type_code": document.gun.type_code or "",
        "make": document.gun.make or "",
        "calibre": document.gun.calibre or "",
        "serial": document.gun.serial or "",
        "document": document,
        "firearm": row.firearm,
        "seizure": row.seizure,
        "status": RequestStatus(row.status),
        "submitted_name": row.submitted_name,
        "ended_at": row.ended_at,
    }
    shown = {field: value for field, value in whole.items() if discloses(level, field)}
    if is_own and level == Level.FULL:
        shown |= {
            "centre": row.centre,
            "centre_installation": row.centre_installation,
            "centre_number": row.centre_number,
            "has_result": bool(row.results.all()),
        }
    return RequestRead(
        number=row.pk,
        owner=row.owner,
        liaison=liaison,
        level=level,
        **shown,  # type: ignore[arg-type]
    )


def _standing(row: TraceRequest, call_backs: dict[str, str]) -> TraceStanding:
    return TraceStanding(
        request_number=row.pk,
        shown_as=status_table()[StatusObject.REQUEST, row.status].shown_as,
        call_back=call_backs.get(row.centre, ""),
        received_at=row.received_at,
    )
