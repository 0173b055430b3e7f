"""What Django itself refuses, in the pages and the JSON shape of every other refusal."""

import errno
import sqlite3
import sys
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import get_template
from django.utils.translation import gettext as _

from cotrace.doors.gate import door_of, is_api
from cotrace.doors.refusals import refusal_response
from cotrace.doors.sentences import sentence_of
from cotrace.foundation.errors import Invalid, NotFound, Unavailable

FULL = {errno.ENOSPC, errno.EDQUOT}
"""How a disk says that it takes no more: Django keeps what is sent in a folder of the system before any view runs."""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere as a record is answered that is not the reader's to see."""
    del exception
    return refusal_response(request, NotFound(), door=door_of(request))


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that could not be read."""
    del exception
    refused = Invalid("input_malformed")
    if is_api(request):
        return refusal_response(request, refused, door=door_of(request))
    return HttpResponse(get_template("doors/errors/400.html").render(), status=HTTPStatus.BAD_REQUEST)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that carries another session's mark: open since before a new sign-in, or not ours.

    Only pages are asked for the mark: the JSON door takes no session.
    """
    del request, reason
    return HttpResponse(get_template("doors/errors/csrf.html").render(), status=HTTPStatus.FORBIDDEN)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer after a defect: without a database and without a context, as either may be what broke.

    A database that is away, or whose disk is full, is no defect: 503, and whoever waited can try again.
    """
    error = sys.exc_info()[1]
    if _is_out_of_reach(error):
        return _out_of_reach(request, "database_out_of_reach")
    if isinstance(error, OSError) and error.errno in FULL:
        return _out_of_reach(request, "upload_not_kept")
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    if is_api(request):
        said = {"code": "internal_error", "message": _("Something broke on our side"), "fields": []}
        return JsonResponse(said, status=status)
    return HttpResponse(get_template("doors/errors/500.html").render(), status=status)


def _is_out_of_reach(error: BaseException | None) -> bool:
    """Tell a database that is away or full from a statement that it does not understand, which is our defect."""
    code = getattr(error.__cause__, "sqlite_errorcode", None) if error else None
    return isinstance(error, OperationalError) and (code is None or code & 0xFF != sqlite3.SQLITE_ERROR)


def _out_of_reach(request: HttpRequest, code: str) -> HttpResponse:
    refused = Unavailable(code)
    if is_api(request):
        return refusal_response(request, refused, door=door_of(request))
    page = get_template("doors/errors/503.html").render({"message": sentence_of(refused)})
    return HttpResponse(page, status=refused.http_status)
