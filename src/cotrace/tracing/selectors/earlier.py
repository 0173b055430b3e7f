"""The request that a new one begins from, so that nobody types the same case and telephone twice."""

from cotrace.foundation.principal import Principal
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.holdings import holding_get
from cotrace.sharing.selectors.scope import scope_of
from cotrace.sharing.services.looks import look_record
from cotrace.tracing.holding import REQUEST_KIND
from cotrace.tracing.models import TraceRequest
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.drafts import EarlierRequest
from cotrace.tracing.rules.request_document import parse_request


def request_before(principal: Principal, *, seizure: str) -> EarlierRequest | None:
    """Return the agency's latest request of the same seizure, else the principal's own latest one.

    None where there is neither; only requests that the principal sees in full. Audit: trace.request_opened.
    """
    principal.require(TracePermission.SUBMIT)
    shelves = scope_of(principal, kind=REQUEST_KIND).shelves(Level.FULL)
    mine = TraceRequest.objects.filter(owner=principal.agency, holding__shelf_id__in=shelves)
    same = mine.filter(seizure=seizure).exclude(seizure="")
    for rows in (same, mine.filter(submitted_by=principal.id)):
        row = rows.order_by("-submitted_at", "pk").first()
        if row is not None:
            visible = holding_get(principal, number=row.pk, kind=REQUEST_KIND)
            look_record(principal, action="trace.request_opened", visible=visible)
            return EarlierRequest(
                number=row.pk,
                document=parse_request(row.document),
                is_same_seizure=row.seizure == seizure != "",
                is_own=row.submitted_by == principal.id,
            )
    return None
