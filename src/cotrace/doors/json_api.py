"""The JSON door: one NinjaAPI, one error shape, documents that can be committed."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, RawPostDataException
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from cotrace.doors.gate import ZERO
from cotrace.doors.refusals import refusal_response
from cotrace.foundation.errors import CotraceError, FieldProblem, Invalid


class ZeroFreeParser(Parser):
    """Reads a JSON body, and refuses one with a zero character, as the gate does in addresses and forms."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Return the body's value. Raises ValueError, which becomes the one answer for what cannot be read."""
        value = super().parse_body(request)
        if b"\\u0000" in request.body and _has_zero(value):
            raise ValueError("zero character")
        return value


def _has_zero(value: object) -> bool:
    if isinstance(value, dict):
        return any(_has_zero(each) for pair in value.items() for each in pair)
    if isinstance(value, list):
        return any(map(_has_zero, value))
    return isinstance(value, str) and ZERO in value


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
        parser=ZeroFreeParser(),
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

    @api.exception_handler(RawPostDataException)
    def form(request: HttpRequest, _error: RawPostDataException) -> HttpResponse:
        """A form came where JSON belongs, and was read as one before."""
        return refusal_response(request, Invalid("input_malformed"), door="api")

    return api
