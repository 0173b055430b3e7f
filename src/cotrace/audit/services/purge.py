"""Purging details: names and search terms go, the chain stays verifiable, and it says which details went."""

from collections.abc import Iterable

from django.db import transaction

from cotrace.audit.models import AuditDetail, AuditEvent, AuditSeal
from cotrace.audit.permissions import AuditPermission
from cotrace.audit.rules.chain import PURGED, place_named
from cotrace.audit.services.record import record
from cotrace.foundation.errors import FieldProblem, Invalid
from cotrace.foundation.principal import Principal


def detail_purge(principal: Principal, *, events: Iterable[int], reason: str) -> int:
    """Delete the details of sealed events of the principal's own chain; return how many.

    Each is named by its place in the chain, in an event of its own that holds no detail: so what a purge took
    away can itself be neither purged nor deleted. Raises Invalid without a reason. Passed over in silence are events
    of other chains, events that wait for their seal, and purges: the reason of one stays.
    Audit: audit.detail_purged, once with the reason, and once for each event, its place as the subject.
    """
    principal.require(AuditPermission.PURGE)
    if not reason.strip():
        raise Invalid("purge_incomplete", fields=(FieldProblem("reason", "required"),))
    with transaction.atomic():
        places = _places(principal, events)
        record(principal, action=PURGED, detail={"count": len(places), "reason": reason.strip()})
        for event in sorted(places):
            record(principal, action=PURGED, subject=place_named(places[event]))
        AuditDetail.objects.filter(pk__in=list(places)).delete()
    return len(places)


def _places(principal: Principal, events: Iterable[int]) -> dict[int, int]:
    """Return the places in the principal's chain of those events whose details can be purged, by event."""
    own = AuditEvent.objects.filter(pk__in=list(events), chain=principal.agency).exclude(action=PURGED)
    there = AuditDetail.objects.filter(pk__in=own.values("pk")).values("pk")
    seals = AuditSeal.objects.filter(chain=principal.agency, event_id__in=there)
    return dict(seals.values_list("event_id", "position"))
