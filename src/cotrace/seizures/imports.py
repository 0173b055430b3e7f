"""Seizure logs in: a file under a mapping becomes rows that wait for the worker, or a dry run."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import TypeAdapter

from cotrace.files.imports.limits import DEFAULT_LIMITS
from cotrace.files.imports.mappings import load_code_list, load_mapping
from cotrace.files.imports.runs import MappedTable, RunSettings, dry_run, first_fitting, map_file
from cotrace.files.reads import CompanionReport, ImportReport
from cotrace.files.rules.engine import MappedRow
from cotrace.files.rules.mapping import TableMapping
from cotrace.files.rules.problems import Problem, ProblemTally
from cotrace.files.rules.words import Reason
from cotrace.foundation import clock
from cotrace.foundation.errors import CotraceError, Invalid, NotFound
from cotrace.foundation.principal import Principal
from cotrace.seizures.permissions import SeizurePermission
from cotrace.seizures.reads import KeptTrial, PreviewRow, ProblemRead, TrialRead
from cotrace.seizures.rules.completeness import ITEMS, Amount, SeizureValues
from cotrace.seizures.rules.log_columns import LogColumns, SisterFile
from cotrace.seizures.services.imports import StagedFile, StagedRow, import_start
from cotrace.seizures.services.uploads import (
    KeptUpload,
    NewUpload,
    upload_drop,
    upload_get,
    upload_keep,
    upload_note,
)

MAPPINGS = Path(__file__).parent / "data" / "mappings"
REFERENCE = Path(__file__).parents[1] / "reference" / "data"
CODE_LISTS = {
    "inegi_states": REFERENCE / "inegi_states.csv",
    "inegi_municipios": REFERENCE / "inegi_municipios.csv",
    "participants": REFERENCE / "forces.csv",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFile:
    """A seizure log on disk: its path, the name it came under, its sister files by field name.

    `series` replaces the mapping's constant of that name (sister series number their events anew).
    """

    path: Path
    name: str
    companions: Mapping[str, Path]
    series: str = ""


@cache
def shipped_mappings() -> Mapping[str, TableMapping]:
    """Return the mappings that ship, by name."""
    loaded = (load_mapping(path) for path in sorted(MAPPINGS.glob("*.yaml")))
    return MappingProxyType({mapping.name: mapping for mapping in loaded})


def mapping_named(name: str) -> TableMapping:
    """Return a shipped mapping, or one read from a file of that path. Raises Invalid."""
    found = shipped_mappings().get(name)
    if found is not None:
        return found
    if name.endswith((".yaml", ".yml")):
        return load_mapping(Path(name))
    raise Invalid("mapping_not_found")


def code_lists() -> dict[str, frozenset[str]]:
    """Return the code lists that mappings check against, from the shipped files: no database."""
    return {name: load_code_list(path) for name, path in CODE_LISTS.items()}


def _settings(file: LogFile) -> RunSettings:
    constants = {"series": file.series} if file.series else {}
    return RunSettings(constants=constants, today=clock.today())


def log_dry_run(file: LogFile, *, mapping: TableMapping) -> ImportReport:
    """Say what importing a log would do, and write nothing. Needs no database. Raises Invalid."""
    with _naming_what_fits(file, mapping):
        return dry_run(
            file.path,
            mapping=mapping,
            companions=file.companions,
            code_lists=code_lists(),
            settings=_settings(file),
        )


@contextmanager
def _naming_what_fits(file: LogFile, mapping: TableMapping) -> Iterator[None]:
    """Name the shipped mapping that a log does fit, where it lacks columns that this one needs."""
    try:
        yield
    except Invalid as refusal:
        others = (each for each in shipped_mappings().values() if each.name != mapping.name)
        fitting = first_fitting(file.path, others) if refusal.code == "columns_required_missing" else None
        if fitting is None:
            raise
        params = {**refusal.params, "mapping": fitting.name}
        raise Invalid("columns_fit_another", fields=refusal.fields, **params) from refusal


def log_import(principal: Principal, *, file: LogFile, mapping: TableMapping) -> str:
    """Read a log, keep its good rows and let the worker apply them; return the import's number.

    The file is read whole before anything is written: a file that turns out unreadable half-way
    leaves nothing behind. Raises Invalid, Denied.
    """
    principal.require(SeizurePermission.IMPORT)
    tally = ProblemTally(keep=DEFAULT_LIMITS.keep_problems)
    with (
        _naming_what_fits(file, mapping),
        map_file(
            file.path,
            mapping=mapping,
            companions=file.companions,
            code_lists=code_lists(),
            settings=_settings(file),
        ) as table,
    ):
        rows = list(_taken(table, tally, mapping))
    total = len(rows)
    accepted = [row for row in rows if row is not None]
    for problem in table.companion_problems.kept:
        tally.kept.append(problem)
    totals = tally.totals + table.companion_problems.totals
    staged = StagedFile(
        file_name=file.name,
        file_sha256=_digest(file.path),
        mapping=mapping.name,
        rows=total,
        rejected=total - len(accepted),
        accepted=accepted,
        problems=tuple(problem_read(each) for each in tally.kept),
        totals={str(code): count for code, count in totals.items()},
        columns=LogColumns(
            missing=table.plan.missing,
            unknown=table.plan.unknown,
            repeated=table.plan.repeated,
            sisters=_sisters(each.report() for each in table.companions),
            sisters_missing=tuple(each.name for each in mapping.companions if each.name not in file.companions),
        ),
    )
    return import_start(principal, staged=staged)


_trial_form = TypeAdapter(TrialRead)


def log_try(principal: Principal, *, upload: NewUpload) -> str:
    """Keep an upload for an hour and find out what importing it would do; return its token.

    Raises Invalid where the file as a whole cannot be taken; nothing is kept then.
    """
    mapping = mapping_named(upload.mapping)
    kept = upload_keep(principal, upload=upload)
    try:
        report = trial_of(log_dry_run(_log(kept), mapping=mapping), mapping=mapping)
    except CotraceError:
        upload_drop(principal, token=kept.token)
        raise
    upload_note(principal, token=kept.token, report=_trial_form.dump_json(report).decode())
    return kept.token


def trial_get(principal: Principal, *, token: str) -> KeptTrial:
    """Return what was found in an upload of the principal's own. Raises NotFound, also once it has run out."""
    kept = upload_get(principal, token=token)
    if not kept.report:
        raise NotFound
    return KeptTrial(
        token=token,
        file_name=kept.file_name,
        mapping=kept.mapping,
        series=kept.series,
        ends_at=kept.ends_at,
        report=_trial_form.validate_json(kept.report),
    )


def trial_import(principal: Principal, *, token: str) -> str:
    """Import a kept upload; return the import's number. Raises NotFound, Invalid, Denied."""
    kept = upload_get(principal, token=token)
    number = log_import(principal, file=_log(kept), mapping=mapping_named(kept.mapping))
    upload_drop(principal, token=token)
    return number


def trial_of(report: ImportReport, *, mapping: TableMapping) -> TrialRead:
    """Return the report of a dry run as pages show it."""
    return TrialRead(
        rows=report.rows,
        accepted=report.accepted,
        rejected=report.rejected,
        problems=tuple(problem_read(each) for each in report.problems),
        problem_totals={str(code): count for code, count in report.problem_totals.items()},
        columns_missing=report.columns_missing,
        columns_unknown=report.columns_unknown,
        columns_repeated=report.columns_repeated,
        sisters=_sisters(report.companions),
        sisters_missing=report.companions_missing,
        blanks={
            name: {str(reason): count for reason, count in reasons.items()}
            for name, reasons in report.not_recorded.items()
        },
        preview=tuple(
            PreviewRow(
                row=row.number, is_accepted=row.is_accepted, values=seizure_values(row, mapping=mapping)
            )
            for row in report.preview
        ),
    )


def columns_read(report: ImportReport) -> LogColumns:
    """Return what a dry run would not take of the log."""
    return LogColumns(
        missing=report.columns_missing,
        unknown=report.columns_unknown,
        repeated=report.columns_repeated,
        sisters=_sisters(report.companions),
        sisters_missing=report.companions_missing,
    )


def _sisters(reports: Iterable[CompanionReport]) -> tuple[SisterFile, ...]:
    return tuple(
        SisterFile(
            field=each.name,
            rows=each.rows,
            keys_unmatched=each.keys_unmatched,
            columns_unknown=each.columns_unknown,
        )
        for each in reports
    )


def _log(kept: KeptUpload) -> LogFile:
    companions = {part: path for part, path in kept.paths.items() if part}
    return LogFile(path=kept.paths[""], name=kept.file_name, companions=companions, series=kept.series)


def _taken(table: MappedTable, tally: ProblemTally, mapping: TableMapping) -> Iterator[StagedRow | None]:
    """Yield each row as it will be applied, None for a rejected one."""
    for row in table.rows:
        tally.add(row.problems)
        accepted = StagedRow(number=row.number, values=seizure_values(row, mapping=mapping))
        yield accepted if row.is_accepted else None


def problem_read(problem: Problem) -> ProblemRead:
    """Return a problem as reports show it."""
    return ProblemRead(
        row=problem.row,
        column=problem.column,
        code=str(problem.code),
        excerpt=problem.value_excerpt,
        level=problem.level,
        table=problem.table,
    )


def seizure_values(row: MappedRow, *, mapping: TableMapping) -> SeizureValues:
    """Return what a mapped row says of a seizure; what it does not say carries its reason."""
    values = row.values
    series = str(values.get("series", ""))
    return SeizureValues(
        occurred_on=values.get("occurred_on"),  # type: ignore[arg-type]
        state_code=str(values.get("state_code", "")),
        municipio_code=str(values.get("municipio_code", "")),
        place=str(values.get("place", "")),
        participants=tuple(values.get("participants", ())),  # type: ignore[arg-type]
        amounts={item: _amount(row, item) for item in ITEMS},
        detained=_amount(row, "detained"),
        notes=str(values.get("notes", "")),
        tear_line=str(values.get("tear_line", "")),
        source_system=f"{mapping.name}/{series}" if series else mapping.name,
        source_ref=str(values.get("source_ref", "")),
    )


def _amount(row: MappedRow, name: str) -> Amount:
    value = row.values.get(name)
    if isinstance(value, int):
        return Amount(quantity=value)
    return Amount(quantity=None, reason=str(row.not_recorded.get(name, Reason.COLUMN_MISSING)))


def _digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
