"""Reading an XLSX row by row. Runs in the cage.

Formulas are seen and handed on as such; declared dimensions are not believed; blank rows are skipped
but counted. Authority: ECMA-376 (18.3.1.73 rows, 1,048,576 at most).
"""

import math
import warnings
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import chain
from typing import BinaryIO

import openpyxl
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from cotrace.files.imports.archive import check_archive
from cotrace.files.imports.limits import Limits, TableOptions
from cotrace.files.rules.cells import Cell, CellError, Formula, RawRow, TableInfo
from cotrace.foundation.errors import Invalid

_SHEET_ROWS = 1_048_576


def read_workbook(
    source: BinaryIO, *, limits: Limits, options: TableOptions
) -> tuple[TableInfo, Iterator[RawRow]]:
    """Return what is known of the first sheet with data, or the named one, and its rows."""
    check_archive(source, limits)
    warnings.simplefilter("ignore")
    workbook = openpyxl.load_workbook(source, read_only=True, data_only=False, keep_links=False)
    for sheet in _candidates(workbook, options.sheet):
        rows = _rows(sheet, limits)
        first = next(rows, None)
        if first is not None:
            break
    else:
        raise Invalid("file_without_rows")
    info = TableInfo(
        format="xlsx",
        sheet=sheet.title,
        sheets=tuple(workbook.sheetnames),
        is_1904=workbook.epoch == CALENDAR_MAC_1904,
    )
    return info, chain((first,), rows)


def _candidates(workbook: Workbook, name: str | None) -> list[ReadOnlyWorksheet]:
    """Return the sheets to look at: the named one, or all, the visible ones first."""
    sheets = [sheet for sheet in workbook.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
    if name is not None:
        sheets = [sheet for sheet in sheets if sheet.title == name]
        if not sheets:
            raise Invalid("sheet_not_found", sheet=name)
    return sorted(sheets, key=lambda sheet: sheet.sheet_state != "visible")


def _rows(sheet: ReadOnlyWorksheet, limits: Limits) -> Iterator[RawRow]:
    sheet.reset_dimensions()
    for number, cells in enumerate(_cells_by_row(sheet), start=1):
        values = [_cell(cell, number, limits) for cell in cells]
        while values and values[-1] is None:
            values.pop()
        if len(values) > limits.columns:
            raise Invalid("too_many_columns", row=number, limit=limits.columns)
        if number > (limits.rows if values else _SHEET_ROWS):
            raise Invalid("too_many_rows", limit=limits.rows)
        if values:
            yield RawRow(number, tuple(values))


def _cells_by_row(sheet: ReadOnlyWorksheet) -> Iterator[tuple[EmptyCell | ReadOnlyCell, ...]]:
    return sheet.iter_rows()  # type: ignore[return-value,misc]  # the stubs have the writable sheet's


def _cell(cell: EmptyCell | ReadOnlyCell, row: int, limits: Limits) -> Cell:
    value = cell.value
    if value is None or isinstance(value, bool | int | date):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else CellError(str(value))
    if isinstance(value, time | timedelta):
        return str(value)
    text = value if isinstance(value, str) else str(getattr(value, "text", ""))
    if len(text) > limits.cell_chars:
        raise Invalid("cell_too_large", row=row, limit=limits.cell_chars)
    if cell.data_type == "f":
        return Formula(text)
    return CellError(text) if cell.data_type == "e" else text or None
