"""Whether a trace moved since its page was drawn: asked every few seconds, so it discloses nothing and is not on record."""

from dataclasses import dataclass

from cotrace.foundation.principal import Principal
from cotrace.tracing.models import Trace
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.selectors.centre import own_trace
from cotrace.tracing.selectors.walk_view import inquiries_that_count


@dataclass(frozen=True, slots=True)
class TracePulse:
    """What differs once anything happened to a trace: its version, its inquiries, the tries of the last."""

    version: int
    inquiries: int
    tries: int

    def __str__(self) -> str:
        return f"{self.version}.{self.inquiries}.{self.tries}"


def trace_pulse(principal: Principal, *, number: str) -> TracePulse:
    """Return the pulse of a trace of the principal's centre as it is now. Raises NotFound."""
    principal.require(TracePermission.WORK)
    own = own_trace(principal, number=number)
    version = Trace.objects.values_list("version", flat=True).get(pk=own)
    rows = inquiries_that_count(own).order_by("-hop").values_list("hop", "tries")
    hop, tries = rows.first() or (0, 0)
    return TracePulse(version, hop, tries)
