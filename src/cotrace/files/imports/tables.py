"""The parent's side of the cage: a file goes in, rows or a refusal come out.

The parent neither parses the file nor waits for ever: it hands the open file to a child with an empty
environment, reads lines up to a size, stops waiting after a time, and always ends and reaps the child.
"""

import errno
import os
import select
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

import orjson

import cotrace
from cotrace.files.imports.limits import AS_FOUND, DEFAULT_LIMITS, Limits, TableOptions
from cotrace.files.imports.wire import unpacked
from cotrace.files.rules.cells import RawRow, TableInfo
from cotrace.foundation.errors import Invalid

_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from cotrace.files.imports.cage import main; main()"
_SOURCE_ROOT = str(Path(cotrace.__path__[0]).parent)
_CHUNK = 256 * 1024
_GRACE_S = 5
"""How long a child may take to end after its last word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """An open table: what is known about it, and its rows, once. The first row is the header."""

    info: TableInfo
    rows: Iterator[RawRow]


@contextmanager
def read_table(
    path: Path, *, limits: Limits = DEFAULT_LIMITS, options: TableOptions = AS_FOUND
) -> Iterator[Table]:
    """Open a workbook (XLSX) or delimited text in the cage; leaving the block ends the child.

    Blank rows are not in `rows`, but count in row numbers. Raises `Invalid` with one of the codes of
    `cotrace.files.sentences`, on entering or while the rows are taken.
    """
    with _opened(path, limits) as source:
        child = _started(source, limits, options)
    with child:
        try:
            told = map(unpacked, _lines(child, limits))
            info = next(told, None)
            if not isinstance(info, TableInfo):
                raise Invalid("file_reader_failed")
            yield Table(info=info, rows=_rows(told))
        finally:
            child.kill()


def _opened(path: Path, limits: Limits) -> BinaryIO:
    """Open a regular file that is not a link, not empty and not too large."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except ValueError as error:
        raise Invalid("file_not_found") from error
    except OSError as error:
        raise Invalid("file_is_link" if error.errno == errno.ELOOP else "file_not_found") from error
    if refusal := _refusal(os.fstat(handle), limits):
        os.close(handle)
        raise refusal
    return os.fdopen(handle, "rb")


def _refusal(found: os.stat_result, limits: Limits) -> Invalid | None:
    if not stat.S_ISREG(found.st_mode):
        return Invalid("file_not_regular")
    if found.st_size == 0:
        return Invalid("file_empty")
    if found.st_size > limits.file_bytes:
        return Invalid("file_too_large", limit_bytes=limits.file_bytes)
    return None


def _started(source: BinaryIO, limits: Limits, options: TableOptions) -> subprocess.Popen[bytes]:
    arguments = [orjson.dumps(asdict(given)).decode() for given in (limits, options)]
    return subprocess.Popen(
        [sys.executable, "-I", "-B", "-c", _CHILD, _SOURCE_ROOT, *arguments],
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )


def _lines(child: subprocess.Popen[bytes], limits: Limits) -> Iterator[bytes]:
    """Yield the child's lines; raise when it is silent too long, says too much or dies."""
    assert child.stdout is not None  # noqa: S101 (narrows the type: stdout is a pipe)
    handle = child.stdout.fileno()
    poll = select.poll()
    poll.register(handle, select.POLLIN | select.POLLHUP)
    pending, received, waited_s = b"", 0, 0.0
    while True:
        started = time.monotonic()
        is_ready = poll.poll(max(0.0, limits.wait_s - waited_s) * 1000)
        waited_s += time.monotonic() - started
        if not is_ready:
            raise Invalid("file_too_slow")
        chunk = os.read(handle, _CHUNK)
        if not chunk:
            break
        *lines, pending = (pending + chunk).split(b"\n")
        received += len(chunk)
        if len(pending) > limits.row_bytes or received > limits.output_bytes:
            raise Invalid("file_too_large_inside")
        yield from lines
    try:
        ended = child.wait(timeout=_GRACE_S)
    except subprocess.TimeoutExpired as error:
        raise Invalid("file_reader_failed") from error
    if ended != 0:
        raise Invalid("file_too_slow" if ended == -signal.SIGXCPU else "file_reader_failed")


def _rows(told: Iterator[RawRow | TableInfo | None]) -> Iterator[RawRow]:
    for one in told:
        if one is None:
            return
        if not isinstance(one, RawRow):
            break
        yield one
    raise Invalid("file_reader_failed")
