"""The chain of commerce as it came out, with its gaps and contradictions.

Decides what is wrong between two answers, which of it stops the walk, and what a result may state:
dealer, purchaser, date of sale. Source: domain dossier 1.2 and 4.1 (trace summary).
Tests: tests/unit/tracing/test_chain.py.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cotrace.firearms.rules.bores import are_bores_apart
from cotrace.tracing.rules.answers import (
    Answer,
    AnswerKind,
    LicenseeRef,
    Pending,
    Purchaser,
    ShippedTo,
    SoldToPurchaser,
    event_date,
    kind_of,
)
from cotrace.tracing.rules.gun import is_same_make, licence_key
from cotrace.tracing.rules.time_to_crime import NoTimeToCrime, TimeToCrime, time_to_crime
from cotrace.tracing.rules.trace_view import Role, Step, TraceView


class Finding(StrEnum):
    """What is missing or contradictory at one step of a chain."""

    DATES_GO_BACK = "dates_go_back"
    DATE_AFTER_RECOVERY = "date_after_recovery"
    ACQUIRED_BEFORE_SHIPPED = "acquired_before_shipped"
    DATE_MISSING = "date_missing"
    SUPPLIER_DIFFERS = "supplier_differs"
    MAKE_DIFFERS = "make_differs"
    CALIBRE_DIFFERS = "calibre_differs"
    NOT_ANSWERED = "not_answered"


BLOCKING: tuple[Finding, ...] = (
    Finding.DATES_GO_BACK,
    Finding.DATE_AFTER_RECOVERY,
    Finding.ACQUIRED_BEFORE_SHIPPED,
)

SILENT: frozenset[AnswerKind | None] = frozenset(
    {AnswerKind.NOT_IN_RECORDS, AnswerKind.RECORD_INCOMPLETE, AnswerKind.SEVERAL_GUNS, AnswerKind.PENDING, None}
)
"""Answers after which the record has a gap, also where nothing contradicts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """One link of the chain. `left_on`: the day the gun left this licensee, as far as it is known."""

    number: int
    licensee: LicenseeRef
    role: Role
    answer_kind: AnswerKind | None
    left_on: date | None = None
    invoice: str | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceFacts:
    """What a trace established. None: not established."""

    chain: tuple[ChainStep, ...]
    dealer: LicenseeRef | None
    purchaser: Purchaser | None
    purchased_on: date | None
    time_to_crime: TimeToCrime | NoTimeToCrime


def facts_of(view: TraceView) -> TraceFacts:
    """State what a trace established, from its answers."""
    sale = next((step for step in view.steps if isinstance(step.answer, SoldToPurchaser)), None)
    purchaser, purchased_on = None, None
    if sale is not None and isinstance(sale.answer, SoldToPurchaser):
        purchaser, purchased_on = sale.answer.purchaser, sale.answer.sold_on
    return TraceFacts(
        chain=tuple(_link(view, step) for step in view.steps),
        dealer=_dealer(view, sale),
        purchaser=purchaser,
        purchased_on=purchased_on,
        time_to_crime=time_to_crime(purchased_on=purchased_on, recovered_on=view.recovered_on),
    )


def findings_of(view: TraceView, step: Step) -> tuple[Finding, ...]:
    """Name what is missing or contradictory at one step, most serious first."""
    if step.answer is None or isinstance(step.answer, Pending):
        return (Finding.NOT_ANSWERED,)
    present = {
        Finding.DATES_GO_BACK: _is_before(event_date(step.answer), _shipped_on(step)),
        Finding.DATE_AFTER_RECOVERY: _is_before(view.recovered_on, event_date(step.answer)),
        Finding.ACQUIRED_BEFORE_SHIPPED: _is_before(_acquired_on(step), _shipped_on(step)),
        Finding.DATE_MISSING: _leaves(step.answer) and event_date(step.answer) is None,
        Finding.SUPPLIER_DIFFERS: _supplier_differs(step),
        Finding.MAKE_DIFFERS: _make_differs(view, step),
        Finding.CALIBRE_DIFFERS: _calibre_differs(view, step),
    }
    return tuple(finding for finding, is_present in present.items() if is_present)


def blocking_finding(view: TraceView, step: Step) -> Finding | None:
    """Name the contradiction that stops the walk at this step, if there is one."""
    return next((finding for finding in findings_of(view, step) if finding in BLOCKING), None)


def _link(view: TraceView, step: Step) -> ChainStep:
    known = view.licensee(step.licensee)
    answer = step.answer
    return ChainStep(
        number=step.number,
        licensee=LicenseeRef(number=step.licensee, name=known.name if known else None),
        role=step.role,
        answer_kind=None if answer is None else kind_of(answer),
        left_on=None if answer is None else event_date(answer),
        invoice=answer.invoice if isinstance(answer, ShippedTo) else None,
        findings=findings_of(view, step),
    )


def _dealer(view: TraceView, sale: Step | None) -> LicenseeRef | None:
    """The dealer is who sold to the purchaser, or the last dealer that was reached."""
    reached = sale or next((step for step in reversed(view.steps) if step.role is Role.DEALER), None)
    if reached is None:
        return None
    known = view.licensee(reached.licensee)
    return LicenseeRef(number=reached.licensee, name=known.name if known else None)


def _leaves(answer: Answer) -> bool:
    return isinstance(answer, ShippedTo | SoldToPurchaser)


def _is_before(first: date | None, second: date | None) -> bool:
    return first is not None and second is not None and first < second


def _shipped_on(step: Step) -> date | None:
    return step.shipment.shipped_on if step.shipment else None


def _acquired_on(step: Step) -> date | None:
    return step.acquisition.acquired_on if step.acquisition else None


def _supplier_differs(step: Step) -> bool:
    if step.shipment is None or step.acquisition is None or step.acquisition.supplier is None:
        return False
    return licence_key(step.acquisition.supplier.number) != licence_key(step.shipment.supplier)


def _make_differs(view: TraceView, step: Step) -> bool:
    asked, recorded = view.gun.make, step.recorded_gun.make if step.recorded_gun else None
    return bool(asked and recorded) and not is_same_make(asked, recorded)


def _calibre_differs(view: TraceView, step: Step) -> bool:
    asked, recorded = view.gun.calibre, step.recorded_gun.calibre if step.recorded_gun else None
    return bool(asked and recorded) and are_bores_apart(asked or "", recorded or "")
