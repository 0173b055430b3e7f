"""A file is acted on only when it is its sender's, whole, for us, in time and new."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cotrace.exchange.rules.judgement import (
    LONGEST_LIFE,
    REFUSALS,
    SEQUENCE_WINDOW,
    Accepted,
    Refusal,
    Rejected,
    Seen,
)
from tests.unit.exchange.builders import (
    KNOWN_KEYS,
    MX,
    MX_KEY,
    NOON,
    STRANGER,
    TOLERANCE,
    US,
    US_KEY,
    US_SIGNER,
    judged,
    signed,
)

SECOND = timedelta(seconds=1)
MINE = "message-of-mine-0001"


def code_of(found: Accepted | Rejected) -> Refusal | None:
    return found.code if isinstance(found, Rejected) else None


def test_a_sound_file_is_accepted_and_names_the_key_that_signed_it() -> None:
    assert judged(signed()) == Accepted(key=MX_KEY)


def test_a_stranger_is_unknown_whatever_key_it_names() -> None:
    assert code_of(judged(signed(STRANGER, sender="xx9.example"))) is Refusal.SENDER_UNKNOWN


def test_a_known_sender_with_an_unregistered_key_is_refused() -> None:
    assert code_of(judged(signed(STRANGER))) is Refusal.KEY_UNKNOWN


def test_one_installation_cannot_speak_for_another() -> None:
    assert code_of(judged(signed(US_SIGNER))) is Refusal.KEY_NOT_THE_SENDERS


def test_an_altered_message_is_refused() -> None:
    whole = signed()
    altered = replace(whole, signed_bytes=whole.signed_bytes.replace(b"S17", b"S19"))
    assert code_of(judged(altered)) is Refusal.ALTERED


def test_a_key_counts_only_for_what_it_signed_in_its_time() -> None:
    retired = {MX_KEY.key.key_id: replace(MX_KEY, valid_until_at=NOON)}
    assert code_of(judged(signed(), known_keys=retired)) is Refusal.KEY_NOT_VALID_THEN
    before = signed(created_at=NOON - SECOND)
    assert code_of(judged(before, known_keys=retired)) is None


def test_a_file_for_somebody_else_is_refused() -> None:
    assert code_of(judged(signed(recipient="us2.example"))) is Refusal.WRONG_RECIPIENT


@pytest.mark.parametrize("named", ["NO-SUCH-MEMORANDUM", "MOU-2024-02", "mou-2024-01"])
def test_a_file_under_another_memorandum_than_the_registers_is_refused(named: str) -> None:
    assert code_of(judged(signed(agreement=named))) is Refusal.AGREEMENT_DIFFERS


@pytest.mark.parametrize(
    ("ahead", "refusal"),
    [
        (TOLERANCE, None),
        (TOLERANCE + SECOND, Refusal.CLOCK_OUT_OF_STEP),
        (timedelta(days=2), Refusal.CLOCK_OUT_OF_STEP),
    ],
)
def test_a_clock_that_runs_ahead_is_refused_and_told_by_how_much(
    ahead: timedelta, refusal: Refusal | None
) -> None:
    found = judged(signed(created_at=NOON + ahead))
    assert code_of(found) is refusal
    if isinstance(found, Rejected):
        assert found.skew_s == int(ahead.total_seconds())


@pytest.mark.parametrize(("late", "refusal"), [(TOLERANCE, None), (TOLERANCE + SECOND, Refusal.EXPIRED)])
def test_a_file_past_its_time_is_refused(late: timedelta, refusal: Refusal | None) -> None:
    found = signed()
    assert code_of(judged(found, now=found.envelope.expires_at + late)) is refusal


def test_a_file_that_would_live_for_ever_is_refused() -> None:
    assert code_of(judged(signed(expires_at=NOON + LONGEST_LIFE))) is None
    too_long = signed(expires_at=NOON + LONGEST_LIFE + SECOND)
    assert code_of(judged(too_long)) is Refusal.LIFE_TOO_LONG


def test_the_same_file_a_second_time_was_already_received() -> None:
    found = signed()
    seen = Seen(
        messages={found.envelope.message_id: found.digest},
        sequences=frozenset({7}),
        highest_sequence=7,
    )
    assert code_of(judged(found, seen=seen)) is Refusal.ALREADY_RECEIVED


def test_another_message_under_a_used_id_is_refused() -> None:
    seen = Seen(messages={signed().envelope.message_id: "0" * 64})
    assert code_of(judged(signed(), seen=seen)) is Refusal.MESSAGE_ID_REUSED


def test_another_message_under_a_used_sequence_number_is_refused() -> None:
    seen = Seen(sequences=frozenset({7}), highest_sequence=9)
    assert code_of(judged(signed(), seen=seen)) is Refusal.SEQUENCE_REUSED


def test_files_may_overtake_each_other_within_the_window() -> None:
    newest_allowed = Seen(highest_sequence=7 + SEQUENCE_WINDOW - 1)
    assert code_of(judged(signed(), seen=newest_allowed)) is None
    too_new = Seen(highest_sequence=7 + SEQUENCE_WINDOW)
    assert code_of(judged(signed(), seen=too_new)) is Refusal.SEQUENCE_TOO_OLD


def test_a_reply_answers_only_what_we_sent() -> None:
    reply = signed(in_reply_to=MINE)
    assert code_of(judged(reply)) is Refusal.REPLY_TO_UNKNOWN
    assert code_of(judged(reply, seen=Seen(sent=frozenset({MINE})))) is None


def test_what_an_unproven_file_claims_is_not_looked_at_before_its_signature() -> None:
    order = [code for code, _ in REFUSALS]
    assert order == list(Refusal)
    before = order[: order.index(Refusal.ALTERED)]
    assert before == [Refusal.SENDER_UNKNOWN, Refusal.KEY_UNKNOWN, Refusal.KEY_NOT_THE_SENDERS]


def test_an_installation_that_knows_nobody_accepts_nobody() -> None:
    assert code_of(judged(signed(), known_keys={})) is Refusal.SENDER_UNKNOWN
    assert KNOWN_KEYS[US_KEY.key.key_id].installation == US
    assert MX != US
