"""Trace requests and traces as kinds of holding."""

from cotrace.sharing.holding import HoldingKind, register_kind
from cotrace.tracing.models import TracingCentre

REQUEST_KIND = "trace_request"
REQUEST_CATEGORY = "trace_request"
TRACE_KIND = "trace"
TRACE_CATEGORY = "trace"


def centres() -> frozenset[str]:
    """Return the agencies whose tracing centre works here: traces are theirs alone."""
    return frozenset(TracingCentre.objects.filter(installation="").values_list("agency", flat=True))


register_kind(HoldingKind(kind=REQUEST_KIND, prefix="TR", page="tracing:request"))
register_kind(HoldingKind(kind=TRACE_KIND, prefix="TC", page="tracing:trace", kept_by=centres))
