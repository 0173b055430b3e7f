"""The signed file that carries one message from one installation to another.

Decides its shape and its one canonical text: every byte of the file is either signed or the
signature, so that no change passes. Whether a file is to be believed is judgement.py's.
Source: docs/exchange-format.md. Tests: tests/unit/exchange/test_envelope.py,
tests/property/exchange/test_signed_file_properties.py.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cotrace.foundation.errors import Invalid
from cotrace.foundation.rules.canonical import (
    LARGEST_NUMBER,
    JsonLimits,
    JsonObject,
    canonical_bytes,
    parse_canonical,
    without_blanks,
)
from cotrace.foundation.rules.signatures import PublicKey, Purpose, Signer, digest
from cotrace.foundation.rules.strict import Fields, moment_text

FORMAT = "cotrace-exchange"
VERSION = 1
ALGORITHM = "ed25519"
FILE_SUFFIX = ".cotrace.json"
FILE_LIMITS = JsonLimits(size_bytes=1024 * 1024, depth=12)
MOST_ATTACHMENTS = 50
LARGEST_ATTACHMENT = 2**31

MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
INSTALLATION = re.compile(r"[a-z0-9][a-z0-9.-]{1,62}")
AGREEMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
CHANNEL = re.compile(r"[A-Za-z0-9_-]{8,32}")
_KEY_ID = re.compile(r"[0-9a-f]{32}")
_SIGNATURE = re.compile(r"[A-Za-z0-9_-]{86}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FILE_NAME = re.compile(r"[^\x00-\x1f/\\:*?\"<>|]{1,120}")
_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}")


class MessageKind(StrEnum):
    """What a message carries."""

    TRACE_REQUEST = "trace_request"
    TRACE_RESULT = "trace_result"
    ACKNOWLEDGEMENT = "acknowledgement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that travels beside the message, known by its digest."""

    name: str
    media_type: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One message. `sequence` counts the messages of a channel from its sender to this recipient, from 1.

    `channel`: one office of the sender that writes to one of the recipient, named at random; None for the
    sender's one channel without a name. `agreement`: the memorandum under which it is sent. `in_reply_to`: the id of the message it
    answers. `payload` is the document of its kind, checked by that document's own rules.
    """

    message_id: str
    kind: MessageKind
    sender: str
    recipient: str
    sequence: int
    created_at: datetime
    expires_at: datetime
    agreement: str
    payload: JsonObject
    channel: str | None = None
    in_reply_to: str | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedEnvelope:
    """An envelope as it came, with the name of the key that is said to have signed it."""

    envelope: Envelope
    key_id: str
    signature: str
    signed_bytes: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of what is signed: two files with one digest are the same message."""
        return digest(self.signed_bytes)

    def is_signed_by(self, key: PublicKey) -> bool:
        """Say whether this key signed exactly this message."""
        return key.is_signature(self.signature, purpose=Purpose.FILE, body=self.signed_bytes)


def write_file(envelope: Envelope, *, signer: Signer) -> bytes:
    """Sign a message and write its file. Raises: Invalid envelope_malformed for one that nobody could read."""
    key_id = signer.public_key.key_id
    body = _signed_part(_envelope_to_json(envelope), key_id)
    file = _file_json(_envelope_to_json(envelope), key_id)
    file["signature"] = {
        "algorithm": ALGORITHM,
        "key_id": key_id,
        "value": signer.sign(body, purpose=Purpose.FILE),
    }
    raw = canonical_bytes(file)
    parse_file(raw)
    return raw


def parse_file(raw: bytes) -> SignedEnvelope:
    """Read a signed file, without believing it yet.

    Raises: Invalid with a json_ code, exchange_version_unknown or envelope_malformed.
    """
    top = Fields.of(parse_canonical(raw, limits=FILE_LIMITS))
    _check_version(top)
    envelope_json = top.raw_object("envelope")
    envelope = _parse_envelope(Fields(envelope_json, path="envelope", problems=top.problems))
    signature = top.child("signature")
    signature.constant("algorithm", ALGORITHM)
    key_id = signature.text("key_id", form=_KEY_ID)
    value = signature.text("value", form=_SIGNATURE)
    signature.close()
    top.finish("envelope_malformed")
    return SignedEnvelope(
        envelope=envelope,
        key_id=key_id,
        signature=value,
        signed_bytes=_signed_part(envelope_json, key_id),
    )


def _check_version(top: Fields) -> None:
    """An unknown version is its own refusal, before anything else is read: newer files look different."""
    top.constant("format", FORMAT)
    version = top.number_or_none("version", least=1, most=LARGEST_NUMBER)
    if not top.problems and version != VERSION:
        raise Invalid("exchange_version_unknown", version=version, known=VERSION)


def _file_json(envelope: JsonObject, key_id: str) -> JsonObject:
    return {
        "format": FORMAT,
        "version": VERSION,
        "envelope": envelope,
        "signature": {"algorithm": ALGORITHM, "key_id": key_id},
    }


def _signed_part(envelope: JsonObject, key_id: str) -> bytes:
    """All of the file but the signature's value."""
    return canonical_bytes(_file_json(envelope, key_id))


def _envelope_to_json(envelope: Envelope) -> JsonObject:
    return without_blanks(
        {
            "message_id": envelope.message_id,
            "kind": envelope.kind.value,
            "sender": envelope.sender,
            "recipient": envelope.recipient,
            "channel": envelope.channel,
            "sequence": envelope.sequence,
            "created_at": moment_text(envelope.created_at),
            "expires_at": moment_text(envelope.expires_at),
            "agreement": envelope.agreement,
            "in_reply_to": envelope.in_reply_to,
            "payload": envelope.payload,
            "attachments": [_attachment_to_json(item) for item in envelope.attachments] or None,
        }
    )


def _attachment_to_json(attachment: Attachment) -> JsonObject:
    return {
        "name": attachment.name,
        "media_type": attachment.media_type,
        "size_bytes": attachment.size_bytes,
        "sha256": attachment.sha256,
    }


def _parse_envelope(fields: Fields) -> Envelope:
    envelope = Envelope(
        message_id=fields.text("message_id", form=MESSAGE_ID),
        kind=fields.code("kind", MessageKind),
        sender=fields.text("sender", form=INSTALLATION),
        recipient=fields.text("recipient", form=INSTALLATION),
        channel=fields.text_or_none("channel", form=CHANNEL),
        sequence=fields.number("sequence", least=1, most=LARGEST_NUMBER),
        created_at=fields.moment("created_at"),
        expires_at=fields.moment("expires_at"),
        agreement=fields.text("agreement", form=AGREEMENT),
        payload=fields.raw_object("payload"),
        in_reply_to=fields.text_or_none("in_reply_to", form=MESSAGE_ID),
        attachments=tuple(
            _parse_attachment(item) for item in fields.children("attachments", most=MOST_ATTACHMENTS)
        ),
    )
    if envelope.expires_at <= envelope.created_at:
        fields.problem("expires_at", "expires_before_created")
    if envelope.kind is MessageKind.ACKNOWLEDGEMENT and envelope.in_reply_to is None:
        fields.problem("in_reply_to", "required")
    fields.close()
    return envelope


def _parse_attachment(fields: Fields) -> Attachment:
    attachment = Attachment(
        name=fields.text("name", longest=120, form=_FILE_NAME),
        media_type=fields.text("media_type", longest=121, form=_MEDIA_TYPE),
        size_bytes=fields.number("size_bytes", least=0, most=LARGEST_ATTACHMENT),
        sha256=fields.text("sha256", form=_SHA256),
    )
    if attachment.name.startswith("."):
        fields.problem("name", "form_wrong")
    fields.close()
    return attachment
