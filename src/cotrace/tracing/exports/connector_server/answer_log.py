"""The licensee's own log: each answer exactly as it was given, and who asked when.

One JSON line per event, only ever appended. An answer is on the disk before its first byte leaves, so
that after a crash the same inquiry gets the same bytes.
"""

import fcntl
import os
import threading
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from cotrace.foundation.errors import Invalid, Refused
from cotrace.foundation.rules.canonical import (
    JsonLimits,
    JsonObject,
    canonical_bytes,
    parse_json,
    without_blanks,
)
from cotrace.foundation.rules.strict import Fields, moment_text

LINE_LIMITS = JsonLimits(size_bytes=256 * 1024, depth=3)


class LogEvent(StrEnum):
    """What the log keeps."""

    ANSWERED = "answered"
    REPEATED = "repeated"
    PENDING = "pending"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """An answer that was given, and the digest of the inquiry it was given to."""

    inquiry_digest: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One event. `body` is the answer as sent; `count` says how many events a line stands for."""

    event: LogEvent
    at: datetime
    peer: str
    inquiry_id: str | None = None
    inquiry_digest: str | None = None
    serial: str | None = None
    code: str | None = None
    count: int | None = None
    body: bytes | None = None


class AnswerLog:
    """An open log file, held by one process at a time."""

    def __init__(self, path: Path) -> None:
        """Open or create a log. Raises: Invalid log_unwritable, log_damaged; Refused log_in_use."""
        self._name = path.name
        self._lock = threading.Lock()
        self._places: dict[str, tuple[str, int, int]] = {}
        self._descriptor = _open(path)
        try:
            self._end = self._read_back()
        except BaseException:
            os.close(self._descriptor)
            raise

    def find(self, inquiry_id: str) -> GivenAnswer | None:
        """Find the answer that was given to an inquiry."""
        place = self._places.get(inquiry_id)
        if place is None:
            return None
        inquiry_digest, offset, length = place
        line = Fields.of(parse_json(os.pread(self._descriptor, length, offset), limits=LINE_LIMITS))
        answer = line.values.get("answer")
        if not isinstance(answer, str):
            raise Invalid("log_damaged", file=self._name, line=0)
        return GivenAnswer(inquiry_digest=inquiry_digest, body=answer.encode("utf-8"))

    def append(self, entry: LogEntry) -> None:
        """Write an event to the disk.

        Raises: OSError when the disk does not take it; the log is then as it was before.
        """
        line = canonical_bytes(_to_json(entry)) + b"\n"
        with self._lock:
            offset = self._end
            self._write(line)
            self._end = offset + len(line)
            if entry.event is LogEvent.ANSWERED and entry.inquiry_id and entry.inquiry_digest:
                self._places[entry.inquiry_id] = (entry.inquiry_digest, offset, len(line) - 1)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)

    def _write(self, line: bytes) -> None:
        try:
            written = 0
            while written < len(line):
                written += os.pwrite(self._descriptor, line[written:], self._end + written)
            os.fsync(self._descriptor)
        except OSError:
            os.ftruncate(self._descriptor, self._end)
            raise

    def _read_back(self) -> int:
        """Index the answers of earlier runs; a line torn by a crash was never sent and is cut off."""
        end = 0
        with os.fdopen(os.dup(self._descriptor), "rb") as stream:
            stream.seek(0)
            for number, line in enumerate(stream, start=1):
                if not line.endswith(b"\n"):
                    os.ftruncate(self._descriptor, end)
                    break
                self._index(line[:-1], number=number, offset=end)
                end += len(line)
        return end

    def _index(self, line: bytes, *, number: int, offset: int) -> None:
        try:
            fields = Fields.of(parse_json(line, limits=LINE_LIMITS))
        except Invalid:
            raise Invalid("log_damaged", file=self._name, line=number) from None
        if fields.text("event") == LogEvent.ANSWERED:
            inquiry_id, inquiry_digest = fields.text("inquiry_id"), fields.text("inquiry_digest")
            if not isinstance(fields.values.get("answer"), str):
                fields.problem("answer", "required")
            self._places[inquiry_id] = (inquiry_digest, offset, len(line))
        if fields.problems:
            raise Invalid("log_damaged", file=self._name, line=number)


def _open(path: Path) -> int:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        raise Invalid("log_unwritable", file=path.name) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise Refused("log_in_use", file=path.name) from None
    return descriptor


def _to_json(entry: LogEntry) -> JsonObject:
    return without_blanks(
        {
            "at": moment_text(entry.at),
            "event": entry.event.value,
            "peer": entry.peer,
            "inquiry_id": entry.inquiry_id,
            "inquiry_digest": entry.inquiry_digest,
            "serial": entry.serial,
            "code": entry.code,
            "count": entry.count,
            "answer": None if entry.body is None else entry.body.decode("utf-8"),
        }
    )
