"""What an installation makes of a file that arrives, case by case, for people to review."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cotrace.exchange.rules.judgement import (
    LONGEST_LIFE,
    SEQUENCE_WINDOW,
    Accepted,
    Refusal,
    Rejected,
    Seen,
)
from tests.unit.exchange.builders import (
    MX_KEY,
    NOON,
    STRANGER,
    TOLERANCE,
    US_SIGNER,
    judged,
    signed,
)

HERE = Path(__file__).parent
WHOLE = signed()
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def verdict(found: Accepted | Rejected) -> str:
    """A verdict in one word, with the skew where clocks are the reason."""
    if isinstance(found, Accepted):
        return "accepted"
    return found.code if found.skew_s is None else f"{found.code} ({found.skew_s} s ahead)"


def cases() -> dict[str, Accepted | Rejected]:
    """Each case, and what is made of it."""
    known_id = {WHOLE.envelope.message_id: WHOLE.digest}
    retired = {MX_KEY.key.key_id: replace(MX_KEY, valid_until_at=NOON)}
    changed = replace(WHOLE, signed_bytes=WHOLE.signed_bytes.replace(b"S17", b"S19"))
    return {
        "sound file": judged(WHOLE),
        "sender not in the register": judged(signed(STRANGER, sender="xx9.example")),
        "known sender, key not in the register": judged(signed(STRANGER)),
        "known sender, another installation's key": judged(signed(US_SIGNER)),
        "one word changed": judged(changed),
        "key retired before the file was made": judged(WHOLE, known_keys=retired),
        "meant for another installation": judged(signed(recipient="us2.example")),
        "under another memorandum than the register's": judged(signed(agreement="MOU-2024-02")),
        "sender's clock 10 minutes ahead": judged(signed(created_at=NOON + TOLERANCE)),
        "sender's clock 10 minutes and a second ahead": judged(signed(created_at=NOON + TOLERANCE + SECOND)),
        "sender's clock an hour behind": judged(signed(created_at=NOON - HOUR)),
        "read on the last day": judged(WHOLE, now=WHOLE.envelope.expires_at),
        "read an hour after its time": judged(WHOLE, now=WHOLE.envelope.expires_at + HOUR),
        "valid for longer than 90 days": judged(signed(expires_at=NOON + LONGEST_LIFE + SECOND)),
        "the same file again": judged(WHOLE, seen=Seen(messages=known_id)),
        "another message under a used id": judged(signed(sequence=8), seen=Seen(messages=known_id)),
        "another message under a used number": judged(WHOLE, seen=Seen(sequences=frozenset({7}))),
        "overtaken by 999 later messages": judged(WHOLE, seen=Seen(highest_sequence=6 + SEQUENCE_WINDOW)),
        "overtaken by 1000 later messages": judged(WHOLE, seen=Seen(highest_sequence=7 + SEQUENCE_WINDOW)),
        "reply to a message we sent": judged(
            signed(in_reply_to="message-of-mine-0001"),
            seen=Seen(sent=frozenset({"message-of-mine-0001"})),
        ),
        "reply to a message we never sent": judged(signed(in_reply_to="message-of-mine-0001")),
    }


def test_each_case_is_judged_as_it_was_reviewed(tmp_path: Path) -> None:
    found = "".join(f"{case} | {verdict(judgement)}\n" for case, judgement in cases().items())
    (tmp_path / "refusals.txt").write_text(found, "utf-8")
    reviewed = (HERE / "refusals.txt").read_text("utf-8")
    assert found == reviewed, f"review {tmp_path / 'refusals.txt'} and, if it is right, put it in its place"


def test_every_refusal_has_its_case() -> None:
    refused = {judgement.code for judgement in cases().values() if isinstance(judgement, Rejected)}
    assert refused == set(Refusal)
