"""How much a file may ask for, and what its reader may be told about it."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a file and its reader may use. The defaults read a million narrow rows.

    The archive's figures are of an XLSX (a zip): number of entries, bytes when unpacked, and how many
    times larger than packed. `cell_chars` is Excel's own limit. `keep_problems` are listed one by one,
    the others only counted.
    """

    file_bytes: int = 64 * MIB
    archive_entries: int = 2_000
    archive_bytes: int = 512 * MIB
    archive_ratio: int = 200
    rows: int = 1_000_000
    columns: int = 512
    cell_chars: int = 32_767
    row_bytes: int = 8 * MIB
    output_bytes: int = 1024 * MIB
    memory_bytes: int = 768 * MIB
    cpu_s: int = 120
    wait_s: int = 180
    keep_problems: int = 1_000


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOptions:
    """What the reader would otherwise find out by itself; None leaves it to the reader."""

    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


AS_FOUND = TableOptions()


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureLimits:
    """What a photograph or an opinion and its cleaning may use, and how large a cleaned copy becomes.

    `pixels` are looked at before the picture is decoded: a few kB can claim thousands of millions of them. A picture of
    the whole of a gun by a current telephone has 12 to 50 million. `pages` of a PDF are drawn, of `pages_most` at most.
    """

    file_bytes: int = 15 * MIB
    pixels: int = 64_000_000
    shown_px: int = 2048
    thumbnail_px: int = 320
    pages: int = 10
    pages_most: int = 200
    memory_bytes: int = 1024 * MIB
    cpu_s: int = 30
    wait_s: float = 45.0
    output_bytes: int = 48 * MIB


DEFAULT_PICTURE_LIMITS = PictureLimits()
