"""What somebody types at a terminal: a record's number, and a JSON document in a file or on standard input."""

import sys
from pathlib import Path

from django.utils.translation import gettext as _

from cotrace.doors import terminal
from cotrace.foundation.errors import Invalid, NotFound
from cotrace.foundation.ids import normal_number
from cotrace.foundation.rules.canonical import JsonLimits, JsonObject, JsonValue, parse_json

LIMITS = JsonLimits(size_bytes=64 * 1024, depth=8)
"""What the site takes of a document."""


def number_typed(text: str) -> str:
    """Return a public number as typed, in its one form. Raises NotFound, which the site would say of it too."""
    found = normal_number(text)
    if found is None:
        raise NotFound
    return found


def document_typed(file: str, *, otherwise: str = "input_malformed") -> JsonObject:
    """Return the JSON object in a file, or on standard input where it is called "-".

    Ends the command where the file cannot be read. Raises Invalid: a json_ code, `otherwise` for what is no object.
    """
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(LIMITS.size_bytes + 1)
        else:
            with Path(file).open("rb") as stream:
                raw = stream.read(LIMITS.size_bytes + 1)
    except OSError:
        terminal.fail(_("%(file)s cannot be read.") % {"file": file}, code=2)
    value: JsonValue = parse_json(raw, limits=LIMITS)
    if not isinstance(value, dict):
        raise Invalid(otherwise)
    return value
