"""How the cage tells its parent what it read: one JSON object or row a line.

A line is `{"info": …}` first, then `[number, [cell, …]]` for each row, then `{"end": true}`; or
`{"error": code, "params": {…}}` at any point. A cell is a JSON scalar, or a one-entry object for what
JSON has no word for. Both sides are here; the parent believes nothing it has not checked.
"""

from datetime import date
from typing import TypeGuard

import orjson

from cotrace.files.rules.cells import Cell, CellError, Formula, RawRow, TableInfo
from cotrace.foundation.errors import CotraceError, Invalid, Param

_EXACT = 2**53


def _packed(cell: Cell) -> object:
    if isinstance(cell, Formula):
        return {"formula": cell.text}
    if isinstance(cell, CellError):
        return {"error": cell.text}
    if isinstance(cell, date):
        return {"date": cell.isoformat()[:10]}
    return str(cell) if isinstance(cell, int) and abs(cell) > _EXACT else cell


def packed_row(row: RawRow) -> bytes:
    """Return the line of a row."""
    return orjson.dumps([row.number, [_packed(cell) for cell in row.cells]]) + b"\n"


def packed_info(info: TableInfo) -> bytes:
    """Return the first line."""
    return orjson.dumps({"info": info}) + b"\n"


def packed_error(error: CotraceError) -> bytes:
    """Return the line of a refusal."""
    return orjson.dumps({"error": error.code, "params": dict(error.params)}) + b"\n"


END = orjson.dumps({"end": True}) + b"\n"


def _cell(told: object) -> Cell:
    if told is None or isinstance(told, str | int | float):
        return told
    if isinstance(told, dict) and len(told) == 1:
        kind, text = next(iter(told.items()))
        if kind == "date":
            return date.fromisoformat(text)
        if isinstance(text, str) and kind in ("formula", "error"):
            return Formula(text) if kind == "formula" else CellError(text)
    raise ValueError


def unpacked(line: bytes) -> RawRow | TableInfo | None:
    """Return what a line says; None at the end.

    Raises the `Invalid` the cage reported; `Invalid("file_reader_failed")` for a line that makes no sense.
    """
    try:
        told: object = orjson.loads(line)
        if isinstance(told, list):
            number, cells = told
            return RawRow(int(number), tuple(map(_cell, cells)))
        if not isinstance(told, dict):
            raise ValueError
        if "info" in told:
            return TableInfo(**{**told["info"], "sheets": tuple(told["info"]["sheets"])})
    except (ValueError, TypeError, KeyError) as error:
        raise Invalid("file_reader_failed") from error
    if isinstance(code := told.get("error"), str):
        refusal, params = Invalid(code), told.get("params")
        if _is_params(params):
            refusal.params = params
        raise refusal
    return None


def _is_params(params: object) -> TypeGuard[dict[str, Param]]:
    return isinstance(params, dict) and all(
        isinstance(value, str | int | float | None) for value in params.values()
    )
