"""Mapping a whole file: what an import takes row by row, and a dry run that only counts.

Both need no database and no settings. Memory grows with the number of identities (some hundred bytes
each) and of companion keys, not with the width of the file.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from cotrace.files.imports.limits import AS_FOUND, DEFAULT_LIMITS, Limits, TableOptions
from cotrace.files.imports.tables import Table, read_table
from cotrace.files.reads import CompanionReport, ImportReport
from cotrace.files.rules.cells import RawRow, TableInfo
from cotrace.files.rules.columns import ColumnPlan, plan_columns
from cotrace.files.rules.companions import collect_companion, companion_mapping
from cotrace.files.rules.engine import CompanionValues, MappedRow, RowContext, map_row
from cotrace.files.rules.mapping import Companion, TableMapping, code_lists_needed
from cotrace.files.rules.problems import ProblemTally
from cotrace.files.rules.repeats import RepeatGuard
from cotrace.files.rules.texts import code_key
from cotrace.files.rules.words import Reason
from cotrace.foundation.errors import FieldProblem, Invalid

PREVIEW_ROWS = 5
_NO_FILES: Mapping[str, Path] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """What may be said about one run: fixed values in place of the mapping's, the last day that is taken
    (None: any), and what the reader would otherwise find out."""

    constants: Mapping[str, str] = field(default_factory=dict)
    today: date | None = None
    options: TableOptions = AS_FOUND


DEFAULT_SETTINGS = RunSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedCompanion:
    """A sister file as read. `unmatched` holds the keys that no row of the main table has had so far."""

    companion: Companion
    table: TableInfo
    plan: ColumnPlan
    rows: int
    values: CompanionValues
    unmatched: set[str]

    def report(self) -> CompanionReport:
        """Return what to show of it; complete once all rows of the main table were taken."""
        return CompanionReport(
            name=self.companion.name,
            table=self.table,
            rows=self.rows,
            keys_unmatched=len(self.unmatched),
            columns_unknown=self.plan.unknown,
            columns_repeated=self.plan.repeated,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedTable:
    """An open file under a mapping: its rows, once, rejected ones among them (`is_accepted`).

    `companion_problems` are complete from the start: sister files are read first.
    """

    info: TableInfo
    plan: ColumnPlan
    rows: Iterator[MappedRow]
    companions: tuple[JoinedCompanion, ...]
    companion_problems: ProblemTally


@contextmanager
def map_file(
    path: Path,
    *,
    mapping: TableMapping,
    companions: Mapping[str, Path] = _NO_FILES,
    code_lists: Mapping[str, frozenset[str]] = MappingProxyType({}),
    limits: Limits = DEFAULT_LIMITS,
    settings: RunSettings = DEFAULT_SETTINGS,
) -> Iterator[MappedTable]:
    """Open a file and its sister files (`companions`: field name to file) under a mapping.

    Raises `Invalid` on entering or while rows are taken: an unreadable file, a required column that is
    missing, a code list or a name that the mapping does not fit.
    """
    _check_names(mapping, companions, code_lists, settings)
    tally = ProblemTally(keep=limits.keep_problems)
    joined = tuple(
        _companion(companions[companion.name], companion, mapping, code_lists, limits, tally)
        for companion in mapping.companions
        if companion.name in companions
    )
    with read_table(path, limits=limits, options=settings.options) as table:
        found = {one.companion.name: one.values for one in joined}
        context = RowContext(
            code_lists=code_lists,
            companions={one.name: (one.joins, found.get(one.name)) for one in mapping.companions},
            constants=settings.constants,
            is_1904=table.info.is_1904,
            is_text=table.info.format == "text",
            today=settings.today,
        )
        plan = plan_columns(mapping, _header(table))
        rows = _rows(table.rows, plan, context, joined)
        yield MappedTable(info=table.info, plan=plan, rows=rows, companions=joined, companion_problems=tally)


def first_fitting(
    path: Path, mappings: Iterable[TableMapping], *, limits: Limits = DEFAULT_LIMITS
) -> TableMapping | None:
    """Return the first of `mappings` all whose needed columns a file has; None where it fits none of them.

    Raises `Invalid` where the file cannot be read as a table.
    """
    with read_table(path, limits=limits) as table:
        header = _header(table)
    return next((each for each in mappings if _has_its_columns(each, header)), None)


def _has_its_columns(mapping: TableMapping, header: RawRow) -> bool:
    try:
        plan_columns(mapping, header)
    except Invalid:
        return False
    return True


def _check_names(
    mapping: TableMapping,
    companions: Mapping[str, Path],
    code_lists: Mapping[str, frozenset[str]],
    settings: RunSettings,
) -> None:
    """Refuse names that the mapping does not know, and code lists that it needs and nobody gave."""
    for name in companions.keys() - {companion.name for companion in mapping.companions}:
        raise Invalid("companion_unknown", companion=name)
    for name in sorted(code_lists_needed(mapping) - code_lists.keys()):
        raise Invalid("code_list_missing", code_list=name)
    for name in settings.constants.keys() - {one.name for one in mapping.fields if one.constant is not None}:
        raise Invalid("constant_unknown", field=name)


def _companion(
    path: Path,
    companion: Companion,
    mapping: TableMapping,
    code_lists: Mapping[str, frozenset[str]],
    limits: Limits,
    tally: ProblemTally,
) -> JoinedCompanion:
    """Read a sister file, or say that it is the sister file which cannot be taken, and why."""
    try:
        return _read_companion(path, companion, mapping, code_lists, limits, tally)
    except Invalid as error:
        why = FieldProblem(field=companion.name, code=error.code, params=tuple(error.params.items()))
        raise Invalid("companion_refused", fields=(why, *error.fields), companion=companion.name) from error


def _read_companion(
    path: Path,
    companion: Companion,
    mapping: TableMapping,
    code_lists: Mapping[str, frozenset[str]],
    limits: Limits,
    tally: ProblemTally,
) -> JoinedCompanion:
    with read_table(path, limits=limits) as table:
        plan = plan_columns(companion_mapping(companion, mapping), _header(table))
        is_text = table.info.format == "text"
        context = RowContext(code_lists=code_lists, is_1904=table.info.is_1904, is_text=is_text)
        counter: Counter[str] = Counter()
        values = collect_companion(
            companion, _counted(table.rows, counter), plan=plan, context=context, tally=tally
        )
        return JoinedCompanion(
            companion=companion,
            table=table.info,
            plan=plan,
            rows=counter["rows"],
            values=values,
            unmatched={*values.codes, *values.reasons},
        )


def _header(table: Table) -> RawRow:
    header = next(table.rows, None)
    if header is None:
        raise Invalid("file_without_rows")
    return header


def _counted(rows: Iterator[RawRow], counter: Counter[str]) -> Iterator[RawRow]:
    for row in rows:
        counter["rows"] += 1
        yield row


def _rows(
    raws: Iterator[RawRow], plan: ColumnPlan, context: RowContext, joined: tuple[JoinedCompanion, ...]
) -> Iterator[MappedRow]:
    guard = RepeatGuard()
    column = " / ".join(
        header for one in plan.fields if one.field.name in plan.identity for header in one.headers
    )
    for raw in raws:
        row = guard.judged(map_row(raw, plan=plan, context=context), column=column)
        for one in joined:
            one.unmatched.discard(code_key(str(row.values.get(one.companion.joins, ""))))
        yield row


def dry_run(
    path: Path,
    *,
    mapping: TableMapping,
    companions: Mapping[str, Path] = _NO_FILES,
    code_lists: Mapping[str, frozenset[str]] = MappingProxyType({}),
    limits: Limits = DEFAULT_LIMITS,
    settings: RunSettings = DEFAULT_SETTINGS,
) -> ImportReport:
    """Say what an import of this file would take and reject, and write nothing.

    Raises `Invalid` when the file as a whole cannot be taken, as `map_file` does.
    """
    with map_file(
        path, mapping=mapping, companions=companions, code_lists=code_lists, limits=limits, settings=settings
    ) as table:
        tally, others = ProblemTally(keep=limits.keep_problems), table.companion_problems
        counts: Counter[bool] = Counter()
        blanks: Counter[tuple[str, Reason]] = Counter()
        preview: list[MappedRow] = []
        for row in table.rows:
            tally.add(row.problems)
            counts[row.is_accepted] += 1
            if row.is_accepted:
                blanks.update(row.not_recorded.items())
            if len(preview) < PREVIEW_ROWS:
                preview.append(row)
        return ImportReport(
            mapping=mapping.name,
            table=table.info,
            rows=counts.total(),
            accepted=counts[True],
            rejected=counts[False],
            problems=(*tally.kept, *others.kept),
            problem_totals=tally.totals + others.totals,
            columns_missing=table.plan.missing,
            columns_unknown=table.plan.unknown,
            columns_repeated=table.plan.repeated,
            companions=tuple(one.report() for one in table.companions),
            companions_missing=tuple(one.name for one in mapping.companions if one.name not in companions),
            not_recorded=_by_field(blanks),
            preview=tuple(preview),
        )


def _by_field(blanks: Counter[tuple[str, Reason]]) -> Mapping[str, Mapping[Reason, int]]:
    found: dict[str, dict[Reason, int]] = {}
    for (name, reason), count in sorted(blanks.items()):
        found.setdefault(name, {})[reason] = count
    return found
