"""What the log says of disclosures that an exceptional session alone made possible."""

import json
from collections.abc import Iterable

from cotrace.audit.models import AuditDetail, AuditEvent

OPENED, UNDER = "opened", "under"
"""Keys of a disclosure's detail: which of a list's records an exceptional session alone opened, and which session."""

ASKED = "asked"
"""Key of what a filter said, in the detail of its reader's own event."""

BEGINNING_OF_OPENED = f'{{"{OPENED}": ['
"""How the detail of a list begins that holds such records."""

Mark = dict[str, object]


def marks_of(rows: Iterable[AuditEvent]) -> dict[int, Mark]:
    """Return the details of those events of one's own chain that an exceptional session made possible, by event."""
    marked = AuditDetail.objects.filter(event_id__in=[row.pk for row in rows], detail__contains=f'"{UNDER}": "')
    return {row.event_id: json.loads(row.detail) for row in marked}


def session_of(mark: Mark) -> str:
    """Return the number of the session, empty where there was none."""
    return str(mark.get(UNDER, ""))


def is_opened(mark: Mark, *, subject: str) -> bool:
    """Tell whether a list held a record because of the session alone."""
    opened = mark.get(OPENED)
    return isinstance(opened, list) and subject in opened
