"""The JSON door: one NinjaAPI, one error shape, documents that can be committed."""

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer

from cotrace.doors.refusals import refusal_response
from cotrace.foundation.errors import CotraceError, FieldProblem, Invalid


class OrjsonRenderer(BaseRenderer):
    """Writes answers with orjson; keys stay in the order of their schema."""

    media_type = "application/json"

    def render(self, _request: HttpRequest, data: object, *, response_status: int) -> bytes:
        """Return the answer's bytes."""
        del response_status
        return orjson.dumps(data)


def new_api() -> NinjaAPI:
    """Return the API without routes. It has no interactive pages: they need inline scripts."""
    api = NinjaAPI(
        title="Cotrace",
        version="1",
        description="Co-operative tracing. Bearer token in `Authorization`; errors are {code, message, fields}.",
        docs_url=None,
        openapi_url=None,
        renderer=OrjsonRenderer(),
        urls_namespace="api",
    )

    @api.exception_handler(CotraceError)
    def refuse(_request: HttpRequest, error: CotraceError) -> HttpResponse:
        raise error

    @api.exception_handler(ValidationError)
    def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
        fields = tuple(
            FieldProblem(".".join(str(part) for part in each["loc"][1:]) or "body", "input_malformed")
            for each in error.errors
        )
        return refusal_response(request, Invalid("input_malformed", fields=fields), door="api")

    @api.exception_handler(HttpError)
    def unreadable(request: HttpRequest, _error: HttpError) -> HttpResponse:
        return refusal_response(request, Invalid("input_malformed"), door="api")

    return api
