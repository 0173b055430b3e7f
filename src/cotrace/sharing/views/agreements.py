"""Memoranda: list, page, signature, suspension and end."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cotrace.doors.gate import principal_of
from cotrace.foundation import clock
from cotrace.foundation.errors import Refused
from cotrace.sharing.permissions import SharingPermission
from cotrace.sharing.reads import AgreementRead
from cotrace.sharing.rules.agreements import AgreementAct, AgreementState, next_state
from cotrace.sharing.selectors.agreements import agreement_get, agreement_list
from cotrace.sharing.sentences.memoranda import done_words, signed_words
from cotrace.sharing.services.agreements import agreement_change, agreement_sign
from cotrace.sharing.views.clauses import (
    agreement_facts,
    agreements_table,
    clause_levels,
    parties_table,
    title_of,
)
from cotrace.sharing.views.consequences import act_consequences, act_words, sign_consequences
from cotrace.sharing.views.names import agency_names


@require_GET
def agreements(request: HttpRequest) -> HttpResponse:
    """List the memoranda of the reader's agency, newest first."""
    principal = principal_of(request)
    found = agreement_list(principal)
    context = {
        "table": agreements_table(found),
        "is_empty": not found,
        "may_draft": principal.may(SharingPermission.AGREEMENT_DRAFT),
    }
    return render(request, "sharing/agreements.html", context)


@require_GET
def agreement(request: HttpRequest, number: str) -> HttpResponse:
    """Show one memorandum: where it stands, who signed, who sees what of whom."""
    principal = principal_of(request)
    read = agreement_get(principal, number=number)
    may_sign = principal.may(SharingPermission.AGREEMENT_SIGN)
    context = {
        "read": read,
        "title": title_of(read),
        "facts": agreement_facts(read),
        "parties": parties_table(read, agency_names()),
        "clauses": clause_levels(read),
        "waits_for_me": read.state == AgreementState.DRAFT and not read.is_signed_by_me and may_sign,
        "acts": _acts(read) if may_sign else [],
        "may_draft": principal.may(SharingPermission.AGREEMENT_DRAFT),
    }
    return render(request, "sharing/agreement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, number: str) -> HttpResponse:
    """Say what the signature will do; posted, sign for the reader's agency."""
    principal = principal_of(request)
    read = agreement_get(principal, number=number)
    here = reverse("sharing:agreement", args=[read.id])
    if request.method == "POST":
        state = agreement_sign(principal, number=read.id)
        messages.success(request, signed_words(state))
        return HttpResponseRedirect(here)
    if read.state != AgreementState.DRAFT or read.is_signed_by_me:
        return HttpResponseRedirect(here)
    context = {
        "title": _("Sign “%(title)s” for %(agency)s?") % {"title": title_of(read), "agency": principal.agency},
        "form": None,
        "back_url": here,
        "act_label": _("Sign for %(agency)s") % {"agency": principal.agency},
        "sentences": sign_consequences(read, agency=principal.agency, today=clock.today()),
        "clauses": clause_levels(read),
    }
    return render(request, "sharing/agreement_confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Say what suspending, resuming or ending will do; posted, do it."""
    principal = principal_of(request)
    read = agreement_get(principal, number=number)
    chosen = AgreementAct(act)
    here = reverse("sharing:agreement", args=[read.id])
    words = act_words(chosen, state=AgreementState(read.state))
    if request.method == "POST":
        made = agreement_change(principal, number=read.id, act=chosen)
        messages.success(request, done_words(chosen, was=made.was))
        return HttpResponseRedirect(here)
    if next_state(AgreementState(read.state), chosen) is None:
        raise Refused("agreement_state_forbids")
    context = {
        "title": words.question % {"title": title_of(read)},
        "form": None,
        "back_url": here,
        "act_label": words.label,
        "is_dangerous": chosen is not AgreementAct.RESUME,
        "sentences": act_consequences(read, act=chosen),
        "clauses": clause_levels(read) if chosen is AgreementAct.RESUME else (),
    }
    return render(request, "sharing/agreement_confirm.html", context)


def _acts(read: AgreementRead) -> Sequence[tuple[str, str, bool]]:
    """Return what a party can do now: label, address, whether it closes access."""
    offered = (AgreementAct.RESUME, AgreementAct.SUSPEND, AgreementAct.END)
    return [
        (
            act_words(act, state=AgreementState(read.state)).label,
            reverse("sharing:agreement_change", kwargs={"number": read.id, "act": act.value}),
            act is AgreementAct.END,
        )
        for act in offered
        if next_state(AgreementState(read.state), act) is not None
        and (act is not AgreementAct.RESUME or read.is_suspended_by_me)
    ]

