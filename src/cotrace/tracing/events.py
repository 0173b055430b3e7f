"""What this room announces."""

from dataclasses import dataclass
from typing import ClassVar

from cotrace.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceSubmitted(Event):
    """An agency submitted a request. `installation` is where the centre is, empty for this one."""

    name: ClassVar[str] = "trace.submitted"
    request: str
    owner: str
    centre: str
    installation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceOpened(Event):
    """The centre took a request in. `installation` is where it came from, empty for this one."""

    name: ClassVar[str] = "trace.opened"
    trace: str
    owner: str
    request: str
    requester: str
    installation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryDue(Event):
    """An inquiry is to be put to a licensee's connector, for the `attempt`th time."""

    name: ClassVar[str] = "trace.inquiry_due"
    inquiry: str
    owner: str
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceWaits(Event):
    """A trace waits for a tracer. `version` tells one wait from the next."""

    name: ClassVar[str] = "trace.waits"
    trace: str
    owner: str
    reason: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceConcluded(Event):
    """The walk of a trace ended; nothing is released by that."""

    name: ClassVar[str] = "trace.concluded"
    trace: str
    owner: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReleased(Event):
    """The centre released a result. `installation` is where it goes, empty for this one."""

    name: ClassVar[str] = "trace.released"
    trace: str
    owner: str
    message: str
    request: str
    requester: str
    installation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReceived(Event):
    """The result of a request arrived at the agency that asked."""

    name: ClassVar[str] = "trace.result_received"
    request: str
    owner: str
    outcome: str
