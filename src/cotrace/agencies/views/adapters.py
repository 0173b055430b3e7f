"""What django-allauth asks of the site: who may enter, what a session begins with, how secrets are kept.

allauth runs the steps of signing in; every decision is made by our services. It is told not to write messages,
send mail or open accounts.
"""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as django_login
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext

from cotrace.agencies.forms import address_of, origin_of
from cotrace.agencies.services import factors
from cotrace.agencies.services.providers import provider_entry
from cotrace.agencies.services.sign_in import (
    as_member,
    entry_refusal,
    note_refusal,
    password_confirm,
    password_try,
    session_start,
    visitor_principal,
)
from cotrace.agencies.views.requests import BACKEND, STARTED, own_principal
from cotrace.doors.gate import SEEN
from cotrace.doors.sentences import sentence
from cotrace.foundation import clock

_said = lazy(sentence, str)

RECENT_SECONDS = 300
"""How long after a factor was used its member may change factors and password without showing it again."""


class AccountAdapter(DefaultAccountAdapter):
    """Signing in with a password, and the last step of every way in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _said("credentials_wrong"),
        "incorrect_password": _said("password_wrong"),
    }

    def authenticate(self, request: HttpRequest, **credentials: str) -> AbstractBaseUser | None:
        """Return the member whose address and password these are."""
        return password_try(
            visitor_principal(),
            email=credentials.get("email", ""),
            password=credentials.get("password", ""),
            origin=origin_of(request),
        )

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Tell whether the signed-in member typed their own password."""
        del user
        return password_confirm(own_principal(self.request), password=password, origin=origin_of(self.request))

    def get_login_stages(self) -> list[str]:
        """After the password comes the second factor, and nothing else."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **_hooks: object) -> HttpResponse | None:
        """Stop here whoever may not enter, before a second factor is asked for."""
        return self._refusal(request, user)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Begin the session: all factors were right. The key of the session changes here."""
        refused = self._refusal(request, user)
        if refused is not None:
            raise ImmediateHttpResponse(refused)
        django_login(request, as_member(user), backend=BACKEND)
        request.session[STARTED] = request.session[SEEN] = int(clock.now().timestamp())
        session_start(own_principal(request), factors=_factors(request, user), origin=origin_of(request))

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **hooks: Any) -> HttpResponse:
        """Go on to where the member wanted to go, in the member's language unless the browser chose one."""
        response: HttpResponse = super().post_login(request, user, **hooks)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                as_member(user).language,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response

    def is_reauthentication_required(self, *, app: str, **_hooks: object) -> bool:
        """Ask for a factor again unless one was used in this session a moment ago."""
        del app
        records = get_authentication_records(self.request, self.request.user)
        return not any(time.time() - record["at"] < RECENT_SECONDS for record in records)

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, str]]:
        """Say each way to show a factor again in our words."""
        words = {
            "reauthenticate": gettext("Use your password"),
            "mfa_reauthenticate": gettext("Use a code"),
            "mfa_reauthenticate:webauthn": gettext("Use a passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the client's network address."""
        return address_of(request)

    def add_message(self, *_arguments: object, **_hooks: object) -> None:
        """Write nothing: our views say what happened."""

    def send_mail(self, *_arguments: object, **_hooks: object) -> None:
        """Send nothing: this installation has no mail."""

    def send_notification_mail(self, *_arguments: object, **_hooks: object) -> None:
        """Send nothing: this installation has no mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes their own account."""
        del request
        return False

    def _refusal(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse | None:
        member = as_member(user)
        code = entry_refusal(member)
        if not code:
            return None
        note_refusal(visitor_principal(), member=member, email=member.email, origin=origin_of(request), code=code)
        clear_login(request)
        messages.error(request, sentence("credentials_wrong"))
        return HttpResponseRedirect(reverse("account_login"))


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: encrypted at rest, named for people."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": _said("passkey_wrong")}

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return factors.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Undo `encrypt`."""
        return factors.decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        """Name this installation in the member's app."""
        return f"Cotrace {settings.COTRACE_INSTALLATION}"

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """Suggest a name for a new passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}


class ProviderAdapter(DefaultSocialAccountAdapter):
    """OpenID Connect: only members who exist, by an e-mail address that the provider verified."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody makes their own account."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the member, or refuse. The first entry ties the provider's subject to the member for good."""
        addresses = [each.email for each in sociallogin.email_addresses if each.verified]
        member = provider_entry(
            visitor_principal(),
            provider=sociallogin.account.provider,
            subject=sociallogin.account.uid,
            addresses=addresses,
            origin=origin_of(request),
        )
        if member is None:
            raise ImmediateHttpResponse(provider_refused(request))
        sociallogin.user = member

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: object,
        error: object = None,
        exception: object = None,
        extra_context: object = None,
    ) -> None:
        """Go back to the sign-in page, whatever went wrong at the provider."""
        del provider, error, exception, extra_context
        raise ImmediateHttpResponse(provider_refused(request))


def provider_refused(request: HttpRequest) -> HttpResponse:
    """Go back to the sign-in page, saying whom the provider lets in here."""
    messages.error(request, sentence("provider_wrong"))
    return HttpResponseRedirect(reverse("account_login"))


def _factors(request: HttpRequest, user: AbstractBaseUser) -> tuple[str, ...]:
    records = get_authentication_records(request, user)
    return tuple(str(record.get("type") or record["method"]) for record in records)

