"""The contact hold on a licensee: set with a reason, lifted at once, and told to whoever reads the licensee."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cotrace.agencies.selectors import member_names
from cotrace.doors.form_problems import add_refusal
from cotrace.doors.furniture import Absent, Shown
from cotrace.doors.gate import principal_of
from cotrace.foundation.errors import Invalid
from cotrace.foundation.principal import Principal
from cotrace.tracing.forms.centre import LicenseeHoldForm
from cotrace.tracing.reads.register import LicenseeRead
from cotrace.tracing.selectors.register import licensee_get
from cotrace.tracing.services.register import licensee_hold


@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, number: str) -> HttpResponse:
    """Say what a contact hold means and ask why; posted, set it, or lift the one that stands."""
    principal = principal_of(request)
    read = licensee_get(principal, number=number)
    back = reverse("tracing:licensee", args=[read.number])
    is_posted = request.method == "POST"
    if is_posted and request.POST.get("is_held") != "on":
        licensee_hold(principal, number=number, is_held=False)
        messages.success(request, _("The contact hold is lifted."))
        return HttpResponseRedirect(back)
    form = LicenseeHoldForm(request.POST if is_posted else None, initial={"is_held": "on"})
    if form.is_valid() and _is_set(principal, read.number, form):
        messages.success(request, _("The contact hold stands: the licensee is not asked."))
        return HttpResponseRedirect(back)
    if read.is_held and not is_posted:
        return HttpResponseRedirect(back)
    context = {
        "title": _("Set a contact hold?"),
        "act_label": _("Set the contact hold"),
        "is_dangerous": True,
        "form": form,
        "read": read,
        "back_url": back,
    }
    return render(request, "tracing/centre_hold.html", context, status=422 if form.errors else 200)


def _is_set(principal: Principal, number: str, form: LicenseeHoldForm) -> bool:
    """Set a hold; where its reason is refused, say so beside the field."""
    try:
        licensee_hold(principal, number=number, is_held=True, reason=form.cleaned_data["hold_reason"])
    except Invalid as refusal:
        add_refusal(form, refusal)
        return False
    return True


def hold_facts(principal: Principal, read: LicenseeRead) -> list[tuple[str, Shown]]:
    """Return why a contact hold stands, who set it and when; nothing where none stands."""
    if not read.is_held:
        return []
    names = member_names(principal, ids=[read.held_by])
    return [
        (_("Reason"), read.hold_reason or Absent()),
        (_("Set by"), names.get(read.held_by) or Absent()),
        (_("Set on"), read.held_at),
    ]
