"""Signing in and out: the password page, the second factor, passkeys, the provider, the one-time link."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cotrace.agencies.forms import NewPasswordForm, add_problems, origin_of
from cotrace.agencies.selectors.account import link_works
from cotrace.agencies.services.passwords import link_use
from cotrace.agencies.services.sign_in import note_refusal, visitor_principal
from cotrace.agencies.views.adapters import provider_refused
from cotrace.agencies.views.passkeys import is_passkey_possible
from cotrace.agencies.views.requests import end_session, leave_session
from cotrace.doors.sentences import known_codes, sentence
from cotrace.foundation.errors import Invalid, NotFound

log = logging.getLogger(__name__)

LINK = "cotrace_link"
"""In the session, which is encrypted where it is kept: the secret of the one-time link that this browser opened."""

WHY = frozenset({"form_not_kept", "session_locked", "second_factor_required"})
"""Reasons that the sign-in page may be asked to say."""


class SignInView(LoginView):
    """The page with address and password; passkeys and the provider are other ways from here."""

    template_name = "agencies/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the reason why one was sent here, and which other ways there are."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        why = self.request.GET.get("why", "")
        context["why"] = sentence(why) if why in WHY & known_codes() else ""
        context["provider"] = settings.COTRACE_OIDC_NAME
        context["provider_id"] = settings.COTRACE_OIDC_ID
        context["has_passkeys"] = is_passkey_possible(self.request)
        return context

    def form_invalid(self, form: Form) -> HttpResponse:
        """Answer 422, as every form with a problem does."""
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


class SecondFactorView(AuthenticateView):
    """The page after the password: a code, a recovery code, or a passkey."""

    template_name = "agencies/second_factor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add which factors this member has."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        held = Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True)
        context["has_passkeys"] = Authenticator.Type.WEBAUTHN in held and is_passkey_possible(self.request)
        return context

    def form_invalid(self, form: Form) -> HttpResponse:
        """Say what was wrong; a passkey's failure is written here, a code's by its service."""
        if form is self.webauthn_form:
            user = self.stage.login.user
            note_refusal(
                visitor_principal(),
                member=user,
                email=user.get_username(),
                origin=origin_of(self.request),
                code="passkey_wrong",
            )
            messages.error(self.request, sentence("passkey_wrong"))
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


class PasskeySignInView(LoginWebAuthnView):
    """A passkey instead of everything else: it is two factors in one, as it asks for a PIN or a finger."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """Go back to the sign-in page, saying that it did not work."""
        del form
        note_refusal(
            visitor_principal(), member=None, email="", origin=origin_of(self.request), code="passkey_wrong"
        )
        messages.error(self.request, sentence("passkey_wrong"))
        return HttpResponseRedirect(reverse("account_login"))

    def form_valid(self, form: Form) -> HttpResponse:
        """Sign the passkey's member in and go where they wanted to go."""
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        return perform_passwordless_login(self.request, authenticator, login)


sign_in = sensitive_post_parameters("password")(SignInView.as_view())
second_factor = sensitive_post_parameters("code")(SecondFactorView.as_view())
passkey_sign_in = PasskeySignInView.as_view()


@require_POST
def provider_sign_in(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Send the browser to the OpenID Connect provider, to sign in and for nothing else."""
    _provider_exists(provider_id)
    kept = QueryDict(mutable=True)
    kept["next"] = request.POST.get("next", "")
    request.POST, request.GET = kept, QueryDict()  # type: ignore[assignment]
    return _ask_provider(request, openid_connect.login, provider_id)


@require_GET
def provider_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Take the browser back from the provider and go on with the sign-in."""
    _provider_exists(provider_id)
    return _ask_provider(request, openid_connect.callback, provider_id)


def _ask_provider(
    request: HttpRequest, step: Callable[..., HttpResponseBase], provider_id: str
) -> HttpResponseBase:
    """Take a step that talks to the provider; one that does not answer, or not sense, is as good as a refusal."""
    try:
        return step(request, provider_id=provider_id)
    except (OSError, LookupError, TypeError, ValueError, OAuth2Error) as failed:
        log.warning("the OpenID Connect provider failed: %s", type(failed).__name__)
        return provider_refused(request)


def _provider_exists(provider_id: str) -> None:
    if not settings.COTRACE_OIDC_NAME or provider_id != settings.COTRACE_OIDC_ID:
        raise Http404


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, or a sign-in that waits for its second factor."""
    return end_session(request)


@csrf_exempt
@require_GET
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Take a one-time link's secret out of the address before any page is shown, and go where the password is set.

    Whether the link works is not told here; one that does not is not kept. Nothing can be posted to this address, and
    it is exempt from the check of forms so that the check does not write it into the log.
    """
    request.session.pop(LINK, None)
    if link_works(visitor_principal(), secret=secret):
        request.session[LINK] = secret
    response = redirect("account_link_use")
    response["Referrer-Policy"] = "no-referrer"
    return response


@sensitive_post_parameters("new", "again")
@require_http_methods(["GET", "POST"])
def link_password(request: HttpRequest) -> HttpResponse:
    """Set a password with the one-time link that this browser opened. Opening the page uses nothing up."""
    visitor, secret = visitor_principal(), str(request.session.get(LINK, ""))
    if not secret or not link_works(visitor, secret=secret):
        return render(request, "agencies/link_spent.html", status=410)
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            link_use(visitor, secret=secret, password=form.cleaned_data["new"], origin=origin_of(request))
        except Invalid as error:
            add_problems(form, error)
        except NotFound:
            return render(request, "agencies/link_spent.html", status=410)
        else:
            leave_session(request)
            messages.success(request, gettext("Your password is set. Sign in with it now."))
            return redirect("account_login")
    return render(request, "agencies/link.html", {"form": form}, status=422 if form.errors else 200)
