"""The desk behind the connector's one address: checks an inquiry, answers it once, repeats itself.

Knows nothing of HTTP: takes a letter, gives a reply.
"""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cotrace.foundation.errors import Invalid
from cotrace.foundation.rules.canonical import JsonObject, canonical_bytes, without_blanks
from cotrace.foundation.rules.signatures import PublicKey, Purpose, Signer, digest
from cotrace.foundation.rules.strict import moment_text
from cotrace.tracing.exports.connector_server.answer_log import (
    AnswerLog,
    GivenAnswer,
    LogEntry,
    LogEvent,
)
from cotrace.tracing.exports.connector_server.records import Records
from cotrace.tracing.rules.answer_document import ConnectorAnswer, answer_bytes
from cotrace.tracing.rules.answers import Pending
from cotrace.tracing.rules.inquiry import Inquiry, InquiryRefusal, judge_inquiry, parse_inquiry
from cotrace.tracing.rules.record_lookup import look_up

CLOCK_TOLERANCE = timedelta(minutes=5)
UNSIGNED_NOTE_EVERY = timedelta(seconds=10)

STATUSES: dict[InquiryRefusal, int] = {
    InquiryRefusal.NOT_FOUND: 404,
    InquiryRefusal.NOT_JSON: 415,
    InquiryRefusal.TOO_LARGE: 413,
    InquiryRefusal.NOT_SIGNED: 401,
    InquiryRefusal.MALFORMED: 400,
    InquiryRefusal.NOT_ADDRESSED_HERE: 403,
    InquiryRefusal.CLOCK_OUT_OF_STEP: 409,
    InquiryRefusal.EXPIRED: 410,
    InquiryRefusal.LIFE_TOO_LONG: 400,
    InquiryRefusal.ID_REUSED: 409,
    InquiryRefusal.UNAVAILABLE: 503,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An inquiry as it came in. `peer` is the address it came from, for the licensee's log."""

    body: bytes
    key_id: str
    signature: str
    peer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What goes back; a refusal carries no signature."""

    status: int
    body: bytes
    key_id: str | None = None
    signature: str | None = None


def refusal(code: InquiryRefusal, *, now: datetime | None = None) -> Reply:
    """Write a refusal: its code, and the connector's time where clocks are the reason."""
    values: JsonObject = {"code": code.value, "now": None if now is None else moment_text(now)}
    return Reply(status=STATUSES[code], body=canonical_bytes(without_blanks(values)))


class InquiryDesk:
    """Answers inquiries for one licensee from its records, once each."""

    def __init__(
        self,
        *,
        licence: str,
        records: Records,
        log: AnswerLog,
        signer: Signer,
        centre_keys: tuple[PublicKey, ...],
    ) -> None:
        """Open the desk. `centre_keys`: the pinned keys of the tracing centre; two while it changes one."""
        self._licence = licence
        self._records = records
        self._log = log
        self._signer = signer
        self._centre_keys = {key.key_id: key for key in centre_keys}
        self._lock = threading.Lock()
        self._unsigned = 0
        self._unsigned_noted_at = datetime.min.replace(tzinfo=UTC)

    def receive(self, letter: Letter) -> Reply:
        """Answer an inquiry, or say by a code why not. Audit: the licensee's log."""
        now = datetime.now(UTC)
        key = self._centre_keys.get(letter.key_id)
        if key is None or not key.is_signature(letter.signature, purpose=Purpose.INQUIRY, body=letter.body):
            return self._refuse_unsigned(letter, now)
        try:
            inquiry = parse_inquiry(letter.body)
        except Invalid:
            return self._refuse(InquiryRefusal.MALFORMED, letter, now, inquiry=None)
        code = judge_inquiry(inquiry, licence=self._licence, now=now, tolerance=CLOCK_TOLERANCE)
        if code is not None:
            return self._refuse(code, letter, now, inquiry=inquiry)
        with self._lock:
            return self._answer_or_repeat(letter, inquiry, now)

    def _answer_or_repeat(self, letter: Letter, inquiry: Inquiry, now: datetime) -> Reply:
        given = self._log.find(inquiry.inquiry_id)
        if given is None:
            return self._answer(letter, inquiry, now)
        if given.inquiry_digest != digest(letter.body):
            return self._refuse(InquiryRefusal.ID_REUSED, letter, now, inquiry=inquiry)
        return self._repeat(letter, inquiry, now, given)

    def _answer(self, letter: Letter, inquiry: Inquiry, now: datetime) -> Reply:
        found = look_up(self._records.of_serial(inquiry.gun.serial), inquiry)
        body = answer_bytes(
            ConnectorAnswer(
                inquiry_id=inquiry.inquiry_id,
                inquiry_digest=digest(letter.body),
                licensee=self._licence,
                answered_at=now,
                answer=found.answer,
                gun=found.gun,
                acquisition=found.acquisition,
            )
        )
        is_pending = isinstance(found.answer, Pending)
        event = LogEvent.PENDING if is_pending else LogEvent.ANSWERED
        return self._logged(event, letter, inquiry, now, body=body)

    def _repeat(self, letter: Letter, inquiry: Inquiry, now: datetime, given: GivenAnswer) -> Reply:
        return self._logged(LogEvent.REPEATED, letter, inquiry, now, body=given.body)

    def _logged(
        self, event: LogEvent, letter: Letter, inquiry: Inquiry, now: datetime, *, body: bytes
    ) -> Reply:
        entry = LogEntry(
            event=event,
            at=now,
            peer=letter.peer,
            inquiry_id=inquiry.inquiry_id,
            inquiry_digest=digest(letter.body),
            serial=inquiry.gun.serial,
            body=body if event is LogEvent.ANSWERED else None,
        )
        try:
            self._log.append(entry)
        except OSError:
            return refusal(InquiryRefusal.UNAVAILABLE)
        return Reply(
            status=200,
            body=body,
            key_id=self._signer.public_key.key_id,
            signature=self._signer.sign(body, purpose=Purpose.ANSWER),
        )

    def _refuse(
        self, code: InquiryRefusal, letter: Letter, now: datetime, *, inquiry: Inquiry | None
    ) -> Reply:
        entry = LogEntry(
            event=LogEvent.REFUSED,
            at=now,
            peer=letter.peer,
            inquiry_id=inquiry.inquiry_id if inquiry else None,
            code=code.value,
        )
        return self._refuse_with(entry, refusal(code, now=_shown_time(code, now)))

    def _refuse_unsigned(self, letter: Letter, now: datetime) -> Reply:
        """Strangers may knock as often as they like; the log gets one line per ten seconds of it."""
        reply = refusal(InquiryRefusal.NOT_SIGNED)
        with self._lock:
            self._unsigned += 1
            if now - self._unsigned_noted_at < UNSIGNED_NOTE_EVERY:
                return reply
            count, self._unsigned, self._unsigned_noted_at = self._unsigned, 0, now
        entry = LogEntry(
            event=LogEvent.REFUSED,
            at=now,
            peer=letter.peer,
            code=InquiryRefusal.NOT_SIGNED.value,
            count=count,
        )
        return self._refuse_with(entry, reply)

    def _refuse_with(self, entry: LogEntry, reply: Reply) -> Reply:
        try:
            self._log.append(entry)
        except OSError:
            return refusal(InquiryRefusal.UNAVAILABLE)
        return reply


def _shown_time(code: InquiryRefusal, now: datetime) -> datetime | None:
    return now if code is InquiryRefusal.CLOCK_OUT_OF_STEP else None
