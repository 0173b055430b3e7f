"""The id of a message that carries a request or a result: the record's public number and which sending it is.

Decides how the number of a request reaches the centre, wherever that stands: it is part of the
message's id, `TR-MX1-4F7K-9Q2M-XT3C_1`, so the document itself needs no number of its own.
Source: docs/exchange-format.md section 4. Tests: tests/unit/tracing/test_message_ids.py.
"""

import re

from cotrace.foundation.ids import normal_number

_MESSAGE = re.compile(r"(?P<number>[A-Z0-9-]{16,58})_(?P<sending>[1-9][0-9]{0,3})")


def message_id(number: str, *, sending: int) -> str:
    """Name the message that carries a record for the `sending`th time."""
    return f"{number}_{sending}"


def number_of(message: str) -> str | None:
    """Return the public number a message id carries; None where it carries none."""
    found = _MESSAGE.fullmatch(message)
    if found is None or normal_number(found["number"]) != found["number"]:
        return None
    return found["number"]
