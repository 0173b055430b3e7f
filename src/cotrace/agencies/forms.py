"""Forms of signing in, of one's own account, and of members; and where their request comes from."""

import struct
from collections.abc import Iterable, Mapping

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainBase
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cotrace.agencies.reads import RoleRead
from cotrace.agencies.services.sign_in import From, code_try, visitor_principal
from cotrace.agencies.services.tokens import TOKEN_DAYS
from cotrace.doors.sentences import sentence, sentence_of
from cotrace.foundation.errors import CotraceError

NOWHERE = "0.0.0.0"  # noqa: S104 - stands for an address that the server did not tell
DAYS = ((7, _("7 days")), (30, _("30 days")), (90, _("90 days")), (365, _("1 year")))


def address_of(request: HttpRequest) -> str:
    """Return the client's network address, seen through as many proxies as settings trust."""
    found: str | None = get_client_ip(request)
    return found or NOWHERE


def origin_of(request: HttpRequest) -> From:
    """Return where a try comes from."""
    return From(address=address_of(request), device=request.headers.get("User-Agent", "")[:200])


def add_problems(form: forms.Form, error: CotraceError, *, names: Mapping[str, str] | None = None) -> None:
    """Show what a service refused beside the fields it names, the rest above the form.

    `names` gives the form's name of a field where it differs from the service's.
    """
    for problem in error.fields:
        field = (names or {}).get(problem.field, problem.field)
        form.add_error(field if field in form.fields else None, sentence_of(problem))
    if not error.fields:
        form.add_error(None, sentence_of(error))


def _password(autocomplete: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": autocomplete})


def _typed(**attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"spellcheck": "false", "data-mono": "", "autocomplete": "off", **attributes})


class PasswordSignInForm(LoginForm):
    """E-mail address and password."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("E-mail address"), _("Password")
        login.widget = forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
        password.widget = _password("current-password")
        password.help_text = ""


class PasswordAgainForm(ReauthenticateForm):
    """One's own password, once more."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)
        self.fields["password"].label = _("Password")
        self.fields["password"].widget = _password("current-password")
        self.fields["password"].help_text = ""


class SecondFactorForm(AuthenticateForm):
    """A code from the authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits from your app, or one of your recovery codes."),
        widget=_typed(autocomplete="one-time-code", inputmode="numeric", autofocus="autofocus"),
        max_length=40,
    )

    def clean_code(self) -> str:
        """Accept a code through our service, which counts tries and takes each code once."""
        self.authenticator = _factor_of(self.user, self.cleaned_data["code"])
        return str(self.cleaned_data["code"])


class CodeAgainForm(CodeAgainBase):
    """A code from the authenticator app, or a recovery code, once more."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits from your app, or one of your recovery codes."),
        widget=_typed(autocomplete="one-time-code", inputmode="numeric", autofocus="autofocus"),
        max_length=40,
    )

    def clean_code(self) -> str:
        """Accept a code through our service, which counts tries and takes each code once."""
        self.authenticator = _factor_of(self.user, self.cleaned_data["code"])
        return str(self.cleaned_data["code"])


def _factor_of(user: object, code: str) -> Authenticator:
    found = code_try(
        visitor_principal(),
        member_id=user.pk,  # type: ignore[attr-defined]
        code=code,
        origin=origin_of(context.request),
    )
    if found is None:
        raise ValidationError(sentence("code_wrong"), code="code_wrong")
    return found


class _PasskeyForm:
    """A browser's answer to a passkey ceremony. Whatever it holds, it is right or refused."""

    def clean_credential(self) -> Authenticator:
        """Check the answer; one that cannot even be read is as wrong as any other."""
        try:
            found: Authenticator = super().clean_credential()  # type: ignore[misc]
        except (AttributeError, LookupError, TypeError, ValueError, struct.error):
            raise ValidationError(sentence("passkey_wrong"), code="passkey_wrong") from None
        return found

class PasskeySignInForm(_PasskeyForm, LoginWebAuthnForm):
    """A passkey instead of everything else."""

class PasskeySecondForm(_PasskeyForm, AuthenticateWebAuthnForm):
    """A passkey after the password."""

class PasskeyAgainForm(_PasskeyForm, ReauthenticateWebAuthnForm):
    """A passkey, once more."""


class AppForm(forms.Form):
    """The first code of a new authenticator app."""

    code = forms.CharField(
        label=_("Code"),
        widget=_typed(autocomplete="one-time-code", inputmode="numeric"),
        max_length=10,
    )


class PasskeyForm(forms.Form):
    """A name for a passkey, and what the browser answered."""

    name = forms.CharField(label=_("Name"), help_text=_("So that you know it again, such as the device's."), max_length=80)
    credential = forms.JSONField(widget=forms.HiddenInput, required=True)


class PasskeyNameForm(forms.Form):
    """Another name for a passkey."""

    name = forms.CharField(label=_("Name"), max_length=80)


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    new = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters. Several words in a row are good."),
        widget=_password("new-password"),
        strip=False,
        max_length=200,
    )
    again = forms.CharField(
        label=_("New password, again"), widget=_password("new-password"), strip=False, max_length=200
    )

    def clean(self) -> dict[str, object]:
        """Refuse two that differ."""
        super().clean()
        if self.cleaned_data.get("new") != self.cleaned_data.get("again") and "again" in self.cleaned_data:
            self.add_error("again", sentence("passwords_differ"))
        return self.cleaned_data


class PasswordChangeForm(NewPasswordForm):
    """The present password and a new one."""

    old = forms.CharField(
        label=_("Present password"), widget=_password("current-password"), strip=False, max_length=200
    )
    field_order = ("old", "new", "again")


class TokenForm(forms.Form):
    """A token's name, permissions and life."""

    name = forms.CharField(
        label=_("Name"), help_text=_("What uses it, such as a script's name."), max_length=80
    )
    scopes = forms.MultipleChoiceField(
        label=_("Permissions"),
        help_text=_("Only what this token needs. It can never do more than you."),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(label=_("Works for"), choices=DAYS, initial=TOKEN_DAYS, coerce=int)

    def __init__(self, *arguments: object, scopes: Iterable[tuple[str, str]], **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self.fields["scopes"].choices = list(scopes)  # type: ignore[attr-defined]


class TerminalCodeForm(forms.Form):
    """The code that a terminal shows."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Eight letters and digits, as the terminal shows them."),
        widget=_typed(autocapitalize="characters", autofocus="autofocus"),
        max_length=20,
    )


class TerminalForm(forms.Form):
    """What an approved terminal may do."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=20)
    scopes = forms.MultipleChoiceField(
        label=_("The terminal may"),
        help_text=_("Take away what it does not need."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *arguments: object, scopes: Iterable[tuple[str, str]], **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self.fields["scopes"].choices = list(scopes)  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """A new member of one's agency, whose language is thought to be that of the administrator."""

    name = forms.CharField(label=_("Name"), max_length=160)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The member signs in with it; no mail is sent."), max_length=254
    )
    badge = forms.CharField(label=_("Badge or employee number"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial=get_language)
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *arguments: object, roles: Iterable[tuple[str, str]], **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self.fields["roles"].choices = list(roles)  # type: ignore[attr-defined]


class RolesForm(forms.Form):
    """The roles of a member."""

    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *arguments: object, roles: Iterable[tuple[str, str]], **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self.fields["roles"].choices = list(roles)  # type: ignore[attr-defined]


def role_choices(roles: Iterable[RoleRead], *, language: str) -> list[tuple[str, str]]:
    """Return the roles that an administrator gives as choices, in the reader's language, by name."""
    offered = [(each.code, each.label(language)) for each in roles if not each.is_watching]
    return sorted(offered, key=lambda choice: choice[1].casefold())
