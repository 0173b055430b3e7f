"""What the tracing centre's people get: the queue, and one trace with every step as it happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cotrace.sharing.reads import CappedCount
from cotrace.tracing.rules.answers import AnswerKind
from cotrace.tracing.rules.chain import TraceFacts
from cotrace.tracing.rules.gun import GunDescription
from cotrace.tracing.rules.recorded_answer import RecordedAnswer
from cotrace.tracing.rules.request_document import Priority, TraceRequestDocument
from cotrace.tracing.rules.statuses import TraceAct, TraceStatus
from cotrace.tracing.rules.trace_view import Role, WaitReason


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """A trace in the queue. `taken_name` is empty where nobody took it."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """One page of the queue in its order; `later` is the cursor of the next page, empty at the end."""

    rows: tuple[QueueRow, ...]
    later: str
    count: CappedCount


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueTallies:
    """How many unfinished traces each view of the queue has, all seen at one moment."""

    unfinished: CappedCount
    mine: CappedCount
    unassigned: CappedCount
    of_status: Mapping[TraceStatus, CappedCount]
    urgent: CappedCount


NONE_WAIT = CappedCount(number=0, is_capped=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsWaiting:
    """What waits for whoever releases results; `review_on` is the first day by which a withheld one is looked at again."""

    to_release: CappedCount = NONE_WAIT
    withheld: CappedCount = NONE_WAIT
    review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRead:
    """A request that a trace answers, as the centre knows it."""

    request: str
    requester: str
    installation: str
    received_at: datetime
    document: TraceRequestDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAnswerRead:
    """An answer entered by hand that was corrected since, without its purchaser; `note` says why."""

    answer_kind: AnswerKind
    answer: RecordedAnswer
    answered_by: str
    answered_at: datetime
    note: str
    corrected_by: str
    corrected_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRead:
    """One inquiry. `failure` is the code of the last try that failed; a purchaser is shown elsewhere.

    `earlier` are answers to it that were corrected since, oldest first.
    """

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
    answer: RecordedAnswer | None
    superseded_at: datetime | None = None
    earlier: tuple[EarlierAnswerRead, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceRead:
    """A reason to wait that a tracer let pass; void where the answer it followed was corrected since."""

    reason: WaitReason
    step: int
    note: str
    accepted_by: str
    accepted_at: datetime
    is_void: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRead:
    """One trace. `facts` never name the purchaser: that is an act of its own, for those who may see one.

    `superseded` are inquiries put because of an answer that was corrected since. `concluded_by` is empty where the
    walk ended by itself.
    """

    number: str
    status: TraceStatus
    version: int
    acts: tuple[TraceAct, ...]
    priority: Priority
    gun: GunDescription
    recovered_on: date | None
    is_held: bool
    waiting_reason: WaitReason | None
    waiting_licensee: str
    waiting_step: int
    candidates: tuple[str, ...]
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
    sources: tuple[SourceRead, ...]
    steps: tuple[StepRead, ...]
    superseded: tuple[StepRead, ...]
    acceptances: tuple[AcceptanceRead, ...]
    facts: TraceFacts
    has_purchaser: bool
