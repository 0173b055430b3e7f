"""The acknowledgement: that a message arrived, and what became of it.

Decides the payload of kind `acknowledgement`. Source: docs/exchange-format.md section 8.
Tests: tests/unit/exchange/test_acknowledgement.py.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cotrace.foundation.rules.canonical import JsonObject, JsonValue, without_blanks
from cotrace.foundation.rules.strict import Fields, moment_text

ACKNOWLEDGEMENT_FORMAT = "cotrace-acknowledgement"
ACKNOWLEDGEMENT_VERSION = 1
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")


class Disposition(StrEnum):
    """What became of a message."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """`message_digest` is the digest of the message that arrived; `code` says why it was refused.

    `number` is the recipient's own number for what was accepted, such as its trace number.
    """

    message_digest: str
    received_at: datetime
    disposition: Disposition
    code: str | None = None
    number: str | None = None


def acknowledgement_to_json(acknowledgement: Acknowledgement) -> JsonObject:
    """Write an acknowledgement; reading it back gives an equal one."""
    return without_blanks(
        {
            "format": ACKNOWLEDGEMENT_FORMAT,
            "version": ACKNOWLEDGEMENT_VERSION,
            "message_digest": acknowledgement.message_digest,
            "received_at": moment_text(acknowledgement.received_at),
            "disposition": acknowledgement.disposition.value,
            "code": acknowledgement.code,
            "number": acknowledgement.number,
        }
    )


def parse_acknowledgement(value: JsonValue) -> Acknowledgement:
    """Read an acknowledgement. Raises: Invalid acknowledgement_malformed."""
    top = Fields.of(value)
    top.constant("format", ACKNOWLEDGEMENT_FORMAT)
    top.number("version", least=ACKNOWLEDGEMENT_VERSION, most=ACKNOWLEDGEMENT_VERSION)
    acknowledgement = Acknowledgement(
        message_digest=top.text("message_digest", form=_SHA256),
        received_at=top.moment("received_at"),
        disposition=top.code("disposition", Disposition),
        code=top.text_or_none("code", form=_CODE),
        number=top.text_or_none("number", longest=60),
    )
    if acknowledgement.disposition is Disposition.REFUSED and acknowledgement.code is None:
        top.problem("code", "required")
    top.finish("acknowledgement_malformed")
    return acknowledgement
