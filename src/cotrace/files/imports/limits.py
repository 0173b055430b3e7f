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
    """What the reader would otherwise find out by itself; None leaves it to the reader.

    `may_be_cut`: a text whose last line ends inside a quoted cell is not refused; that line is a row without cells.
    """

    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    may_be_cut: bool = False


AS_FOUND = TableOptions()
