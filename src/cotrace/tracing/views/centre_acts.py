"""A tracer's acts on a trace: each its own route. What a refusal leaves undone stays readable on the page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cotrace.audit.services import record_refusal
from cotrace.doors.form_problems import add_refusal
from cotrace.doors.gate import principal_of
from cotrace.doors.sentences import sentence_of
from cotrace.foundation.errors import Invalid, Refused
from cotrace.foundation.principal import Principal
from cotrace.tracing.forms.centre import ActForm, HoldForm, NoteForm, StartForm
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.services.tracer import (
    trace_accept,
    trace_ask_again,
    trace_continue,
    trace_hold,
    trace_leave,
    trace_start,
    trace_take,
)
from cotrace.tracing.views.centre_trace import Refusal, back_to, candidates, trace_context

NOT_READ = 0
"""No trace has this version: a form that came without one acts on nothing."""


def refused(request: HttpRequest, number: str, refusal: Refused, *, typed: str = "") -> HttpResponse:
    """Show a trace as it stands now, why the act was not done, and what its tracer had typed."""
    principal = principal_of(request)
    put_on_record(request, refusal)
    read = trace_get(principal, number=number)
    note = NoteForm(initial={"version": read.version, "note": typed})
    context = trace_context(principal, read, note=note, refusal=Refusal(sentence=sentence_of(refusal), typed=typed))
    return render(request, "tracing/centre_trace.html", context, status=409)


def put_on_record(request: HttpRequest, refusal: Refused) -> None:
    """Record a refusal that the page itself shows, as the gate does with those that reach it."""
    match = request.resolver_match
    record_refusal(principal_of(request), action=(match.view_name if match else "")[:64], code=refusal.code)


@require_POST
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Take a trace to work on it."""
    return _done(request, number, lambda who: trace_take(who, number=number), _("You took the trace."))


@require_POST
def leave(request: HttpRequest, number: str) -> HttpResponse:
    """Put a trace back for others."""
    said = _("The trace is back in the queue for others.")
    return _done(request, number, lambda who: trace_leave(who, number=number), said)


@require_POST
def go_on(request: HttpRequest, number: str) -> HttpResponse:
    """Have the walk look again."""
    version = _version(request)
    said = _("The trace was checked again.")
    return _done(request, number, lambda who: trace_continue(who, number=number, version=version), said)


@require_POST
def ask_again(request: HttpRequest, number: str) -> HttpResponse:
    """Put the last inquiry again."""
    version = _version(request)
    said = _("The licensee is asked again, under the same number.")
    return _done(request, number, lambda who: trace_ask_again(who, number=number, version=version), said)


@require_POST
def hold(request: HttpRequest, number: str) -> HttpResponse:
    """Set or lift a contact hold on a trace."""
    form = HoldForm(request.POST)
    version = _version(request)
    is_held = form.is_valid() and form.cleaned_data["is_held"]
    said = _("The contact hold stands: nobody is asked.") if is_held else _("The contact hold is lifted.")

    def act(who: Principal) -> None:
        trace_hold(who, number=number, version=version, is_held=is_held)

    return _done(request, number, act, said)


@require_POST
def accept(request: HttpRequest, number: str) -> HttpResponse:
    """Let the walk pass what a trace waits for, with a note why."""
    principal = principal_of(request)
    form = NoteForm(request.POST)
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            trace_accept(principal, number=number, version=form.cleaned_data["version"], note=note)
        except Refused as refusal:
            return refused(request, number, refusal, typed=note)
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Accepted. Your note stays with the trace."))
            return back_to(number)
    context = trace_context(principal, trace_get(principal, number=number), note=form)
    return render(request, "tracing/centre_trace.html", context, status=422)


@require_POST
def start(request: HttpRequest, number: str) -> HttpResponse:
    """Say with which licensee of the register the walk begins."""
    principal = principal_of(request)
    read = trace_get(principal, number=number)
    form = StartForm(request.POST, candidates=candidates(principal, read))
    if form.is_valid():
        licensee = form.chosen()
        try:
            trace_start(principal, number=number, version=form.cleaned_data["version"], licensee=licensee)
        except Refused as refusal:
            return refused(request, number, refusal, typed=licensee)
        except Invalid as refusal:
            form.add_error("other", sentence_of(refusal.fields[0]))
        else:
            messages.success(request, _("The trace begins there."))
            return back_to(number)
    context = trace_context(principal, trace_get(principal, number=number), start=form)
    return render(request, "tracing/centre_trace.html", context, status=422)


def _done(request: HttpRequest, number: str, act: Callable[[Principal], None], said: str) -> HttpResponse:
    """Do an act without words of its own and return to the trace, or show why it was not done."""
    try:
        act(principal_of(request))
    except Refused as refusal:
        return refused(request, number, refusal)
    messages.success(request, said)
    return back_to(number)


def _version(request: HttpRequest) -> int:
    form = ActForm(request.POST)
    return int(form.cleaned_data["version"]) if form.is_valid() else NOT_READ
