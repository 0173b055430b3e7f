"""What a new request can begin with."""

from dataclasses import dataclass

from cotrace.tracing.rules.request_document import TraceRequestDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRequest:
    """An earlier request of one's own agency. `is_own`: the same officer submitted it."""

    number: str
    document: TraceRequestDocument
    is_same_seizure: bool
    is_own: bool
