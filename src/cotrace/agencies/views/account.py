"""One's own account: what it is, password, sessions, tokens."""

from collections.abc import Iterable
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cotrace.agencies.forms import PasswordChangeForm, TokenForm, add_problems, origin_of
from cotrace.agencies.reads import RoleRead
from cotrace.agencies.selectors.account import account_get, token_list
from cotrace.agencies.selectors.sessions import session_list
from cotrace.agencies.services.passwords import password_change
from cotrace.agencies.services.sessions import session_end_one, sessions_end_others
from cotrace.agencies.services.tokens import token_make, token_revoke
from cotrace.agencies.views.recent import again_url, ask_again, is_factor_recent
from cotrace.doors.furniture import Tab
from cotrace.doors.gate import principal_of
from cotrace.foundation.errors import Invalid
from cotrace.foundation.permissions import declared_permissions

TABS = (
    ("account", gettext_lazy("Overview")),
    ("account_factors", gettext_lazy("Second factor")),
    ("account_password", gettext_lazy("Password")),
    ("account_sessions", gettext_lazy("Sessions")),
    ("account_tokens", gettext_lazy("Tokens")),
)


def account_tabs(request: HttpRequest) -> list[Tab]:
    """Return the pages of one's own account as tabs."""
    match = request.resolver_match
    here = match.view_name if match else ""
    return [Tab(label=label, url=reverse(name), is_current=name == here) for name, label in TABS]


def permission_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return permissions as choices: code and sentence, in the reader's language."""
    declared = declared_permissions()
    return [(code, gettext(declared[code].sentence)) for code in sorted(codes) if code in declared]


def role_labels(roles: Iterable[RoleRead]) -> str:
    """Return roles as a list in the reader's language."""
    language = get_language() or "en"
    return ", ".join(sorted(role.label(language) for role in roles))


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show who one is here, and what one's roles allow."""
    principal = principal_of(request)
    found = account_get(principal)
    language = get_language() or "en"
    context = {
        "account": found,
        "agency": found.agency.name_es if language.startswith("es") else found.agency.name_en,
        "roles": role_labels(found.roles),
        "permissions": [text for _, text in permission_choices(principal.permissions)],
        "tabs": account_tabs(request),
    }
    return render(request, "agencies/account.html", context)


@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; every other session ends, and every token."""
    form = PasswordChangeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            member = password_change(
                principal_of(request), old=given["old"], new=given["new"], origin=origin_of(request)
            )
        except Invalid as error:
            add_problems(form, error)
        else:
            update_session_auth_hash(request, member)
            UserSession.objects.create_from_request(request)
            messages.success(request, gettext("Your password was changed. Every other session and every token has ended."))
            return redirect("account_password")
    context = {"form": form, "tabs": account_tabs(request)}
    return render(request, "agencies/password.html", context, status=422 if form.errors else 200)


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where one is signed in."""
    context = {"sessions": session_list(principal_of(request)), "tabs": account_tabs(request)}
    return render(request, "agencies/sessions.html", context)


@require_POST
def session_end(request: HttpRequest, session: str) -> HttpResponse:
    """End one of one's own sessions."""
    session_end_one(principal_of(request), session=session)
    messages.success(request, gettext("The session has ended."))
    return redirect("account_sessions")


@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End every session of one's own but this one."""
    count = sessions_end_others(principal_of(request))
    said = ngettext("%(count)d other session has ended.", "%(count)d other sessions have ended.", count)
    messages.success(request, said % {"count": count})
    return redirect("account_sessions")


@require_POST
def session_extend(_request: HttpRequest) -> HttpResponse:
    """Keep the session alive; passing the gate did it."""
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """List one's own tokens and make one, after a factor; its secret is shown this once."""
    principal = principal_of(request)
    is_recent = is_factor_recent(request)
    if request.method == "POST" and not is_recent:
        return ask_again(request, back=reverse("account_tokens"))
    form = TokenForm(request.POST if request.method == "POST" else None, scopes=permission_choices(principal.permissions))
    made = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = token_make(principal, name=given["name"], scopes=given["scopes"], days=given["days"])
        except Invalid as error:
            add_problems(form, error)
    context = {
        "form": form,
        "made": made,
        "again_url": "" if is_recent else again_url(request, back=reverse("account_tokens")),
        "tokens": [(each, permission_choices(each.scopes)) for each in token_list(principal)],
        "tabs": account_tabs(request),
    }
    return render(request, "agencies/tokens.html", context, status=422 if form.errors else 200)


@require_POST
def token_end(request: HttpRequest, token: UUID) -> HttpResponse:
    """End one of one's own tokens."""
    token_revoke(principal_of(request), token=token)
    messages.success(request, gettext("The token was revoked."))
    return redirect("account_tokens")
