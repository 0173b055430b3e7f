"""Two installations that exchange signed files: a Mexican one that asks, a US one that answers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cotrace.exchange.rules.envelope import (
    Attachment,
    Envelope,
    MessageKind,
    SignedEnvelope,
    parse_file,
    write_file,
)
from cotrace.exchange.rules.judgement import (
    CLOCK_TOLERANCE,
    Accepted,
    KnownKey,
    Rejected,
    Seen,
    judge_envelope,
)
from cotrace.foundation.rules.signatures import Signer
from cotrace.tracing.rules.request_document import request_to_json
from tests.unit.tracing.builders import complete_request

NOON = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
MX, US = "mx1.example", "us1.example"
MX_SIGNER = Signer(private_key=Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
US_SIGNER = Signer(private_key=Ed25519PrivateKey.from_private_bytes(b"\x02" * 32))
STRANGER = Signer(private_key=Ed25519PrivateKey.from_private_bytes(b"\x03" * 32))

MX_KEY = KnownKey(
    installation=MX,
    key=MX_SIGNER.public_key,
    valid_from_at=NOON - timedelta(days=100),
    valid_until_at=NOON + timedelta(days=100),
)
US_KEY = replace(MX_KEY, installation=US, key=US_SIGNER.public_key)
KNOWN_KEYS = {key.key.key_id: key for key in (MX_KEY, US_KEY)}
TOLERANCE = CLOCK_TOLERANCE
AGREEMENT = "MOU-2024-01"


def envelope(**changes: object) -> Envelope:
    """A trace request from the Mexican installation to the US one."""
    plain = Envelope(
        message_id="message-0123456789",
        kind=MessageKind.TRACE_REQUEST,
        sender=MX,
        recipient=US,
        sequence=7,
        created_at=NOON,
        expires_at=NOON + timedelta(days=30),
        agreement=AGREEMENT,
        payload=request_to_json(complete_request()),
        attachments=(Attachment(name="marca.jpg", media_type="image/jpeg", size_bytes=10, sha256="ab" * 32),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def signed(signer: Signer = MX_SIGNER, **changes: object) -> SignedEnvelope:
    """The same, signed and read back from its file."""
    return parse_file(write_file(envelope(**changes), signer=signer))


def judged(
    found: SignedEnvelope,
    *,
    seen: Seen | None = None,
    now: datetime = NOON,
    known_keys: dict[str, KnownKey] | None = None,
) -> Accepted | Rejected:
    """What the US installation makes of a file."""
    return judge_envelope(
        found,
        known_keys=KNOWN_KEYS if known_keys is None else known_keys,
        seen=seen or Seen(),
        now=now,
        me=US,
        agreement=AGREEMENT,
        tolerance=TOLERANCE,
    )
