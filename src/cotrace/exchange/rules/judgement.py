"""Whether a signed file that arrived is to be believed and acted on.

Decides by a table, first refusal first: who sent it, whether it is what was signed, whether it is for
us and under the memorandum that both sides know, whether its time is right, whether it came before. Only what the sender's own key proves is looked
at after the signature. Source: docs/exchange-format.md section 5; issue "clocks out of step".
Tests: tests/unit/exchange/test_judgement.py, tests/golden/exchange/refusals.txt.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from cotrace.exchange.rules.envelope import SignedEnvelope
from cotrace.foundation.rules.signatures import PublicKey

CLOCK_TOLERANCE = timedelta(minutes=10)
SEQUENCE_WINDOW = 1000
LONGEST_LIFE = timedelta(days=90)


class Refusal(StrEnum):
    """Why a file is refused, in the order in which the reasons are looked for."""

    SENDER_UNKNOWN = "file_sender_unknown"
    KEY_UNKNOWN = "file_key_unknown"
    KEY_NOT_THE_SENDERS = "file_key_not_the_senders"
    ALTERED = "file_altered"
    KEY_NOT_VALID_THEN = "file_key_not_valid_then"
    WRONG_RECIPIENT = "file_wrong_recipient"
    AGREEMENT_DIFFERS = "file_agreement_differs"
    CLOCK_OUT_OF_STEP = "file_clock_out_of_step"
    EXPIRED = "file_expired"
    LIFE_TOO_LONG = "file_life_too_long"
    ALREADY_RECEIVED = "file_already_received"
    MESSAGE_ID_REUSED = "file_message_id_reused"
    SEQUENCE_REUSED = "file_sequence_reused"
    SEQUENCE_TOO_OLD = "file_sequence_too_old"
    REPLY_TO_UNKNOWN = "file_reply_to_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKey:
    """An installation's key in our register, with the time in which it may have signed."""

    installation: str
    key: PublicKey
    valid_from_at: datetime
    valid_until_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What we remember of the exchange with this sender.

    `messages`: id to digest. `sequences`: numbers received inside the window of the file's channel.
    `highest_sequence`: of that channel, 0 before the first. `sent`: ids of our own messages to this sender.
    """

    messages: Mapping[str, str] = field(default_factory=dict)
    sequences: frozenset[int] = frozenset()
    highest_sequence: int = 0
    sent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The file is what its sender signed, for us, in time, and new."""

    key: KnownKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """The file is refused. `skew_s`: by how many seconds the sender's clock runs ahead of ours."""

    code: Refusal
    skew_s: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file, and everything it is judged by.

    `me` is this installation, `agreement` the memorandum under which our register has the sender, `tolerance`
    for clocks is usually CLOCK_TOLERANCE.
    """

    signed: SignedEnvelope
    known_keys: Mapping[str, KnownKey]
    seen: Seen
    now: datetime
    me: str
    agreement: str
    tolerance: timedelta

    @property
    def key(self) -> KnownKey | None:
        """The registered key that the file names."""
        return self.known_keys.get(self.signed.key_id)

    @property
    def ahead(self) -> timedelta:
        """By how much the sender's clock runs ahead of ours, as far as the file shows."""
        return self.signed.envelope.created_at - self.now

    @property
    def earlier_digest(self) -> str | None:
        """The digest of the message that came under this id before."""
        return self.seen.messages.get(self.signed.envelope.message_id)


Test: TypeAlias = Callable[[Arrival], bool]


def _sender_unknown(arrival: Arrival) -> bool:
    sender = arrival.signed.envelope.sender
    return all(known.installation != sender for known in arrival.known_keys.values())


def _key_not_the_senders(arrival: Arrival) -> bool:
    key = arrival.key
    return key is None or key.installation != arrival.signed.envelope.sender


def _altered(arrival: Arrival) -> bool:
    key = arrival.key
    return key is None or not arrival.signed.is_signed_by(key.key)


def _key_not_valid_then(arrival: Arrival) -> bool:
    key, created_at = arrival.key, arrival.signed.envelope.created_at
    return key is None or not key.valid_from_at <= created_at < key.valid_until_at


def _life_too_long(arrival: Arrival) -> bool:
    envelope = arrival.signed.envelope
    return envelope.expires_at - envelope.created_at > LONGEST_LIFE


def _reply_to_unknown(arrival: Arrival) -> bool:
    in_reply_to = arrival.signed.envelope.in_reply_to
    return in_reply_to is not None and in_reply_to not in arrival.seen.sent


REFUSALS: tuple[tuple[Refusal, Test], ...] = (
    (Refusal.SENDER_UNKNOWN, _sender_unknown),
    (Refusal.KEY_UNKNOWN, lambda arrival: arrival.key is None),
    (Refusal.KEY_NOT_THE_SENDERS, _key_not_the_senders),
    (Refusal.ALTERED, _altered),
    (Refusal.KEY_NOT_VALID_THEN, _key_not_valid_then),
    (Refusal.WRONG_RECIPIENT, lambda arrival: arrival.signed.envelope.recipient != arrival.me),
    (Refusal.AGREEMENT_DIFFERS, lambda arrival: arrival.signed.envelope.agreement != arrival.agreement),
    (Refusal.CLOCK_OUT_OF_STEP, lambda arrival: arrival.ahead > arrival.tolerance),
    (
        Refusal.EXPIRED,
        lambda arrival: arrival.signed.envelope.expires_at < arrival.now - arrival.tolerance,
    ),
    (Refusal.LIFE_TOO_LONG, _life_too_long),
    (Refusal.ALREADY_RECEIVED, lambda arrival: arrival.earlier_digest == arrival.signed.digest),
    (Refusal.MESSAGE_ID_REUSED, lambda arrival: arrival.earlier_digest is not None),
    (
        Refusal.SEQUENCE_REUSED,
        lambda arrival: arrival.signed.envelope.sequence in arrival.seen.sequences,
    ),
    (
        Refusal.SEQUENCE_TOO_OLD,
        lambda arrival: arrival.signed.envelope.sequence <= arrival.seen.highest_sequence - SEQUENCE_WINDOW,
    ),
    (Refusal.REPLY_TO_UNKNOWN, _reply_to_unknown),
)


def judge_envelope(
    signed: SignedEnvelope,
    *,
    known_keys: Mapping[str, KnownKey],
    seen: Seen,
    now: datetime,
    me: str,
    agreement: str,
    tolerance: timedelta,
) -> Accepted | Rejected:
    """Say whether a file may be acted on, or the first reason why not. `known_keys` is by key id."""
    arrival = Arrival(
        signed=signed, known_keys=known_keys, seen=seen, now=now, me=me, agreement=agreement, tolerance=tolerance
    )
    for code, applies in REFUSALS:
        if applies(arrival):
            is_clock = code is Refusal.CLOCK_OUT_OF_STEP
            return Rejected(code=code, skew_s=int(arrival.ahead.total_seconds()) if is_clock else None)
    key = arrival.key
    return Rejected(code=Refusal.KEY_UNKNOWN) if key is None else Accepted(key=key)
