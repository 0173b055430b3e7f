"""The licensee's records file, read once into memory and indexed by serial number."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cotrace.foundation.errors import FieldProblem, Invalid
from cotrace.tracing.rules.gun import normal_serial
from cotrace.tracing.rules.record_rows import COLUMNS, RecordRow, column_problems, parse_row

if TYPE_CHECKING:
    import _csv

MOST_PROBLEMS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """A licensee's lines by the normal form of their serial. No other way in exists."""

    by_serial: dict[str, tuple[RecordRow, ...]]
    rows: int

    def of_serial(self, serial: str) -> tuple[RecordRow, ...]:
        """List the lines that carry a serial."""
        return self.by_serial.get(normal_serial(serial), ())


def read_records(path: Path) -> Records:
    """Read a records file.

    Raises: Invalid records_unreadable, records_not_utf8, records_malformed; a file with a wrong line
    is not served at all, and `fields` names rows (the header is row 1) and columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return _read(csv.reader(stream, strict=True))
    except OSError:
        raise Invalid("records_unreadable", file=path.name) from None
    except UnicodeDecodeError:
        raise Invalid("records_not_utf8", file=path.name) from None


def _read(lines: "_csv.Reader") -> Records:
    try:
        return _index(lines)
    except csv.Error:
        problem = FieldProblem(str(lines.line_num), "record_line_malformed", (("row", lines.line_num),))
        raise Invalid("records_malformed", fields=(problem,)) from None


def _index(lines: Iterator[list[str]]) -> Records:
    header = tuple(name.strip() for name in next(lines, []))
    _refuse(list(column_problems(header)))
    found: defaultdict[str, list[RecordRow]] = defaultdict(list)
    problems: list[FieldProblem] = []
    rows = 0
    for number, cells in enumerate(lines, start=2):
        if not any(cells):
            continue
        rows += 1
        row, in_row = _row(header, cells)
        problems += [_placed(problem, number) for problem in in_row]
        if len(problems) >= MOST_PROBLEMS:
            break
        found[normal_serial(row.gun.serial)].append(row)
    _refuse(problems)
    return Records(by_serial={serial: tuple(group) for serial, group in found.items()}, rows=rows)


def _row(header: tuple[str, ...], cells: list[str]) -> tuple[RecordRow, tuple[FieldProblem, ...]]:
    row, problems = parse_row(dict(zip(header, cells, strict=False)))
    if len(cells) != len(header):
        problems = (*problems, FieldProblem("", "record_line_wrong_length"))
    return row, problems


def _placed(problem: FieldProblem, row: int) -> FieldProblem:
    column = problem.field if problem.field in COLUMNS else ""
    place = (("row", row), ("column", column))
    return FieldProblem(f"{row}.{column}".rstrip("."), problem.code, (*place, *problem.params))


def _refuse(problems: list[FieldProblem]) -> None:
    if problems:
        raise Invalid("records_malformed", fields=tuple(problems[:MOST_PROBLEMS]))
