"""Tables of this room: the agency's requests, the centre's traces, its register of licensees."""

from cotrace.tracing.models.register import LicenseeEntry, LicenseeName, TracingCentre
from cotrace.tracing.models.requests import RequestResult, TraceRequest
from cotrace.tracing.models.traces import (
    SERIAL_LENGTH,
    Acceptance,
    EarlierAnswer,
    Inquiry,
    ReleasedResult,
    Trace,
    TraceSource,
    Transferee,
)

__all__ = [
    "SERIAL_LENGTH",
    "Acceptance",
    "EarlierAnswer",
    "Inquiry",
    "LicenseeEntry",
    "LicenseeName",
    "ReleasedResult",
    "RequestResult",
    "Trace",
    "TraceRequest",
    "TraceSource",
    "TracingCentre",
    "Transferee",
]
