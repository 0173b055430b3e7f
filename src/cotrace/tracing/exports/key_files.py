"""Key files on disk: the private half readable by its owner alone, the public half beside it."""

import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cotrace.foundation.errors import Invalid, Refused
from cotrace.foundation.rules.signatures import PublicKey, Signer, parse_public_key, parse_signer, signer_pem

PUBLIC_SUFFIX = ".pub"


def create_key_pair(path: Path) -> PublicKey:
    """Make a new key: the private half at `path`, the public half in one line at `path`.pub.

    Raises: Refused key_file_exists; nothing is ever overwritten.
    """
    signer = Signer(private_key=Ed25519PrivateKey.generate())
    public_path = path.with_name(path.name + PUBLIC_SUFFIX)
    _write_new(path, signer_pem(signer), mode=0o600)
    _write_new(public_path, signer.public_key.text.encode("ascii") + b"\n", mode=0o644)
    return signer.public_key


def read_signer(path: Path) -> Signer:
    """Read a private key file. Raises: Invalid key_file_unreadable, key_file_exposed, key_file_wrong."""
    try:
        mode = path.stat().st_mode
        pem = path.read_bytes()
    except OSError:
        raise Invalid("key_file_unreadable", file=path.name) from None
    if stat.S_IMODE(mode) & 0o077:
        raise Invalid("key_file_exposed", file=path.name)
    signer = parse_signer(pem)
    if signer is None:
        raise Invalid("key_file_wrong", file=path.name)
    return signer


def read_public_key(path: Path) -> PublicKey:
    """Read a public key file. Raises: Invalid key_file_unreadable, key_file_wrong."""
    try:
        text = path.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        raise Invalid("key_file_unreadable", file=path.name) from None
    key = parse_public_key(text)
    if key is None:
        raise Invalid("key_file_wrong", file=path.name)
    return key


def _write_new(path: Path, content: bytes, *, mode: int) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        raise Refused("key_file_exists", file=path.name) from None
    except OSError:
        raise Invalid("key_file_unwritable", file=path.name) from None
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
