"""A signed file is read strictly, before anybody believes it."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cotrace.exchange.rules.envelope import (
    Attachment,
    MessageKind,
    parse_file,
    write_file,
)
from cotrace.foundation.errors import Invalid
from tests.unit.exchange.builders import MX_SIGNER, NOON, STRANGER, envelope, signed

RAW = write_file(envelope(), signer=MX_SIGNER)


def edited(edit: Callable[[dict[str, Any]], object]) -> bytes:
    value = json.loads(RAW)
    edit(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def refusal(raw: bytes) -> Invalid:
    with pytest.raises(Invalid) as refused:
        parse_file(raw)
    return refused.value


def test_a_file_comes_back_as_the_message_that_was_signed() -> None:
    found = parse_file(RAW)
    assert found.envelope == envelope()
    assert found.is_signed_by(MX_SIGNER.public_key)
    assert not found.is_signed_by(STRANGER.public_key)


def test_the_same_message_signed_twice_is_the_same_file() -> None:
    assert write_file(envelope(), signer=MX_SIGNER) == RAW


def test_the_digest_tells_messages_apart_and_not_files() -> None:
    assert signed().digest == parse_file(RAW).digest
    assert signed(sequence=8).digest != parse_file(RAW).digest


def test_a_name_typed_with_a_combining_accent_is_signed_and_read_in_one_form() -> None:
    decomposed = envelope(payload={"name": "Jose\u0301"})
    assert parse_file(write_file(decomposed, signer=MX_SIGNER)).envelope.payload == {"name": "José"}


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        (lambda v: v["envelope"].update(colour="blue"), "envelope.colour"),
        (lambda v: v.update(colour="blue"), "colour"),
        (lambda v: v["signature"].update(colour="blue"), "signature.colour"),
        (lambda v: v.pop("envelope"), "envelope"),
        (lambda v: v["envelope"].pop("agreement"), "envelope.agreement"),
        (lambda v: v["envelope"].update(kind="rumour"), "envelope.kind"),
        (lambda v: v["envelope"].update(sequence=0), "envelope.sequence"),
        (lambda v: v["envelope"].update(sender="MX 1"), "envelope.sender"),
        (lambda v: v["envelope"].update(payload=[]), "envelope.payload"),
        (lambda v: v["envelope"].update(expires_at="2026-03-02T18:00:00Z"), "envelope.expires_at"),
        (lambda v: v["signature"].update(algorithm="none"), "signature.algorithm"),
        (lambda v: v["signature"].update(value="short"), "signature.value"),
        (lambda v: v.update(format="other"), "format"),
    ],
)
def test_a_file_with_a_wrong_field_is_refused_with_its_place(
    edit: Callable[[dict[str, Any]], object], field: str
) -> None:
    error = refusal(edited(edit))
    assert error.code == "envelope_malformed"
    assert field in [problem.field for problem in error.fields]


@pytest.mark.parametrize(
    "name", ["../x", "a/b", "a\\b", ".hidden", "a\x00b", "x" * 121, "C:x", "a\u202egpj.exe"]
)
def test_an_attachment_with_a_hostile_name_is_refused(name: str) -> None:
    attachment = replace(envelope().attachments[0], name=name)
    with pytest.raises(Invalid):
        write_file(envelope(attachments=(attachment,)), signer=MX_SIGNER)


def test_an_attachment_may_have_an_accent_and_blanks_in_its_name() -> None:
    attachment = Attachment(
        name="dictamen pericial núm 4.pdf", media_type="application/pdf", size_bytes=0, sha256="0" * 64
    )
    assert signed(attachments=(attachment,)).envelope.attachments == (attachment,)


def test_a_newer_version_is_its_own_refusal_even_if_the_rest_looks_different() -> None:
    error = refusal(edited(lambda v: (v.update(version=2), v.update(colour="blue"))))
    assert error.code == "exchange_version_unknown"
    assert error.params == {"version": 2, "known": 1}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (RAW + b"\n", "json_not_canonical"),
        (b"\xef\xbb\xbf" + RAW, "json_malformed"),
        (RAW.replace(b'"version":1', b'"version":1,"version":1'), "json_duplicate_key"),
        (RAW.replace(b'"sequence":7', b'"sequence":7.0'), "json_not_a_whole_number"),
        (b" " * (1024 * 1024 + 1), "json_too_large"),
        (b"", "json_malformed"),
    ],
)
def test_a_file_that_is_not_one_canonical_text_is_refused(raw: bytes, code: str) -> None:
    assert refusal(raw).code == code


def test_an_acknowledgement_says_what_it_acknowledges() -> None:
    with pytest.raises(Invalid):
        write_file(envelope(kind=MessageKind.ACKNOWLEDGEMENT), signer=MX_SIGNER)
    answered = envelope(kind=MessageKind.ACKNOWLEDGEMENT, in_reply_to="message-0000000001")
    assert parse_file(write_file(answered, signer=MX_SIGNER)).envelope.created_at == NOON
