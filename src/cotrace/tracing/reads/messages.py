"""What crosses from the asking agency to the tracing centre and back: documents with the names of both ends.

The same for a centre in this installation and for one elsewhere; `installation` is empty for this one.
"""

from dataclasses import dataclass
from datetime import datetime

from cotrace.tracing.rules.answer_document import ConnectorAnswer
from cotrace.tracing.rules.connector_failures import ConnectorFailure
from cotrace.tracing.rules.connector_register import Connector
from cotrace.tracing.rules.inquiry import Inquiry
from cotrace.tracing.rules.request_document import TraceRequestDocument
from cotrace.tracing.rules.result_document import TraceResultDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestMessage:
    """A request on its way to the centre `centre`. `installation` is where it comes from."""

    message: str
    request: str
    requester: str
    centre: str
    installation: str
    document: TraceRequestDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultMessage:
    """A result on its way back. `installation` is where it goes; `in_reply_to` the request's message."""

    message: str
    in_reply_to: str
    request: str
    requester: str
    installation: str
    document: TraceResultDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The centre's word that it took a request in, under which number of its own."""

    request: str
    centre_number: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorCall:
    """All that is needed to put an inquiry to a connector, without a table in reach."""

    connector: Connector
    inquiry: Inquiry
    trace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """A connector's checked answer, with the bytes and the signature that prove who gave it."""

    found: ConnectorAnswer
    body: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedTry:
    """A try that brought no usable answer. `told_s`: the wait a pending answer asked for."""

    failure: ConnectorFailure
    told_s: int | None = None
    reason: str = ""
