"""What readers of the log get."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRead:
    """One event of one's own chain."""

    id: int
    at: datetime
    actor: str
    actor_agency: str
    door: str
    action: str
    subject: str
    outcome: str
    purpose: str
    case: str
