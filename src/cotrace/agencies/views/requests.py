"""Who is in the session of a request."""

from django.http import HttpRequest

from cotrace.agencies.selectors.principals import principal_of_session
from cotrace.agencies.selectors.sessions import session_name
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
