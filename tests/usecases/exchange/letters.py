"""The other end of these tests: an installation of which only the key and its letters exist.

This installation (`test`) is the tracing centre's; the other, `mx1`, asks. Where this one asks, the
other is the centre, `us1`.
"""

from dataclasses import replace
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cotrace.exchange.exports import own_key
from cotrace.exchange.rules.acknowledgement import (
    Acknowledgement,
    Disposition,
    acknowledgement_to_json,
)
from cotrace.exchange.rules.envelope import Envelope, MessageKind, parse_file, write_file
from cotrace.exchange.services.peers import KeyValues, PeerValues, peer_put
from cotrace.foundation import clock
from cotrace.foundation.ids import check_character
from cotrace.foundation.principal import installation_principal
from cotrace.foundation.rules.signatures import Signer
from cotrace.tracing.rules.answers import LicenseeRef
from cotrace.tracing.rules.gun import gun_asked
from cotrace.tracing.rules.message_ids import message_id
from cotrace.tracing.rules.request_document import request_to_json
from cotrace.tracing.rules.result_document import TraceResultDocument, result_to_json
from tests.support.world import agent
from tests.unit.tracing.builders import BUYER, DEALER, GUN, RECOVERED_ON, SOLD_ON
from tests.usecases.tracing.world import document

HERE = "test"
MX, US = "mx1", "us1"
SIGNER = Signer(private_key=Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
STRANGER = Signer(private_key=Ed25519PrivateKey.from_private_bytes(b"\x09" * 32))
AGREEMENT = "MOU-2024-01"


def number(kind: str, origin: str, drawn: str = "4F7K9Q2MXT3") -> str:
    """A public number as another installation would draw it."""
    whole = drawn + check_character(f"{kind}{origin}{drawn}")
    return f"{kind}-{origin}-{whole[:4]}-{whole[4:8]}-{whole[8:]}"


def peer_exists(code: str, *, signer: Signer = SIGNER, **changes: object) -> None:
    """Enter the other installation with its key."""
    now = clock.now()
    key = KeyValues(
        key=signer.public_key.text,
        valid_from_at=now - timedelta(days=10),
        valid_until_at=now + timedelta(days=700),
    )
    values = PeerValues(code=code, name=f"Installation {code}", agreement=AGREEMENT, keys=(key,))
    peer_put(installation_principal(), values=replace(values, **changes))  # type: ignore[arg-type]


def envelope(**changes: object) -> Envelope:
    """A trace request from `mx1` to this installation, made just now."""
    now = clock.now().replace(microsecond=0)
    plain = Envelope(
        message_id=message_id(number("TR", "MX1"), sending=1),
        kind=MessageKind.TRACE_REQUEST,
        sender=MX,
        recipient=HERE,
        sequence=1,
        created_at=now,
        expires_at=now + timedelta(days=30),
        agreement=AGREEMENT,
        payload=request_to_json(document()),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def letter(signer: Signer = SIGNER, **changes: object) -> bytes:
    """The file of such a message."""
    return write_file(envelope(**changes), signer=signer)


def result_letter(sent: bytes, *, sequence: int = 1, **changes: object) -> bytes:
    """The centre's signed result for a request file that this installation wrote."""
    asked = parse_file(sent).envelope
    found = TraceResultDocument(
        trace_number=number("TC", "US1"),
        request_number=asked.message_id.split("_")[0],
        outcome="P1",
        released_at=clock.now().replace(microsecond=0),
        gun=gun_asked(GUN),
        recovered_on=RECOVERED_ON,
        dealer=LicenseeRef(number=DEALER.number, name=DEALER.name),
        purchaser=BUYER,
        purchased_on=SOLD_ON,
    )
    answer: dict[str, object] = {
        "message_id": message_id(number("TC", "US1"), sending=1),
        "kind": MessageKind.TRACE_RESULT,
        "sender": US,
        "sequence": sequence,
        "in_reply_to": asked.message_id,
        "payload": result_to_json(found),
    }
    return letter(**(answer | changes))


def acknowledgement_letter(sent: bytes, *, sequence: int = 1, **changes: object) -> bytes:
    """The centre's signed word that it has a request file that this installation wrote."""
    signed = parse_file(sent)
    found = Acknowledgement(
        message_digest=signed.digest,
        received_at=clock.now().replace(microsecond=0),
        disposition=Disposition.ACCEPTED,
        number=number("TC", "US1"),
    )
    return letter(
        message_id=f"AK-US1-0000-0000-{sequence:04d}",
        kind=MessageKind.ACKNOWLEDGEMENT,
        sender=US,
        sequence=sequence,
        in_reply_to=signed.envelope.message_id,
        payload=acknowledgement_to_json(replace(found, **changes)),  # type: ignore[arg-type]
    )


def our_key_text() -> str:
    """This installation's public key, as its people hand it out."""
    return own_key(agent("ATF")).key
