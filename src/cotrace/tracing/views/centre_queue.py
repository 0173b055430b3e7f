"""The tracing centre's queue: what is urgent first, narrowed as its tracers need it."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from cotrace.doors import formats
from cotrace.doors.furniture import (
    Absent,
    Badge,
    Column,
    Count,
    Link,
    RecordNumber,
    Row,
    Serial,
    Tab,
    Table,
    Tone,
)
from cotrace.doors.gate import principal_of
from cotrace.doors.searches import keep_search, kept_search
from cotrace.doors.sentences import sentence
from cotrace.firearms.sentences.labels import gun_name
from cotrace.foundation import clock
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal
from cotrace.sharing.reads import CappedCount
from cotrace.tracing.forms.centre import FINISHED_TOO, QueueForm
from cotrace.tracing.forms.centre_labels import WAITS
from cotrace.tracing.reads.centre import QueuePage, QueueRow, QueueTallies
from cotrace.tracing.reads.labels import PRIORITIES
from cotrace.tracing.rules.request_document import Priority
from cotrace.tracing.rules.statuses import TraceStatus
from cotrace.tracing.rules.trace_view import WaitReason
from cotrace.tracing.selectors.queue import QueueFilter, queue_tallies, trace_queue
from cotrace.tracing.selectors.register import licensee_get, licensees_known
from cotrace.tracing.views.centre_words import age_words, standing, status_words
from cotrace.tracing.views.words import language

CURSOR_LENGTH = 80
NAME_LENGTH = 64


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """Show one page of the centre's queue, what is urgent first; posted, keep the words that were asked for and go there."""
    principal = principal_of(request)
    if request.method == "POST":
        form = QueueForm(request.POST, language=language())
        where = _where(principal, form)
        if where is not None:
            return HttpResponseRedirect(_url(reverse("tracing:queue"), _asked(where, _kept(request, where))))
        return _page(request, form, None)
    name = request.GET.get("s", "")[:NAME_LENGTH]
    kept = (kept_search(request, name) if name else None) or {}
    form = QueueForm({**request.GET.dict(), "text": kept.get("text", "")}, language=language())
    return _page(request, form, _where(principal, form), search=name if kept else "", is_search_gone=bool(name) and not kept)


def _page(
    request: HttpRequest,
    form: QueueForm,
    where: QueueFilter | None,
    *,
    search: str = "",
    is_search_gone: bool = False,
) -> HttpResponse:
    principal = principal_of(request)
    asked = _asked(where, search) if where else {}
    at = request.GET.get("at", "")[:CURSOR_LENGTH]
    page = trace_queue(principal, where=where or QueueFilter(), at=at)
    here = reverse("tracing:queue")
    context = {
        "form": form,
        "table": _table(principal, page),
        "count_words": _count_words(page),
        "tabs": _tabs(asked, queue_tallies(principal)),
        "applied": _applied(asked, where),
        "is_search_gone": is_search_gone,
        "finished_url": _finished_url(where, asked),
        "pager": {
            "shown": formats.number(len(page.rows)),
            "total": formats.count(Count(value=page.count.number, is_capped=page.count.is_capped)),
            "first_url": _url(here, asked) if at else "",
            "next_url": _url(here, {**asked, "at": page.later}) if page.later else "",
        },
    }
    return render(request, "tracing/centre_queue.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, where: QueueFilter) -> str:
    """Keep the words of a filter, which stand in no address; return the name they are kept under."""
    return keep_search(request, {"text": where.text}) if where.text else ""


def _finished_url(where: QueueFilter | None, asked: Mapping[str, str]) -> str:
    """Return where the finished traces are looked through for the same words; empty where they are, or none are asked."""
    if where is None or not where.text or where.has_finished or where.status is not None:
        return ""
    return _url(reverse("tracing:queue"), {**asked, "status": FINISHED_TOO})


def _where(principal: Principal, form: QueueForm) -> QueueFilter | None:
    """Return the filter asked for, its licence number as the register writes it; None where it makes no sense."""
    if not form.is_valid():
        return None
    where = form.where()
    if not where.licensee:
        return where
    try:
        known = licensee_get(principal, number=where.licensee)
    except NotFound:
        form.add_error("licensee", sentence("licensee_not_registered"))
        return None
    return replace(where, licensee=known.number)


def _asked(where: QueueFilter, search: str) -> dict[str, str]:
    """Return a filter as its address carries it: its words by the name they are kept under."""
    said = {
        "s": search,
        "status": where.status or (FINISHED_TOO if where.has_finished else ""),
        "priority": where.priority or "",
        "reason": where.reason or "",
        "licensee": where.licensee,
        "mine": "on" if where.is_mine else "",
        "unassigned": "on" if where.is_unassigned else "",
    }
    return {name: value for name, value in said.items() if value}


def _url(here: str, asked: Mapping[str, str]) -> str:
    return f"{here}?{urlencode(asked)}" if asked else here


def _applied(asked: Mapping[str, str], where: QueueFilter | None) -> tuple[Link, ...]:
    """Return each part of the filter in words, with the address of the queue without it."""
    here = reverse("tracing:queue")
    return tuple(
        Link(
            text=_part_words(name, where.text if name == "s" and where else value),
            url=_url(here, {other: said for other, said in asked.items() if other != name}),
        )
        for name, value in asked.items()
    )


def _part_words(name: str, value: str) -> str:
    match name:
        case "s":
            return _("With: %(words)s") % {"words": value}
        case "status" if value == FINISHED_TOO:
            return _("Finished ones too")
        case "status":
            return _("Status: %(status)s") % {"status": status_words(TraceStatus(value))}
        case "priority":
            return _("Priority: %(priority)s") % {"priority": PRIORITIES[Priority(value)]}
        case "reason":
            return _("Waits for: %(reason)s") % {"reason": WAITS[WaitReason(value)]}
        case "licensee":
            return _("Asked now: %(licensee)s") % {"licensee": value}
        case "unassigned":
            return pgettext("of a trace", "Not taken yet")
        case _:
            return _("Only those I took")


def _tabs(asked: Mapping[str, str], tallies: QueueTallies) -> tuple[Tab, ...]:
    """Return the views of the queue that a tracer goes to and fro between, each with its count."""
    here = reverse("tracing:queue")
    of_status = tallies.of_status
    views: list[tuple[str, dict[str, str], CappedCount]] = [
        (pgettext("view of the queue", "Not finished"), {}, tallies.unfinished),
        (pgettext("view of the queue", "Mine"), {"mine": "on"}, tallies.mine),
        (pgettext("view of the queue", "Nobody's"), {"unassigned": "on"}, tallies.unassigned),
        *(
            (label, {"status": status.value}, of_status[status])
            for label, status in (
                (pgettext("view of the queue", "Waiting for a tracer"), TraceStatus.AWAITING_TRACER),
                (pgettext("view of the queue", "Being asked"), TraceStatus.INQUIRING),
                (pgettext("view of the queue", "To release"), TraceStatus.CONCLUDED),
            )
        ),
        (pgettext("view of the queue", "Urgent"), {"priority": Priority.URGENT.value}, tallies.urgent),
    ]
    return tuple(
        Tab(
            label=label,
            url=_url(here, view),
            is_current=view == asked,
            count=Count(value=count.number, is_capped=count.is_capped),
        )
        for label, view, count in views
    )


def _count_words(page: QueuePage) -> str:
    number = page.count.number
    counted = formats.count(Count(value=number, is_capped=page.count.is_capped))
    return ngettext("%(count)s trace", "%(count)s traces", number) % {"count": counted}


def _table(principal: Principal, page: QueuePage) -> Table:
    numbers = [each.waiting_licensee for each in page.rows if each.waiting_licensee]
    names = {each.number: each.name for each in licensees_known(principal, numbers=numbers)}
    columns = (
        Column(label=_("Trace")),
        Column(label=_("Serial number")),
        Column(label=pgettext("column of the queue", "Gun")),
        Column(label=pgettext("column of the queue", "Age")),
        Column(label=_("Requester")),
        Column(label=pgettext("column of the queue", "Stands at")),
        Column(label=_("Taken by")),
    )
    rows = tuple(_row(each, names) for each in page.rows)
    caption = _("Traces: urgent ones first, then those that wait for a person, withheld ones last")
    return Table(caption=caption, columns=columns, rows=rows, is_caption_hidden=bool(rows))


def _row(read: QueueRow, names: Mapping[str, str]) -> Row:
    gun = gun_name(make=read.make, model=read.model, calibre=read.calibre, is_privately_made=False)
    return Row(
        url=reverse("tracing:trace", args=[read.number]),
        cells=(
            RecordNumber(number=read.number),
            Serial(text=read.serial) if read.serial else Absent(),
            gun or Absent(),
            _age(read),
            f"{read.requester} ({read.installation})" if read.installation else read.requester,
            _stands_at(read, names),
            _taker(read),
        ),
    )


def _stands_at(read: QueueRow, names: Mapping[str, str]) -> Badge:
    """Return what a trace waits for, and the licensee it is about."""
    badge = standing(read.status, read.waiting_reason)
    if not read.waiting_licensee:
        return badge
    said = {"why": badge.text, "licensee": names.get(read.waiting_licensee, read.waiting_licensee)}
    return replace(badge, text=_("%(why)s: %(licensee)s") % said)


def _age(read: QueueRow) -> str | Badge:
    age = age_words(read.opened_at, now=clock.now())
    if read.priority is not Priority.URGENT:
        return age
    return Badge(text=_("Urgent, %(age)s") % {"age": age}, tone=Tone.ATTENTION)


def _taker(read: QueueRow) -> str:
    if read.is_mine:
        return pgettext("who took a trace", "me")
    return read.taken_name or pgettext("who took a trace", "nobody")
