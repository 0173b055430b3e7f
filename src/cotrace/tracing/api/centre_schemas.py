"""What the tracing centre's routes take and give."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import StringConstraints

from cotrace.tracing.api.documents import JsonOut, json_out
from cotrace.tracing.reads.centre import EarlierAnswerRead, QueuePage, SourceRead, StepRead, TraceRead
from cotrace.tracing.rules.answers import AnswerKind
from cotrace.tracing.rules.chain import ChainStep, Finding
from cotrace.tracing.rules.recorded_answer import recorded_to_json
from cotrace.tracing.rules.request_document import Priority, request_to_json
from cotrace.tracing.rules.statuses import TraceAct, TraceStatus
from cotrace.tracing.rules.trace_view import Role, WaitReason

Licence = Annotated[str, StringConstraints(max_length=30)]


class VersionBody(Schema):
    """Which version of the trace the act was decided on."""

    version: int


class NoteBody(VersionBody):
    """Why a reason to wait is accepted."""

    note: Annotated[str, StringConstraints(max_length=4000)]


class StartBody(VersionBody):
    """The licensee the walk begins with."""

    licensee: Licence


class OutcomeBody(VersionBody):
    """The outcome a tracer chose."""

    outcome: Annotated[str, StringConstraints(max_length=4)]


class HoldBody(VersionBody):
    """Whether a contact hold stands."""

    is_held: bool


class WithholdBody(VersionBody):
    """The legal ground for withholding."""

    ground: Annotated[str, StringConstraints(max_length=4000)]


class QueueQuery(Schema):
    """What the queue is narrowed to, and where its page starts; without a status, to what is not finished.

    `finished` adds the finished ones. `text` is the number of a trace or of a request, the beginning of a serial, or
    a licensee's licence number or part of its name.
    """

    status: TraceStatus | None = None
    finished: bool = False
    priority: Priority | None = None
    reason: WaitReason | None = None
    licensee: Licence = ""
    text: Annotated[str, StringConstraints(max_length=100)] = ""
    mine: bool = False
    unassigned: bool = False
    at: Annotated[str, StringConstraints(max_length=80)] = ""


class QueueRowOut(Schema):
    """A trace in the queue."""

    number: str
    status: TraceStatus
    priority: Priority
    opened_at: datetime
    make: str
    model: str
    calibre: str
    serial: str
    requester: str
    installation: str
    waiting_reason: WaitReason | None
    waiting_licensee: str
    taken_name: str
    is_mine: bool


class QueueCountOut(Schema):
    """A count up to 1,000; `is_capped` means "at least"."""

    number: int
    is_capped: bool


class QueueOut(Schema):
    """One page in the order of the queue; `later` is the cursor for `at`."""

    rows: list[QueueRowOut]
    later: str
    count: QueueCountOut


class SourceOut(Schema):
    """A request that the trace answers."""

    request: str
    requester: str
    installation: str
    received_at: datetime
    document: JsonOut


class EarlierAnswerOut(Schema):
    """An answer entered by hand that was corrected since, without its purchaser; `note` says why."""

    answer_kind: AnswerKind
    answer: JsonOut
    answered_by: str
    answered_at: datetime
    note: str
    corrected_by: str
    corrected_at: datetime


class StepOut(Schema):
    """One inquiry; `answer` is without its purchaser. `earlier` are answers that were corrected since, oldest first."""

    inquiry: str
    hop: int
    licensee: str
    licensee_name: str
    role: Role
    channel: str
    state: str
    tries: int
    asked_at: datetime
    answer_due_at: datetime
    next_try_at: datetime | None
    answered_at: datetime | None
    answered_by: str
    failure: str
    failure_reason: str
    answer_kind: AnswerKind | None
    answer: JsonOut | None
    superseded_at: datetime | None
    earlier: list[EarlierAnswerOut]


class AcceptanceOut(Schema):
    """A reason to wait that a tracer let pass; void where the answer it followed was corrected since."""

    reason: WaitReason
    step: int
    note: str
    accepted_by: str
    accepted_at: datetime
    is_void: bool


class LinkOut(Schema):
    """One link of the chain of commerce, with what is missing or contradictory at it."""

    number: int
    licensee: str
    licensee_name: str
    role: Role
    answer_kind: AnswerKind | None
    left_on: date | None
    findings: list[Finding]


class TraceOut(Schema):
    """One trace with every step as it happened; `superseded` are inquiries that a correction made void."""

    number: str
    status: TraceStatus
    version: int
    acts: list[TraceAct]
    priority: Priority
    recovered_on: date | None
    is_held: bool
    waiting_reason: WaitReason | None
    waiting_licensee: str
    waiting_step: int
    candidates: list[str]
    outcome: str
    taken_name: str
    is_mine: bool
    opened_at: datetime
    concluded_at: datetime | None
    concluded_by: str
    released_at: datetime | None
    withheld_at: datetime | None
    withheld_ground: str
    review_on: date | None
    has_purchaser: bool
    sources: list[SourceOut]
    steps: list[StepOut]
    superseded: list[StepOut]
    acceptances: list[AcceptanceOut]
    chain: list[LinkOut]


def queue_out(page: QueuePage) -> QueueOut:
    """Return the JSON form of a page of the queue."""
    return QueueOut(
        rows=[QueueRowOut.from_orm(each) for each in page.rows],
        later=page.later,
        count=QueueCountOut.from_orm(page.count),
    )


_APART = {"sources", "steps", "superseded", "acceptances", "chain", "acts", "candidates"}


def trace_out(read: TraceRead) -> TraceOut:
    """Return the JSON form of a trace."""
    return TraceOut(
        acts=list(read.acts),
        candidates=list(read.candidates),
        sources=[_source_out(each) for each in read.sources],
        steps=[_step_out(each) for each in read.steps],
        superseded=[_step_out(each) for each in read.superseded],
        acceptances=[AcceptanceOut.from_orm(each) for each in read.acceptances],
        chain=[_link_out(each) for each in read.facts.chain],
        **{name: getattr(read, name) for name in TraceOut.model_fields if name not in _APART},
    )


def _source_out(read: SourceRead) -> SourceOut:
    return SourceOut(
        request=read.request,
        requester=read.requester,
        installation=read.installation,
        received_at=read.received_at,
        document=json_out(request_to_json(read.document)),
    )


def _step_out(read: StepRead) -> StepOut:
    plain = {name: getattr(read, name) for name in StepOut.model_fields if name not in {"answer", "earlier"}}
    return StepOut(
        answer=json_out(recorded_to_json(read.answer)) if read.answer else None,
        earlier=[_earlier_out(each) for each in read.earlier],
        **plain,
    )


def _earlier_out(read: EarlierAnswerRead) -> EarlierAnswerOut:
    plain = {name: getattr(read, name) for name in EarlierAnswerOut.model_fields if name != "answer"}
    return EarlierAnswerOut(answer=json_out(recorded_to_json(read.answer)), **plain)


def _link_out(step: ChainStep) -> LinkOut:
    return LinkOut(
        number=step.number,
        licensee=step.licensee.number,
        licensee_name=step.licensee.name or "",
        role=step.role,
        answer_kind=step.answer_kind,
        left_on=step.left_on,
        findings=list(step.findings),
    )
