"""A tracer's acts on a trace: take it, look at what it waits for, enter an answer, end it by hand.

Every act names the version of the trace its page showed; a trace that changed since is refused, so that
nobody decides on what they have not seen.
"""

from django.db import transaction

from cotrace.audit.services import record
from cotrace.foundation import clock
from cotrace.foundation.errors import FieldProblem, Invalid, Refused
from cotrace.foundation.principal import Principal
from cotrace.foundation.rules.canonical import JsonValue
from cotrace.tracing.models import Acceptance, Inquiry, Trace
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.tables import outcome_table
from cotrace.tracing.rules.clocks import prolonged
from cotrace.tracing.rules.gun import licence_key
from cotrace.tracing.rules.outcomes import NAMES_PURCHASER
from cotrace.tracing.rules.recorded_answer import parse_answer_by_hand
from cotrace.tracing.rules.statuses import TraceStatus
from cotrace.tracing.rules.trace_view import ACCEPTABLE, WaitReason
from cotrace.tracing.selectors.centre import own_trace
from cotrace.tracing.selectors.register import connector_of, licensees_known
from cotrace.tracing.selectors.transferees import is_purchaser_known
from cotrace.tracing.selectors.walk_view import inquiries_that_count, is_contact_held
from cotrace.tracing.services.locking import at_work, trace_locked
from cotrace.tracing.services.walk import (
    answer_by_hand_keep,
    conclude,
    tries_resume,
    try_now,
    version_raise,
    walk_go_on,
)

NOTE_CHARACTERS_MIN = 10
CHOSEN_FOR = frozenset({WaitReason.SEVERAL_CANDIDATES, WaitReason.START_NOT_REGISTERED})


def trace_take(principal: Principal, *, number: str) -> None:
    """Take a trace to work on it; taking one's own again changes nothing.

    Raises NotFound, Refused where a colleague has it. Audit: trace.taken.
    """
    principal.require(TracePermission.WORK)
    own = own_trace(principal, number=number)
    with transaction.atomic():
        row = Trace.objects.select_for_update().get(pk=own)
        if row.taken_by == principal.id:
            return
        if row.taken_by:
            raise Refused("trace_taken_by_other", name=row.taken_name)
        row.taken_by, row.taken_name, row.taken_at = principal.id, principal.name, clock.now()
        row.version += 1
        row.save(update_fields=["taken_by", "taken_name", "taken_at", "version"])
        record(principal, action="trace.taken", subject=row.pk)


def trace_leave(principal: Principal, *, number: str) -> None:
    """Put a trace back for others: one's own, or a colleague's by who may release. Audit: trace.left."""
    principal.require(TracePermission.WORK)
    own = own_trace(principal, number=number)
    with transaction.atomic():
        row = Trace.objects.select_for_update().get(pk=own)
        if row.taken_by not in ("", principal.id):
            principal.require(TracePermission.RELEASE)
        row.taken_by, row.taken_name, row.taken_at = "", "", None
        row.version += 1
        row.save(update_fields=["taken_by", "taken_name", "taken_at", "version"])
        record(principal, action="trace.left", subject=row.pk)


def trace_accept(principal: Principal, *, number: str, version: int, note: str) -> None:
    """Let the walk pass what the trace waits for, with a note why.

    Raises Refused where it waits for nothing that can be let pass, Invalid for a note under 10 characters.
    Audit: trace.accepted, with reason and note.
    """
    if len(note.strip()) < NOTE_CHARACTERS_MIN:
        problem = FieldProblem("note", "reason_too_short", (("minimum", NOTE_CHARACTERS_MIN),))
        raise Invalid("trace_note_missing", fields=(problem,))
    with at_work(principal, number=number, version=version) as row:
        reason = _waiting(row)
        if reason not in ACCEPTABLE:
            raise Refused("trace_wait_not_acceptable")
        Acceptance.objects.get_or_create(
            trace=row,
            reason=reason,
            step=row.waiting_step,
            superseded_at=None,
            defaults={
                "note": note.strip(),
                "accepted_by": principal.id,
                "accepted_at": clock.now(),
            },
        )
        detail = {"reason": reason.value, "step": row.waiting_step, "note": note.strip()}
        record(principal, action="trace.accepted", subject=row.pk, detail=detail)
        walk_go_on(principal, number=row.pk)


def trace_continue(principal: Principal, *, number: str, version: int) -> None:
    """Have the walk look again, after the register was mended or a hold lifted. Audit: trace.continued."""
    with at_work(principal, number=number, version=version) as row:
        _waiting(row)
        record(principal, action="trace.continued", subject=row.pk)
        walk_go_on(principal, number=row.pk)


def trace_start(principal: Principal, *, number: str, version: int, licensee: str) -> None:
    """Say with which licensee of the register the walk begins. Raises Refused, Invalid. Audit: trace.started."""
    with at_work(principal, number=number, version=version) as row:
        if _waiting(row) not in CHOSEN_FOR:
            raise Refused("trace_has_its_start")
        known = {licence_key(each.number): each for each in licensees_known(principal, numbers=[licensee])}
        chosen = known.get(licence_key(licensee))
        if chosen is None:
            raise Invalid("trace_start_unknown", fields=(FieldProblem("licensee", "licensee_not_registered"),))
        row.start = chosen.number
        row.save(update_fields=["start"])
        record(principal, action="trace.started", subject=row.pk, detail={"licensee": chosen.number})
        walk_go_on(principal, number=row.pk)


def trace_answer(principal: Principal, *, number: str, version: int, answer: JsonValue) -> None:
    """Enter the answer that the licensee of the last step gave by telephone or in writing.

    `answer` is kind, detail, gun and acquisition as in docs/connector-protocol.md section 5. Raises Invalid
    with every field's problem, Refused where no inquiry waits. Audit: trace.answered.
    """
    recorded = parse_answer_by_hand(answer, today=clock.today())
    with at_work(principal, number=number, version=version) as row:
        inquiry = _last_inquiry(row)
        if inquiry is None or inquiry.state == "answered":
            raise Refused("trace_has_no_open_inquiry")
        answer_by_hand_keep(principal, row=inquiry, recorded=recorded)
        walk_go_on(principal, number=row.pk)


def trace_ask_again(principal: Principal, *, number: str, version: int) -> None:
    """Put the last inquiry to its licensee again, under its own id, with another 24 hours to answer.

    Raises Refused where nothing failed, the inquiry's life is over or a contact hold stands. Audit: trace.asked_again.
    """
    with at_work(principal, number=number, version=version) as row:
        inquiry = _last_inquiry(row)
        if inquiry is None or inquiry.state != "failed":
            raise Refused("trace_has_no_open_inquiry")
        if inquiry.expires_at <= clock.now():
            raise Refused("inquiry_time_over")
        if is_contact_held(inquiry):
            raise Refused("contact_hold_stands")
        inquiry.state, inquiry.failure, inquiry.failure_reason = "open", "", ""
        inquiry.answer_due_at = prolonged(now=clock.now(), expires_at=inquiry.expires_at)
        has_connector = connector_of(principal, number=inquiry.licensee) is not None
        inquiry.channel = "connector" if has_connector else "person"
        inquiry.save()
        record(principal, action="trace.asked_again", subject=row.pk, detail={"inquiry": inquiry.pk})
        row.status, row.waiting_reason, row.waiting_licensee = TraceStatus.INQUIRING, "", ""
        row.waiting_step = 0
        row.save(update_fields=["status", "waiting_reason", "waiting_licensee", "waiting_step"])
        version_raise(principal, number=row.pk)
        if has_connector:
            try_now(principal, inquiry=inquiry.pk)


def trace_conclude(principal: Principal, *, number: str, version: int, outcome: str) -> None:
    """End a waiting trace with an outcome of the table.

    Raises Refused; Invalid for an outcome that the table does not have, or that says who bought the gun where no
    answer names a purchaser. Audit: trace.concluded.
    """
    if outcome not in outcome_table():
        raise Invalid("trace_outcome_unknown", fields=(FieldProblem("outcome", "outcome_unknown"),))
    with at_work(principal, number=number, version=version) as row:
        _waiting(row)
        if outcome in NAMES_PURCHASER and not is_purchaser_known(principal, record=row.pk):
            problem = FieldProblem("outcome", "outcome_needs_purchaser")
            raise Invalid("trace_purchaser_missing", fields=(problem,))
        conclude(principal, number=row.pk, outcome=outcome)


def trace_hold(principal: Principal, *, number: str, version: int, is_held: bool) -> None:
    """Set or lift a contact hold on a trace; nobody is asked while it stands. Audit: trace.hold_set, _lifted."""
    principal.require(TracePermission.HOLD)
    with transaction.atomic():
        row = trace_locked(principal, number=number, version=version)
        row.is_held = is_held
        row.version += 1
        row.save(update_fields=["is_held", "version"])
        if is_held:
            record(principal, action="trace.hold_set", subject=row.pk)
            return
        record(principal, action="trace.hold_lifted", subject=row.pk)
        tries_resume(Inquiry.objects.filter(trace=row))
        if row.waiting_reason == WaitReason.CONTACT_HOLD:
            walk_go_on(principal, number=row.pk)


def _waiting(row: Trace) -> WaitReason:
    if row.status != TraceStatus.AWAITING_TRACER:
        raise Refused("trace_waits_for_nothing")
    return WaitReason(row.waiting_reason)


def _last_inquiry(row: Trace) -> Inquiry | None:
    return inquiries_that_count(row.pk).select_for_update().order_by("-hop").first()
