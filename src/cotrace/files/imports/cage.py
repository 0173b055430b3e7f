"""The child process that opens a file nobody trusts.

It takes the file as standard input, so that it never sees a name, and writes lines (`wire`) to standard
output. It looks at the first bytes, loads the reader they ask for, and gives up what reading does not need: memory,
processor time, writing, further processes, and every further file handle, so that neither a file nor a connection can
be opened from there on; where the kernel has Landlock, every path besides (`walls`). Only then it reads on. If the file
breaks it, only the child dies.
"""

import codecs
import os
import resource
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO

import orjson
from defusedxml.common import DefusedXmlException

from cotrace.files.imports.limits import Limits, TableOptions
from cotrace.files.imports.walls import give_up_paths
from cotrace.files.imports.wire import END, packed_error, packed_info, packed_row
from cotrace.files.rules.cells import RawRow, TableInfo
from cotrace.foundation.errors import Invalid

_WORKBOOK = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOT_TEXT = (
    b"MZ",
    b"\x7fELF",
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"BZh",
    b"7z\xbc\xaf",
    b"Rar!",
    b"PK",
    b"{\\rtf",
    b"SQLite format 3",
)


CODECS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"),
    *("latin-1", "cp1252", "cp850", "mac-roman", "ascii", "cp437"),
)
"""Every encoding that a reader may come upon; `cp437` names the entries of an archive. Each is a file of Python's."""

Read = tuple[TableInfo, Iterator[RawRow]]
Reader = Callable[..., Read]


def confine(limits: Limits) -> None:
    """Give up memory, processor time, starting processes, and every file, path and connection that is not open yet."""
    give_up_paths()
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_s, limits.cpu_s + 5))
    for what, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(what, (most, most))


def reader_for(source: BinaryIO) -> Reader:
    """Return the reader that the first bytes ask for, loaded: nothing can be loaded later. A name decides nothing."""
    for name in CODECS:
        codecs.lookup(name)
    head = source.read(16)
    source.seek(0)
    if head.startswith(_WORKBOOK):
        from cotrace.files.imports.workbook import read_workbook

        return read_workbook
    if head.startswith(_OLE):
        return _read_old_workbook
    if head.startswith(_NOT_TEXT):
        return _read_nothing
    from cotrace.files.imports.text import read_text

    return read_text


def _read_old_workbook(source: BinaryIO, *, limits: Limits, options: TableOptions) -> Read:
    del limits, options
    is_encrypted = _OLE_ENCRYPTED in source.read()
    raise Invalid("file_encrypted") if is_encrypted else Invalid("format_unsupported", format="XLS")


def _read_nothing(source: BinaryIO, *, limits: Limits, options: TableOptions) -> Read:
    del source, limits, options
    raise Invalid("not_a_table")


def refusal_of(error: BaseException) -> Invalid:
    """Return what to tell about an error, or about the one that caused it: a library may wrap it."""
    while True:
        if isinstance(error, Invalid):
            return error
        if isinstance(error, MemoryError):
            return Invalid("file_too_heavy")
        if isinstance(error, DefusedXmlException):
            return Invalid("xml_entities")
        if error.__cause__ is None:
            return Invalid("file_damaged")
        error = error.__cause__


def stream(source: BinaryIO, out: BinaryIO, read: Reader, *, limits: Limits, options: TableOptions) -> None:
    """Write all that is read, and the reason if it ends early: once what was held is let go, which may be all memory."""
    refused: Invalid | None = None
    try:
        info, rows = read(source, limits=limits, options=options)
        out.write(packed_info(info))
        for row in rows:
            out.write(packed_row(row))
        out.write(END)
    except Exception as error:  # noqa: BLE001 (the edge of the process: whatever broke, the parent gets a code)
        refused = refusal_of(error).with_traceback(None)
    if refused is not None:
        out.write(packed_error(refused))


def main() -> None:
    """Read standard input under the limits and options given as JSON arguments."""
    limits = Limits(**orjson.loads(sys.argv[2]))
    options = TableOptions(**orjson.loads(sys.argv[3]))
    with os.fdopen(0, "rb") as source, os.fdopen(1, "wb") as out:
        read = reader_for(source)
        confine(limits)
        stream(source, out, read, limits=limits, options=options)
