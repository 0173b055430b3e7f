"""The answer document: a licensee's answer with what ties it to the inquiry.

Decides the answer's shape on the wire, and whether an answer belongs to an inquiry: it must repeat
the inquiry's id, digest, licensee and serial. Source: docs/connector-protocol.md section 5.
Tests: tests/unit/tracing/test_connector_documents.py, tests/property/tracing/test_connector_properties.py.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from cotrace.foundation.rules.canonical import (
    JsonLimits,
    canonical_bytes,
    parse_canonical,
    without_blanks,
)
from cotrace.foundation.rules.signatures import digest
from cotrace.foundation.rules.strict import Fields, moment_text
from cotrace.tracing.rules.answer_detail import answer_to_json, parse_detail
from cotrace.tracing.rules.answers import (
    Acquisition,
    Answer,
    AnswerKind,
    NotInRecords,
    SeveralGuns,
    kind_of,
)
from cotrace.tracing.rules.gun import LICENCE, RecordedGun, is_same_serial, licence_key
from cotrace.tracing.rules.inquiry import (
    INQUIRY_ID,
    PROTOCOL,
    Inquiry,
    gun_to_json,
    inquiry_bytes,
    parse_gun,
)
from cotrace.tracing.rules.parties import acquisition_to_json, parse_acquisition

ANSWER_LIMITS = JsonLimits(size_bytes=64 * 1024, depth=6)
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorAnswer:
    """A licensee's answer. `gun` is the gun as its records describe it; none where it has no such gun."""

    inquiry_id: str
    inquiry_digest: str
    licensee: str
    answered_at: datetime
    answer: Answer
    gun: RecordedGun | None = None
    acquisition: Acquisition | None = None


def belongs_to(found: ConnectorAnswer, inquiry: Inquiry) -> bool:
    """Say whether an answer is about this inquiry: its id, its bytes, its licensee, its serial."""
    return (
        found.inquiry_id == inquiry.inquiry_id
        and found.inquiry_digest == digest(inquiry_bytes(inquiry))
        and licence_key(found.licensee) == licence_key(inquiry.licensee)
        and all(is_same_serial(gun.serial, inquiry.gun.serial) for gun in _guns(found))
    )


def answer_bytes(found: ConnectorAnswer) -> bytes:
    """Write an answer as the body that is signed and sent."""
    acquisition = found.acquisition
    return canonical_bytes(
        without_blanks(
            {
                "protocol": PROTOCOL,
                "inquiry_id": found.inquiry_id,
                "inquiry_digest": found.inquiry_digest,
                "licensee": found.licensee,
                "answered_at": moment_text(found.answered_at),
                "kind": kind_of(found.answer).value,
                "detail": answer_to_json(found.answer),
                "gun": None if found.gun is None else gun_to_json(found.gun),
                "acquisition": None if acquisition is None else acquisition_to_json(acquisition),
            }
        )
    )


def parse_answer(body: bytes) -> ConnectorAnswer:
    """Read an answer from its body. Raises: Invalid with a json_ code or answer_malformed."""
    top = Fields.of(parse_canonical(body, limits=ANSWER_LIMITS))
    top.constant("protocol", PROTOCOL)
    kind = top.code("kind", AnswerKind)
    gun = top.child_or_none("gun")
    found = ConnectorAnswer(
        inquiry_id=top.text("inquiry_id", form=INQUIRY_ID),
        inquiry_digest=top.text("inquiry_digest", form=_DIGEST),
        licensee=top.text("licensee", form=LICENCE),
        answered_at=top.moment("answered_at"),
        answer=parse_detail(kind, top.child("detail")),
        gun=None if gun is None else parse_gun(gun),
        acquisition=parse_acquisition(top.child_or_none("acquisition")),
    )
    top.finish("answer_malformed")
    return found


def _guns(found: ConnectorAnswer) -> tuple[RecordedGun, ...]:
    own = () if found.gun is None else (found.gun,)
    match found.answer:
        case NotInRecords(same_serial=others) | SeveralGuns(candidates=others):
            return (*own, *others)
        case _:
            return own
