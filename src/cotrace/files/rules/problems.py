"""What can be wrong with a row, and how problems are counted.

Codes are stable: reports, tests and sentences (`cotrace.files.sentences`) use them.
Tests: tests/unit/files/test_engine.py.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Level = Literal["error", "warning"]


class Code(StrEnum):
    """A kind of problem in one row."""

    FORMULA = "formula"
    """The cell holds a formula, which is never evaluated."""
    CELL_ERROR = "cell_error"
    """The cell holds an error value of the spreadsheet."""
    REQUIRED_MISSING = "required_missing"
    """A required field has no value."""
    NOT_A_NUMBER = "not_a_number"
    """A count or amount is not a number."""
    NOT_WHOLE = "not_whole"
    """A count has a fraction."""
    NEGATIVE = "negative"
    """A count or amount is below zero."""
    TOO_LARGE = "too_large"
    """A count or amount is beyond what the field can mean."""
    TOO_LONG = "too_long"
    """A text is longer than the field."""
    CONTROL_CHARACTERS = "control_characters"
    """A text holds characters that nobody sees: they steer a terminal or turn the direction of a line."""
    DATE_AMBIGUOUS = "date_ambiguous"
    """A date can be read as two days."""
    DATE_IMPOSSIBLE = "date_impossible"
    """No calendar has this day."""
    DATE_IMPLAUSIBLE = "date_implausible"
    """The day lies before 1900."""
    DATE_IN_FUTURE = "date_in_future"
    """The day has not come yet."""
    DATE_INCOMPLETE = "date_incomplete"
    """Of day, month and year some are not recorded."""
    DATE_UNREADABLE = "date_unreadable"
    """The cell is not a date in any accepted form."""
    CODE_MALFORMED = "code_malformed"
    """The cell does not have the form of the code."""
    CODE_UNKNOWN = "code_unknown"
    """The code is not in its list."""
    CODE_MISMATCH = "code_mismatch"
    """The code does not lie within the other one of the row."""
    ROW_REPEATED = "row_repeated"
    """An earlier row says the same."""
    ROW_CONFLICTS = "row_conflicts"
    """An earlier row has the same identity and says something else."""
    ROW_TOO_WIDE = "row_too_wide"
    """A row of delimited text has more cells than there are columns."""
    ROW_TOO_SHORT = "row_too_short"
    """A row of delimited text ends before its last column."""
    CELL_WITHOUT_HEADER = "cell_without_header"
    """A cell lies in a column that has no header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong in one row.

    `column` is the header as the file has it, `table` the companion's name, empty for the main table.
    An error rejects the row, a warning is a note on it.
    """

    row: int
    column: str
    code: Code
    value_excerpt: str
    level: Level = "error"
    table: str = ""


@dataclass(slots=True)
class ProblemTally:
    """Counts all problems by code and keeps the first `keep` of them."""

    keep: int
    kept: list[Problem] = field(default_factory=list)
    totals: Counter[Code] = field(default_factory=Counter)

    def add(self, problems: Iterable[Problem]) -> None:
        """Count these problems."""
        for problem in problems:
            self.totals[problem.code] += 1
            if len(self.kept) < self.keep:
                self.kept.append(problem)
