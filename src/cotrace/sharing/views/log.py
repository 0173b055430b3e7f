"""One's own agency's log, and the signed rounds of its heads: for those who watch over it."""

import json
from datetime import timedelta
from itertools import pairwise
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from cotrace.audit.permissions import AuditPermission
from cotrace.audit.reads import RoundRead
from cotrace.audit.selectors.heads import round_list
from cotrace.audit.services.heads import round_fetch
from cotrace.doors import formats
from cotrace.doors.furniture import (
    Badge,
    Column,
    Count,
    Link,
    Pager,
    RecordNumber,
    Row,
    Shown,
    Tab,
    Table,
    Tone,
)
from cotrace.doors.gate import principal_of
from cotrace.foundation import clock
from cotrace.foundation.ids import normal_number
from cotrace.foundation.principal import Principal
from cotrace.sharing.forms import EventFilterForm
from cotrace.sharing.reads import LogRow, OwnLog
from cotrace.sharing.selectors.log import log_people, own_log
from cotrace.sharing.sentences.grounds import door_words, purpose_words
from cotrace.sharing.sentences.log import REFUSED, actor_words, acts_offered, did_words, outcome_words

CURSOR_LENGTH = 60
ROUNDS_MISSED = 2
"""After how many hand-overs that did not come the page says so."""


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Show one page of the log of the reader's agency, newest first, narrowed by what the address says."""
    principal = principal_of(request)
    people = log_people(principal, chosen=request.GET.get("actor", ""))
    form = EventFilterForm(request.GET, acts=acts_offered(), people=list(people.items()))
    at = request.GET.get("at", "")[:CURSOR_LENGTH]
    asked = form.asked()
    page = own_log(principal, where=form.where(), at=at)
    purposes = {each.purpose for each in page.rows}
    context = {
        "form": form,
        "applied": _applied(form, asked),
        "table": _log_table(principal, page, with_purpose=len(purposes) > 1),
        "purpose_of_all": _purpose(*purposes) if len(purposes) == 1 else "",
        "tabs": _tabs(principal, current="audit:log"),
        "pager": Pager(
            shown=len(page.rows),
            total=Count(value=page.count.number, is_capped=page.count.is_capped),
            newer_url=_log_url(asked) if at else "",
            older_url=_log_url({**asked, "at": page.older}) if page.older else "",
        ),
    }
    return render(request, "sharing/log.html", context)


@require_GET
def heads(request: HttpRequest) -> HttpResponse:
    """Show the signed rounds of heads that were handed over, and which of them the reader's agency took."""
    principal = principal_of(request)
    found = round_list(principal)
    context = {
        "rounds": [(each, _taken(each)) for each in found],
        "tabs": _tabs(principal, current="audit:heads"),
        "is_late": _is_late(found),
        "changed": _changed(found),
        "hours": settings.COTRACE_HEADS_HOURS,
    }
    return render(request, "sharing/heads.html", context)


@require_POST
def heads_file(request: HttpRequest, number: str) -> HttpResponse:
    """Send one signed round as a file to be kept elsewhere; that it was taken goes into the log."""
    taken = round_fetch(principal_of(request), number=number)
    stamp = "".join(each for each in str(taken["signed_at"])[:19] if each.isdigit())
    name = f"heads-{taken['installation']}-{stamp}-{str(taken['signature'])[:8]}.json"
    return HttpResponse(
        json.dumps([taken], indent=1),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _tabs(principal: Principal, *, current: str) -> tuple[Tab, ...]:
    views = (
        ("audit:log", AuditPermission.READ, _("Log")),
        ("audit:heads", AuditPermission.VERIFY, _("Signed heads")),
    )
    return tuple(
        Tab(label=label, url=reverse(name), is_current=name == current)
        for name, needed, label in views
        if principal.may(needed)
    )


def _log_url(asked: dict[str, str]) -> str:
    here = reverse("audit:log")
    return f"{here}?{urlencode(asked)}" if asked else here


def _applied(form: EventFilterForm, asked: dict[str, str]) -> tuple[Link, ...]:
    """Return each part of the filter in words, with the address of the log without it."""
    links = []
    for name, value in asked.items():
        choices = form.words.get(name, {})
        left = {each: said for each, said in asked.items() if each != name}
        words = _("%(field)s: %(value)s") % {"field": form.fields[name].label, "value": choices.get(value, value)}
        links.append(Link(text=words, url=_log_url(left)))
    return tuple(links)


def _log_table(principal: Principal, page: OwnLog, *, with_purpose: bool) -> Table:
    """Return the page's events; a purpose that is the same for all is said once, beside the table."""
    columns = (
        Column(label=_("When")),
        Column(label=_("Who")),
        Column(label=_("Did what")),
        Column(label=_("About")),
        Column(label=pgettext("of an act", "Outcome")),
        Column(label=_("By which way")),
        *((Column(label=_("Purpose")),) if with_purpose else ()),
    )
    rows = tuple(_log_row(principal, each, with_purpose=with_purpose) for each in page.rows)
    return Table(caption=_("Log of your agency, newest first"), columns=columns, rows=rows, is_caption_hidden=True)


def _purpose(purpose: str) -> str:
    return purpose_words(purpose) if purpose else _("none stated")


def _log_row(principal: Principal, each: LogRow, *, with_purpose: bool) -> Row:
    who = actor_words(
        actor=each.actor, agency=each.agency, person=each.person, is_own=each.agency == principal.agency
    )
    is_refused = each.outcome.startswith(REFUSED)
    words = outcome_words(each.outcome)
    return Row(
        cells=(
            each.at,
            Link(text=who, url=_log_url({"actor": each.actor})) if each.person else who,
            did_words(each.action, emergency=each.emergency),
            _about(each),
            Badge(text=words, tone=Tone.PROBLEM) if is_refused else words,
            door_words(each.door),
            *((_purpose(each.purpose),) if with_purpose else ()),
        )
    )


def _about(each: LogRow) -> Shown:
    """Return what an act was about: a record's number that leads to all about it, a colleague, or its code."""
    if normal_number(each.subject) == each.subject and each.subject:
        return RecordNumber(number=each.subject, url=_log_url({"subject": each.subject}))
    return each.about or each.subject or _("no record")


def _taken(each: RoundRead) -> Badge:
    if each.fetched_at is None:
        return Badge(text=_("Not taken yet"), tone=Tone.ATTENTION)
    return Badge(text=_("Taken on %(at)s") % {"at": formats.moment(each.fetched_at)}, tone=Tone.DONE)


def _is_late(found: tuple[RoundRead, ...]) -> bool:
    rhythm = timedelta(hours=settings.COTRACE_HEADS_HOURS)
    return bool(found) and clock.now() - found[0].handed_at > ROUNDS_MISSED * rhythm


def _changed(found: tuple[RoundRead, ...]) -> RoundRead | None:
    """Return the newest round that was signed under another name or with another key than the one before it."""
    return next((new for new, old in pairwise(found) if (new.installation, new.key_id) != (old.installation, old.key_id)), None)
