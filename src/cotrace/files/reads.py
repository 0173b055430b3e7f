"""What the room `files` shows: the report of a dry run, attachments of records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cotrace.files.rules.attachments import AttachmentKind
from cotrace.files.rules.cells import TableInfo
from cotrace.files.rules.engine import MappedRow
from cotrace.files.rules.pictures import MediaType
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


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRead:
    """An attachment of a record that its reader sees in full. `added_by` is empty for another agency's.

    What is withdrawn is shown to its owner alone.
    """

    number: str
    owner: str
    record: str
    record_kind: str
    kind: AttachmentKind
    caption: str
    sha256: str
    size_bytes: int
    media_type: MediaType
    pages: int
    pages_shown: int
    added_by: str
    added_at: datetime
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_because: str
    superseded_by: str

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether it no longer counts."""
        return self.withdrawn_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentsOfRecord:
    """The attachments of a record in full, oldest first, and whether its reader may add another."""

    record: str
    owner: str
    may_add: bool
    attachments: tuple[AttachmentRead, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalFile:
    """An original as it came, for its owner: its bytes, what they are, and the name that a download gets."""

    name: str
    media_type: MediaType
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyRow:
    """One thing that was done with an attachment. `person` is empty for another agency's; `emergency` a session's number."""

    at: datetime
    agency: str
    person: str
    action: str
    door: str
    purpose: str
    emergency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """Who received, was shown, downloaded and withdrew an attachment, oldest first.

    `has_looks` tells whether the reader may know who was shown the cleaned copy.
    """

    number: str
    sha256: str
    has_looks: bool
    rows: tuple[CustodyRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalFinding:
    """What is wrong with an original: the code of a sentence, the attachment's number and its owner."""

    code: str
    number: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalsReport:
    """How many originals were checked and what was found; intact where `findings` is empty."""

    originals: int
    findings: tuple[OriginalFinding, ...]

    @property
    def is_intact(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings
