"""How a trace's walk ends by hand, and what happens to its result: pages that ask before the act."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cotrace.doors.form_problems import add_refusal
from cotrace.doors.gate import principal_of
from cotrace.doors.sentences import sentence_of
from cotrace.foundation.errors import Invalid, Refused
from cotrace.tracing.forms.centre import ActForm, GroundForm, OutcomeForm
from cotrace.tracing.reads.centre import TraceRead
from cotrace.tracing.reads.labels import LAST_POINTS
from cotrace.tracing.reads.tables import outcome_table
from cotrace.tracing.rules.outcomes import NAMES_PURCHASER
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.services.release import trace_release, trace_withhold
from cotrace.tracing.services.tracer import trace_conclude
from cotrace.tracing.views.centre_acts import put_on_record, refused
from cotrace.tracing.views.centre_asked import requester_words
from cotrace.tracing.views.centre_next import acts_of
from cotrace.tracing.views.centre_trace import back_to
from cotrace.tracing.views.centre_words import is_spanish, outcome_words, time_to_crime_words
from cotrace.tracing.views.words import gun_words


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeShown:
    """One outcome of the table, to be chosen."""

    code: str
    label: str
    last_point: str
    unblock: str
    is_chosen: bool


@require_http_methods(["GET", "HEAD", "POST"])
def conclude(request: HttpRequest, number: str) -> HttpResponse:
    """Offer the outcomes; posted, end a waiting trace with one of them."""
    principal = principal_of(request)
    read = trace_get(principal, number=number)
    offered = outcomes(read)
    form = OutcomeForm(
        request.POST if request.method == "POST" else None, initial={"version": read.version}, outcomes=offered
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            trace_conclude(principal, number=number, version=said["version"], outcome=said["outcome"])
        except Invalid as refusal:
            add_refusal(form, refusal)
        except Refused as refusal:
            return refused(request, number, refusal, typed=outcome_words(said["outcome"]))
        else:
            messages.success(request, _("The trace ended: %(outcome)s.") % {"outcome": outcome_words(said["outcome"])})
            return back_to(number)
    if request.method != "POST" and "conclude" not in acts_of(principal, read):
        return back_to(read.number)
    context = {
        "read": read,
        "title": gun_words(read.gun),
        "form": form,
        "outcomes": _shown(form, [code for code, _label in offered]),
        "back_url": reverse("tracing:trace", args=[read.number]),
    }
    return render(request, "tracing/centre_conclude.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, number: str) -> HttpResponse:
    """Say who gets what; posted, release the result to everyone who asked."""
    principal = principal_of(request)
    if request.method == "POST":
        form = ActForm(request.POST)
        version = form.cleaned_data["version"] if form.is_valid() else 0
        try:
            count = len(trace_release(principal, number=number, version=version))
        except Refused as refusal:
            return refused(request, number, refusal)
        said = ngettext("Released to the one who asked.", "Released to the %(count)s who asked.", count)
        messages.success(request, said % {"count": count})
        return back_to(number)
    read = trace_get(principal, number=number)
    if "release" not in acts_of(principal, read):
        return back_to(read.number)
    context = {
        "title": _("Release the result?"),
        "act_label": _("Release the result"),
        "form": ActForm(initial={"version": read.version}),
        "back_url": reverse("tracing:trace", args=[read.number]),
        "read": read,
        "gun": gun_words(read.gun),
        "receivers": _receivers(read),
        "contents": _contents(read),
        "has_findings": any(link.findings for link in read.facts.chain),
    }
    return render(request, "tracing/centre_release.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withhold(request: HttpRequest, number: str) -> HttpResponse:
    """Say what withholding means and ask for the ground; posted, withhold the result."""
    principal = principal_of(request)
    read = trace_get(principal, number=number)
    form = GroundForm(request.POST if request.method == "POST" else None, initial={"version": read.version})
    conflict = ""
    if form.is_valid():
        said = form.cleaned_data
        try:
            trace_withhold(principal, number=number, version=said["version"], ground=said["ground"])
        except Invalid as refusal:
            add_refusal(form, refusal)
        except Refused as refusal:
            put_on_record(request, refusal)
            conflict = sentence_of(refusal)
            form = GroundForm(initial={"version": read.version, "ground": said["ground"]})
        else:
            messages.success(request, _("The result is withheld. It comes up for review in 7 days."))
            return back_to(number)
    if request.method != "POST" and "withhold" not in acts_of(principal, read):
        return back_to(read.number)
    context = {
        "title": _("Withhold the result?"),
        "act_label": _("Withhold the result"),
        "is_dangerous": True,
        "form": form,
        "back_url": reverse("tracing:trace", args=[read.number]),
        "read": read,
        "gun": gun_words(read.gun),
        "receivers": _receivers(read),
        "conflict": conflict,
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "tracing/centre_withhold.html", context, status=status)


def outcomes(read: TraceRead) -> list[tuple[str, str]]:
    """Return the outcomes a tracer may choose: no purchaser is identified where none is named."""
    return [
        (code, outcome_words(code))
        for code in outcome_table()
        if code not in NAMES_PURCHASER or read.has_purchaser
    ]


def _shown(form: OutcomeForm, codes: list[str]) -> list[OutcomeShown]:
    chosen = form["outcome"].value()
    return [
        OutcomeShown(
            code=each.code,
            label=each.label_es if is_spanish() else each.label_en,
            last_point=str(LAST_POINTS[each.last_point]),
            unblock=each.unblock_es if is_spanish() else each.unblock_en,
            is_chosen=each.code == chosen,
        )
        for code in codes
        for each in [outcome_table()[code]]
    ]


def _receivers(read: TraceRead) -> list[tuple[str, str, str]]:
    """Return who gets the result: requester, case, request."""
    return [
        (requester_words(each), each.document.agency.case_number or "", each.request)
        for each in read.sources
    ]


def _contents(read: TraceRead) -> list[str]:
    """Return what the result holds, without telling it."""
    facts = read.facts
    found = [outcome_words(read.outcome)]
    found.append(_("The chain of the gun, link by link, with licensees and dates"))
    if facts.dealer:
        dealer = facts.dealer.name or facts.dealer.number
        found.append(_("The dealer: %(name)s") % {"name": dealer})
    if read.has_purchaser:
        found.append(_("The purchaser, by name, with the particulars that the dealer gave"))
    if facts.purchased_on:
        found.append(_("Time-to-crime: %(time)s") % {"time": time_to_crime_words(facts.time_to_crime)})
    return found
