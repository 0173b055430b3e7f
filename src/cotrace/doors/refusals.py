"""The one shape of a refusal: a page, or `{code, message, fields}`."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from cotrace.doors.sentences import sentence_of
from cotrace.foundation.errors import CotraceError
from cotrace.foundation.principal import Door


def refusal_body(error: CotraceError) -> dict[str, object]:
    """Return the JSON error shape; `fields` maps a field to its code and sentence."""
    return {
        "code": error.code,
        "message": sentence_of(error),
        "fields": [
            {"field": each.field, "code": each.code, "message": sentence_of(each)} for each in error.fields
        ],
    }


def refusal_response(request: HttpRequest, error: CotraceError, *, door: str) -> HttpResponse:
    """Return a refusal as its door (`Door` value) shows it, with the status of its class."""
    if door == Door.API:
        return JsonResponse(refusal_body(error), status=error.http_status)
    page = f"doors/errors/{error.http_status}.html"
    context = {"message": sentence_of(error), "code": error.code, "problems": [*map(sentence_of, error.fields)]}
    return render(request, [page, "doors/errors/refused.html"], context, status=error.http_status)
