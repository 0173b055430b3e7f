"""The directory of an XLSX, checked before anything is unpacked. Runs in the cage.

Authority: APPNOTE.TXT 6.3 (zip); Fifield 2019, "A better zip bomb" (overlapping entries).
"""

import stat
import zipfile
from collections.abc import Iterable
from typing import BinaryIO

from cotrace.files.imports.limits import MIB, Limits
from cotrace.foundation.errors import Invalid

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED_FLAG = 0x1
_NAME_LENGTH = 255


def check_archive(source: BinaryIO, limits: Limits) -> None:
    """Refuse a zip that is damaged, encrypted, a bomb, built to trick, or not an XLSX."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Invalid("file_damaged") from error
    if len(entries) > limits.archive_entries:
        raise Invalid("archive_too_many_entries", limit=limits.archive_entries)
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise Invalid("file_encrypted")
    names = [entry.filename for entry in entries]
    if len({name.casefold() for name in names}) < len(names) or any(map(_is_trick, entries)):
        raise Invalid("archive_tricks")
    _check_sizes(entries, limits)
    _check_kind(set(names))


def _is_trick(entry: zipfile.ZipInfo) -> bool:
    """Say whether an entry would leave its folder, is a link, or is packed in an unusual way."""
    name = entry.filename
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    is_outside = name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name
    is_odd = len(name) > _NAME_LENGTH or not name.isprintable() or "\0" in entry.orig_filename
    return is_link or is_outside or is_odd or entry.compress_type not in _METHODS


def _check_sizes(entries: Iterable[zipfile.ZipInfo], limits: Limits) -> None:
    unpacked = packed = end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Invalid("archive_tricks")
        end = entry.header_offset + entry.compress_size
        unpacked += entry.file_size
        packed += entry.compress_size
    if unpacked > limits.archive_bytes or unpacked > max(packed * limits.archive_ratio, MIB):
        raise Invalid("archive_bomb")


def _check_kind(names: set[str]) -> None:
    if "content.xml" in names and "mimetype" in names:
        raise Invalid("format_unsupported", format="ODS")
    if "xl/workbook.bin" in names:
        raise Invalid("format_unsupported", format="XLSB")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise Invalid("not_a_table")
