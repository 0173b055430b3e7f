"""A result of the tracing centre here for a request of `mx1`: concluded, and released."""

from cotrace.exchange.imports import file_import
from cotrace.foundation import outbox
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.services.release import trace_release
from cotrace.tracing.services.tracer import trace_answer, trace_take
from tests.support.world import agent
from tests.unit.tracing.builders import MAKER
from tests.usecases.exchange.letters import MX, STRANGER, letter, peer_exists
from tests.usecases.tracing.world import centre_exists, register

CENTRE = agent("ATF")


def concluded() -> str:
    """A trace of a request of `mx1` that found the purchaser; nobody has released it."""
    centre_exists()
    register(MAKER)
    peer_exists(MX, signer=STRANGER)
    trace = file_import(CENTRE, content=letter(STRANGER)).number
    trace_take(CENTRE, number=trace)
    sale = {"kind": "sold_to_purchaser", "detail": {"purchaser": {"family_names": "Ortega Lund"}}}
    trace_answer(CENTRE, number=trace, version=trace_get(CENTRE, number=trace).version, answer=sale)
    return trace


def released(trace: str) -> None:
    trace_release(agent("ATF", name="supervisor"), number=trace, version=trace_get(CENTRE, number=trace).version)
    outbox.drain()
