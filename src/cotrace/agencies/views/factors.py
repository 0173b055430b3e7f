"""One's own second factors: set up the first, add, rename, remove, make recovery codes."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import ReauthenticateView
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from cotrace.agencies.forms import AppForm, PasskeyForm, PasskeyNameForm, add_problems
from cotrace.agencies.reads import FactorRead
from cotrace.agencies.selectors.account import factors_get
from cotrace.agencies.services.factors import (
    NewFactor,
    app_add,
    factor_remove,
    passkey_add,
    passkey_rename,
    recovery_codes_make,
)
from cotrace.agencies.services.sign_in import as_member
from cotrace.agencies.views.account import account_tabs
from cotrace.agencies.views.passkeys import checked_credential, creation_options, is_passkey_possible
from cotrace.agencies.views.recent import after_recent_factor
from cotrace.agencies.views.steps import is_complete
from cotrace.doors.gate import principal_of
from cotrace.doors.sentences import sentence
from cotrace.foundation.errors import CotraceError, NotFound


class _Again:
    """Shared by the pages that ask for a factor again."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """Answer 422, as every form with a problem does."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = 422
        return response


class PasswordAgain(_Again, ReauthenticateView):
    """Ask for the password again."""

    template_name = "agencies/again_password.html"


class CodeAgain(_Again, CodeAgainView):
    """Ask for a code again."""

    template_name = "agencies/again_code.html"


class PasskeyAgain(ReauthenticateWebAuthnView):
    """Ask for a passkey again."""

    template_name = "agencies/again_passkey.html"

    def form_invalid(self, form: Form) -> HttpResponse:
        """Say that it did not work, and ask again."""
        messages.error(self.request, sentence("passkey_wrong"))
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        response.status_code = 422
        return response


password_again = PasswordAgain.as_view()
code_again = CodeAgain.as_view()
passkey_again = PasskeyAgain.as_view()


@require_GET
def set_up(request: HttpRequest) -> HttpResponse:
    """Ask a member who has no second factor yet to choose one; nothing else opens before that."""
    if is_complete(request):
        return redirect("account_factors")
    return render(request, "agencies/set_up.html", {"has_passkeys": is_passkey_possible(request)})


@require_GET
def factors(request: HttpRequest) -> HttpResponse:
    """Show one's own second factors."""
    context = {
        "factors": factors_get(principal_of(request)),
        "has_passkeys": is_passkey_possible(request),
        "tabs": account_tabs(request),
    }
    return render(request, "agencies/factors.html", context)


@require_http_methods(["GET", "POST"])
@after_recent_factor
def app(request: HttpRequest) -> HttpResponse:
    """Add an authenticator app: show its secret as a picture and as text, then check one code."""
    principal = principal_of(request)
    if factors_get(principal).has_app:
        messages.info(request, sentence("app_exists"))
        return redirect("account_factors")
    form = AppForm(request.POST if request.method == "POST" else None)
    secret = get_totp_secret(regenerate=request.method == "GET")
    if request.method == "POST" and form.is_valid():
        try:
            added = app_add(principal, secret=secret, code=form.cleaned_data["code"])
        except CotraceError as error:
            add_problems(form, error)
        else:
            clear_totp_secret(request)
            return _added(request, added, kind="totp")
    context = {
        "form": form,
        "secret": secret,
        "shown": _grouped(secret),
        "app_url": get_factor_adapter().build_totp_url(as_member(request.user), secret),
        "base": _base(request),
    }
    return render(request, "agencies/app.html", context, status=422 if form.errors else 200)


@require_GET
@after_recent_factor
def app_picture(request: HttpRequest) -> HttpResponse:
    """Draw the secret that is being set up as a QR code. Same origin, because the content policy forbids data:."""
    adapter = get_factor_adapter()
    url = adapter.build_totp_url(as_member(request.user), get_totp_secret())
    return HttpResponse(adapter.build_totp_svg(url), content_type="image/svg+xml")


@require_http_methods(["GET", "POST"])
@after_recent_factor
def passkey(request: HttpRequest) -> HttpResponse:
    """Add a passkey: the browser makes one, then it is checked and kept."""
    principal = principal_of(request)
    suggested = get_factor_adapter().generate_authenticator_name(as_member(request.user), Authenticator.Type.WEBAUTHN)
    form = PasskeyForm(request.POST if request.method == "POST" else None, initial={"name": suggested})
    if request.method == "POST" and form.is_valid():
        try:
            credential = checked_credential(form.cleaned_data["credential"])
            added = passkey_add(principal, name=form.cleaned_data["name"], credential=credential)
        except CotraceError as error:
            add_problems(form, error)
        else:
            return _added(request, added, kind="webauthn")
    context = {
        "form": form,
        "options": creation_options(request),
        "has_passkeys": is_passkey_possible(request),
        "base": _base(request),
    }
    return render(request, "agencies/passkey.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@after_recent_factor
def passkey_name(request: HttpRequest, key: str) -> HttpResponse:
    """Give a passkey another name."""
    principal = principal_of(request)
    held = _held(request, key)
    form = PasskeyNameForm(request.POST if request.method == "POST" else None, initial={"name": held.name})
    if request.method == "POST" and form.is_valid():
        passkey_rename(principal, factor=held.id, name=form.cleaned_data["name"])
        return redirect("account_factors")
    return render(request, "agencies/passkey_name.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@after_recent_factor
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Remove a factor, after asking."""
    held = _held(request, key)
    if request.method == "POST":
        factor_remove(principal_of(request), factor=held.id)
        messages.success(request, gettext("The factor was removed."))
        return redirect("account_factors")
    context = {
        "title": gettext("Remove this second factor?"),
        "act_label": gettext("Yes, remove it"),
        "back_url": reverse("account_factors"),
        "is_dangerous": True,
        "factor": held,
    }
    return render(request, "agencies/factor_remove.html", context)


@require_http_methods(["GET", "POST"])
@after_recent_factor
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, after asking; they are shown this once."""
    principal = principal_of(request)
    if request.method == "POST":
        return _show_codes(request, recovery_codes_make(principal))
    context = {
        "title": gettext("Make new recovery codes?"),
        "act_label": gettext("Yes, make new ones"),
        "back_url": reverse("account_factors"),
        "left": factors_get(principal).codes_left or 0,
    }
    return render(request, "agencies/recovery_codes.html", context)


def _added(request: HttpRequest, added: NewFactor, *, kind: str) -> HttpResponse:
    was_complete = is_complete(request)
    record_authentication(request, as_member(request.user), "mfa", id=added.id, type=kind)
    messages.success(request, gettext("Your second factor is set up."))
    if added.codes:
        return _show_codes(request, added.codes)
    return redirect("account_factors" if was_complete else "home")


def _show_codes(request: HttpRequest, codes: tuple[str, ...]) -> HttpResponse:
    return render(request, "agencies/recovery_codes_shown.html", {"codes": codes})


def _held(request: HttpRequest, key: str) -> FactorRead:
    found = [each for each in factors_get(principal_of(request)).factors if each.key == key]
    if not found:
        raise NotFound
    return found[0]


def _base(request: HttpRequest) -> str:
    return "doors/base.html" if is_complete(request) else "doors/base_plain.html"


def _grouped(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
