"""Who is in the session of a request, and how a session ends."""

from allauth.account.internal.flows.logout import logout as end_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cotrace.agencies.selectors.principals import principal_of_session
from cotrace.agencies.selectors.sessions import session_name
from cotrace.agencies.services.sign_in import session_end
from cotrace.foundation.errors import SignInRequired
from cotrace.foundation.principal import Door, Principal

BACKEND = "cotrace.agencies.selectors.backend.MemberBackend"
STARTED = "cotrace_started_at"
"""In the session: when its member showed all factors."""


def find_principal(request: HttpRequest) -> Principal | None:
    """Return who is in the session now, None where nobody is; for steps that run before or beside the gate."""
    if not request.user.is_authenticated:
        return None
    session = session_name(request.session.session_key or "")
    return principal_of_session(str(request.user.pk), door=Door.WEB, session=session)


def own_principal(request: HttpRequest) -> Principal:
    """Return who is in the session now. Raises SignInRequired where nobody is."""
    found = find_principal(request)
    if found is None:
        raise SignInRequired
    return found


def end_session(request: HttpRequest, *, code: str = "") -> HttpResponse:
    """End the session, or a sign-in that waits for its second factor, and go to the sign-in page."""
    principal = find_principal(request)
    if principal is not None:
        session_end(principal, code=code)
    end_login(request)
    return redirect("account_login")


def leave_session(request: HttpRequest) -> None:
    """Leave whatever session the browser has, also one that just ended elsewhere and is no longer kept."""
    if request.user.is_authenticated and request.session.exists(request.session.session_key or ""):
        end_session(request)
    request.session.flush()
