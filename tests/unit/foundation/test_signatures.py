"""A signature counts for one key, one purpose and one body, in one spelling."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from cotrace.foundation.rules.signatures import (
    Purpose,
    Signer,
    decode,
    encode,
    parse_public_key,
    parse_signer,
    signer_pem,
)

SIGNER = Signer(private_key=Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))
OTHER = Signer(private_key=Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))
BODY = b'{"a":1}'


def test_a_signature_is_the_same_each_time_and_is_recognised() -> None:
    signature = SIGNER.sign(BODY, purpose=Purpose.ANSWER)
    assert signature == SIGNER.sign(BODY, purpose=Purpose.ANSWER)
    assert len(signature) == 86
    assert SIGNER.public_key.is_signature(signature, purpose=Purpose.ANSWER, body=BODY)


def test_a_signature_of_another_key_body_or_purpose_is_none() -> None:
    signature = SIGNER.sign(BODY, purpose=Purpose.INQUIRY)
    key = SIGNER.public_key
    assert not OTHER.public_key.is_signature(signature, purpose=Purpose.INQUIRY, body=BODY)
    assert not key.is_signature(signature, purpose=Purpose.INQUIRY, body=BODY + b" ")
    assert not key.is_signature(signature, purpose=Purpose.ANSWER, body=BODY)


@pytest.mark.parametrize("text", ["", "x", "ñ" * 86, "A" * 86, "A" * 88, "=" * 86])
def test_what_is_no_signature_is_refused_quietly(text: str) -> None:
    assert not SIGNER.public_key.is_signature(text, purpose=Purpose.ANSWER, body=BODY)


def test_base64_has_one_spelling() -> None:
    text = encode(b"\x00" * 64)
    assert text[-1] == "A"
    assert decode(text, length=64) == b"\x00" * 64
    assert decode(text[:-1] + "B", length=64) is None
    assert decode(text + "==", length=64) is None
    assert decode(text, length=63) is None


def test_keys_survive_their_files() -> None:
    assert parse_public_key(SIGNER.public_key.text + "\n") == SIGNER.public_key
    restored = parse_signer(signer_pem(SIGNER))
    assert restored is not None
    assert restored.public_key == SIGNER.public_key


def test_other_kinds_of_keys_and_rubbish_are_refused() -> None:
    other_kind = X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    assert parse_signer(other_kind) is None
    assert parse_signer(b"rubbish") is None
    assert parse_public_key("rubbish") is None


def test_a_signer_never_shows_its_key() -> None:
    assert SIGNER.public_key.key_id in repr(SIGNER)
    assert "07" * 8 not in repr(SIGNER)
    assert len(SIGNER.public_key.key_id) == 32
