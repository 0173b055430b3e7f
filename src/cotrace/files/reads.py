"""What the room `files` shows: the report of a dry run."""

from collections.abc import Mapping
from dataclasses import dataclass

from cotrace.files.rules.cells import TableInfo
from cotrace.files.rules.engine import MappedRow
from cotrace.files.rules.problems import Code, Problem
from cotrace.files.rules.words import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanionReport:
    """What a sister file gave: its rows, and how many of its keys no row of the main table has."""

    name: str
    table: TableInfo
    rows: int
    keys_unmatched: int
    columns_unknown: tuple[str, ...]
    columns_repeated: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import of a file would do.

    `rows` = `accepted` + `rejected`. `problems` are the first ones, `problem_totals` counts all.
    `not_recorded`: field to reason to number of accepted rows. `preview`: the first rows as taken.
    """

    mapping: str
    table: TableInfo
    rows: int
    accepted: int
    rejected: int
    problems: tuple[Problem, ...]
    problem_totals: Mapping[Code, int]
    columns_missing: tuple[str, ...]
    columns_unknown: tuple[str, ...]
    columns_repeated: tuple[str, ...]
    companions: tuple[CompanionReport, ...]
    companions_missing: tuple[str, ...]
    not_recorded: Mapping[str, Mapping[Reason, int]]
    preview: tuple[MappedRow, ...]
