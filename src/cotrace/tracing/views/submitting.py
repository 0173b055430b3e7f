"""Submitting a trace request for a described gun: what is known is shown, only the rest is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cotrace.doors.gate import principal_of
from cotrace.doors.sentences import sentence_of
from cotrace.firearms.permissions import FirearmPermission
from cotrace.foundation.errors import FieldProblem, Invalid, Refused
from cotrace.foundation.principal import Principal
from cotrace.foundation.rules.canonical import JsonObject
from cotrace.seizures.permissions import SeizurePermission
from cotrace.tracing.forms.request_fields import PLACE
from cotrace.tracing.forms.requests import RequestChoices, RequestForm, initial_of
from cotrace.tracing.reads.labels import FIELDS, STANDINGS
from cotrace.tracing.reads.register import CentreRead
from cotrace.tracing.reads.requests import RequestDraft
from cotrace.tracing.rules.statuses import ShownAs
from cotrace.tracing.selectors.drafts import Described, draft_of, gun_described
from cotrace.tracing.selectors.earlier import request_before
from cotrace.tracing.selectors.register import centre_list
from cotrace.tracing.selectors.requests import requests_of_firearm
from cotrace.tracing.services.requests import trace_submit_firearm
from cotrace.tracing.views.words import (
    agency_name,
    country_choices,
    gun_facts,
    gun_words,
    offence_choices,
    recovery_facts,
)

ENDED = (ShownAs.RESULT, ShownAs.CLOSED)


@require_http_methods(["GET", "HEAD", "POST"])
def request_submit(request: HttpRequest, firearm: str) -> HttpResponse:
    """Show a request as it will be sent for a gun, ask what is not known yet, and submit it."""
    principal = principal_of(request)
    described = gun_described(principal, firearm=firearm)
    draft = draft_of(principal, described=described, details={})
    centres = centre_list(principal)
    asked = [each.field for each in draft.problems if each.field in PLACE]
    choices = _choices(centres, asked)
    context = {**_known(principal, firearm, draft), "has_centre": bool(centres)}
    context["only_centre"] = _centre_name(centres[0]) if len(centres) == 1 else ""
    if request.method == "POST":
        form = RequestForm(request.POST, choices=choices, asked=asked)
        number = _submitted(principal, form, described)
        if number:
            messages.success(request, _("The request was submitted. It stands in your agency's list."))
            return HttpResponseRedirect(reverse("tracing:request", args=[number]))
        return render(request, "tracing/request_submit.html", {**context, "form": form}, status=422)
    if centres and not (context["is_under_way"] or context["mends"]):
        before = request_before(principal, seizure=draft.document.seizure_number or "")
        initial = initial_of(officer=principal.name, earlier=before)
        context |= {"form": RequestForm(initial=initial, choices=choices, asked=asked), "before": before}
    return render(request, "tracing/request_submit.html", context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """What the gun or its seizure lacks, field by field in words, and the page where it is put right."""

    title: str
    lacks: Sequence[tuple[str, str]]
    url: str
    link: str
    advice: str = ""


def _submitted(principal: Principal, form: RequestForm, described: Described) -> str:
    """Submit what the form holds and return the number; empty where something is wrong, then it stands there."""
    if not form.is_valid():
        form.add_problems(_problems(principal, described, form.details()))
        return ""
    try:
        return trace_submit_firearm(
            principal,
            firearm=described.gun.number,
            details=form.details(),
            centre=form.cleaned_data["centre"],
        )
    except (Invalid, Refused) as refusal:
        form.add_refusal(refusal)
        if isinstance(refusal, Invalid):
            form.add_problems(_problems(principal, described, form.details()))
    return ""


def _problems(principal: Principal, described: Described, details: JsonObject) -> tuple[FieldProblem, ...]:
    """Return all that is wrong with a request: what cannot be read does not hide what the rest lacks."""
    try:
        return draft_of(principal, described=described, details=details).problems
    except Invalid as refusal:
        unread = refusal.fields
    try:
        return (*unread, *draft_of(principal, described=described, details=_without(details, unread)).problems)
    except Invalid:
        return unread


def _without(details: JsonObject, problems: Sequence[FieldProblem]) -> JsonObject:
    """Return the details without the fields that cannot be read, and without the parts that lack a field."""
    wrong = {each.field for each in problems}
    kept: JsonObject = {}
    for part, value in details.items():
        fields = value if isinstance(value, dict) else {}
        lacks = any(place.startswith(f"{part}.") and place.partition(".")[2] not in fields for place in wrong)
        if part in wrong or lacks:
            continue
        kept[part] = {name: each for name, each in fields.items() if f"{part}.{name}" not in wrong} if fields else value
    return kept


def _choices(centres: Sequence[CentreRead], asked: Sequence[str]) -> RequestChoices:
    return RequestChoices(
        centres=[(each.agency, _centre_name(each)) for each in centres],
        offences=offence_choices(),
        countries=country_choices() if "recovery.country" in asked else (),
    )


def _known(principal: Principal, firearm: str, draft: RequestDraft) -> dict[str, object]:
    """Return the gun and its recovery as they will be sent, what keeps them back, and what was asked before."""
    document = draft.document
    earlier = requests_of_firearm(principal, firearm=firearm)
    return {
        "firearm": firearm,
        "heading": gun_words(document.gun),
        "gun": gun_facts(document),
        "recovery": recovery_facts(document),
        "seizure": document.seizure_number,
        "mends": _mends(principal, firearm, draft),
        "earlier": [(each, STANDINGS[each.standing.shown_as]) for each in earlier if each.standing],
        "is_under_way": any(each.standing and each.standing.shown_as not in ENDED for each in earlier),
    }


def _mends(principal: Principal, firearm: str, draft: RequestDraft) -> list[Mend]:
    """Return what cannot be asked here, because the gun's description or the seizure is where it belongs."""
    of_gun = [each for each in draft.problems if each.field.startswith("gun.")]
    of_seizure = [each for each in draft.problems if each.field == "recovery.date"]
    seizure = draft.document.seizure_number or ""
    found = []
    if of_gun:
        may = principal.may(FirearmPermission.CORRECT)
        url = reverse("firearms:correct" if may else "firearms:detail", args=[firearm])
        if may:
            url += "?" + urlencode({"then": reverse("tracing:submit", args=[firearm])})
        found.append(
            Mend(
                title=_("The description of the gun has to be put right first"),
                lacks=_lacks(of_gun),
                url=url,
                link=_("Correct the gun") if may else _("Open the gun"),
                advice="" if may else _("Your role may not correct it: ask a colleague who may."),
            )
        )
    if of_seizure:
        may = principal.may(SeizurePermission.EDIT)
        url = reverse("seizures:correct" if may else "seizures:detail", args=[seizure])
        found.append(
            Mend(
                title=_("The seizure has to be put right first"),
                lacks=_lacks(of_seizure),
                url=url,
                link=_("Correct the seizure") if may else _("Open the seizure"),
                advice="" if may else _("Your role may not correct it: ask a colleague who may."),
            )
        )
    return found


def _lacks(problems: Sequence[FieldProblem]) -> list[tuple[str, str]]:
    said = [(each, _("It is missing.") if each.code == "required" else sentence_of(each)) for each in problems]
    return [(str(FIELDS[each.field]), sentence) for each, sentence in said]


def _centre_name(centre: CentreRead) -> str:
    return _("%(agency)s, telephone %(call_back)s") % {
        "agency": agency_name(centre.agency),
        "call_back": centre.call_back,
    }
