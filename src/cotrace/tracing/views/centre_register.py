"""The centre's register of licensees: whom the walk can ask, how, and who is not to be asked at present."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from cotrace.doors.furniture import Absent, Badge, Column, Link, RecordNumber, Row, Shown, Table, Tone
from cotrace.doors.gate import principal_of
from cotrace.doors.templatetags.telephone import telephone
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal
from cotrace.foundation.rules.signatures import parse_public_key
from cotrace.tracing.exports.home_keys import CENTRE, home_signer
from cotrace.tracing.forms.centre import RegisterForm
from cotrace.tracing.forms.centre_labels import REACHES
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.ffl_words import licence_questions, licence_words, question_words
from cotrace.tracing.reads.labels import ROLES
from cotrace.tracing.reads.register import LicenseePage, LicenseeRead
from cotrace.tracing.selectors.published import published_or_none
from cotrace.tracing.selectors.register import licensee_get, licensee_list, own_centre
from cotrace.tracing.views.centre_hold import hold_facts
from cotrace.tracing.views.centre_published import published_facts, standing_words

Fact = tuple[str, Shown]
CURSOR_LENGTH = 30


@require_GET
def licensees(request: HttpRequest) -> HttpResponse:
    """Show one page of the register, by licence number."""
    principal = principal_of(request)
    form = RegisterForm(request.GET)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    at = request.GET.get("at", "")[:CURSOR_LENGTH]
    page = licensee_list(principal, at=at, text=text)
    here = reverse("tracing:licensees")
    narrowed = {"text": text} if text else {}
    context = {
        "form": form,
        "table": _table(page),
        "applied": (Link(text=_("With: %(words)s") % {"words": text}, url=here),) if text else (),
        "pager": {
            "first_url": _url(here, narrowed) if at else "",
            "next_url": _url(here, {**narrowed, "at": page.later}) if page.later else "",
        },
        "may_register": principal.may(TracePermission.REGISTER),
        "key": _centre_key(principal),
    }
    return render(request, "tracing/centre_licensees.html", context, status=422 if form.errors else 200)


@require_GET
def licensee(request: HttpRequest, number: str) -> HttpResponse:
    """Show one licensee: what the register holds, how it is asked, whether it may be asked now."""
    principal = principal_of(request)
    read = licensee_get(principal, number=number)
    published = published_or_none(principal, number=read.number)
    context = {
        "read": read,
        "licence": licence_words(read.number),
        "questions": question_words(licence_questions(read.number, address=read.address)),
        "published": published_facts(published) if published else [],
        "published_standing": standing_words(published) if published else "",
        "badges": _badges(read),
        "facts": _facts(principal, read),
        "hold_facts": hold_facts(principal, read),
        "connector": _connector(read),
        "keys": _keys(read),
        "queue_url": _url(reverse("tracing:queue"), {"licensee": read.number}),
        "may_register": principal.may(TracePermission.REGISTER),
        "may_hold": principal.may(TracePermission.HOLD),
    }
    return render(request, "tracing/centre_licensee.html", context)


def _url(here: str, asked: dict[str, str]) -> str:
    return f"{here}?{urlencode(asked)}" if asked else here


def _table(page: LicenseePage) -> Table:
    columns = (
        Column(label=_("Licence number")),
        Column(label=pgettext("of a licensee", "Name")),
        Column(label=_("Place in the chain")),
        Column(label=pgettext("column of the register", "Asked")),
        Column(label=pgettext("column of the register", "State")),
        Column(label=_("Changed")),
    )
    rows = tuple(
        Row(
            url=reverse("tracing:licensee", args=[each.number]),
            cells=(
                RecordNumber(number=each.number),
                each.name,
                ROLES[each.role],
                _channel(each),
                _badges(each)[0],
                each.changed_at,
            ),
        )
        for each in page.rows
    )
    caption = _("Licensees, by licence number")
    return Table(caption=caption, columns=columns, rows=rows, is_caption_hidden=bool(rows))


def _channel(read: LicenseeRead) -> str:
    return _("through its connector") if read.url else _("by telephone or in writing")


def _badges(read: LicenseeRead) -> list[Badge]:
    """Return what keeps a licensee from being asked, or that nothing does."""
    found = []
    if read.is_held:
        found.append(Badge(text=_("Contact hold"), tone=Tone.PROBLEM))
    if not read.is_open:
        found.append(Badge(text=pgettext("licensee", "Out of business"), tone=Tone.CLOSED))
    return found or [Badge(text=pgettext("licensee", "In business"), tone=Tone.DONE)]


def _facts(principal: Principal, read: LicenseeRead) -> list[Fact]:
    others = [each for each in read.names if each != read.name]
    facts: list[Fact] = [
        (_("Place in the chain"), ROLES[read.role]),
        (_("Names on its guns"), "; ".join(others) or None),
        (_("Address"), read.address or None),
        (_("Telephone"), telephone(read.phone) or None),
        (_("Changed"), read.changed_at),
    ]
    if not read.is_open:
        facts.insert(1, (_("Successor"), _successor(principal, read)))
    return facts


def _successor(principal: Principal, read: LicenseeRead) -> Shown:
    if not read.successor:
        return Absent(reason=_("its books are with the centre"), is_reason_enough=True)
    try:
        found = licensee_get(principal, number=read.successor)
    except NotFound:
        return _("%(number)s, which is not in the register") % {"number": read.successor}
    return Link(text=f"{found.name} ({found.number})", url=reverse("tracing:licensee", args=[found.number]))


def _connector(read: LicenseeRead) -> list[Fact]:
    if not read.url:
        return []
    return [
        (_("Address of its connector"), read.url),
        (_("Where its connector may be"), REACHES[read.reach]),
        (_("File of the certificate authority"), read.ca_file or _("the authorities that this system trusts")),
    ]


def _keys(read: LicenseeRead) -> list[tuple[str, str]]:
    """Return the pinned keys: each one's id, and the whole key."""
    found = [(parse_public_key(text), text) for text in read.keys]
    return [(key.key_id if key else "", text) for key, text in found]


def _centre_key(principal: Principal) -> str:
    """Return the centre's public key for who may hand it out, empty for all others and where no centre is run."""
    if not principal.may(TracePermission.REGISTER):
        return ""
    try:
        own_centre(principal)
    except NotFound:
        return ""
    return home_signer(CENTRE).public_key.text
