"""JSON documents as they come through the door: read strictly, as from a file."""

from typing import Any, cast

from django.http import HttpRequest
from pydantic import JsonValue

from cotrace.foundation.errors import Invalid
from cotrace.foundation.rules.canonical import JsonLimits, JsonObject, parse_json

LIMITS = JsonLimits(size_bytes=64 * 1024, depth=8)

JsonOut = dict[str, JsonValue]

DOCUMENT_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object", "title": "Document"}}},
    }
}
"""What the OpenAPI document says of a body that this room's own rules read."""

PDF_ANSWER: dict[str, Any] = {
    "responses": {
        200: {
            "description": "OK",
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}
"""What the OpenAPI document says of a route that answers with a PDF."""


def json_out(document: JsonObject) -> JsonOut:
    """Return one of this room's documents as the door gives it: the same values."""
    return cast(JsonOut, document)


def body_object(request: HttpRequest) -> JsonObject:
    """Return the JSON object of a request's body. Raises Invalid with a json_ code, trace_document_missing."""
    value = parse_json(request.body, limits=LIMITS)
    if not isinstance(value, dict):
        raise Invalid("trace_document_missing")
    return value
