"""The lives of a trace request and of a trace: statuses, and which act leads from one to the next.

The request is the agency's, the trace is the centre's; each has its own machine. The statuses'
texts and what the requester is shown are data: src/cotrace/tracing/data/statuses.csv.
Source: domain dossier 3.2; DESIGN section 5 (received, in process, result).
Tests: tests/unit/tracing/test_statuses.py, tests/golden/tracing/transitions.txt.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from cotrace.foundation.errors import Invalid, Refused
from cotrace.tracing.rules.csv_tables import read_table


class RequestStatus(StrEnum):
    """Where an agency's request stands."""

    DRAFT = "draft"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    DUPLICATE = "duplicate"
    IN_PROCESS = "in_process"
    AWAITING_FFL = "awaiting_ffl"
    AWAITING_REQUESTER = "awaiting_requester"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    REOPENED = "reopened"
    CANCELLED = "cancelled"


class RequestAct(StrEnum):
    """What can happen to a request."""

    SUBMIT = "submit"
    RETURN = "return"
    CORRECT = "correct"
    ACCEPT = "accept"
    LINK_DUPLICATE = "link_duplicate"
    UNLINK_DUPLICATE = "unlink_duplicate"
    INQUIRE = "inquire"
    LICENSEE_ANSWERED = "licensee_answered"
    ASK_REQUESTER = "ask_requester"
    REQUESTER_ANSWERED = "requester_answered"
    SUSPEND = "suspend"
    RESUME = "resume"
    COMPLETE = "complete"
    REOPEN = "reopen"
    CANCEL = "cancel"


class TraceStatus(StrEnum):
    """Where the centre's work on a trace stands."""

    OPEN = "open"
    INQUIRING = "inquiring"
    AWAITING_TRACER = "awaiting_tracer"
    CONCLUDED = "concluded"
    RELEASED = "released"
    WITHHELD = "withheld"
    CLOSED = "closed"


class TraceAct(StrEnum):
    """What can happen to a trace."""

    INQUIRE = "inquire"
    ANSWERED = "answered"
    STOP = "stop"
    CONTINUE = "continue"
    CONCLUDE = "conclude"
    RELEASE = "release"
    WITHHOLD = "withhold"
    REOPEN = "reopen"
    CLOSE = "close"


_R = RequestStatus
_A = RequestAct
_AT_WORK = (_R.IN_PROCESS, _R.AWAITING_FFL)
_UNFINISHED = (*_AT_WORK, _R.SUBMITTED, _R.AWAITING_REQUESTER, _R.SUSPENDED, _R.DUPLICATE, _R.REOPENED)

_REQUEST_RULES: tuple[tuple[RequestAct, tuple[RequestStatus, ...], RequestStatus], ...] = (
    (_A.SUBMIT, (_R.DRAFT,), _R.SUBMITTED),
    (_A.RETURN, (_R.SUBMITTED, _R.REOPENED), _R.RETURNED),
    (_A.CORRECT, (_R.RETURNED,), _R.DRAFT),
    (_A.ACCEPT, (_R.SUBMITTED, _R.REOPENED), _R.IN_PROCESS),
    (_A.LINK_DUPLICATE, (_R.SUBMITTED, *_AT_WORK, _R.AWAITING_REQUESTER, _R.REOPENED), _R.DUPLICATE),
    (_A.UNLINK_DUPLICATE, (_R.DUPLICATE,), _R.IN_PROCESS),
    (_A.INQUIRE, (_R.IN_PROCESS,), _R.AWAITING_FFL),
    (_A.LICENSEE_ANSWERED, (_R.AWAITING_FFL,), _R.IN_PROCESS),
    (_A.ASK_REQUESTER, _AT_WORK, _R.AWAITING_REQUESTER),
    (_A.REQUESTER_ANSWERED, (_R.AWAITING_REQUESTER,), _R.IN_PROCESS),
    (_A.SUSPEND, (*_AT_WORK, _R.AWAITING_REQUESTER), _R.SUSPENDED),
    (_A.RESUME, (_R.SUSPENDED,), _R.IN_PROCESS),
    (_A.COMPLETE, (*_AT_WORK, _R.DUPLICATE), _R.COMPLETED),
    (_A.REOPEN, (_R.COMPLETED,), _R.REOPENED),
    (_A.CANCEL, (_R.DRAFT, _R.RETURNED, *_UNFINISHED), _R.CANCELLED),
)

_T = TraceStatus
_B = TraceAct
_TRACE_RULES: tuple[tuple[TraceAct, tuple[TraceStatus, ...], TraceStatus], ...] = (
    (_B.INQUIRE, (_T.OPEN,), _T.INQUIRING),
    (_B.ANSWERED, (_T.INQUIRING,), _T.OPEN),
    (_B.STOP, (_T.OPEN, _T.INQUIRING), _T.AWAITING_TRACER),
    (_B.CONTINUE, (_T.AWAITING_TRACER,), _T.OPEN),
    (_B.CONCLUDE, (_T.OPEN, _T.AWAITING_TRACER), _T.CONCLUDED),
    (_B.RELEASE, (_T.CONCLUDED, _T.WITHHELD), _T.RELEASED),
    (_B.WITHHOLD, (_T.CONCLUDED,), _T.WITHHELD),
    (_B.REOPEN, (_T.CONCLUDED, _T.RELEASED, _T.WITHHELD), _T.OPEN),
    (_B.CLOSE, (_T.OPEN, _T.INQUIRING, _T.AWAITING_TRACER, _T.CONCLUDED), _T.CLOSED),
)

REQUEST_TRANSITIONS: dict[tuple[RequestStatus, RequestAct], RequestStatus] = {
    (source, act): target for act, sources, target in _REQUEST_RULES for source in sources
}
TRACE_TRANSITIONS: dict[tuple[TraceStatus, TraceAct], TraceStatus] = {
    (source, act): target for act, sources, target in _TRACE_RULES for source in sources
}

STATUS_COLUMNS = ("object", "code", "label_en", "label_es", "shown_as")


class StatusObject(StrEnum):
    """Whose statuses a row describes."""

    REQUEST = "request"
    TRACE = "trace"


class ShownAs(StrEnum):
    """What the requester is shown, and no more."""

    YOURS = "yours"
    RECEIVED = "received"
    IN_PROCESS = "in_process"
    RESULT = "result"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One row of data/statuses.csv."""

    object: StatusObject
    code: str
    label_en: str
    label_es: str
    shown_as: ShownAs


def after_request_act(status: RequestStatus, act: RequestAct) -> RequestStatus:
    """Say where an act leads a request. Raises: Refused trace_request_act_not_now."""
    target = REQUEST_TRANSITIONS.get((status, act))
    if target is None:
        raise Refused("trace_request_act_not_now", status=status.value, act=act.value)
    return target


def after_trace_act(status: TraceStatus, act: TraceAct) -> TraceStatus:
    """Say where an act leads a trace. Raises: Refused trace_act_not_now."""
    target = TRACE_TRANSITIONS.get((status, act))
    if target is None:
        raise Refused("trace_act_not_now", status=status.value, act=act.value)
    return target


def request_acts(status: RequestStatus) -> tuple[RequestAct, ...]:
    """List the acts that are open to a request."""
    return tuple(act for act in RequestAct if (status, act) in REQUEST_TRANSITIONS)


def trace_acts(status: TraceStatus) -> tuple[TraceAct, ...]:
    """List the acts that are open to a trace."""
    return tuple(act for act in TraceAct if (status, act) in TRACE_TRANSITIONS)


def parse_statuses(text: str) -> tuple[Status, ...]:
    """Read the table of statuses from its CSV text. Raises: Invalid."""
    return tuple(
        Status(
            object=_member(StatusObject, "object", row["object"]),
            code=row["code"],
            label_en=row["label_en"],
            label_es=row["label_es"],
            shown_as=_member(ShownAs, "shown_as", row["shown_as"]),
        )
        for row in read_table(text, columns=STATUS_COLUMNS, key=("object", "code"))
    )


Member = TypeVar("Member", bound=StrEnum)


def _member(codes: type[Member], column: str, text: str) -> Member:
    if text not in {code.value for code in codes}:
        raise Invalid("table_value_unknown", column=column, value=text)
    return codes(text)
