"""Letting a terminal act for a member: the code it shows, then the member's word."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from cotrace.agencies.forms import TerminalCodeForm, TerminalForm
from cotrace.agencies.reads import TerminalRead
from cotrace.agencies.services.terminals import terminal_approve, terminal_deny, terminal_look
from cotrace.agencies.views.account import permission_choices
from cotrace.agencies.views.recent import after_recent_factor, ask_again, is_factor_recent
from cotrace.doors.gate import principal_of
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal


@require_http_methods(["GET", "POST"])
@after_recent_factor
def terminal(request: HttpRequest) -> HttpResponse:
    """Take the code that a terminal shows, then ask whether that terminal may act for the member."""
    principal = principal_of(request)
    form = TerminalCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            found = terminal_look(principal, code=code)
        except NotFound:
            form.add_error("code", _unknown())
        else:
            choices = _choices(principal, found)
            initial = {"code": code, "scopes": [scope for scope, _sentence in choices]}
            decide = TerminalForm(initial=initial, scopes=choices)
            return render(request, "agencies/terminal_decide.html", {"terminal": found, "form": decide})
    return render(request, "agencies/terminal.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def terminal_decide(request: HttpRequest) -> HttpResponse:
    """Let a terminal act for the member, after a factor, or refuse it."""
    principal = principal_of(request)
    code = request.POST.get("code", "")
    try:
        found = terminal_look(principal, code=code)
    except NotFound:
        messages.error(request, _unknown())
        return redirect("account_terminal")
    if request.POST.get("decision") != "approve":
        terminal_deny(principal, code=code)
        messages.success(request, gettext("The terminal was refused."))
        return redirect("account_tokens")
    if not is_factor_recent(request):
        return ask_again(request, back=reverse("account_terminal"))
    form = TerminalForm(request.POST, scopes=_choices(principal, found))
    if not form.is_valid():
        return render(request, "agencies/terminal_decide.html", {"terminal": found, "form": form}, status=422)
    terminal_approve(principal, code=code, scopes=form.cleaned_data["scopes"])
    messages.success(request, gettext("The terminal may act for you now. Go back to it."))
    return redirect("account_tokens")


def _choices(principal: Principal, found: TerminalRead) -> list[tuple[str, str]]:
    allowed = principal.permissions & set(found.wanted) if found.wanted else principal.permissions
    return permission_choices(allowed)


def _unknown() -> str:
    return gettext("No terminal waits under this code. Codes run out after 10 minutes.")
