"""Whether an answer entered by hand can still be corrected, and what its correction does to the trace.

Decides by where the trace stands: while its result has not left, the walk goes back to the corrected answer and on
from there. What a connector signed is the licensee's own word and is never corrected by hand.
Source: DESIGN section 5; the second person is asked for by services/release.py.
Tests: tests/unit/tracing/test_correction.py.
"""

from dataclasses import dataclass

from cotrace.foundation.errors import Refused
from cotrace.foundation.rules.canonical import JsonObject, JsonValue
from cotrace.foundation.rules.strict import Fields
from cotrace.tracing.rules.statuses import TraceAct, TraceStatus

CORRECTED_BY: dict[TraceStatus, TraceAct] = {
    TraceStatus.INQUIRING: TraceAct.ANSWERED,
    TraceStatus.AWAITING_TRACER: TraceAct.CONTINUE,
    TraceStatus.CONCLUDED: TraceAct.REOPEN,
    TraceStatus.WITHHELD: TraceAct.REOPEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What takes the place of a wrong answer, and why; the answer is read by its own rules."""

    note: str
    answer: JsonValue


def correction_of(document: JsonObject) -> Correction:
    """Read a correction as it travels: `note` and `answer`. Raises: Invalid answer_by_hand_malformed."""
    top = Fields.of(document)
    found = Correction(note=top.prose_or_none("note") or "", answer=top.raw_object("answer"))
    top.finish("answer_by_hand_malformed")
    return found


def act_of_correction(status: TraceStatus) -> TraceAct:
    """Say by which act a trace goes back to work for a corrected answer. Raises: Refused result_has_left."""
    act = CORRECTED_BY.get(status)
    if act is None:
        raise Refused("result_has_left")
    return act


def is_correctable(status: TraceStatus, *, state: str, answered_by: str) -> bool:
    """Tell whether the answer of an inquiry can be corrected: entered by a person, its result not yet out."""
    return status in CORRECTED_BY and state == "answered" and bool(answered_by)
