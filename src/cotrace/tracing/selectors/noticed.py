"""The guns of the requests and traces that a reader's notices name, in few words, as far as the reader sees them."""

from collections.abc import Collection
from dataclasses import dataclass

from cotrace.foundation.principal import Principal
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.scope import scope_of
from cotrace.sharing.services.looks import looks_record
from cotrace.tracing.holding import REQUEST_KIND, TRACE_KIND
from cotrace.tracing.models import TraceRequest, TraceSource
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.rules.gun import GunDescription
from cotrace.tracing.rules.request_document import parse_request


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticedGun:
    """The gun of a request or a trace. `case_number` is the asking agency's own, empty at the centre."""

    gun: GunDescription
    case_number: str = ""


def guns_noticed(principal: Principal, *, numbers: Collection[str]) -> dict[str, NoticedGun]:
    """Return the guns of those records of the principal's agency that the principal sees in full, by number.

    What is another's, hidden or no such record is left out. Audit: trace.noticed.
    """
    return {**_of_requests(principal, numbers), **_of_traces(principal, numbers)}


def _of_requests(principal: Principal, numbers: Collection[str]) -> dict[str, NoticedGun]:
    if not principal.may(TracePermission.READ):
        return {}
    scope = scope_of(principal, kind=REQUEST_KIND)
    rows = TraceRequest.objects.filter(
        pk__in=numbers, owner=principal.agency, holding__shelf_id__in=scope.shelves(Level.FULL)
    ).select_related("holding")
    found, opened = {}, []
    for row in rows:
        document = parse_request(row.document)
        found[str(row.pk)] = NoticedGun(gun=document.gun, case_number=document.agency.case_number or "")
        if scope.is_emergency(row.holding.shelf_id):
            opened.append(str(row.pk))
    _record(principal, found, opened)
    return found


def _of_traces(principal: Principal, numbers: Collection[str]) -> dict[str, NoticedGun]:
    if not principal.may(TracePermission.WORK):
        return {}
    shelves = scope_of(principal, kind=TRACE_KIND).shelves(Level.FULL)
    sources = TraceSource.objects.filter(
        trace__in=numbers, owner=principal.agency, trace__holding__shelf_id__in=shelves
    )
    found = {row.trace_id: NoticedGun(gun=parse_request(row.document).gun) for row in sources.order_by("-pk")}
    _record(principal, found, [])
    return found


def _record(principal: Principal, found: Collection[str], opened: Collection[str]) -> None:
    if found:
        looks_record(principal, action="trace.noticed", shown=[(each, principal.agency) for each in found], opened=opened)
