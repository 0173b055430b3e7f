"""One's own notices: what one must hear, and taking note of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cotrace.doors.gate import principal_of
from cotrace.doors.sentences import sentence
from cotrace.notices.reads import NoticeRead
from cotrace.notices.selectors import inbox_described
from cotrace.notices.services import notice_acknowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """A notice as a page shows it: its sentence, where it leads, and until when it must be acknowledged."""

    number: str
    sentence: str
    subject: str
    person: str
    about: str
    url: str
    at: datetime
    due_at: datetime | None
    is_late: bool
    is_acknowledged: bool


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Show one's own notices, those that wait first."""
    lines = notice_lines(inbox_described(principal_of(request)))
    context = {
        "waiting": [each for each in lines if not each.is_acknowledged],
        "done": [each for each in lines if each.is_acknowledged],
    }
    return render(request, "notices/inbox.html", context)


@require_POST
def acknowledge(request: HttpRequest, number: str) -> HttpResponse:
    """Take note of one notice."""
    notice_acknowledge(principal_of(request), number=number)
    messages.success(request, _("You took note."))
    return HttpResponseRedirect(reverse("notices:inbox"))


def notice_lines(found: Sequence[NoticeRead]) -> list[NoticeLine]:
    """Return notices ready for a page, in the order given."""
    return [
        NoticeLine(
            number=each.number,
            sentence=sentence(each.code),
            subject=each.subject,
            person=each.person,
            about=each.about,
            url=_url(each),
            at=each.created_at,
            due_at=each.due_at,
            is_late=each.is_late,
            is_acknowledged=each.is_acknowledged,
        )
        for each in found
    ]


def _url(each: NoticeRead) -> str:
    """Return the page a notice names; empty where that page is gone or there is none."""
    if not each.page:
        return ""
    try:
        return reverse(each.page, args=[each.subject] if each.subject else [])
    except NoReverseMatch:
        return ""
