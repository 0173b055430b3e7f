"""Whatever is done to a signed file, it is refused; left alone, it says what was signed."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from cotrace.exchange.rules.envelope import Envelope, MessageKind, parse_file, write_file
from cotrace.exchange.rules.judgement import Accepted
from cotrace.foundation.errors import Invalid
from cotrace.foundation.rules.canonical import LARGEST_NUMBER, JsonValue
from tests.unit.exchange.builders import MX, MX_KEY, MX_SIGNER, NOON, US, envelope, judged

RAW = write_file(envelope(), signer=MX_SIGNER)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCALARS = st.none() | st.booleans() | st.integers(-LARGEST_NUMBER, LARGEST_NUMBER) | TEXTS
VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)
PAYLOADS = st.dictionaries(st.text("abcdef", min_size=1, max_size=6), VALUES, max_size=5)
IDS = st.text("abcdefABCDEF0123456789_-", min_size=16, max_size=64)
ENVELOPES = st.builds(
    Envelope,
    message_id=IDS,
    kind=st.sampled_from([MessageKind.TRACE_REQUEST, MessageKind.TRACE_RESULT]),
    sender=st.just(MX),
    recipient=st.just(US),
    sequence=st.integers(1, LARGEST_NUMBER),
    created_at=st.integers(-(10**6), 0).map(lambda seconds: NOON + timedelta(seconds=seconds)),
    expires_at=st.integers(1, 10**6).map(lambda seconds: NOON + timedelta(seconds=seconds)),
    agreement=st.just("MOU-2024-01"),
    payload=PAYLOADS,
)


def is_accepted(raw: bytes) -> bool:
    try:
        found = parse_file(raw)
    except Invalid:
        return False
    return isinstance(judged(found), Accepted)


def test_the_file_of_these_tests_is_accepted_as_it_is() -> None:
    assert is_accepted(RAW)


@given(st.integers(0, len(RAW) - 1), st.integers(0, 255))
def test_any_single_byte_changed_is_refused(at: int, byte: int) -> None:
    assume(RAW[at] != byte)
    assert not is_accepted(RAW[:at] + bytes([byte]) + RAW[at + 1 :])


@given(st.integers(0, len(RAW)), st.integers(0, 255))
def test_any_single_byte_added_is_refused(at: int, byte: int) -> None:
    assert not is_accepted(RAW[:at] + bytes([byte]) + RAW[at:])


@given(st.integers(0, len(RAW) - 1), st.integers(1, 40))
def test_any_bytes_cut_out_are_refused(at: int, count: int) -> None:
    assert not is_accepted(RAW[:at] + RAW[at + count :])


def test_every_bit_of_the_file_flipped_alone_is_refused() -> None:
    for at in range(len(RAW)):
        for bit in range(8):
            assert not is_accepted(RAW[:at] + bytes([RAW[at] ^ (1 << bit)]) + RAW[at + 1 :])


@given(ENVELOPES)
def test_what_was_signed_is_what_is_read_and_it_is_accepted(written: Envelope) -> None:
    raw = write_file(written, signer=MX_SIGNER)
    found = parse_file(raw)
    again = write_file(found.envelope, signer=MX_SIGNER)
    assert again == raw
    assert replace(found.envelope, payload={}) == replace(written, payload={})
    assert judged(found) == Accepted(key=MX_KEY)


@given(st.binary(max_size=300))
def test_rubbish_is_refused_and_never_crashes(raw: bytes) -> None:
    assert not is_accepted(raw)
