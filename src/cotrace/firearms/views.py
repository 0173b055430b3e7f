"""One gun: describing it from its seizure, its page, correcting it."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cotrace.doors.form_problems import add_refusal
from cotrace.doors.furniture import Shown
from cotrace.doors.gate import principal_of
from cotrace.firearms.forms import (
    FirearmForm,
    calibre_proposal,
    firearm_choices,
    initial_of,
    initial_of_entered,
    make_names,
    make_offer,
)
from cotrace.firearms.holding import SEIZURE_KIND
from cotrace.firearms.permissions import FirearmPermission
from cotrace.firearms.reads import FirearmRead
from cotrace.firearms.rules.description import LENGTHS
from cotrace.firearms.selectors import CALIBRES, MAKES, TYPES, firearm_get, own_seizure
from cotrace.firearms.sentences.countries import country_name
from cotrace.firearms.sentences.labels import (
    FIELDS,
    IMPORTER_MARKS,
    condition_shown,
    gun_name,
    not_shared,
    serial_shown,
)
from cotrace.firearms.services import firearm_correct, firearm_describe
from cotrace.foundation.errors import Invalid, NotFound
from cotrace.foundation.principal import Principal
from cotrace.reference.selectors import code_label
from cotrace.sharing.holding import holding_kind
from cotrace.sharing.rules.levels import Level

Fact = tuple[str, Shown]
CODE_MAX = 8


@require_GET
def firearm(request: HttpRequest, number: str) -> HttpResponse:
    """Show one gun at the reader's level: what it is, its serial, where it comes from; then who sees it and why."""
    principal = principal_of(request)
    read = firearm_get(principal, number=number)
    is_open = read.level >= Level.TEAR_LINE
    context = {
        "read": read,
        "heading": _heading(read),
        "kind": _code(TYPES, read.type_code),
        "serial": serial_shown(read.serial, read.serial_condition) if is_open else None,
        "level": read.level.name.lower(),
        "seizure_url": _seizure_url(read.seizure) if read.seizure else "",
        "contact": _contact(read),
        "gun": _gun(read) if is_open else [],
        "marks": _marks(read) if is_open else [],
        "record": _record(read),
        "may_correct": _may_correct(principal, read),
        "describe_url": _describe_url(principal, read),
    }
    return render(request, "firearms/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def firearm_new(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a gun taken in a seizure of one's agency and describe it."""
    principal = principal_of(request)
    seizure = own_seizure(principal, seizure=number)
    form = _form(request, initial={})
    if form.is_valid():
        try:
            gun = firearm_describe(principal, seizure=seizure, values=form.values())
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The gun was described: %(number)s.") % {"number": gun})
            is_last = "and_next" not in request.POST
            leads_to = ("firearms:detail", gun) if is_last else ("firearms:describe", seizure)
            return HttpResponseRedirect(reverse(leads_to[0], args=[leads_to[1]]))
    return _form_page(request, form, {"seizure": seizure, "back": _seizure_url(seizure)})


@require_http_methods(["GET", "HEAD", "POST"])
def firearm_change(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for the corrections of a gun of one's agency and save them."""
    principal = principal_of(request)
    read = firearm_get(principal, number=number)
    if not _may_correct(principal, read):
        raise NotFound
    form = _form(request, initial=initial_of(read))
    if form.is_valid():
        try:
            firearm_correct(principal, number=read.number, values=form.values())
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The correction was saved."))
            return HttpResponseRedirect(_then(request) or reverse("firearms:detail", args=[read.number]))
    then = _then(request)
    back = then or reverse("firearms:detail", args=[read.number])
    return _form_page(request, form, {"read": read, "seizure": read.seizure, "back": back, "then": then})


@require_GET
def makes(request: HttpRequest) -> HttpResponse:
    """Return the NCIC codes that fit a make as far as it is typed."""
    text = request.GET.get("make", "")[: LENGTHS["make"]]
    offer = make_offer(text, makes=make_names(_language()), chosen=request.GET.get("make_code", ""))
    return render(request, "firearms/parts/make_code.html", {"offer": offer})


@require_GET
def calibres(request: HttpRequest) -> HttpResponse:
    """Return the choice of the calibre's NCIC code, with the code that covers the calibre as far as it is typed."""
    text = request.GET.get("calibre", "")[: LENGTHS["calibre"]]
    entered = {"calibre": text, "calibre_code": request.GET.get("calibre_code", "")[:CODE_MAX]}
    form = _proposing(request.GET.get("calibre_proposed", ""), entered)
    return render(request, "firearms/parts/calibre_code.html", {"form": form})


def _form(request: HttpRequest, *, initial: dict[str, object]) -> FirearmForm:
    """Return the form: bound where it is to be judged, with what was entered where only codes are looked for."""
    choices = firearm_choices(_language())
    if request.method != "POST":
        return FirearmForm(initial=initial, choices=choices)
    if "find_codes" in request.POST:
        entered = initial_of_entered(request.POST)
        is_made = "is_privately_made" in request.POST
        before = request.POST.get("calibre_proposed", "")
        return _proposing(before, {**initial, **entered, "is_privately_made": is_made})
    return FirearmForm(request.POST, initial=initial, choices=choices)


def _proposing(before: str, entered: Mapping[str, object]) -> FirearmForm:
    """Return a form that is only shown, with the code that its calibre proposes instead of the one `before`."""
    language = _language()
    text, chosen = (str(entered.get(name) or "") for name in ("calibre", "calibre_code"))
    proposal = calibre_proposal(text, chosen=chosen, before=before, language=language)
    form = FirearmForm(initial={**entered, "calibre_code": proposal.shown}, choices=firearm_choices(language))
    form.propose(proposal)
    return form


def _form_page(request: HttpRequest, form: FirearmForm, around: dict[str, object]) -> HttpResponse:
    context = {"form": form, "offer": form.offer(), **around}
    return render(request, "firearms/form.html", context, status=422 if form.errors else 200)


def _then(request: HttpRequest) -> str:
    """Return the page of this site that a correction was asked for from, and leads back to."""
    page = (request.POST if request.method == "POST" else request.GET).get("then", "")
    return page if page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None) else ""


def _describe_url(principal: Principal, read: FirearmRead) -> str:
    """Return where the next gun of the same seizure is described; empty for who may not."""
    is_own = read.owner == principal.agency and read.level == Level.FULL
    may = is_own and read.seizure and principal.may(FirearmPermission.DESCRIBE)
    return reverse("firearms:describe", args=[read.seizure]) if may else ""


def _may_correct(principal: Principal, read: FirearmRead) -> bool:
    is_own = read.owner == principal.agency and read.level == Level.FULL
    return is_own and principal.may(FirearmPermission.CORRECT)


def _heading(read: FirearmRead) -> str:
    """Return the gun in a few words; whose it is where nothing of it is disclosed."""
    if read.level < Level.TEAR_LINE:
        return _("A gun of %(owner)s") % {"owner": read.owner}
    name = gun_name(
        make=read.make,
        model=read.model,
        calibre=read.calibre,
        is_privately_made=bool(read.is_privately_made),
    )
    return name or _("A gun of %(owner)s") % {"owner": read.owner}


def _contact(read: FirearmRead) -> list[Fact]:
    """Return the published desk of another agency; empty for one's own."""
    desk = read.liaison
    if desk is None:
        return []
    return [
        (_("Agency"), f"{desk.code} · {desk.name_es if _language().startswith('es') else desk.name_en}"),
        (_("Liaison desk"), desk.liaison_name or None),
        (_("Telephone"), desk.liaison_phone or None),
        (_("E-mail"), desk.liaison_email or None),
    ]


def _gun(read: FirearmRead) -> list[Fact]:
    """Return what the gun is."""
    country = read.country_of_origin
    return [
        (str(FIELDS["type_code"]), _code(TYPES, read.type_code) or None),
        (str(FIELDS["make"]), read.make or None),
        (str(FIELDS["make_code"]), _coded(MAKES, read.make_code)),
        (str(FIELDS["model"]), read.model or None),
        (str(FIELDS["calibre"]), read.calibre or None),
        (str(FIELDS["calibre_code"]), _coded(CALIBRES, read.calibre_code)),
        (str(FIELDS["country_of_origin"]), country_name(country, language=_language()) if country else None),
        (str(FIELDS["is_privately_made"]), _("Yes") if read.is_privately_made else _("No")),
    ]


def _marks(read: FirearmRead) -> list[Fact]:
    """Return what is marked on the gun: its serial, an importer's mark."""
    mark = read.importer_mark
    return [
        (str(FIELDS["serial"]), serial_shown(read.serial, read.serial_condition)),
        (str(FIELDS["serial_condition"]), condition_shown(read.serial_condition)),
        (str(FIELDS["importer_mark"]), not_shared() if mark is None else IMPORTER_MARKS[mark]),
        (str(FIELDS["importer"]), _told(read.importer)),
    ]


def _record(read: FirearmRead) -> list[Fact]:
    """Return where the record belongs and when it was made."""
    facts: list[Fact] = [(pgettext("of a record", "Owner"), read.owner)]
    if read.level < Level.FULL:
        return facts
    return [
        *facts,
        (str(FIELDS["exhibit_number"]), read.exhibit_number or None),
        (pgettext("moment", "Described"), read.described_at),
        (pgettext("moment", "Last corrected"), read.corrected_at or pgettext("moment", "never")),
    ]


def _told(text: str | None) -> Shown:
    return not_shared() if text is None else text or None


def _code(table: str, code: str | None) -> str:
    return code_label(table, code=code, language=_language())


def _coded(table: str, code: str | None) -> Shown:
    """Return a code with its label."""
    return f"{code} · {_code(table, code)}" if code else None


def _seizure_url(number: str) -> str:
    return reverse(holding_kind(SEIZURE_KIND).page, args=[number])


def _language() -> str:
    return get_language() or "en"
