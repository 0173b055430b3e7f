"""What commands print: each character shows, whoever wrote it.

Texts of records come from other agencies, other installations and files of nobody known. An escape sequence in one of
them could hide or forge lines on an officer's screen, set the clipboard or the title. So nothing is written to a
terminal but through `shown`; tests/architecture/test_printing.py holds that. Needs neither Django nor a site.
"""

import json
import sys
import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from unicodedata import east_asian_width

import typer

WIDTH = 80
STAND_IN = "·"
"""Stands for a character that does not show."""


def shown(value: object) -> str:
    """Return a value as one line in which every character shows; a line end or a tab is a space, none is empty."""
    return "" if value is None else "".join(map(_shown, str(value)))


def _shown(letter: str) -> str:
    if letter.isprintable():
        return letter
    return " " if letter.isspace() else STAND_IN


def say(sentence: object = "", *, err: bool = False) -> None:
    """Print one line on standard output, or on standard error."""
    typer.echo(shown(sentence), err=err)


def say_lines(text: str, *, err: bool = False) -> None:
    """Print a text of several lines that we set ourselves; what came from elsewhere in it was `shown` before."""
    for line in text.split("\n"):
        say(line, err=err)


def wrapped(text: object, *, indent: str = "") -> list[str]:
    """Return a text in indented lines that fit a terminal, no number broken; whole in a pipe or a file."""
    line = shown(text)
    if not sys.stdout.isatty():
        return [f"{indent}{line}"] if line else []
    return textwrap.wrap(
        line, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )


def say_fact(label: str, value: object, *, width: int = 16) -> None:
    """Print a value beside its label; its further lines stand below, indented so that none looks like a label."""
    for at, line in enumerate(str(value).splitlines() or [""]):
        say(f"{'' if at else label:<{width}} {line}")


def print_json(value: object) -> None:
    """Print a value as JSON, the same in a pipe and on a terminal; what does not show is escaped, not lost."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    typer.echo("".join(each if each.isprintable() or each == "\n" else json.dumps(each)[1:-1] for each in text))


def print_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    width: int | None = None,
    whole: Collection[int] = (),
) -> None:
    """Print rows under their column names; on a terminal within its 80 columns, long cells cut with an ellipsis.

    Into a pipe or a file nothing is cut, unless `width` says so. The columns at the places `whole` are never cut,
    even where the table gets wider by it.
    """
    if width is None and sys.stdout.isatty():
        width = WIDTH
    cells = [[" ".join(shown(each).split()) for each in row] for row in rows]
    wanted = [max(map(columns_of, column)) for column in zip(columns, *cells, strict=True)]
    sizes = wanted if width is None else _fitted(wanted, width - 2 * (len(columns) - 1), whole)
    for line in [list(columns), ["-" * size for size in sizes], *cells]:
        say("  ".join(cut(cell, size) for cell, size in zip(line, sizes, strict=True)).rstrip())


def columns_of(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def cut(text: str, size: int) -> str:
    """Return a text in exactly `size` columns: filled up, or cut with an ellipsis."""
    if columns_of(text) <= size:
        return text + " " * (size - columns_of(text))
    kept = ""
    for each in text:
        if columns_of(kept + each) > size - 1:
            break
        kept += each
    return kept + "…" + " " * (size - 1 - columns_of(kept))


def _fitted(wanted: list[int], room: int, whole: Collection[int]) -> list[int]:
    """Give each column what it wants, and take from the widest that may be cut until all fit."""
    sizes = list(wanted)
    may_shrink = [at for at in range(len(sizes)) if at not in whole]
    while sum(sizes) > room and may_shrink:
        widest = max(may_shrink, key=lambda at: sizes[at])
        if sizes[widest] <= 1:
            break
        sizes[widest] -= 1
    return sizes


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


@contextmanager
def progress(label: str, *, total: int) -> Iterator["Bar"]:
    """Show how far long work is, on a terminal only; nothing is written into a pipe."""
    bar = Bar(label, total, is_shown=sys.stderr.isatty())
    try:
        yield bar
    finally:
        bar.end()


class Bar:
    """A line on standard error that says how many of how many are done."""

    def __init__(self, label: str, total: int, *, is_shown: bool) -> None:
        self._label, self._total, self._is_shown = shown(label), total, is_shown

    def to(self, done: int) -> None:
        """Say that `done` of the total are done."""
        if not self._is_shown:
            return
        share = min(done / self._total, 1.0) if self._total else 1.0
        filled = round(share * 24)
        bar = "#" * filled + "-" * (24 - filled)
        sys.stderr.write(f"\r{cut(self._label, 30)} [{bar}] {share:4.0%}")
        sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._is_shown:
            sys.stderr.write("\n")
