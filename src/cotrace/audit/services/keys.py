"""The installation's signing key: made once, under COTRACE_HOME, readable by its owner alone."""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 key and its id (first half of the SHA-256 of the public key)."""

    id: str
    private: Ed25519PrivateKey

    @property
    def public(self) -> Ed25519PublicKey:
        """Return the key that others verify with."""
        return self.private.public_key()


@lru_cache(maxsize=4)
def _load(path: Path) -> SigningKey:
    if not path.exists():
        fresh = Ed25519PrivateKey.generate().private_bytes_raw()
        partial = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(fresh)
        with suppress(FileExistsError):
            os.link(partial, path)
        partial.unlink()
    private = Ed25519PrivateKey.from_private_bytes(path.read_bytes())
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return SigningKey(hashlib.sha256(public).hexdigest()[:32], private)


def audit_key() -> SigningKey:
    """Return the key that signs heads, made on first use."""
    return _load(Path(settings.COTRACE_HOME) / "audit-key")
