"""What a reader gets of a seizure, cut to the level: a field the level does not disclose is None."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cotrace.agencies.reads import AgencyContact
from cotrace.seizures.rules.completeness import Amount, SeizureValues
from cotrace.seizures.rules.log_columns import LogColumns, SisterFile
from cotrace.sharing.reads import CappedCount
from cotrace.sharing.rules.levels import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class SeizureRead:
    """A seizure at a level. At POINTER: number, owner and its liaison desk, nothing else.

    `liaison` is None for one's own agency.
    """

    number: str
    owner: str
    liaison: AgencyContact | None
    level: Level
    occurred_on: date | None = None
    state_code: str | None = None
    tear_line: str | None = None
    has_guns: bool | None = None
    municipio_code: str | None = None
    place: str | None = None
    participants: tuple[str, ...] | None = None
    amounts: Mapping[str, Amount] | None = None
    detained: Amount | None = None
    notes: str | None = None
    source_system: str | None = None
    source_ref: str | None = None
    recorded_at: datetime | None = None
    cap: Level | None = None
    circle: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeizurePage:
    """One page of a list: rows, cursors to newer and older pages (empty at an end), a capped count."""

    rows: tuple[SeizureRead, ...]
    newer: str
    older: str
    count: CappedCount
    pointers: CappedCount


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRead:
    """One problem of an import: spreadsheet row, column heading, code, and what stood there.

    An `error` rejected the row, a `warning` cost it a value. `table` names the sister file, if it was in one.
    """

    row: int
    column: str
    code: str
    excerpt: str
    level: str = "error"
    table: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRead:
    """An import as its agency sees it: `done` of `accepted` rows are in; problems by row and column; what of its
    columns and sister files was not taken.

    `needs_a_look` until somebody of the agency says that its rejected rows were looked at.
    """

    number: str
    file_name: str
    mapping: str
    member_name: str
    state: str
    created_at: datetime
    finished_at: datetime | None
    reviewed_at: datetime | None
    rows: int
    accepted: int
    rejected: int
    added: int
    repeated: int
    problems: tuple[ProblemRead, ...]
    problem_totals: Mapping[str, int]
    columns: LogColumns

    @property
    def done(self) -> int:
        """Rows that are in, new or known before."""
        return self.added + self.repeated

    @property
    def needs_a_look(self) -> bool:
        """Whether it ended with rejected rows that nobody said were looked at."""
        return bool(self.rejected) and self.state != "running" and self.reviewed_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """One of the first rows of a log as it would be taken."""

    row: int
    is_accepted: bool
    values: SeizureValues


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialRead:
    """What importing a log would do. `blanks` counts accepted rows by field and reason; `sisters_missing` are
    the fields whose sister file was not given."""

    rows: int
    accepted: int
    rejected: int
    problems: tuple[ProblemRead, ...]
    problem_totals: Mapping[str, int]
    columns_missing: tuple[str, ...]
    columns_unknown: tuple[str, ...]
    columns_repeated: tuple[str, ...]
    sisters: tuple[SisterFile, ...]
    sisters_missing: tuple[str, ...]
    blanks: Mapping[str, Mapping[str, int]]
    preview: tuple[PreviewRow, ...]

    @property
    def columns(self) -> LogColumns:
        """What of the log would not be taken."""
        return LogColumns(
            missing=self.columns_missing,
            unknown=self.columns_unknown,
            repeated=self.columns_repeated,
            sisters=self.sisters,
            sisters_missing=self.sisters_missing,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTrial:
    """A trial and the upload it was made of, which waits until `ends_at` to be imported."""

    token: str
    file_name: str
    mapping: str
    series: str
    ends_at: datetime
    report: TrialRead
