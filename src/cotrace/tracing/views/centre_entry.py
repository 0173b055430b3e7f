"""Entering a licensee in the centre's register and changing its entry; ATF's published list fills in what it knows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cotrace.doors.form_problems import add_refusal
from cotrace.doors.gate import principal_of
from cotrace.foundation.errors import Invalid, NotFound, Refused
from cotrace.foundation.principal import Principal
from cotrace.tracing.forms.centre import LicenseeForm, initial_of
from cotrace.tracing.reads.register import LicenseeRead
from cotrace.tracing.selectors.centre import own_trace
from cotrace.tracing.selectors.register import licensee_get
from cotrace.tracing.services.register import NEW_ENTRY, licensee_put
from cotrace.tracing.views.centre_acts import put_on_record
from cotrace.tracing.views.centre_published import filled, looked_up

PREFILLED = ("number", "name", "role")
LOOK_UP = "look_up"
"""What the button says that fills the form from the published list."""


@require_http_methods(["GET", "HEAD", "POST"])
def licensee_new(request: HttpRequest) -> HttpResponse:
    """Ask for a new entry of the register; posted, enter it, or fill the form from the published list."""
    principal = principal_of(request)
    trace = _waiting_trace(principal, request.GET.get("trace", ""))
    if request.method != "POST":
        given: dict[str, object] = {name: request.GET[name] for name in PREFILLED if name in request.GET}
        return _form_page(request, _filled_form(principal, given), trace=trace)
    if LOOK_UP in request.POST:
        return _form_page(request, _filled_form(principal, _typed(request)), trace=trace)
    form = LicenseeForm({**request.POST.dict(), "version": NEW_ENTRY})
    if form.is_valid() and _is_entered(principal, form):
        number = form.cleaned_data["number"]
        messages.success(request, _("The licensee is in the register."))
        where = reverse("tracing:trace", args=[trace]) if trace else reverse("tracing:licensee", args=[number])
        return HttpResponseRedirect(where)
    return _form_page(request, form, trace=trace)


@require_http_methods(["GET", "HEAD", "POST"])
def licensee_edit(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for the changes of an entry; posted, save them, or fill blanks of the form from the published list."""
    principal = principal_of(request)
    read = licensee_get(principal, number=number)
    initial = initial_of(read)
    if request.method != "POST":
        return _form_page(request, LicenseeForm(initial=initial, is_number_fixed=True), read=read)
    if LOOK_UP in request.POST:
        typed = {**_typed(request), "number": read.number}
        return _form_page(request, _filled_form(principal, typed, is_number_fixed=True), read=read)
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
    typed = {**_typed(request), "version": read.version}
    kept = LicenseeForm(initial={**initial_of(read), **typed}, is_number_fixed=True)
    return _form_page(request, kept, read=read, is_conflict=True)


def _typed(request: HttpRequest) -> dict[str, object]:
    return {**request.POST.dict(), "is_open": "is_open" in request.POST}


def _filled_form(principal: Principal, typed: dict[str, object], *, is_number_fixed: bool = False) -> LicenseeForm:
    """Return the form with what was typed, and with what the published list says where nothing was."""
    published = looked_up(principal, number=str(typed.get("number", ""))).published
    return LicenseeForm(initial=filled(typed, published), is_number_fixed=is_number_fixed)


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
    number, address = (str(form[name].value() or "") for name in ("number", "address"))
    context = {
        "form": form,
        "read": read,
        "back_url": back,
        "is_conflict": is_conflict,
        "lookup": looked_up(principal_of(request), number=number, address=address),
    }
    status = 409 if is_conflict else 422 if form.errors else 200
    return render(request, "tracing/centre_licensee_form.html", context, status=status)
