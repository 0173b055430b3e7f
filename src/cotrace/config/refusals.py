"""What Django itself refuses, in the pages and the JSON shape of every other refusal."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import get_template
from django.utils.translation import gettext as _

from cotrace.doors.gate import door_of, is_api
from cotrace.doors.refusals import refusal_response
from cotrace.foundation.errors import Invalid, NotFound


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


def broken(request: HttpRequest) -> HttpResponse:
    """Answer after a defect: without a database and without a context, as either may be what broke."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    if is_api(request):
        said = {"code": "internal_error", "message": _("Something broke on our side"), "fields": []}
        return JsonResponse(said, status=status)
    return HttpResponse(get_template("doors/errors/500.html").render(), status=status)
