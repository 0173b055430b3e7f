"""Reading the log. An agency reads its own chain and no other."""

import json
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.audit.permissions import AuditPermission
from cotrace.audit.reads import EventFilter, EventPage, EventRead
from cotrace.audit.selectors.marks import BEGINNING_OF_OPENED, is_opened, marks_of, session_of
from cotrace.foundation.principal import INSTALLATION_ID, Principal
from cotrace.foundation.request_id import request_id
from cotrace.foundation.rules.moment_cursor import cursor_after, cursor_of

PAGE_SIZE = 50
COUNT_CAP = 1000


def looks_at(principal: Principal, *, subject: str, limit: int = 200) -> list[EventRead]:
    """Return the disclosures of a record in the principal's own chain, newest first.

    Openings by anybody, lists and exports by other agencies that held the record, and those of one's own agency
    that held it because of an exceptional session alone.
    """
    detail = AuditDetail.objects.filter(event_id=OuterRef("pk"), detail__contains=f'"{subject}"')
    foreign = Q(subject="") & ~Q(actor_agency=principal.agency) & Q(Exists(detail))
    opened = Q(subject="", actor_agency=principal.agency) & Q(Exists(detail.filter(detail__startswith=BEGINNING_OF_OPENED)))
    rows = AuditEvent.objects.filter(
        Q(subject=subject) | foreign | opened, chain=principal.agency, outcome="disclosed"
    )
    found = list(rows.order_by("-id")[:limit])
    marks = marks_of(found)
    return [
        _read(row, under=session_of(marks.get(row.pk, {})))
        for row in found
        if row.subject or row.actor_agency != principal.agency or is_opened(marks.get(row.pk, {}), subject=subject)
    ]


def events_about(
    principal: Principal, *, subject: str, actions: Collection[str], limit: int = 500
) -> list[EventRead]:
    """Return what the principal's own chain says was done (`actions`) with a subject, oldest first, no refusals.

    With more than `limit`, the newest of them.
    """
    rows = AuditEvent.objects.filter(chain=principal.agency, subject=subject, action__in=actions)
    found = list(rows.exclude(outcome__startswith="refused:").order_by("-id")[:limit])[::-1]
    marks = marks_of(found)
    return [_read(row, under=session_of(marks.get(row.pk, {}))) for row in found]


def details_about(principal: Principal, *, action: str, subjects: Collection[str]) -> dict[str, dict[str, object]]:
    """Return what the log keeps beside an act on each subject, the first time it was done; for the operator alone.

    Whoever belongs to an agency gets nothing: the chains are read whole.
    """
    if principal.id != INSTALLATION_ID:
        return {}
    events = AuditEvent.objects.filter(subject__in=subjects, action=action).order_by("-id")
    by_event = dict(events.values_list("pk", "subject"))
    details = AuditDetail.objects.filter(event_id__in=by_event)
    told = {row.event_id: row.detail for row in details}
    return {by_event[event]: json.loads(told[event]) for event in sorted(by_event, reverse=True) if event in told}


def is_shown_already(principal: Principal, *, subject: str, owner: str) -> bool:
    """Tell whether the request at hand already put into the owner's chain that the principal was shown a record."""
    current = request_id.get()
    if not current:
        return False
    rows = AuditEvent.objects.filter(chain=owner, subject=subject, outcome="disclosed")
    same = rows.filter(actor=principal.id, actor_agency=principal.agency, request_id=current)
    return same.order_by("-id").values_list("pk", flat=True).first() is not None


def event_page(principal: Principal, *, where: EventFilter, at: str = "") -> EventPage:
    """Return one page of the principal's agency's log, newest first. `at` is a cursor of an earlier page.

    Whoever shows it to a person puts that into the log first.
    """
    principal.require(AuditPermission.READ)
    rows = _narrowed(principal, where)
    count = len(rows.values_list("pk")[: COUNT_CAP + 1])
    cursor = cursor_of(at)
    skipped = cursor.shown if cursor else 0
    later = rows.filter(recorded_at__lte=cursor.at) if cursor else rows
    found = list(later.order_by("-recorded_at", "-id")[skipped : skipped + PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    has_more = len(found) > PAGE_SIZE
    marks = marks_of(page)
    return EventPage(
        events=tuple(_read(row, under=session_of(marks.get(row.pk, {}))) for row in page),
        older=cursor_after([row.recorded_at for row in page], before=cursor).text() if has_more else "",
        count=min(count, COUNT_CAP),
        is_capped=count > COUNT_CAP,
    )


def _narrowed(principal: Principal, where: EventFilter) -> "QuerySet[AuditEvent]":
    rows = AuditEvent.objects.filter(chain=principal.agency)
    if where.action:
        rows = rows.filter(action=where.action)
    if where.subject:
        rows = rows.filter(subject=where.subject)
    if where.actor:
        rows = rows.filter(actor=where.actor, actor_agency=principal.agency)
    return rows.filter(outcome__startswith="refused:") if where.is_refused else rows


def _read(row: AuditEvent, *, under: str = "") -> EventRead:
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
        under=under,
    )
