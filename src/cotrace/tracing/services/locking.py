"""Opening a trace for an act: locked, in the version that its page showed, by whoever may work on it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from cotrace.foundation.errors import Refused
from cotrace.foundation.principal import Principal
from cotrace.tracing.models import Trace
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.selectors.centre import own_trace


def trace_locked(principal: Principal, *, number: str, version: int) -> Trace:
    """Return a trace of the principal's centre locked, in the caller's transaction.

    Raises NotFound; Refused where it changed since that version.
    """
    row = Trace.objects.select_for_update().get(pk=own_trace(principal, number=number))
    if row.version != version:
        raise Refused("trace_changed")
    return row


@contextmanager
def at_work(principal: Principal, *, number: str, version: int) -> Iterator[Trace]:
    """Open a trace for an act of the tracer who took it, in one transaction. Raises Denied, NotFound, Refused."""
    principal.require(TracePermission.WORK)
    with transaction.atomic():
        row = trace_locked(principal, number=number, version=version)
        if row.taken_by != principal.id:
            raise Refused("trace_not_taken")
        yield row
