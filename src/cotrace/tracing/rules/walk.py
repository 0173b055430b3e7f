"""The walk along the chain of commerce: from maker or importer to the first retail purchaser.

Decides, from what is known so far, whom to ask next, when the trace is finished and with which
outcome, and when a person at the centre has to look first. It never guesses past a contradiction.
Source: domain dossier 1.2 (steps 4-7) and 3.3 (outcomes); 18 USC 923(g)(7).
Tests: tests/unit/tracing/test_walk_*.py, tests/property/tracing/test_walk_properties.py,
tests/golden/tracing/answer_outcomes.txt.
"""

from cotrace.firearms.rules.serials import ImporterMark, SerialCondition
from cotrace.tracing.rules.answers import Answer, Pending, ShippedTo
from cotrace.tracing.rules.chain import Finding, blocking_finding
from cotrace.tracing.rules.gun import GunDescription, licence_key, normal_serial
from cotrace.tracing.rules.outcomes import CLOSED_OUTCOMES, OutcomeCode, conclusion_of
from cotrace.tracing.rules.trace_view import (
    Ask,
    Finish,
    KnownLicensee,
    NextStep,
    Role,
    Shipment,
    Step,
    TraceView,
    WaitForAnswer,
    WaitForTracer,
    WaitReason,
)

LONGEST_CHAIN = 12

SERIAL_OUTCOMES: dict[SerialCondition, OutcomeCode] = {
    SerialCondition.OBLITERATED: OutcomeCode.S1,
    SerialCondition.PARTIAL: OutcomeCode.S2,
    SerialCondition.NONE: OutcomeCode.S4,
}

FINDING_REASONS: dict[Finding, WaitReason] = {
    Finding.DATES_GO_BACK: WaitReason.DATES_CONTRADICT,
    Finding.DATE_AFTER_RECOVERY: WaitReason.DATES_CONTRADICT,
    Finding.ACQUIRED_BEFORE_SHIPPED: WaitReason.DATES_CONTRADICT,
}


def next_step(view: TraceView) -> NextStep:
    """Decide what happens next in a trace. Calling it twice on the same view decides the same."""
    if view.is_held:
        return WaitForTracer(reason=WaitReason.CONTACT_HOLD)
    if not view.steps:
        return _begin(view)
    last = view.steps[-1]
    if last.failure is not None:
        return _unanswered(view, last)
    if last.answer is None or isinstance(last.answer, Pending):
        return WaitForAnswer(licensee=last.licensee)
    finding = blocking_finding(view, last)
    if finding is not None and not view.has_accepted(FINDING_REASONS[finding], last.number):
        return _look(FINDING_REASONS[finding], last)
    if isinstance(last.answer, ShippedTo):
        return _follow(view, last, last.answer)
    return _conclude(view, last, last.answer)


def unaskable_outcome(gun: GunDescription) -> OutcomeCode | None:
    """Name the outcome for a gun that no licensee can be asked about; None when one can be."""
    if gun.is_privately_made:
        return OutcomeCode.F1
    if gun.serial_condition is not SerialCondition.READ:
        return SERIAL_OUTCOMES[gun.serial_condition]
    if not normal_serial(gun.serial):
        return OutcomeCode.S3
    if not gun.make:
        return OutcomeCode.I1
    if gun.is_foreign and not gun.importer:
        return OutcomeCode.X2 if gun.importer_mark is ImporterMark.ABSENT else OutcomeCode.I2
    return None


def _begin(view: TraceView) -> NextStep:
    outcome = unaskable_outcome(view.gun)
    if outcome is not None:
        return Finish(outcome=outcome)
    role = Role.IMPORTER if view.gun.is_foreign or view.gun.importer else Role.MAKER
    if not view.start:
        return WaitForTracer(reason=WaitReason.START_NOT_REGISTERED)
    if len(view.start) > 1:
        return WaitForTracer(reason=WaitReason.SEVERAL_CANDIDATES)
    return _ask(view, view.start[0], role=role, shipment=None, after=None)


def _follow(view: TraceView, step: Step, answer: ShippedTo) -> NextStep:
    if licence_key(answer.licensee.number) == licence_key(step.licensee):
        return _look(WaitReason.SHIPS_TO_ITSELF, step, licensee=answer.licensee.number)
    if len(view.steps) >= LONGEST_CHAIN:
        return _look(WaitReason.CHAIN_TOO_LONG, step, licensee=answer.licensee.number)
    following = view.licensee(answer.licensee.number)
    if following is None:
        return _look(WaitReason.LICENSEE_UNKNOWN, step, licensee=answer.licensee.number)
    shipment = Shipment(
        supplier=step.licensee,
        shipped_on=answer.shipped_on,
        invoice=answer.invoice,
    )
    return _ask(view, following, role=following.role, shipment=shipment, after=step)


def _ask(
    view: TraceView, licensee: KnownLicensee, *, role: Role, shipment: Shipment | None, after: Step | None
) -> NextStep:
    visited: set[str] = set()
    while not licensee.is_open:
        visited.add(licence_key(licensee.number))
        successor = view.licensee(licensee.successor) if licensee.successor else None
        if successor is None or licence_key(successor.number) in visited:
            return _closed(view, licensee, role=role, after=after)
        if licensee.is_held:
            break
        licensee = successor
    if licensee.is_held:
        return WaitForTracer(reason=WaitReason.CONTACT_HOLD, licensee=licensee.number)
    if _repeats(view, licensee, shipment):
        return WaitForTracer(
            reason=WaitReason.CHAIN_LOOPS,
            licensee=licensee.number,
            step=after.number if after else 0,
        )
    return Ask(licensee=licensee.number, role=role, shipment=shipment)


def _closed(view: TraceView, licensee: KnownLicensee, *, role: Role, after: Step | None) -> NextStep:
    """A closed licensee's books are with the centre: a person looks there before the trace ends."""
    at_step = after.number if after else 0
    if not view.has_accepted(WaitReason.LICENSEE_CLOSED, at_step):
        return WaitForTracer(reason=WaitReason.LICENSEE_CLOSED, licensee=licensee.number, step=at_step)
    return Finish(outcome=CLOSED_OUTCOMES[role])


def _repeats(view: TraceView, licensee: KnownLicensee, shipment: Shipment | None) -> bool:
    """A licensee may hold a gun twice, but then a later, dated shipment brought it back."""
    earlier = [step for step in view.steps if licence_key(step.licensee) == licence_key(licensee.number)]
    if not earlier:
        return False
    if shipment is None or shipment.shipped_on is None:
        return True
    return any(
        step.shipment is not None
        and (step.shipment.shipped_on is None or step.shipment.shipped_on >= shipment.shipped_on)
        for step in earlier
    )


def _unanswered(view: TraceView, step: Step) -> NextStep:
    if view.has_accepted(WaitReason.NO_ANSWER, step.number):
        return Finish(outcome=OutcomeCode.N1)
    return _look(WaitReason.NO_ANSWER, step, licensee=step.licensee)


def _conclude(view: TraceView, step: Step, answer: Answer) -> NextStep:
    conclusion = conclusion_of(answer, step.role)
    look_first = conclusion.look_first
    if look_first is None or view.has_accepted(look_first, step.number):
        return Finish(outcome=conclusion.outcome)
    return _look(look_first, step, licensee=step.licensee)


def _look(reason: WaitReason, step: Step, *, licensee: str | None = None) -> WaitForTracer:
    return WaitForTracer(reason=reason, licensee=licensee, step=step.number)
