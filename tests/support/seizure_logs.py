"""Synthetic seizure logs of the shape of the CIDE-PPD workbook."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

HEADER = ["ID", "TIMESTAMP", "DIA", "MES", "AÑO", "ESTADO", "Municipio", "DE", "PF", "ARL", "ARC", "CARG", "CART", "VE"]
Row = dict[str, object]


def plain_row(number: int) -> Row:
    """Return a row that nothing is wrong with; spread over the days of 2010 and the municipios of Sonora."""
    return {
        "ID": number,
        "TIMESTAMP": 1168927210 + number,
        "DIA": number % 28 + 1,
        "MES": number % 12 + 1,
        "AÑO": 2010,
        "ESTADO": 26,
        "Municipio": 43,
        "DE": 9999,
        "PF": 9999,
        "ARL": number % 5,
        "ARC": 1,
        "CARG": 2,
        "CART": 120,
        "VE": 1,
    }


def write_log(
    folder: Path,
    *,
    rows: int,
    header: Sequence[str] = HEADER,
    changes: Mapping[int, Row] | None = None,
    bad_rows: Mapping[int, Row] | None = None,
    suffix: str = ".xlsx",
) -> Path:
    """Write a log of `rows` events; `changes` and `bad_rows` replace cells by spreadsheet row (first is 2)."""
    altered = {**(changes or {}), **(bad_rows or {})}
    table = [
        [{**plain_row(number), **altered.get(number + 1, {})}.get(name, "x") for name in header]
        for number in range(1, rows + 1)
    ]
    path = folder / f"log{suffix}"
    if suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows([list(header), *table])
        return path
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in [list(header), *table]:
        sheet.append(line)
    book.save(path)
    return path
