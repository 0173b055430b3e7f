"""Tables of this room: the agency's requests, the centre's traces, its register of licensees, what is published of these."""

from cotrace.tracing.models.published import PublishedLicensee, PublishedList
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
    "PublishedLicensee",
    "PublishedList",
    "ReleasedResult",
    "RequestResult",
    "Trace",
    "TraceRequest",
    "TraceSource",
    "TracingCentre",
    "Transferee",
]
