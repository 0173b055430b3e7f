"""Reading our own code tables from CSV text: fixed columns, no blanks, no key twice.

Tests: tests/unit/tracing/test_code_tables.py.
"""

import csv
import io

from cotrace.foundation.errors import Invalid


def read_table(text: str, *, columns: tuple[str, ...], key: tuple[str, ...]) -> list[dict[str, str]]:
    """Read every row of a table. Raises: Invalid table_wrong_columns, table_blank_cell, table_key_twice."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    if tuple(reader.fieldnames or ()) != columns:
        raise Invalid("table_wrong_columns", value=",".join(reader.fieldnames or ()))
    rows = list(reader)
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        _check_cells(row, columns)
        found = tuple(row[name] for name in key)
        if found in seen:
            raise Invalid("table_key_twice", column=",".join(key), value=",".join(found))
        seen.add(found)
    return rows


def _check_cells(row: dict[str, str], columns: tuple[str, ...]) -> None:
    if len(row) != len(columns):
        raise Invalid("table_wrong_columns", value=row[columns[0]])
    for name in columns:
        if not (row[name] or "").strip():
            raise Invalid("table_blank_cell", column=name, value=row[columns[0]])
