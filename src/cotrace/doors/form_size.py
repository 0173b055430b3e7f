"""How large a form in parts may be before anything looks into it.

Such a form (`multipart/form-data`) is taken apart as soon as its CSRF token is looked for, its files to disk, before
anybody knows who sent it. So its announced size is judged first: more than a form without files needs is for the
routes that take files, from somebody signed in. The JSON door looks into a form only after the gate.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from cotrace.doors.gate import door_of, is_api
from cotrace.doors.refusals import refusal_response
from cotrace.foundation.errors import TooLarge

FORM_BYTES = 256 * 1024
"""What a form without files needs at most, by far."""

IN_PARTS = "multipart/form-data"


class FormSizeMiddleware(MiddlewareMixin):
    """Refuse a form in parts that is larger than its route and its sender account for, unread."""

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Let the request through, or refuse it."""
        if request.content_type == IN_PARTS and _announced(request) > _allowed(request):
            return refusal_response(request, TooLarge("form_too_large"), door=door_of(request))
        return None


def _announced(request: HttpRequest) -> int:
    """Return how many bytes follow; no more than these are ever read, and none where nothing is announced."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else 0


def _allowed(request: HttpRequest) -> int:
    match = request.resolver_match
    routes: dict[str, int] = settings.COTRACE_UPLOAD_BYTES
    is_known = is_api(request) or request.user.is_authenticated
    return routes.get(match.view_name, FORM_BYTES) if match and is_known else FORM_BYTES
