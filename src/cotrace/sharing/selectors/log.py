"""One's own agency's log with the names of its people: for those who watch over it."""

from cotrace.agencies.selectors import colleague_names, member_names
from cotrace.audit.permissions import AuditPermission
from cotrace.audit.reads import EventFilter
from cotrace.audit.selectors import event_page
from cotrace.audit.services import record_disclosure
from cotrace.foundation.principal import Principal
from cotrace.sharing.reads import CappedCount, LogRow, OwnLog


def own_log(principal: Principal, *, where: EventFilter, at: str = "") -> OwnLog:
    """Return one page of the log of the principal's agency, newest first. `at` is a cursor of an earlier page.

    Whoever may read it reads all of it, acts on restricted records too: by number, never by content.
    Audit: audit.log_read, with what was asked.
    """
    principal.require(AuditPermission.READ)
    record_disclosure(principal, action="audit.log_read", detail=_asked(where))
    page = event_page(principal, where=where, at=at)
    named = [each for event in page.events for each in (event.actor, event.subject)]
    names = member_names(principal, ids=named)
    rows = tuple(
        LogRow(
            at=each.at,
            actor=each.actor,
            agency=each.actor_agency,
            person=names.get(each.actor, ""),
            action=each.action,
            subject=each.subject,
            about=names.get(each.subject, ""),
            outcome=each.outcome,
            door=each.door,
            purpose=each.purpose,
            emergency=each.under,
        )
        for each in page.events
    )
    return OwnLog(rows=rows, older=page.older, count=CappedCount(number=page.count, is_capped=page.is_capped))


def log_people(principal: Principal, *, chosen: str = "") -> dict[str, str]:
    """Return the people of the principal's agency by id; with `chosen`, also one who has left."""
    principal.require(AuditPermission.READ)
    return {**colleague_names(principal), **member_names(principal, ids=[chosen])}


def _asked(where: EventFilter) -> dict[str, str | int | list[str] | None]:
    said = {"action": where.action, "subject": where.subject, "actor": where.actor}
    return {**{name: value for name, value in said.items() if value}, "is_refused": int(where.is_refused)}
