"""Reading one's own notices; nobody reads another's."""

from collections.abc import Mapping

from cotrace.agencies.permissions import AgencyPermission
from cotrace.agencies.selectors import member_names
from cotrace.foundation.principal import Principal
from cotrace.notices.models import Notice
from cotrace.notices.reads import MEMBER_PAGE, NoticeRead

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


def waiting_count(principal: Principal) -> int:
    """Return how many of the principal's notices wait for an acknowledgement, up to `WAITING_MAX`."""
    waiting = Notice.objects.filter(recipient=principal.id, acknowledged_at=None)
    return len(waiting.values_list("pk")[:WAITING_MAX])


def _read(row: Notice, names: Mapping[str, str], *, is_page_open: bool) -> NoticeRead:
    return NoticeRead(
        number=row.pk,
        code=row.code,
        subject=row.subject,
        page=row.page if is_page_open else "",
        person=names.get(row.subject, ""),
        created_at=row.created_at,
        due_at=row.due_at,
        is_acknowledged=row.acknowledged_at is not None,
    )
