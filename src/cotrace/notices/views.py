"""One's own notices: what one must hear, and taking note of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cotrace.doors.gate import principal_of
from cotrace.doors.panels import panels_of
from cotrace.doors.sentences import sentence
from cotrace.foundation import clock
from cotrace.foundation.principal import Principal
from cotrace.notices.reads import SUBJECTS, NoticeRead
from cotrace.notices.selectors import inbox
from cotrace.notices.services import notice_acknowledge

NOTHING_SAID: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """A notice as a page shows it: its sentence, where it leads, and until when it must be acknowledged.

    `about` is what its record is, in the record's own words; empty where the reader may not see it.
    """

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
    principal = principal_of(request)
    found = inbox(principal)
    lines = notice_lines(found, about=_about(principal, found))
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


def notice_lines(found: list[NoticeRead], *, about: Mapping[str, str] = NOTHING_SAID) -> list[NoticeLine]:
    """Return notices ready for a page, in the order given. `about` is what their subjects are, by number."""
    moment = clock.now()
    return [
        NoticeLine(
            number=each.number,
            sentence=sentence(each.code),
            subject=each.subject,
            person=each.person,
            about=about.get(each.subject, ""),
            url=_url(each),
            at=each.created_at,
            due_at=each.due_at,
            is_late=each.due_at is not None and each.due_at < moment and not each.is_acknowledged,
            is_acknowledged=each.is_acknowledged,
        )
        for each in found
    ]


def _about(principal: Principal, found: list[NoticeRead]) -> Mapping[str, str]:
    """Ask the rooms above what the subjects of notices are, all in one go; nothing of it is kept in a notice."""
    subjects = " ".join(sorted({each.subject for each in found if each.page and each.subject}))
    panels = panels_of(SUBJECTS, principal=principal, subject=subjects) if subjects else []
    return {number: str(words) for panel in panels for number, words in panel.context.items()}


def _url(each: NoticeRead) -> str:
    """Return the page a notice names; empty where that page is gone or there is none."""
    if not each.page:
        return ""
    try:
        return reverse(each.page, args=[each.subject] if each.subject else [])
    except NoReverseMatch:
        return ""
