"""A factor shown a moment ago: asked for before factors are changed, and before keys to an account are made."""

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from cotrace.agencies.services.sign_in import as_member
from cotrace.agencies.views.requests import end_session

View = Callable[..., HttpResponse]


def is_factor_recent(request: HttpRequest) -> bool:
    """Tell whether a factor was shown in this session a moment ago."""
    return not is_reauthentication_required(request, app="cotrace.agencies")


def again_url(request: HttpRequest, *, back: str) -> str:
    """Return the page that asks for a factor again and leads `back`; empty where there is nothing to ask for here."""
    methods = get_adapter().get_reauthentication_methods(as_member(request.user))
    return f"{methods[0]['url']}?{urlencode({'next': back})}" if methods else ""


def ask_again(request: HttpRequest, *, back: str) -> HttpResponse:
    """Ask for a factor, then go `back`. Whoever came through a provider and has nothing to show here signs in anew."""
    where = again_url(request, back=back)
    return redirect(where) if where else end_session(request)


def after_recent_factor(view: View) -> View:
    """Let the view run only if a factor was shown in this session a moment ago; otherwise ask for one first."""

    @wraps(view)
    def guarded(request: HttpRequest, **named: int) -> HttpResponse:
        return view(request, **named) if is_factor_recent(request) else ask_again(request, back=request.path)

    return guarded
