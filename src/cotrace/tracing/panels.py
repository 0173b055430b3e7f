"""What this room shows on other rooms' pages: the trace requests of a gun, the guns that notices are about."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cotrace.doors.furniture import Column, Link, RecordNumber, Row, Table
from cotrace.doors.panels import Panel, fill
from cotrace.firearms.selectors import own_firearm
from cotrace.firearms.sentences.labels import gun_name
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal
from cotrace.notices.reads import ABOUT_TEMPLATE, SUBJECTS
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.labels import STANDINGS
from cotrace.tracing.reads.requests import RequestRead
from cotrace.tracing.rules.statuses import ShownAs
from cotrace.tracing.selectors.noticed import NoticedGun, guns_noticed
from cotrace.tracing.selectors.requests import requests_of_firearm

ENDED = (ShownAs.RESULT, ShownAs.CLOSED)


@fill("firearm.detail", name="tracing.requests")
def requests(principal: Principal, subject: str) -> Panel | None:
    """Show the agency that owns a gun its trace requests, and the way to a new one."""
    if not principal.may(TracePermission.READ):
        return None
    try:
        gun = own_firearm(principal, number=subject)
    except NotFound:
        return None
    found = requests_of_firearm(principal, firearm=gun.number)
    is_under_way = any(each.standing and each.standing.shown_as not in ENDED for each in found)
    may_open = principal.may(TracePermission.RESULT)
    context = {
        "firearm": gun.number,
        "table": _table(found, may_open=may_open),
        "is_under_way": is_under_way,
        "may_submit": principal.may(TracePermission.SUBMIT) and not is_under_way,
    }
    return Panel("tracing/panels/requests.html", context)


@fill(SUBJECTS, name="tracing.guns")
def guns_of_notices(principal: Principal, subject: str) -> Panel | None:
    """Say which guns one's notices are about: make, model and calibre, serial, the case of one's own request."""
    found = guns_noticed(principal, numbers=subject.split())
    words = {number: _noticed(about) for number, about in found.items()}
    return Panel(ABOUT_TEMPLATE, words) if words else None


def _noticed(about: NoticedGun) -> str:
    gun = about.gun
    named = gun_name(make=gun.make, model=gun.model, calibre=gun.calibre, is_privately_made=gun.is_privately_made)
    return " · ".join(each for each in (named, gun.serial, about.case_number) if each)


def _table(found: tuple[RequestRead, ...], *, may_open: bool) -> Table:
    columns = (
        Column(label=_("Number")),
        Column(label=pgettext("moment", "Submitted")),
        Column(label=_("Where it stands")),
        Column(label=pgettext("standing of a request", "Result")),
    )
    rows = tuple(
        Row(
            url=reverse("tracing:request", args=[each.number]),
            cells=(
                RecordNumber(number=each.number),
                each.submitted_at,
                STANDINGS[each.standing.shown_as] if each.standing else None,
                _result(each, may_open=may_open),
            ),
        )
        for each in found
    )
    return Table(caption=_("Trace requests of this gun"), columns=columns, rows=rows, is_caption_hidden=True)


def _result(read: RequestRead, *, may_open: bool) -> Link | str:
    """Return the way to the result; words where there is none or the reader's role does not open it."""
    if not read.has_result:
        return _("None yet")
    if not may_open:
        return _("It has come")
    return Link(text=_("Open the result"), url=reverse("tracing:result", args=[read.number]))
