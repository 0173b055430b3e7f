"""What every page shows around its content: who is signed in, where one can go, which installation."""

from importlib.metadata import version

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string


def surroundings(request: HttpRequest) -> dict[str, object]:
    """Return the context of `doors/base.html`."""
    principal = getattr(request, "principal", None)
    navigation = import_string(settings.COTRACE_NAVIGATION)
    return {
        "principal": principal,
        "navigation": navigation(principal, request.path) if principal else [],
        "is_demo": settings.COTRACE_DEMO,
        "installation": settings.COTRACE_INSTALLATION,
        "version": version("cotrace"),
        "idle_minutes": settings.COTRACE_IDLE_MINUTES,
    }
