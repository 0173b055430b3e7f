"""Ed25519 signatures on the bytes that leave one house for another.

Decides how a key is named and that a signature counts only for the purpose it was made for, so that
an inquiry can never pass for an answer or a file. Computation only: keys come in as values.
Source: RFC 8032; docs/connector-protocol.md section 3, docs/exchange-format.md section 3.
Tests: tests/unit/foundation/test_signatures.py, tests/property/exchange/test_signed_file_properties.py.
"""

import base64
import hashlib
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)


class Purpose(StrEnum):
    """What a signature is for; the value is part of what is signed."""

    INQUIRY = "cotrace-connector/1 inquiry"
    ANSWER = "cotrace-connector/1 answer"
    FILE = "cotrace-exchange/1 file"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A pinned public key: its 32 raw bytes."""

    raw: bytes

    @property
    def key_id(self) -> str:
        """The name by which documents point at this key: 32 hexadecimal digits of its SHA-256."""
        return hashlib.sha256(self.raw).hexdigest()[:32]

    @property
    def text(self) -> str:
        """The key as one line of base64url, as registries and files carry it."""
        return encode(self.raw)

    def is_signature(self, signature: str, *, purpose: Purpose, body: bytes) -> bool:
        """Say whether `signature` was made by this key, for this purpose, over exactly this body."""
        raw = decode(signature, length=64)
        if raw is None:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(raw, _signed(purpose, body))
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A private key ready to sign; never shown, never compared."""

    private_key: Ed25519PrivateKey

    def __repr__(self) -> str:
        return f"Signer(key_id={self.public_key.key_id!r})"

    @property
    def public_key(self) -> PublicKey:
        """The public half, for those who verify."""
        return PublicKey(raw=self.private_key.public_key().public_bytes_raw())

    def sign(self, body: bytes, *, purpose: Purpose) -> str:
        """Sign a body for one purpose; the same body always gives the same 86 characters."""
        return encode(self.private_key.sign(_signed(purpose, body)))


def parse_signer(pem: bytes) -> Signer | None:
    """Read a signer from the PEM text of an unencrypted Ed25519 key; None when it is not one."""
    try:
        private_key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return Signer(private_key=private_key) if isinstance(private_key, Ed25519PrivateKey) else None


def signer_pem(signer: Signer) -> bytes:
    """Write a signer's private key as PEM (PKCS 8, unencrypted)."""
    return signer.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def parse_public_key(text: str) -> PublicKey | None:
    """Read a public key from its line of base64url; None when it is not one."""
    raw = decode(text.strip(), length=32)
    return None if raw is None else PublicKey(raw=raw)


def digest(body: bytes) -> str:
    """SHA-256 of a body, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def encode(raw: bytes) -> str:
    """Write bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def decode(text: str, *, length: int) -> bytes | None:
    """Read base64url of exactly `length` bytes in its one valid spelling; None for anything else."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError:
        return None
    return raw if len(raw) == length and encode(raw) == text else None


def _signed(purpose: Purpose, body: bytes) -> bytes:
    return purpose.value.encode("ascii") + b"\n" + body
