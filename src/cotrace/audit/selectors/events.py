"""Reading the log. An agency reads its own chain and no other."""

from django.db.models import Exists, OuterRef, Q

from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.audit.permissions import AuditPermission
from cotrace.audit.reads import EventRead
from cotrace.foundation.principal import Principal


def looks_at(principal: Principal, *, subject: str, limit: int = 200) -> list[EventRead]:
    """Return the disclosures of a record in the principal's own chain, newest first.

    Openings by anybody, and lists and exports by other agencies that held the record.
    """
    listed = AuditDetail.objects.filter(event_id=OuterRef("pk"), detail__contains=f'"{subject}"')
    foreign = Q(subject="") & ~Q(actor_agency=principal.agency) & Q(Exists(listed))
    rows = AuditEvent.objects.filter(Q(subject=subject) | foreign, chain=principal.agency, outcome="disclosed")
    return [_read(row) for row in rows.order_by("-id")[:limit]]


def events_of_chain(principal: Principal, *, before: int = 0, limit: int = 100) -> list[EventRead]:
    """Return the principal's agency's log, newest first, older than event `before` (0: from the newest)."""
    principal.require(AuditPermission.READ)
    rows = AuditEvent.objects.filter(chain=principal.agency)
    if before:
        rows = rows.filter(pk__lt=before)
    return [_read(row) for row in rows.order_by("-id")[:limit]]


def _read(row: AuditEvent) -> EventRead:
    return EventRead(
        id=row.pk,
        at=row.recorded_at,
        actor=row.actor,
        actor_agency=row.actor_agency,
        door=row.door,
        action=row.action,
        subject=row.subject,
        outcome=row.outcome,
        purpose=row.purpose,
        case=row.case_ref,
    )
