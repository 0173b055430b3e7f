"""Reading one's own notices; nobody reads another's."""

from cotrace.foundation.principal import Principal
from cotrace.notices.models import Notice
from cotrace.notices.reads import NoticeRead

WAITING_MAX = 100


def inbox(principal: Principal, *, limit: int = 50) -> list[NoticeRead]:
    """Return the principal's notices, those not acknowledged first, newest first."""
    rows = Notice.objects.filter(recipient=principal.id)
    waiting = list(rows.filter(acknowledged_at=None).order_by("-created_at", "-id")[:limit])
    done = list(rows.exclude(acknowledged_at=None).order_by("-created_at", "-id")[: limit - len(waiting)])
    return [_read(row) for row in (*waiting, *done)]


def waiting_count(principal: Principal) -> int:
    """Return how many of the principal's notices wait for an acknowledgement, up to `WAITING_MAX`."""
    waiting = Notice.objects.filter(recipient=principal.id, acknowledged_at=None)
    return len(waiting.values_list("pk")[:WAITING_MAX])


def _read(row: Notice) -> NoticeRead:
    return NoticeRead(
        number=row.pk,
        code=row.code,
        subject=row.subject,
        page=row.page,
        created_at=row.created_at,
        due_at=row.due_at,
        is_acknowledged=row.acknowledged_at is not None,
    )
