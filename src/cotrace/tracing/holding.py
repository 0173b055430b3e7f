"""Trace requests and traces as kinds of holding."""

from cotrace.sharing.holding import HoldingKind, register_kind

REQUEST_KIND = "trace_request"
REQUEST_CATEGORY = "trace_request"
TRACE_KIND = "trace"
TRACE_CATEGORY = "trace"

register_kind(HoldingKind(kind=REQUEST_KIND, prefix="TR", page="tracing:request"))
register_kind(HoldingKind(kind=TRACE_KIND, prefix="TC", page="tracing:trace"))
