"""One trace as its tracer works on it: what it waits for, the chain, every inquiry, and, apart, its purchaser."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from cotrace.agencies.selectors import member_names
from cotrace.doors.furniture import Absent, Shown
from cotrace.doors.gate import principal_of
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal
from cotrace.tracing.forms.centre import NoteForm, StartForm
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.centre import TraceRead
from cotrace.tracing.rules.answers import Purchaser
from cotrace.tracing.selectors.centre import own_trace, trace_get, trace_purchaser
from cotrace.tracing.selectors.centre_pulse import TracePulse, trace_pulse
from cotrace.tracing.selectors.transferees import is_purchaser_known
from cotrace.tracing.views.centre_answers import licensee_words
from cotrace.tracing.views.centre_asked import requests_shown
from cotrace.tracing.views.centre_chain import chain_steps, inquiries, notes_at
from cotrace.tracing.views.centre_next import (
    MISSED,
    RUNNING,
    WhatNow,
    call_card,
    what_now,
)
from cotrace.tracing.views.centre_people import named_on
from cotrace.tracing.views.centre_published import looked_up, offered_form
from cotrace.tracing.views.centre_why import licensee_name
from cotrace.tracing.views.centre_words import (
    PRIORITY_BADGES,
    outcome_words,
    standing,
    time_to_crime_words,
    unblock_words,
)
from cotrace.tracing.views.words import country, gun_facts, gun_words

Fact = tuple[str, Shown]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An act that was not done: why, and what its tracer had typed, so that nothing is lost."""

    sentence: str
    typed: str = ""
    is_conflict: bool = True


@require_GET
def trace(request: HttpRequest, number: str) -> HttpResponse:
    """Show one trace of the reader's centre: what it waits for, the chain, the inquiries, the requests."""
    principal = principal_of(request)
    read = trace_get(principal, number=number)
    return render(request, "tracing/centre_trace.html", trace_context(principal, read))


@require_GET
def pulse(request: HttpRequest, number: str) -> HttpResponse:
    """Return the trace anew where it moved since its page was drawn, otherwise nothing."""
    principal = principal_of(request)
    if str(trace_pulse(principal, number=number)) == request.GET.get("seen"):
        return HttpResponse(status=204)
    read = trace_get(principal, number=number)
    return render(request, "tracing/centre_trace.html", trace_context(principal, read))


@require_http_methods(["GET", "HEAD", "POST"])
def purchaser(request: HttpRequest, number: str) -> HttpResponse:
    """Say what looking at the purchaser means; posted, put the look on record and show the person."""
    principal = principal_of(request)
    own = own_trace(principal, number=number)
    if not is_purchaser_known(principal, record=own):
        raise NotFound
    here = reverse("tracing:trace", args=[own])
    if request.method == "POST":
        found = trace_purchaser(principal, number=own)
        context = {"number": own, "facts": purchaser_facts(found), "back_url": here}
        return render(request, "tracing/centre_purchaser.html", context)
    context = {"title": _("See the purchaser?"), "number": own, "act_label": _("See the purchaser"), "back_url": here}
    return render(request, "tracing/centre_purchaser_ask.html", context)


def trace_context(
    principal: Principal,
    read: TraceRead,
    *,
    note: NoteForm | None = None,
    start: StartForm | None = None,
    refusal: Refusal | None = None,
) -> dict[str, object]:
    """Return what the page of a trace shows; `note` and `start` are forms that came back."""
    names = member_names(principal, ids=named_on(read))
    now = what_now(principal, read)
    version = {"version": read.version}
    unregistered = _unregistered(now, read)
    return {
        "read": read,
        "title": gun_words(read.gun),
        "badge": standing(read.status, read.waiting_reason),
        "priority": PRIORITY_BADGES[read.priority],
        "now": now,
        "note": note or NoteForm(initial=version),
        "start": start or StartForm(initial=version, candidates=candidates(principal, read)),
        "refusal": refusal,
        "unregistered": unregistered,
        **_offered(principal, read if unregistered else None),
        "may_register": principal.may(TracePermission.REGISTER),
        "call": call_card(principal, read),
        "chain": chain_steps(principal, read),
        "inquiries": inquiries(read, names),
        "notes": notes_at(read, 0, names),
        "established": _established(read),
        "requests": requests_shown(read),
        "gun": gun_facts(read.sources[0].document),
        "record": _record(read),
        "is_running": read.status in RUNNING,
        "pulse": _pulse(read),
    }


def candidates(principal: Principal, read: TraceRead) -> list[tuple[str, str]]:
    """Return the register's licensees that the walk may begin with."""
    return [(number, licensee_name(principal, number)) for number in read.candidates]


def _unregistered(now: WhatNow, read: TraceRead) -> str:
    """Return the address at which the licensee that a trace misses is entered, empty where it misses none."""
    reason = read.waiting_reason
    if reason not in MISSED or "continue" not in now.acts or now.will_go_on:
        return ""
    named = read.gun.importer or read.gun.make or ""
    missed = {"number": read.waiting_licensee} if read.waiting_licensee else {"name": named}
    return f"{reverse('tracing:licensee_new')}?{urlencode({**missed, 'trace': read.number})}"


def _offered(principal: Principal, read: TraceRead | None) -> dict[str, object]:
    """Return what ATF's published list says of the licensee that a trace misses, and the entry that it makes of it."""
    number = read.waiting_licensee if read else ""
    found = looked_up(principal, number=number)
    if found.published is None:
        return {"offered": None}
    return {"offered": found, "offer_form": offered_form(found.published, number=number)}


def _established(read: TraceRead) -> list[Fact]:
    """Return what the trace established, once the walk has ended."""
    if not read.outcome:
        return []
    facts = read.facts
    dealer = facts.dealer
    return [
        (_("Outcome"), outcome_words(read.outcome)),
        (_("What would bring it further"), unblock_words(read.outcome)),
        (pgettext("role in the chain", "Dealer"), licensee_words(dealer) if dealer else Absent()),
        (_("Purchaser"), _("Named") if read.has_purchaser else _("Not named")),
        (_("Purchased on"), facts.purchased_on),
        (_("Recovered on"), read.recovered_on),
        (_("Time-to-crime"), time_to_crime_words(facts.time_to_crime)),
    ]


def _pulse(read: TraceRead) -> TracePulse:
    """Return the pulse of a trace as it was read."""
    last = read.steps[-1] if read.steps else None
    return TracePulse(read.version, last.hop if last else 0, last.tries if last else 0)


def _record(read: TraceRead) -> list[Fact]:
    facts: list[Fact] = [(_("Came in"), read.opened_at)]
    if read.concluded_at:
        facts.append((_("Trace ended"), read.concluded_at))
    if read.withheld_at:
        facts.append((_("Withheld"), read.withheld_at))
    if read.released_at:
        facts.append((_("Released"), read.released_at))
    return facts


def purchaser_facts(found: Purchaser) -> list[Fact]:
    """Return the particulars of a purchaser, for the page that is shown once the look is on record."""
    address, document = found.address, found.document
    lines = [address.street, address.city, address.state, address.postal_code, country(address.country)] if address else []
    return [
        (_("Surnames"), found.family_names),
        (_("Given names"), found.given_names),
        (_("Date of birth"), found.birth_date),
        (_("Address"), ", ".join(each for each in lines if each) or None),
        (_("Document shown (kind)"), document.type_name if document else None),
        (_("Number of the document"), document.number if document else None),
        (_("Issued by"), document.issuer if document else None),
    ]


def back_to(number: str) -> HttpResponseRedirect:
    """Return to the page of a trace after an act on it."""
    return HttpResponseRedirect(reverse("tracing:trace", args=[number]))

