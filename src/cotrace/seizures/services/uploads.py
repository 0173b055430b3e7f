"""Uploads that wait for their member's word: tried first, imported without being sent again.

Each lies in a folder of its own under COTRACE_HOME/uploads, by a random name, readable by the process alone. Only
the member who sent it can name it, and only for an hour; it is deleted after its import, when its member keeps a
sixth, or by the worker once that hour is over.
"""

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction
from pydantic import TypeAdapter, ValidationError

from cotrace.audit.services import record
from cotrace.files.imports.limits import DEFAULT_LIMITS
from cotrace.foundation import clock
from cotrace.foundation.errors import Invalid, NotFound, Unavailable
from cotrace.foundation.ids import random_hex
from cotrace.foundation.principal import Principal
from cotrace.seizures.permissions import SeizurePermission

KEPT_FOR = timedelta(hours=1)
KEPT_PER_MEMBER = 5
TOKEN_BYTES = 16
_NOTE = "note.json"
_REPORT = "report.json"
_TOKEN = re.compile(rf"[0-9a-f]{{{2 * TOKEN_BYTES}}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUpload:
    """A log as it arrives: `parts` has the bytes of the log under "", of sister files under their field."""

    mapping: str
    series: str
    file_name: str
    parts: Mapping[str, Iterable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptUpload:
    """A log as kept: where its parts lie, what was found in it (`report`), and until when it stays."""

    token: str
    mapping: str
    series: str
    file_name: str
    paths: Mapping[str, Path]
    report: str
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    """What lies beside an upload's parts: whose it is, how to read it, and since when it is kept."""

    member: str
    mapping: str
    series: str
    file_name: str
    parts: tuple[str, ...]
    kept_at: datetime

    @property
    def ends_at(self) -> datetime:
        return self.kept_at + KEPT_FOR


_note_form = TypeAdapter(_Note)


def upload_keep(principal: Principal, *, upload: NewUpload) -> KeptUpload:
    """Keep an upload for an hour. Raises Invalid where a part is too large, Unavailable where the disk is full.

    Audit: seizure.import_tried, with the file's name and the mapping.
    """
    principal.require(SeizurePermission.IMPORT)
    upload_sweep(principal)
    token = random_hex(TOKEN_BYTES, owner=principal.agency)
    folder = _root() / token
    try:
        _write(principal, folder, upload)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise Unavailable("upload_not_kept") from error
    except Invalid:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    with transaction.atomic():
        detail = {"file": upload.file_name, "mapping": upload.mapping}
        record(principal, action="seizure.import_tried", detail=detail)
    return upload_get(principal, token=token)


def upload_get(principal: Principal, *, token: str) -> KeptUpload:
    """Return an upload of the principal's own that is still kept. Raises NotFound."""
    principal.require(SeizurePermission.IMPORT)
    folder, note = _own(principal, token)
    report = folder / _REPORT
    return KeptUpload(
        token=token,
        mapping=note.mapping,
        series=note.series,
        file_name=note.file_name,
        paths={part: folder / f"part-{place}" for place, part in enumerate(note.parts)},
        report=report.read_text(encoding="utf-8") if report.exists() else "",
        ends_at=note.ends_at,
    )


def upload_note(principal: Principal, *, token: str, report: str) -> None:
    """Keep beside an upload what was found in it. Raises NotFound. No event: `upload_keep` wrote one."""
    folder, _ = _own(principal, token)
    with _private(folder / _REPORT) as target:
        target.write(report.encode())


def upload_drop(principal: Principal, *, token: str) -> None:
    """Delete an upload of the principal's own now. Raises NotFound. No event: nothing had been taken from it."""
    principal.require(SeizurePermission.IMPORT)
    folder, _ = _own(principal, token)
    shutil.rmtree(folder, ignore_errors=True)


def _root() -> Path:
    root: Path = settings.COTRACE_HOME / "uploads"
    root.mkdir(mode=0o700, exist_ok=True)
    return root


def _write(principal: Principal, folder: Path, upload: NewUpload) -> None:
    folder.mkdir(mode=0o700)
    for place, chunks in enumerate(upload.parts.values()):
        with _private(folder / f"part-{place}") as target:
            for chunk in _within_limit(chunks):
                target.write(chunk)
    note = _Note(
        member=principal.id,
        mapping=upload.mapping,
        series=upload.series,
        file_name=upload.file_name,
        parts=tuple(upload.parts),
        kept_at=clock.now(),
    )
    with _private(folder / _NOTE) as target:
        target.write(_note_form.dump_json(note))


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _within_limit(chunks: Iterable[bytes]) -> Iterator[bytes]:
    left = DEFAULT_LIMITS.file_bytes
    for chunk in chunks:
        left -= len(chunk)
        if left < 0:
            raise Invalid("file_too_large", limit_bytes=DEFAULT_LIMITS.file_bytes)
        yield chunk


def _own(principal: Principal, token: str) -> tuple[Path, _Note]:
    """Return the folder and the note of an upload of the principal's own; NotFound for all others alike."""
    folder = _root() / token
    note = _note_in(folder) if _TOKEN.fullmatch(token) else None
    if note is None or note.member != principal.id or note.ends_at <= clock.now():
        raise NotFound
    return folder, note


def _note_in(folder: Path) -> _Note | None:
    try:
        return _note_form.validate_json((folder / _NOTE).read_bytes())
    except (OSError, ValidationError):
        return None


def upload_sweep(principal: Principal) -> None:
    """Delete what has run out, and the principal's oldest beyond four.

    No event: nothing had been taken from these files.
    """
    uploads_expire(principal)
    notes = ((folder, _note_in(folder)) for folder in _root().iterdir())
    mine = [(note.ends_at, folder) for folder, note in notes if note is not None and note.member == principal.id]
    for _, folder in sorted(mine)[: -(KEPT_PER_MEMBER - 1)]:
        shutil.rmtree(folder, ignore_errors=True)


def uploads_expire(principal: Principal) -> int:
    """Delete what has run out and what a dead process left half-written, whoever sent it; return how many.

    The worker's duty where it shares the site's folder. No event: nothing had been taken from these files.
    """
    del principal
    moment = clock.now()
    gone = 0
    for folder in _root().iterdir():
        note = _note_in(folder)
        ends_at = note.ends_at if note else _changed_at(folder) + KEPT_FOR
        if ends_at <= moment:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone


def _changed_at(folder: Path) -> datetime:
    try:
        return datetime.fromtimestamp(folder.stat().st_mtime, UTC)
    except FileNotFoundError:
        return clock.now()
