"""The centre's register of licensees: whom the walk can ask, how, and who is not to be asked at present."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from cotrace.doors.form_problems import add_refusal
from cotrace.doors.furniture import Absent, Badge, Column, Link, RecordNumber, Row, Shown, Table, Tone
from cotrace.doors.gate import principal_of
from cotrace.doors.templatetags.telephone import telephone
from cotrace.foundation.errors import Invalid, NotFound, Refused
from cotrace.foundation.principal import Principal
from cotrace.foundation.rules.signatures import parse_public_key
from cotrace.tracing.exports.home_keys import CENTRE, home_signer
from cotrace.tracing.forms.centre import LicenseeForm, RegisterForm, initial_of
from cotrace.tracing.forms.centre_labels import REACHES
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.labels import ROLES
from cotrace.tracing.reads.register import LicenseePage, LicenseeRead
from cotrace.tracing.selectors.centre import own_trace
from cotrace.tracing.selectors.register import licensee_get, licensee_list, own_centre
from cotrace.tracing.services.register import NEW_ENTRY, licensee_put
from cotrace.tracing.views.centre_acts import put_on_record
from cotrace.tracing.views.centre_hold import hold_facts

Fact = tuple[str, Shown]
CURSOR_LENGTH = 30
PREFILLED = ("number", "name", "role")


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
    context = {
        "read": read,
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


@require_http_methods(["GET", "HEAD", "POST"])
def licensee_new(request: HttpRequest) -> HttpResponse:
    """Ask for a new entry of the register; posted, enter it."""
    principal = principal_of(request)
    trace = _waiting_trace(principal, request.GET.get("trace", ""))
    if request.method != "POST":
        given = {name: request.GET[name] for name in PREFILLED if name in request.GET}
        return _form_page(request, LicenseeForm(initial=given), trace=trace)
    form = LicenseeForm({**request.POST.dict(), "version": NEW_ENTRY})
    if form.is_valid() and _is_entered(principal, form):
        number = form.cleaned_data["number"]
        messages.success(request, _("The licensee is in the register."))
        where = reverse("tracing:trace", args=[trace]) if trace else reverse("tracing:licensee", args=[number])
        return HttpResponseRedirect(where)
    return _form_page(request, form, trace=trace)


@require_http_methods(["GET", "HEAD", "POST"])
def licensee_edit(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for the changes of an entry; posted, save them."""
    principal = principal_of(request)
    read = licensee_get(principal, number=number)
    initial = initial_of(read)
    if request.method != "POST":
        return _form_page(request, LicenseeForm(initial=initial, is_number_fixed=True), read=read)
    form = LicenseeForm(request.POST, initial=initial, is_number_fixed=True)
    try:
        is_kept = form.is_valid() and _is_kept(principal, form, is_held=read.is_held)
    except Refused as refusal:
        put_on_record(request, refusal)
        return _changed_meanwhile(request, number)
    if is_kept:
        messages.success(request, _("The entry was changed."))
        return HttpResponseRedirect(reverse("tracing:licensee", args=[read.number]))
    return _form_page(request, form, read=read)


def _changed_meanwhile(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what was typed, over the entry as it is now, to be compared and saved once more."""
    read = licensee_get(principal_of(request), number=number)
    typed = {**request.POST.dict(), "is_open": "is_open" in request.POST, "version": read.version}
    kept = LicenseeForm(initial={**initial_of(read), **typed}, is_number_fixed=True)
    return _form_page(request, kept, read=read, is_conflict=True)


def _waiting_trace(principal: Principal, number: str) -> str:
    """Return the trace that sent somebody here to enter a licensee; empty where it is none of the centre's."""
    try:
        return own_trace(principal, number=number) if number else ""
    except NotFound:
        return ""


def _is_entered(principal: Principal, form: LicenseeForm) -> bool:
    """Keep a new entry; where the register has its number, also since a moment ago, say so beside the field."""
    if not _is_new(principal, form):
        return False
    try:
        return _is_kept(principal, form, is_held=False)
    except Refused:
        _is_new(principal, form)
        return False


def _is_new(principal: Principal, form: LicenseeForm) -> bool:
    """Tell whether the register does not have the number yet; otherwise say so beside the field."""
    try:
        known = licensee_get(principal, number=form.cleaned_data["number"])
    except NotFound:
        return True
    said = _("%(name)s has this number in the register already. Change its entry instead.") % {"name": known.name}
    form.add_error("number", said)
    return False


def _is_kept(principal: Principal, form: LicenseeForm, *, is_held: bool) -> bool:
    """Keep an entry; where it is refused, say so beside its fields."""
    try:
        licensee_put(principal, values=form.values(is_held=is_held), version=form.seen())
    except Invalid as refusal:
        add_refusal(form, refusal)
        return False
    return True


def _form_page(
    request: HttpRequest,
    form: LicenseeForm,
    *,
    read: LicenseeRead | None = None,
    trace: str = "",
    is_conflict: bool = False,
) -> HttpResponse:
    back = reverse("tracing:licensees")
    if read:
        back = reverse("tracing:licensee", args=[read.number])
    elif trace:
        back = reverse("tracing:trace", args=[trace])
    context = {"form": form, "read": read, "back_url": back, "is_conflict": is_conflict}
    status = 409 if is_conflict else 422 if form.errors else 200
    return render(request, "tracing/centre_licensee_form.html", context, status=status)


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
