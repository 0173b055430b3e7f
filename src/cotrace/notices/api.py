"""One's own notices through the JSON door; nobody reads another's."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema, Status

from cotrace.doors.gate import principal_of
from cotrace.doors.sentences import sentence
from cotrace.notices.reads import NoticeRead
from cotrace.notices.selectors import inbox_described
from cotrace.notices.services import notice_acknowledge

router = Router(tags=["notices"])


class NoticeOut(Schema):
    """A notice to the caller, its `sentence` in the language that was asked for.

    `subject` is the number of its record, or the id of the colleague it is about, whose name is `person`. `about` is
    what the record is, in its own words; empty where the caller may not see it. What there is none of is empty.
    """

    number: str
    code: str
    sentence: str
    subject: str
    person: str
    about: str
    at: datetime
    due_at: datetime | None
    is_late: bool
    is_acknowledged: bool


def _notice_out(read: NoticeRead) -> NoticeOut:
    return NoticeOut(
        number=read.number,
        code=read.code,
        sentence=sentence(read.code),
        subject=read.subject,
        person=read.person,
        about=read.about,
        at=read.created_at,
        due_at=read.due_at,
        is_late=read.is_late,
        is_acknowledged=read.is_acknowledged,
    )


@router.get("", response=list[NoticeOut], url_name="notice_list", summary="One's own notices")
def list_notices(request: HttpRequest) -> list[NoticeOut]:
    """Return the newest notices to the caller, fifty at most, those that wait for an acknowledgement first."""
    return [_notice_out(each) for each in inbox_described(principal_of(request))]


@router.post("/{number}/acknowledge", response={204: None}, url_name="notice_acknowledge", summary="Take note of a notice")
def acknowledge(request: HttpRequest, number: str) -> Status[None]:
    """Take note of a notice to the caller; it is on record. A notice that was taken note of stays as it is."""
    notice_acknowledge(principal_of(request), number=number)
    return Status(204, None)
