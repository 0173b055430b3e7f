"""What a reader hands over: cells, rows and what is known about the table they came from.

Authority: ECMA-376 (cell types of a workbook); DESIGN 12 (formulas are reported, never evaluated).
Tests: tests/unit/files/test_cells.py.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

EXCERPT_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that holds a formula; its text is kept to be shown, never evaluated."""

    text: str


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that holds an error value of the spreadsheet, such as `#REF!`."""

    text: str


PlainCell = None | bool | int | float | str | date
"""What a cell can say by itself; a `datetime` is a `date` here, the time of day is not used."""

Cell = PlainCell | Formula | CellError


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as read. `number` is the spreadsheet's own: the first row is 1, blank ones count."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableInfo:
    """What the reader found out about the file.

    `sheet` was read, `sheets` are all there are, `is_1904` is the date system: workbooks only.
    `encoding` and `delimiter` are of delimited text only.
    """

    format: Literal["xlsx", "text"]
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    is_1904: bool = False
    encoding: str | None = None
    delimiter: str | None = None


def plain_text(cell: PlainCell) -> str:
    """Return a cell as text the way a person would type it: `5.0` is `5`, a date is ISO."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def excerpt(cell: Cell, *, length: int = EXCERPT_LENGTH) -> str:
    """Show a cell in a report: at most `length` characters, nothing invisible.

    Control and direction characters become `·`, so that a report cannot be made to read otherwise.
    """
    text = cell.text if isinstance(cell, Formula | CellError) else plain_text(cell)
    shown = "".join(char if char.isprintable() else "·" for char in text[: length + 1])
    return shown if len(shown) <= length else shown[: length - 1] + "…"
