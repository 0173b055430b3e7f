"""One seizure: its page, recording and correcting it, setting who may see it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from cotrace.doors import formats
from cotrace.doors.form_problems import add_refusal
from cotrace.doors.furniture import RecordNumber, Shown
from cotrace.doors.gate import principal_of
from cotrace.foundation.errors import Invalid, NotFound
from cotrace.foundation.principal import Principal
from cotrace.seizures.forms.seizure import (
    SeizureChoices,
    SeizureForm,
    VisibilityForm,
    initial_of,
    initial_of_entered,
)
from cotrace.seizures.permissions import SeizurePermission
from cotrace.seizures.reads import SeizureRead
from cotrace.seizures.rules.completeness import ITEMS
from cotrace.seizures.selectors import seizure_get
from cotrace.seizures.sentences.labels import FIELDS
from cotrace.seizures.sentences.labels import ITEMS as ITEM_LABELS
from cotrace.seizures.services.record import seizure_edit, seizure_record, seizure_restrict
from cotrace.seizures.views.words import UNSAID, CodeWords, amount_shown, code_words, country_of, language
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.circles import circle_list

Fact = tuple[str, Shown]


@require_GET
def seizure(request: HttpRequest, number: str) -> HttpResponse:
    """Show one seizure at the reader's level: what happened, what was taken, then who sees it and why."""
    principal = principal_of(request)
    read = seizure_get(principal, number=number)
    words = code_words()
    context = {
        "read": read,
        "heading": _heading(read, words),
        "level": read.level.name.lower(),
        "contact": _contact(read),
        "happened": _happened(read, words),
        "taken": _taken(read),
        "origin": _origin(principal, read),
        "is_owner": read.owner == principal.agency,
        "may_edit": _may_change(principal, read),
    }
    return render(request, "seizures/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def seizure_new(request: HttpRequest) -> HttpResponse:
    """Ask for a new seizure and record it."""
    principal = principal_of(request)
    words = code_words()
    choices = _choices(principal, words, state=request.POST.get("state_code", ""))
    if request.method != "POST" or "list_municipalities" in request.POST:
        entered = initial_of_entered(request.POST)
        forms = SeizureForm(initial=entered, choices=choices), VisibilityForm(initial=entered, choices=choices)
        return _form_page(request, *forms)
    form, visibility = SeizureForm(request.POST, choices=choices), VisibilityForm(request.POST, choices=choices)
    if form.is_valid() and visibility.is_valid():
        try:
            number = seizure_record(principal, values=form.values(), visibility=visibility.visibility())
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The seizure was recorded."))
            return HttpResponseRedirect(reverse("seizures:detail", args=[number]))
    return _form_page(request, form, visibility)


@require_http_methods(["GET", "HEAD", "POST"])
def seizure_correct(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for the corrections of a seizure of one's agency and save them."""
    principal = principal_of(request)
    read = _own(principal, number)
    words = code_words()
    initial = initial_of(read)
    state = request.POST.get("state_code", read.state_code or "")
    choices = _choices(principal, words, state=state)
    if request.method != "POST" or "list_municipalities" in request.POST:
        entered = initial_of_entered(request.POST)
        return _form_page(request, SeizureForm(initial={**initial, **entered}, choices=choices), read=read)
    form = SeizureForm(request.POST, initial=initial, choices=choices)
    if form.is_valid():
        try:
            seizure_edit(principal, number=read.number, values=form.values())
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The correction was saved."))
            return HttpResponseRedirect(reverse("seizures:detail", args=[read.number]))
    return _form_page(request, form, read=read)


@require_http_methods(["GET", "HEAD", "POST"])
def seizure_visibility(request: HttpRequest, number: str) -> HttpResponse:
    """Ask who may see a seizure of one's agency and set it; it takes effect at once."""
    principal = principal_of(request)
    read = _own(principal, number)
    choices = _choices(principal, code_words())
    now = {"cap": (read.cap if read.cap is not None else Level.FULL).name, "circle": read.circle}
    form = VisibilityForm(request.POST if request.method == "POST" else None, initial=now, choices=choices)
    if form.is_valid():
        try:
            seizure_restrict(principal, number=read.number, visibility=form.visibility())
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("From now on, that is who may see it."))
            return HttpResponseRedirect(reverse("seizures:detail", args=[read.number]))
    context = {"read": read, "form": form}
    return render(request, "seizures/visibility.html", context, status=422 if form.errors else 200)


@require_GET
def municipalities(request: HttpRequest) -> HttpResponse:
    """Return the field with the municipalities of the state just chosen."""
    state = request.GET.get("state_code", "")[:2]
    words = code_words()
    choices = SeizureChoices(states=(), municipios=words.municipio_choices(state), forces=())
    return render(request, "seizures/parts/municipality.html", {"form": SeizureForm(choices=choices)})


def _own(principal: Principal, number: str) -> SeizureRead:
    read = seizure_get(principal, number=number)
    if not _may_change(principal, read):
        raise NotFound
    return read


def _may_change(principal: Principal, read: SeizureRead) -> bool:
    is_own = read.owner == principal.agency and read.level == Level.FULL
    return is_own and principal.may(SeizurePermission.EDIT)


def _choices(principal: Principal, words: CodeWords, *, state: str = "") -> SeizureChoices:
    home = country_of(principal)
    return SeizureChoices(
        states=words.state_choices(home=home),
        municipios=words.municipio_choices(state),
        forces=words.force_choices(home=home),
        circles=[(each.number, each.name) for each in circle_list(principal)],
    )


def _form_page(
    request: HttpRequest,
    form: SeizureForm,
    visibility: VisibilityForm | None = None,
    read: SeizureRead | None = None,
) -> HttpResponse:
    is_wrong = bool(form.errors or (visibility is not None and visibility.errors))
    context = {"form": form, "visibility": visibility, "read": read}
    return render(request, "seizures/form.html", context, status=422 if is_wrong else 200)


def _heading(read: SeizureRead, words: CodeWords) -> str:
    """Return where and when in a few words; whose it is where neither is disclosed."""
    if read.occurred_on is None:
        return _("A record of %(owner)s") % {"owner": read.owner}
    place = words.place(read.state_code, read.municipio_code)
    if not isinstance(place, str):
        return formats.day(read.occurred_on)
    return pgettext("heading of a seizure", "%(place)s, %(day)s") % {
        "place": place,
        "day": formats.day(read.occurred_on),
    }


def _contact(read: SeizureRead) -> list[Fact]:
    """Return the published desk of another agency; empty for one's own."""
    desk = read.liaison
    if desk is None:
        return []
    return [
        (_("Agency"), f"{desk.code} · {desk.name_es if language().startswith('es') else desk.name_en}"),
        (_("Liaison desk"), desk.liaison_name or None),
        (_("Telephone"), desk.liaison_phone or None),
        (_("E-mail"), desk.liaison_email or None),
    ]


def _happened(read: SeizureRead, words: CodeWords) -> list[Fact]:
    """Return when, where and who took part, as far as the level goes."""
    if read.level < Level.TEAR_LINE:
        return []
    facts: list[Fact] = [(str(FIELDS["occurred_on"]), read.occurred_on)]
    facts.append((_("Municipality and state"), words.place(read.state_code, read.municipio_code)))
    if read.level == Level.FULL:
        facts += [
            (_("Exact place"), read.place or None),
            (str(FIELDS["participants"]), words.force_list(read.participants)),
        ]
    return facts


def _taken(read: SeizureRead) -> list[Fact]:
    """Return what was counted; at the tear-line, whether there were guns."""
    if read.level == Level.FULL:
        amounts = read.amounts or {}
        counted = [(str(ITEM_LABELS[item]), amount_shown(amounts.get(item, UNSAID))) for item in ITEMS]
        return [*counted, (str(FIELDS["detained"]), amount_shown(read.detained or UNSAID))]
    if read.level == Level.TEAR_LINE:
        said = {True: _("Guns were taken"), False: _("No guns were taken")}
        return [(_("Guns"), said[read.has_guns] if read.has_guns is not None else None)]
    return []


def _origin(principal: Principal, read: SeizureRead) -> list[Fact]:
    facts: list[Fact] = [
        (pgettext("of a record", "Owner"), read.owner),
    ]
    if read.level == Level.FULL:
        facts += [(pgettext("moment", "Recorded"), read.recorded_at)]
        if read.source_ref:
            facts += [(_("Seizure log it came from"), read.source_system), (str(FIELDS["source_ref"]), read.source_ref)]
    if read.owner == principal.agency and read.circle:
        facts += [(_("Circle"), RecordNumber(number=read.circle))]
    return facts
