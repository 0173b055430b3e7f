"""What a reader gets of a trace request, cut to the level: a field the level does not disclose is None."""

from dataclasses import dataclass
from datetime import datetime

from cotrace.agencies.reads import AgencyContact
from cotrace.foundation.errors import FieldProblem
from cotrace.sharing.reads import CappedCount
from cotrace.sharing.rules.levels import Level
from cotrace.tracing.reads.results import TraceStanding
from cotrace.tracing.rules.request_document import TraceRequestDocument
from cotrace.tracing.rules.statuses import RequestStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRead:
    """A request at a level. `has_result` is told to the agency that asked, and to nobody else."""

    number: str
    owner: str
    liaison: AgencyContact | None
    level: Level
    submitted_at: datetime | None = None
    standing: TraceStanding | None = None
    type_code: str | None = None
    make: str | None = None
    calibre: str | None = None
    serial: str | None = None
    document: TraceRequestDocument | None = None
    firearm: str | None = None
    seizure: str | None = None
    status: RequestStatus | None = None
    submitted_name: str | None = None
    ended_at: datetime | None = None
    centre: str | None = None
    centre_installation: str | None = None
    centre_number: str | None = None
    has_result: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """One page of a list: rows, cursors to newer and older pages (empty at an end), a capped count."""

    rows: tuple[RequestRead, ...]
    newer: str
    older: str
    count: CappedCount


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDraft:
    """A request as it would be submitted, and what still keeps it back."""

    document: TraceRequestDocument
    problems: tuple[FieldProblem, ...]
