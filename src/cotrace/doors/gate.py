"""The gate every request passes: who comes, whether the route is theirs, and what a refusal looks like.

Deny by default: a route that the permission map does not list is closed to everybody.
"""

import hashlib
import logging
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.http import urlencode
from django.utils.module_loading import import_string

from cotrace.doors.refusals import refusal_response
from cotrace.foundation import clock
from cotrace.foundation.errors import (
    CotraceError,
    Denied,
    Invalid,
    MethodNotAllowed,
    NotFound,
    SignInRequired,
)
from cotrace.foundation.permissions import PUBLIC, SIGNED_IN
from cotrace.foundation.principal import Door, Principal
from cotrace.foundation.request_id import request_id

log = logging.getLogger(__name__)

Respond = Callable[[HttpRequest], HttpResponseBase]
API_ROOT = "/api/"
SEEN = "cotrace_seen_at"
ZERO = "\0"


class RequestIdMiddleware:
    """Give each request an id that travels in a header, so that pages stay equal byte for byte."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the request's id in `X-Request-Id`."""
        token = request_id.set(str(uuid.uuid4()))
        try:
            response = self.respond(request)
            response["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)


def is_api(request: HttpRequest) -> bool:
    """Tell whether the request came through the JSON door."""
    return request.path.startswith(API_ROOT)


def door_of(request: HttpRequest) -> Door:
    """Return the door the request came through."""
    return Door.API if is_api(request) else Door.WEB


def principal_of(request: HttpRequest) -> Principal:
    """Return who acts. Raises SignInRequired where nobody is signed in."""
    found: Principal | None = getattr(request, "principal", None)
    if found is None:
        raise SignInRequired
    return found


def route_permission(request: HttpRequest) -> str | None:
    """Return what the permission map asks of the route, None where it does not list it."""
    match = request.resolver_match
    name = match.view_name if match else ""
    table: dict[str, str] = settings.COTRACE_PERMISSION_MAP
    return table.get(f"{request.method} {name}") or table.get(name)


def other_methods(request: HttpRequest) -> list[str]:
    """Return the methods for which alone the permission map lists the route."""
    match = request.resolver_match
    listed = [key.split(" ") for key in settings.COTRACE_PERMISSION_MAP if match and key.endswith(f" {match.view_name}")]
    return sorted(method for method, _name in listed)


def _refuse_zeros(request: HttpRequest) -> None:
    """Refuse a zero character: PostgreSQL fails on it where SQLite finds nothing, so no door lets one through.

    An address that holds one names nothing: NotFound. A query or a form that holds one is malformed: Invalid.
    """
    if ZERO in request.path:
        raise NotFound
    for asked in (request.GET, request.POST):
        if any(ZERO in text for name, values in asked.lists() for text in (name, *values)):
            raise Invalid("input_malformed")


class GateMiddleware:
    """Attach the principal, check the route's permission, turn refusals into pages or JSON."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        self.by_session: Callable[..., Principal | None] = import_string(settings.COTRACE_SESSION_PRINCIPAL)
        self.by_token: Callable[..., Principal | None] = import_string(settings.COTRACE_TOKEN_PRINCIPAL)
        self.record_refusal: Callable[..., None] = import_string(settings.COTRACE_REFUSAL_RECORDER)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and forbid every cache to keep what is not a static file."""
        response = self.respond(request)
        if isinstance(response, HttpResponseNotAllowed):
            response = _not_for_this_method(request, response["Allow"])
        response.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Let the request through, or refuse it before any view runs."""
        try:
            request.principal = self._principal(request)  # type: ignore[attr-defined]
            self._check(request)
            _refuse_zeros(request)
        except SignInRequired as refusal:
            return self._ask_to_sign_in(request, refusal)
        except MethodNotAllowed:
            return HttpResponseNotAllowed(other_methods(request))
        except CotraceError as refusal:
            return self._refuse(request, refusal)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Turn a refusal raised by a view into its page or JSON; leave defects to Django."""
        if isinstance(error, SignInRequired):
            return self._ask_to_sign_in(request, error)
        if isinstance(error, CotraceError):
            return self._refuse(request, error)
        return None

    def _principal(self, request: HttpRequest) -> Principal | None:
        if is_api(request):
            scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
            if scheme.lower() != "bearer" or not secret:
                return None
            found = self.by_token(secret.strip(), door=Door.API)
            if found is None:
                raise SignInRequired("token_invalid")
            return found
        user_id = request.session.get("_auth_user_id")
        if not user_id or not request.user.is_authenticated:
            return None
        session = hashlib.sha256((request.session.session_key or "").encode()).hexdigest()[:16]
        found = self.by_session(str(request.user.pk), door=Door.WEB, session=session)
        if self._is_idle(request):
            if found is not None:
                self.record_refusal(found, action="session.ended", code="session_locked")
            logout(request)
            raise SignInRequired("session_locked")
        return found

    def _is_idle(self, request: HttpRequest) -> bool:
        moment = int(clock.now().timestamp())
        seen = request.session.get(SEEN, moment)
        if moment - seen > settings.COTRACE_IDLE_MINUTES * 60:
            return True
        is_passive = bool(request.headers.get("X-Cotrace-Poll")) or request.headers.get("HX-Trigger-Name") == "poll"
        if not is_passive and (SEEN not in request.session or moment - seen >= 30):
            request.session[SEEN] = moment
        return False

    def _check(self, request: HttpRequest) -> None:
        needed = route_permission(request)
        if needed is None and other_methods(request):
            principal_of(request)
            raise MethodNotAllowed
        if needed is None:
            log.error("route missing in the permission map: %s", request.resolver_match)
            raise Denied
        if needed == PUBLIC:
            return
        principal = principal_of(request)
        if needed != SIGNED_IN:
            principal.require(needed)

    def _ask_to_sign_in(self, request: HttpRequest, refusal: SignInRequired) -> HttpResponseBase:
        if is_api(request):
            return refusal_response(request, refusal, door=door_of(request))
        is_form = request.method == "POST"
        back = _page_of_form(request) if is_form else request.get_full_path()
        query = {"next": back} if back else {}
        if is_form or refusal.code != "sign_in_required":
            query["why"] = "form_not_kept" if is_form else refusal.code
        where = resolve_url(settings.LOGIN_URL) + (f"?{urlencode(query)}" if query else "")
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": where})
        return HttpResponseRedirect(where)

    def _refuse(self, request: HttpRequest, refusal: CotraceError) -> HttpResponseBase:
        principal: Principal | None = getattr(request, "principal", None)
        if principal is not None and refusal.http_status in {403, 404, 409}:
            match = request.resolver_match
            self.record_refusal(
                principal, action=(match.view_name if match else "")[:64], code=refusal.code
            )
        return refusal_response(request, refusal, door=door_of(request))


def _not_for_this_method(request: HttpRequest, allowed: str) -> HttpResponse:
    answer = refusal_response(request, MethodNotAllowed(), door=door_of(request))
    answer["Allow"] = allowed
    return answer


def _page_of_form(request: HttpRequest) -> str:
    """Return the page of this site that a form was sent from, empty where the browser does not say."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host() or came_from.path[:2] in ("", "//"):
        return ""
    return urlunsplit(("", "", came_from.path, came_from.query, ""))
