"""The asking agency's requests: the list, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from cotrace.doors.furniture import (
    Absent,
    Column,
    Count,
    Pager,
    RecordNumber,
    Row,
    Serial,
    Table,
)
from cotrace.doors.gate import principal_of
from cotrace.doors.templatetags.telephone import telephone
from cotrace.sharing.rules.levels import Level
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.labels import FIELDS, STANDINGS
from cotrace.tracing.reads.requests import RequestPage, RequestRead
from cotrace.tracing.rules.gun import GunDescription
from cotrace.tracing.selectors.requests import request_get, request_list
from cotrace.tracing.views.request_parts import possessor_facts, request_parts
from cotrace.tracing.views.words import (
    Fact,
    agency_name,
    case_facts,
    gun_facts,
    gun_type,
    gun_words,
    people_facts,
    recovery_facts,
)

CURSOR_LENGTH = 60


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Show one page of the requests whose date the reader may see, newest first."""
    principal = principal_of(request)
    page = request_list(principal, at=request.GET.get("at", "")[:CURSOR_LENGTH])
    context = {
        "table": _table(page),
        "pager": Pager(
            shown=len(page.rows),
            total=Count(value=page.count.number, is_capped=page.count.is_capped),
            newer_url=_page_url(page.newer),
            older_url=_page_url(page.older),
        ),
        "may_submit": principal.may(TracePermission.SUBMIT),
    }
    return render(request, "tracing/request_list.html", context)


@require_GET
def request_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show one request at the reader's level: where it stands, what was sent, who asked."""
    principal = principal_of(request)
    read = request_get(principal, number=number)
    is_owner = read.owner == principal.agency
    context = {
        "read": read,
        "heading": _gun_of(read),
        "level": read.level.name.lower(),
        "is_owner": is_owner,
        "standing": STANDINGS[read.standing.shown_as] if read.standing else None,
        "call_back": read.standing.call_back if read.standing and is_owner else "",
        "has_result": is_owner and bool(read.has_result),
        "may_open_result": principal.may(TracePermission.RESULT),
        "course": _course(read, is_owner=is_owner),
        "groups": _groups(read),
        "contact": _contact(read),
    }
    return render(request, "tracing/request.html", context)


def _page_url(at: str) -> str:
    return f"{reverse('tracing:requests')}?{urlencode({'at': at})}" if at else ""


def _table(page: RequestPage) -> Table:
    columns = (
        Column(label=_("Gun")),
        Column(label=FIELDS["gun.serial"]),
        Column(label=pgettext("moment", "Submitted")),
        Column(label=_("Where it stands")),
        Column(label=_("Number")),
        Column(label=pgettext("of a record", "Owner")),
    )
    rows = tuple(_row(each) for each in page.rows)
    return Table(caption=_("Trace requests, newest first"), columns=columns, rows=rows, is_caption_hidden=True)


def _row(read: RequestRead) -> Row:
    hidden = Absent(reason=_("not shared"), is_reason_enough=True)
    return Row(
        url=reverse("tracing:request", args=[read.number]),
        cells=(
            _gun_of(read),
            hidden if read.serial is None else Serial(text=read.serial) if read.serial else None,
            read.submitted_at,
            STANDINGS[read.standing.shown_as] if read.standing else hidden,
            RecordNumber(number=read.number),
            read.owner,
        ),
    )


def _gun_of(read: RequestRead) -> str:
    """Return the gun of a request in a few words, as far as the level discloses it."""
    if read.document is not None:
        return gun_words(read.document.gun)
    return gun_words(GunDescription(make=read.make, calibre=read.calibre, type_code=read.type_code))


def _course(read: RequestRead, *, is_owner: bool) -> list[Fact]:
    """Return what was sent, when and by whom; the centre's number and receipt are the owner's alone."""
    if read.level < Level.FULL:
        return [(pgettext("moment", "Submitted"), read.submitted_at), (_("Type of gun"), gun_type(read.type_code))]
    facts: list[Fact] = [
        (pgettext("moment", "Submitted"), read.submitted_at),
        (_("Submitted by"), read.submitted_name),
    ]
    if is_owner:
        received = read.standing.received_at if read.standing else None
        facts += [
            (_("Tracing centre"), agency_name(read.centre)),
            (_("The centre confirmed it"), received or Absent(reason=_("its receipt has not come yet"), is_reason_enough=True)),
        ]
        if read.centre_number:
            facts.append((_("Number at the centre"), RecordNumber(number=read.centre_number)))
        if read.ended_at:
            facts.append((pgettext("moment", "Ended"), read.ended_at))
    if read.firearm:
        facts.append((_("Gun"), RecordNumber(number=read.firearm, url=reverse("firearms:detail", args=[read.firearm]))))
    if read.seizure:
        url = reverse("seizures:detail", args=[read.seizure])
        facts.append((_("Seizure"), RecordNumber(number=read.seizure, url=url)))
    return facts


def _groups(read: RequestRead) -> list[tuple[str, str, list[Fact]]]:
    """Return the document in groups (id, title, facts); empty below full."""
    if read.document is None:
        return []
    return [
        ("gun", _("The gun"), gun_facts(read.document)),
        ("recovery", _("The recovery"), recovery_facts(read.document)),
        ("case", _("The case"), case_facts(read.document)),
        ("people", _("The people"), [*people_facts(read.document), *possessor_facts(read.document)]),
        *request_parts(read.document),
    ]


def _contact(read: RequestRead) -> list[Fact]:
    """Return the published desk of another agency; empty for one's own."""
    desk = read.liaison
    if desk is None:
        return []
    return [
        (_("Agency"), agency_name(desk.code)),
        (_("Liaison desk"), desk.liaison_name or None),
        (_("Telephone"), telephone(desk.liaison_phone) or None),
        (_("E-mail"), desk.liaison_email or None),
    ]
