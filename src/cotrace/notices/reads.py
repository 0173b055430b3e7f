"""What a reader gets of a notice."""

from dataclasses import dataclass
from datetime import datetime

MEMBER_PAGE = "member_detail"
"""The page of a notice whose subject is a colleague; it is shown by name."""

SUBJECTS = "notice.subjects"
"""The slot of what notices are about. Its subject is all their numbers, spaces between; a panel's context holds words
by number, of those that the reader sees now, and no others."""

ABOUT_TEMPLATE = "notices/parts/about.html"
"""Draws the words of one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRead:
    """A notice to the reader; `page` and `subject` make its link. `person` is the colleague it is about, if any.

    `about` is what its record is, in the record's own words; empty where the reader may not see it, or nobody asked.
    """

    number: str
    code: str
    subject: str
    page: str
    person: str
    about: str = ""
    created_at: datetime
    due_at: datetime | None
    is_late: bool
    is_acknowledged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDraft:
    """What a notice says: its cause (unique per recipient), its code, its record and page, its deadline."""

    cause: str
    code: str
    subject: str = ""
    page: str = ""
    due_at: datetime | None = None
