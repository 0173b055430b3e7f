"""Reading the shipped code tables from their CSV files (code, label_en, label_es or name, parent, lat, lon)."""

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

from cotrace.foundation.errors import Unavailable
from cotrace.foundation.principal import Principal
from cotrace.reference.reads import CodeRead, TableFile
from cotrace.reference.services import table_load

DATA = Path(__file__).parent / "data"
MANIFEST = DATA / "tables.csv"


def shipped_tables() -> list[TableFile]:
    """Return the tables that ship, as `tables.csv` lists them."""
    with MANIFEST.open(encoding="utf-8", newline="") as source:
        return [TableFile(**row) for row in csv.DictReader(source)]


def table_codes(table: TableFile) -> Iterator[CodeRead]:
    """Yield the entries of a shipped table; its file is opened with the first."""
    with (DATA / table.file).open(encoding="utf-8", newline="") as source:
        yield from _codes(csv.DictReader(source))


def shipped_codes(table: str) -> dict[str, CodeRead]:
    """Return a shipped table by code, for those who have no database: the terminal. Empty for no such table."""
    return {each.code: each for file in shipped_tables() if file.code == table for each in table_codes(file)}


def _codes(rows: "csv.DictReader[str]") -> Iterator[CodeRead]:
    for row in rows:
        yield CodeRead(
            code=row["code"],
            label_en=row.get("label_en") or row.get("name") or row["code"],
            label_es=row.get("label_es") or row.get("name") or row["code"],
            parent=row.get("parent") or "",
            latitude=_degrees(row.get("lat")),
            longitude=_degrees(row.get("lon")),
        )


def _degrees(text: str | None) -> float | None:
    return float(text) if text else None


def reference_load(principal: Principal) -> list[str]:
    """Bring every shipped table in; return the codes of those that changed.

    Raises Unavailable reference_file_missing before anything is changed, where a table's file is not there.
    """
    digests = {table: _digest(table) for table in shipped_tables()}
    changed = []
    for table, sha256 in digests.items():
        if table_load(principal, table=table, sha256=sha256, codes=table_codes(table)):
            changed.append(table.code)
    return changed


def _digest(table: TableFile) -> str:
    try:
        return hashlib.sha256((DATA / table.file).read_bytes()).hexdigest()
    except OSError:
        raise Unavailable("reference_file_missing", file=table.file) from None
