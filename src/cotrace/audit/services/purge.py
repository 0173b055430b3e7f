"""Purging details: names and search terms go, the chain stays verifiable."""

from collections.abc import Iterable

from django.db import transaction

from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.audit.permissions import AuditPermission
from cotrace.audit.services.record import record
from cotrace.foundation.errors import FieldProblem, Invalid
from cotrace.foundation.principal import Principal


def detail_purge(principal: Principal, *, events: Iterable[int], reason: str) -> int:
    """Delete the details of events of the principal's own chain; return how many. Audit: audit.detail_purged.

    Raises Invalid without a reason. Events of other chains are passed over in silence.
    """
    principal.require(AuditPermission.PURGE)
    if not reason.strip():
        raise Invalid("purge_incomplete", fields=(FieldProblem("reason", "required"),))
    with transaction.atomic():
        own = AuditEvent.objects.filter(pk__in=list(events), chain=principal.agency).values_list("pk", flat=True)
        purged, _ = AuditDetail.objects.filter(pk__in=list(own)).delete()
        record(principal, action="audit.detail_purged", detail={"count": purged, "reason": reason.strip()})
    return purged
