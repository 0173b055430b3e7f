"""Correcting an answer that was entered wrongly by hand: the new one counts, the old one stays where it can be read."""

from datetime import datetime

from cotrace.audit.services import record
from cotrace.foundation import clock
from cotrace.foundation.errors import FieldProblem, Invalid, Refused
from cotrace.foundation.principal import Principal
from cotrace.foundation.rules.canonical import JsonValue
from cotrace.tracing.models import EarlierAnswer, Inquiry, Trace, Transferee
from cotrace.tracing.rules.correction import act_of_correction, is_correctable
from cotrace.tracing.rules.recorded_answer import parse_answer_by_hand
from cotrace.tracing.rules.statuses import TraceStatus
from cotrace.tracing.selectors.walk_view import SUPERSEDED, inquiries_that_count
from cotrace.tracing.services.locking import at_work
from cotrace.tracing.services.tracer import NOTE_CHARACTERS_MIN
from cotrace.tracing.services.walk import answer_by_hand_keep, walk_redo


def trace_correct(
    principal: Principal, *, number: str, version: int, step: int, note: str, answer: JsonValue
) -> None:
    """Put another answer in the place of one that was entered by hand at a step, with a note why; the walk goes on there.

    What followed from the old answer counts no more: later inquiries, what was let pass since, a conclusion. It stays
    on the trace, like the old answer. Raises Invalid with every field's problem or for a note under 10 characters,
    Refused where nothing was entered by hand there or the result has left. Audit: trace.answer_corrected, trace.answered.
    """
    if len(note.strip()) < NOTE_CHARACTERS_MIN:
        problem = FieldProblem("note", "reason_too_short", (("minimum", NOTE_CHARACTERS_MIN),))
        raise Invalid("correction_note_missing", fields=(problem,))
    recorded = parse_answer_by_hand(answer, today=clock.today())
    with at_work(principal, number=number, version=version) as row:
        status = TraceStatus(row.status)
        act = act_of_correction(status)
        inquiry = inquiries_that_count(row.pk).select_for_update().filter(hop=step).first()
        if inquiry is None or not is_correctable(
            status, state=inquiry.state, answered_by=inquiry.answered_by
        ):
            raise Refused("answer_not_by_hand")
        was = _set_aside(principal, row, inquiry, note.strip())
        detail = {"inquiry": inquiry.pk, "was": was, "note": note.strip()}
        record(principal, action="trace.answer_corrected", subject=row.pk, detail=detail)
        answer_by_hand_keep(principal, row=inquiry, recorded=recorded)
        walk_redo(principal, number=row.pk, act=act)


def _set_aside(principal: Principal, row: Trace, inquiry: Inquiry, note: str) -> str:
    """Keep the old answer, and what followed from it, as what counts no more; return the old answer's kind."""
    moment, answer = clock.now(), inquiry.answer or {}
    EarlierAnswer.objects.create(
        inquiry=inquiry,
        answer=answer,
        answered_by=inquiry.answered_by,
        answered_at=inquiry.answered_at or moment,
        note=note,
        corrected_by=principal.id,
        corrected_at=moment,
    )
    _void_from(principal, row, inquiry.hop, moment)
    return str(answer.get("kind", ""))


def _void_from(principal: Principal, row: Trace, step: int, moment: datetime) -> None:
    later = inquiries_that_count(row.pk).filter(hop__gt=step)
    later.update(state=SUPERSEDED, superseded_at=moment, next_try_at=None)
    row.acceptances.filter(step__gte=step, superseded_at=None).update(superseded_at=moment)
    named = Transferee.objects.filter(owner=principal.agency, record=row.pk, hop__gte=step, superseded_at=None)
    named.update(superseded_at=moment)
