"""What stands between a password and the site: the second factor, and the twelve hours of a session.

Runs before the gate on every route, so that a route added tomorrow is behind it too. Authority: NIST SP 800-63B,
AAL2 (two factors, again after 12 hours); CJIS Security Policy, IA-2. Whoever has no second factor yet reaches the
pages that set one up, and the way out, alone.
"""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from cotrace.agencies.rules.demo import is_password_enough
from cotrace.agencies.selectors.account import has_factor
from cotrace.agencies.services.sign_in import as_member
from cotrace.agencies.views.requests import STARTED, end_session
from cotrace.doors.gate import is_api, route_permission
from cotrace.foundation import clock
from cotrace.foundation.permissions import PUBLIC

SESSION_SECONDS = 12 * 3600

SET_UP_ROUTES = frozenset(
    {
        "account_set_up",
        "account_app_add",
        "account_app_picture",
        "account_passkey_add",
        "account_session_extend",
        "account_reauthenticate",
    }
)
"""The only routes besides public ones that open before a second factor is set up."""


class StepsMiddleware(MiddlewareMixin):
    """Send a session that lacks its second factor to where one is set up, and end one that is twelve hours old."""

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Let a complete session through; the JSON door has no sessions."""
        if is_api(request) or not request.user.is_authenticated:
            return None
        if _is_old(request):
            end_session(request, code="session_locked")
            return _go(request, f"{reverse('account_login')}?why=session_locked")
        match = request.resolver_match
        is_open = route_permission(request) == PUBLIC or (match and match.view_name in SET_UP_ROUTES)
        if is_open or is_complete(request):
            return None
        if has_factor(request.user.pk):
            end_session(request, code="second_factor_required")
            return _go(request, reverse("account_login"))
        return _go(request, reverse("account_set_up"))


def is_complete(request: HttpRequest) -> bool:
    """Tell whether the session showed a second factor, or belongs to the demo's cast in the demo."""
    records = get_authentication_records(request, as_member(request.user))
    return any(record["method"] == "mfa" for record in records) or is_password_enough(
        email=request.user.get_username(),
        is_marked=bool(getattr(request.user, "is_demo", False)),
        is_demo_process=settings.COTRACE_DEMO,
    )


def _is_old(request: HttpRequest) -> bool:
    started = request.session.get(STARTED)
    return started is None or clock.now().timestamp() - started > SESSION_SECONDS


def _go(request: HttpRequest, where: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return HttpResponseRedirect(where)
