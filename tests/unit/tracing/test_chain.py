"""A result states the chain with its gaps and contradictions, the dealer, the purchaser and the date."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cotrace.tracing.rules.answers import Acquisition, AnswerKind, LicenseeRef, NotInRecords
from cotrace.tracing.rules.chain import Finding, facts_of, findings_of
from cotrace.tracing.rules.time_to_crime import Band, NoNumberReason, NoTimeToCrime, TimeToCrime
from cotrace.tracing.rules.trace_view import Role, Shipment, Step
from tests.unit.tracing.builders import (
    ASKED,
    BUYER,
    DEALER,
    MADE_ON,
    MAKER,
    RECOVERED_ON,
    SHIPPED_ON,
    SOLD_ON,
    WHOLESALER,
    shipped,
    sold,
    view,
)

MAKER_STEP = Step(number=1, licensee=MAKER.number, role=Role.MAKER, answer=shipped(DEALER, SHIPPED_ON))
DEALER_STEP = Step(
    number=2,
    licensee=DEALER.number,
    role=Role.DEALER,
    shipment=Shipment(supplier=MAKER.number, shipped_on=SHIPPED_ON),
    answer=sold(),
)


def test_a_complete_trace_states_dealer_purchaser_date_and_time_to_crime() -> None:
    facts = facts_of(view(MAKER_STEP, DEALER_STEP))
    assert facts.dealer == LicenseeRef(number=DEALER.number, name="Paso Guns")
    assert (facts.purchaser, facts.purchased_on) == (BUYER, SOLD_ON)
    assert isinstance(facts.time_to_crime, TimeToCrime)
    assert facts.time_to_crime.days == 219
    assert facts.time_to_crime.band is Band.FROM_7_MONTHS_TO_1_YEAR


def test_the_chain_names_each_licensee_its_answer_and_the_day_the_gun_left() -> None:
    chain = facts_of(view(MAKER_STEP, DEALER_STEP)).chain
    assert [step.licensee.name for step in chain] == ["Sierra Arms", "Paso Guns"]
    assert [step.answer_kind for step in chain] == [
        AnswerKind.SHIPPED_TO,
        AnswerKind.SOLD_TO_PURCHASER,
    ]
    assert [step.left_on for step in chain] == [SHIPPED_ON, SOLD_ON]
    assert all(step.findings == () for step in chain)


def test_a_failed_trace_states_the_last_dealer_reached_and_no_purchaser() -> None:
    facts = facts_of(view(MAKER_STEP, replace(DEALER_STEP, answer=NotInRecords())))
    assert facts.dealer is not None
    assert facts.dealer.number == DEALER.number
    assert facts.purchaser is None
    assert facts.time_to_crime == NoTimeToCrime(reason=NoNumberReason.PURCHASE_DATE_MISSING)


def test_a_trace_that_never_reached_a_dealer_states_none() -> None:
    assert facts_of(view(replace(MAKER_STEP, answer=NotInRecords()))).dealer is None


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"answer": sold(SHIPPED_ON - timedelta(days=1))}, Finding.DATES_GO_BACK),
        ({"answer": sold(RECOVERED_ON + timedelta(days=1))}, Finding.DATE_AFTER_RECOVERY),
        ({"acquisition": Acquisition(acquired_on=MADE_ON)}, Finding.ACQUIRED_BEFORE_SHIPPED),
        ({"answer": sold(None)}, Finding.DATE_MISSING),
        (
            {"acquisition": Acquisition(supplier=LicenseeRef(number=WHOLESALER.number))},
            Finding.SUPPLIER_DIFFERS,
        ),
        ({"recorded_gun": replace(ASKED, make="Otro Fabricante")}, Finding.MAKE_DIFFERS),
        ({"recorded_gun": replace(ASKED, calibre=".40")}, Finding.CALIBRE_DIFFERS),
        ({"answer": None}, Finding.NOT_ANSWERED),
    ],
)
def test_each_gap_and_contradiction_is_named_once(change: dict[str, object], finding: Finding) -> None:
    step = replace(DEALER_STEP, **change)  # type: ignore[arg-type]
    assert findings_of(view(MAKER_STEP, step), step) == (finding,)


def test_the_supplier_written_in_another_way_is_the_same_supplier() -> None:
    same = Acquisition(supplier=LicenseeRef(number=MAKER.number.replace("-", "")))
    step = replace(DEALER_STEP, acquisition=same, recorded_gun=replace(ASKED, make="SIERRA ARMS INC"))
    assert findings_of(view(MAKER_STEP, step), step) == ()
