"""What every page shows around its content: who is signed in, where one can go, which installation."""

from functools import cache
from importlib.metadata import version

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string

from cotrace.doors.furniture import SessionLock, SignedIn
from cotrace.foundation.principal import Principal

WARN_SECONDS = 120
"""How long before a session locks its page says so."""


def surroundings(request: HttpRequest) -> dict[str, object]:
    """Return the context of `doors/base.html`."""
    principal: Principal | None = getattr(request, "principal", None)
    around: dict[str, object] = {
        "principal": principal,
        "is_demo": settings.COTRACE_DEMO,
        "installation": settings.COTRACE_INSTALLATION,
        "version": _version(),
    }
    return {**around, **_of_person(request, principal)} if principal else around


@cache
def _version() -> str:
    return version("cotrace")


def _of_person(request: HttpRequest, principal: Principal) -> dict[str, object]:
    """Return what stands around the page of somebody who is signed in."""
    navigation = import_string(settings.COTRACE_NAVIGATION)
    locked = urlencode({"why": "session_locked"})
    return {
        "navigation": navigation(principal, request.path),
        "signed_in": SignedIn(name=principal.name, agency=principal.agency, account_url=reverse("account")),
        "search_url": reverse("find"),
        "lists_url": reverse("reference:tables"),
        "sign_out_url": reverse("account_logout"),
        "session_lock": SessionLock(
            idle_seconds=settings.COTRACE_IDLE_MINUTES * 60,
            warn_seconds=WARN_SECONDS,
            extend_url=reverse("account_session_extend"),
            locked_url=f"{reverse(settings.LOGIN_URL)}?{locked}",
        ),
    }
