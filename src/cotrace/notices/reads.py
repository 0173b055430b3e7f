"""What a reader gets of a notice."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRead:
    """A notice to the reader; `page` and `subject` make its link."""

    number: str
    code: str
    subject: str
    page: str
    created_at: datetime
    due_at: datetime | None
    is_acknowledged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDraft:
    """What a notice says: its cause (unique per recipient), its code, its record and page, its deadline."""

    cause: str
    code: str
    subject: str = ""
    page: str = ""
    due_at: datetime | None = None
