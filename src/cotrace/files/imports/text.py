"""Reading delimited text row by row. Runs in the cage.

The encoding: a byte-order mark, else UTF-8 if the whole file is, else UTF-16 by its zero bytes, else
Windows-1252 if that gives what Spanish or English writes; otherwise the sender has to say. A general
guesser was tried: it refused capitals with accents and took Mac Roman for Windows-1252.

A line of dashes below the header, as database tools print it, is no row; it counts in row numbers.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cotrace.files.imports.limits import MIB, Limits, TableOptions
from cotrace.files.rules.cells import Cell, Formula, RawRow, TableInfo
from cotrace.foundation.errors import Invalid

ENCODINGS = (
    "utf-8-sig",
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "latin-1",
    "cp850",
    "mac-roman",
)
DELIMITERS = (",", ";", "\t", "|")
RULER_ROW = 2
LONGEST_DASH = 3
"""How many dashes a cell has at most that means "not recorded" (`rules/words.py`)."""
_SAMPLE = 64 * 1024
_WRITTEN = frozenset("áéíóúüñÁÉÍÓÚÜÑàèìòùâêîôûäëïöçÀÈÌÒÙÂÊÎÔÛÄËÏÖÇ¿¡ºª°“”‘’–—…·´«»€®©™§¼½¾²³\u00a0")
"""What Spanish and English write beyond ASCII. Text in another code page lands outside it."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(
    source: BinaryIO, *, limits: Limits, options: TableOptions
) -> tuple[TableInfo, Iterator[RawRow]]:
    """Return the encoding and delimiter, found or given, and the rows."""
    if options.encoding is not None and options.encoding not in ENCODINGS:
        raise Invalid("encoding_unsupported", encoding=options.encoding)
    encoding = options.encoding or _encoding(source)
    source.seek(0)
    lines = io.TextIOWrapper(source, encoding=encoding, newline="")
    try:
        sample = lines.read(_SAMPLE)
    except UnicodeError as error:
        raise Invalid("encoding_wrong", encoding=encoding) from error
    if not sample.strip():
        raise Invalid("file_without_rows")
    if sample.lstrip()[:1] == "<":
        raise Invalid("not_a_table")
    if options.delimiter is not None and options.delimiter not in DELIMITERS:
        raise Invalid("delimiter_unsupported", delimiter=options.delimiter)
    delimiter = options.delimiter or _delimiter(sample)
    lines.seek(0)
    rows = _rows(lines, TextForm(encoding, delimiter, may_be_cut=options.may_be_cut), limits)
    return TableInfo(format="text", encoding=encoding, delimiter=delimiter), rows


def _encoding(source: BinaryIO) -> str:
    head = source.read(_SAMPLE)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    zeros = (head[0::2].count(0), head[1::2].count(0))
    if max(zeros) > len(head) / 8 and min(zeros) == 0:
        return "utf-16-le" if zeros[1] else "utf-16-be"
    if any(zeros):
        raise Invalid("nul_bytes")
    source.seek(0)
    place = _first_not_utf8(source)
    if place is None:
        return "utf-8"
    source.seek(max(0, place - _SAMPLE // 2))
    beyond = [char for char in source.read(_SAMPLE).decode("cp1252", errors="replace") if not char.isascii()]
    if sum(char not in _WRITTEN for char in beyond) > len(beyond) / 10:
        raise Invalid("encoding_unknown")
    return "cp1252"


def _first_not_utf8(source: BinaryIO) -> int | None:
    """Return about where a file stops being UTF-8 (to within a mebibyte's last characters); None if never."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    place = 0
    while chunk := source.read(MIB):
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return place + error.start
        place += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return place
    return None


def _delimiter(sample: str) -> str:
    """Return the delimiter that splits the header, and then most rows into as many cells as the header.

    `csv.Sniffer` takes a letter for a delimiter where there is one column, and its quadratic patterns
    can be made to hang.
    """
    scores = []
    for delimiter in DELIMITERS:
        try:
            widths = [
                len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row
            ]
        except csv.Error:
            continue
        header = widths[0] if widths else 0
        scores.append((header > 1, sum(width == header for width in widths) / len(widths), header, delimiter))
    best = max(scores, key=lambda score: score[:3], default=(False, 0.0, 0, ","))
    return best[3] if best[0] else ","


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a text is to be read: by the encoding and delimiter found, and whether it may end in the middle of a row."""

    encoding: str
    delimiter: str
    may_be_cut: bool


def _rows(lines: io.TextIOWrapper, form: TextForm, limits: Limits) -> Iterator[RawRow]:
    csv.field_size_limit(limits.cell_chars)
    reader = csv.reader(lines, delimiter=form.delimiter, strict=True)
    number = line = 0
    try:
        for number, texts in enumerate(reader, start=1):
            line = reader.line_num
            if not any(texts) or (number == RULER_ROW and is_ruler(texts)):
                continue
            if len(texts) > limits.columns:
                raise Invalid("too_many_columns", row=number, limit=limits.columns)
            if number > limits.rows:
                raise Invalid("too_many_rows", limit=limits.rows)
            yield RawRow(number, tuple(_cell(text, number) for text in texts))
    except UnicodeError as error:
        raise Invalid("encoding_wrong", encoding=form.encoding) from error
    except csv.Error as error:
        if "field larger" in str(error):
            raise Invalid("cell_too_large", row=number + 1, limit=limits.cell_chars) from error
        is_cut = "unexpected end" in str(error) and reader.line_num == line + 1
        if not (form.may_be_cut and is_cut):
            raise Invalid("text_malformed", row=number + 1) from error
        yield RawRow(number + 1, ())


def is_ruler(texts: list[str]) -> bool:
    """Tell whether a row only draws a line below the header: dashes in every cell, more than stand for a blank."""
    return all(text and not text.strip("-") for text in texts) and max(map(len, texts)) > LONGEST_DASH


def _cell(text: str, row: int) -> Cell:
    """Return a cell of text; one that a spreadsheet would run is a formula."""
    if "\0" in text:
        raise Invalid("nul_bytes", row=row)
    return Formula(text) if text.startswith("=") else text or None
