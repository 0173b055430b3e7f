"""Reading one's own notices; nobody reads another's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cotrace.agencies.permissions import AgencyPermission
from cotrace.agencies.selectors import member_names
from cotrace.doors.panels import panels_of
from cotrace.foundation import clock
from cotrace.foundation.principal import Principal
from cotrace.notices.models import Notice
from cotrace.notices.reads import MEMBER_PAGE, SUBJECTS, NoticeRead

WAITING_MAX = 100


def inbox(principal: Principal, *, limit: int = 50) -> list[NoticeRead]:
    """Return the principal's notices, those not acknowledged first, newest first."""
    rows = Notice.objects.filter(recipient=principal.id)
    waiting = list(rows.filter(acknowledged_at=None).order_by("-created_at", "-id")[:limit])
    done = list(rows.exclude(acknowledged_at=None).order_by("-created_at", "-id")[: limit - len(waiting)])
    found = [*waiting, *done]
    names = member_names(principal, ids=[row.subject for row in found if row.page == MEMBER_PAGE])
    may_open = principal.may(AgencyPermission.MEMBER_READ)
    return [_read(row, names, is_page_open=row.page != MEMBER_PAGE or may_open) for row in found]


def inbox_described(principal: Principal, *, limit: int = 50) -> list[NoticeRead]:
    """Return the principal's notices as `inbox` does, each with what its record is.

    Audit: what the rooms above record of a list that shows their records.
    """
    return _described(principal, inbox(principal, limit=limit))


def waiting_described(principal: Principal, *, limit: int) -> tuple[list[NoticeRead], bool]:
    """Return up to `limit` of the principal's notices that wait, each with what its record is, and whether more wait.

    Audit: as `inbox_described`, of those returned alone.
    """
    waiting = [each for each in inbox(principal, limit=limit + 1) if not each.is_acknowledged]
    return _described(principal, waiting[:limit]), len(waiting) > limit


def waiting_count(principal: Principal) -> int:
    """Return how many of the principal's notices wait for an acknowledgement, up to `WAITING_MAX`."""
    waiting = Notice.objects.filter(recipient=principal.id, acknowledged_at=None)
    return len(waiting.values_list("pk")[:WAITING_MAX])


def _described(principal: Principal, found: Sequence[NoticeRead]) -> list[NoticeRead]:
    about = _about(principal, found)
    return [replace(each, about=about.get(each.subject, "")) for each in found]


def _about(principal: Principal, found: Sequence[NoticeRead]) -> Mapping[str, str]:
    """Ask the rooms above what the subjects of notices are, all in one go; nothing of it is kept in a notice."""
    subjects = " ".join(sorted({each.subject for each in found if each.page and each.subject}))
    panels = panels_of(SUBJECTS, principal=principal, subject=subjects) if subjects else []
    return {number: str(words) for panel in panels for number, words in panel.context.items()}


def _read(row: Notice, names: Mapping[str, str], *, is_page_open: bool) -> NoticeRead:
    return NoticeRead(
        number=row.pk,
        code=row.code,
        subject=row.subject,
        page=row.page if is_page_open else "",
        person=names.get(row.subject, ""),
        created_at=row.created_at,
        due_at=row.due_at,
        is_late=row.acknowledged_at is None and row.due_at is not None and row.due_at < clock.now(),
        is_acknowledged=row.acknowledged_at is not None,
    )
