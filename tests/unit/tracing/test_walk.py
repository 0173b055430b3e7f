"""The walk asks maker or importer, wholesaler, dealer, and stops where it must not guess."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cotrace.firearms.rules.serials import ImporterMark, SerialCondition
from cotrace.tracing.rules.answers import (
    Acquisition,
    AgencyKind,
    Exported,
    GapReason,
    LicenseeRef,
    LossPlace,
    NotFoundReason,
    NotInRecords,
    Pending,
    RecordIncomplete,
    SeveralGuns,
    SoldToAgency,
    StolenOrLost,
)
from cotrace.tracing.rules.trace_view import (
    Acceptance,
    Ask,
    Finish,
    Role,
    Shipment,
    Step,
    WaitForAnswer,
    WaitForTracer,
    WaitReason,
)
from cotrace.tracing.rules.walk import LONGEST_CHAIN, next_step
from tests.unit.tracing.builders import (
    ASKED,
    DEALER,
    GUN,
    IMPORTER,
    KNOWN,
    MADE_ON,
    MAKER,
    OTHER_WHOLESALER,
    RECOVERED_ON,
    SHIPPED_ON,
    SOLD_ON,
    WHOLESALER,
    shipped,
    sold,
    view,
)

ASKED_MAKER = Step(number=1, licensee=MAKER.number, role=Role.MAKER)
MAKER_STEP = replace(ASKED_MAKER, answer=shipped(WHOLESALER, MADE_ON))
TO_WHOLESALER = Shipment(supplier=MAKER.number, shipped_on=MADE_ON, invoice="INV-7")
WHOLESALER_STEP = Step(
    number=2,
    licensee=WHOLESALER.number,
    role=Role.WHOLESALER,
    shipment=TO_WHOLESALER,
    answer=shipped(DEALER, SHIPPED_ON),
)
TO_DEALER = Shipment(supplier=WHOLESALER.number, shipped_on=SHIPPED_ON, invoice="INV-7")
ASKED_DEALER = Step(number=3, licensee=DEALER.number, role=Role.DEALER, shipment=TO_DEALER)


def accepted(reason: WaitReason, step: int) -> frozenset[Acceptance]:
    return frozenset({Acceptance(reason=reason, step=step)})


def test_a_domestic_gun_starts_with_its_maker() -> None:
    assert next_step(view()) == Ask(licensee=MAKER.number, role=Role.MAKER)


@pytest.mark.parametrize("country", ["AT", "US"])
def test_a_gun_with_an_importer_starts_with_its_importer(country: str) -> None:
    gun = replace(GUN, country_of_origin=country, importer="Gulf Imports")
    step = next_step(view(gun=gun, start=(IMPORTER,)))
    assert step == Ask(licensee=IMPORTER.number, role=Role.IMPORTER)


def test_each_shipment_leads_to_the_next_licensee_and_says_how_the_gun_came_there() -> None:
    assert next_step(view(MAKER_STEP)) == Ask(
        licensee=WHOLESALER.number, role=Role.WHOLESALER, shipment=TO_WHOLESALER
    )
    assert next_step(view(MAKER_STEP, WHOLESALER_STEP)) == Ask(
        licensee=DEALER.number, role=Role.DEALER, shipment=TO_DEALER
    )


def test_a_sale_to_a_person_finishes_with_the_purchaser_identified() -> None:
    dealer_step = replace(ASKED_DEALER, answer=sold())
    assert next_step(view(MAKER_STEP, WHOLESALER_STEP, dealer_step)) == Finish(outcome="P1")


def test_an_open_inquiry_is_waited_for() -> None:
    assert next_step(view(ASKED_MAKER)) == WaitForAnswer(licensee=MAKER.number)
    pending = replace(ASKED_MAKER, answer=Pending(retry_after_s=600))
    assert next_step(view(pending)) == WaitForAnswer(licensee=MAKER.number)


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"is_privately_made": True, "serial": None}, "F1"),
        ({"serial_condition": SerialCondition.OBLITERATED}, "S1"),
        ({"serial_condition": SerialCondition.PARTIAL, "serial": "12?45"}, "S2"),
        ({"serial_condition": SerialCondition.NONE, "serial": None}, "S4"),
        ({"serial": "---"}, "S3"),
        ({"serial": None}, "S3"),
        ({"make": None}, "I1"),
        ({"country_of_origin": "AT"}, "I2"),
        ({"country_of_origin": "RO", "importer_mark": ImporterMark.ABSENT}, "X2"),
    ],
)
def test_a_gun_nobody_can_be_asked_about_gets_its_reason_before_any_call(
    change: dict[str, object], outcome: str
) -> None:
    assert next_step(view(gun=replace(GUN, **change))) == Finish(outcome=outcome)  # type: ignore[arg-type]


def test_a_maker_that_is_not_registered_or_not_unique_waits_for_a_tracer() -> None:
    assert next_step(view(start=())) == WaitForTracer(reason=WaitReason.START_NOT_REGISTERED)
    several = next_step(view(start=(MAKER, IMPORTER)))
    assert several == WaitForTracer(reason=WaitReason.SEVERAL_CANDIDATES)


def test_an_unknown_licensee_waits_for_a_tracer_until_it_is_registered() -> None:
    known = tuple(entry for entry in KNOWN if entry is not WHOLESALER)
    assert next_step(view(MAKER_STEP, known=known)) == WaitForTracer(
        reason=WaitReason.LICENSEE_UNKNOWN, licensee=WHOLESALER.number, step=1
    )
    assert isinstance(next_step(view(MAKER_STEP)), Ask)


def test_a_licence_number_written_without_hyphens_is_the_same_licensee() -> None:
    bare = replace(WHOLESALER, number=WHOLESALER.number.replace("-", "").lower())
    step = replace(ASKED_MAKER, answer=shipped(bare, MADE_ON))
    assert next_step(view(step)) == Ask(
        licensee=WHOLESALER.number, role=Role.WHOLESALER, shipment=TO_WHOLESALER
    )


def test_a_licensee_that_ships_to_itself_waits_for_a_tracer() -> None:
    step = replace(ASKED_MAKER, answer=shipped(MAKER, MADE_ON))
    assert next_step(view(step)) == WaitForTracer(
        reason=WaitReason.SHIPS_TO_ITSELF, licensee=MAKER.number, step=1
    )


@pytest.mark.parametrize("returned_on", [None, MADE_ON])
def test_a_chain_that_loops_without_a_later_date_waits_for_a_tracer(returned_on: date | None) -> None:
    there = replace(ASKED_MAKER, number=1, answer=shipped(WHOLESALER, MADE_ON), role=Role.MAKER)
    to_other = replace(WHOLESALER_STEP, answer=shipped(OTHER_WHOLESALER, MADE_ON))
    back = Step(
        number=3,
        licensee=OTHER_WHOLESALER.number,
        role=Role.WHOLESALER,
        shipment=Shipment(supplier=WHOLESALER.number, shipped_on=MADE_ON),
        answer=shipped(WHOLESALER, returned_on),
    )
    assert next_step(view(there, to_other, back)) == WaitForTracer(
        reason=WaitReason.CHAIN_LOOPS, licensee=WHOLESALER.number, step=3
    )


def test_a_gun_returned_on_a_later_date_is_asked_for_again_with_that_shipment() -> None:
    returned_on = SHIPPED_ON + timedelta(days=30)
    dealer_step = replace(ASKED_DEALER, answer=shipped(WHOLESALER, returned_on))
    assert next_step(view(MAKER_STEP, WHOLESALER_STEP, dealer_step)) == Ask(
        licensee=WHOLESALER.number,
        role=Role.WHOLESALER,
        shipment=Shipment(supplier=DEALER.number, shipped_on=returned_on, invoice="INV-7"),
    )


def test_a_chain_longer_than_any_real_one_waits_for_a_tracer() -> None:
    steps = tuple(replace(MAKER_STEP, number=at) for at in range(1, LONGEST_CHAIN + 1))
    step = next_step(view(*steps))
    assert isinstance(step, WaitForTracer)
    assert step.reason is WaitReason.CHAIN_TOO_LONG


@pytest.mark.parametrize(
    "answer",
    [
        sold(SHIPPED_ON - timedelta(days=1)),
        sold(RECOVERED_ON + timedelta(days=1)),
    ],
)
def test_dates_that_contradict_wait_until_a_tracer_has_looked(answer: object) -> None:
    dealer_step = replace(ASKED_DEALER, answer=answer)  # type: ignore[arg-type]
    trace = view(MAKER_STEP, WHOLESALER_STEP, dealer_step)
    assert next_step(trace) == WaitForTracer(reason=WaitReason.DATES_CONTRADICT, step=3)
    looked_at = replace(trace, accepted=accepted(WaitReason.DATES_CONTRADICT, 3))
    assert next_step(looked_at) == Finish(outcome="P1")


def test_a_gun_acquired_before_it_was_shipped_waits_for_a_tracer() -> None:
    early = Acquisition(acquired_on=SHIPPED_ON - timedelta(days=2))
    dealer_step = replace(ASKED_DEALER, answer=sold(), acquisition=early)
    step = next_step(view(MAKER_STEP, WHOLESALER_STEP, dealer_step))
    assert step == WaitForTracer(reason=WaitReason.DATES_CONTRADICT, step=3)


def test_an_acceptance_counts_only_for_its_own_step() -> None:
    dealer_step = replace(ASKED_DEALER, answer=sold(RECOVERED_ON + timedelta(days=1)))
    trace = view(
        MAKER_STEP,
        WHOLESALER_STEP,
        dealer_step,
        accepted=accepted(WaitReason.DATES_CONTRADICT, 2),
    )
    assert isinstance(next_step(trace), WaitForTracer)


def test_what_only_the_register_can_mend_is_not_waved_through() -> None:
    trace = view(
        MAKER_STEP,
        known=(MAKER,),
        accepted=accepted(WaitReason.LICENSEE_UNKNOWN, 1),
    )
    assert isinstance(next_step(trace), WaitForTracer)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (NotInRecords(), "D1"),
        (NotInRecords(reason=NotFoundReason.RETENTION_PASSED), "M3"),
        (RecordIncomplete(reason=GapReason.ILLEGIBLE), "D1"),
        (StolenOrLost(place=LossPlace.INVENTORY), "D3"),
        (StolenOrLost(place=LossPlace.SHIPMENT), "D4"),
        (Exported(country="MX"), "X1"),
        (SoldToAgency(agency_kind=AgencyKind.LAW_ENFORCEMENT, agency_name="City police"), "G1"),
        (SoldToAgency(agency_kind=AgencyKind.MILITARY, agency_name="Army"), "G2"),
    ],
)
def test_a_dealer_s_final_answer_gives_its_outcome(answer: object, outcome: str) -> None:
    dealer_step = replace(ASKED_DEALER, answer=answer)  # type: ignore[arg-type]
    assert next_step(view(MAKER_STEP, WHOLESALER_STEP, dealer_step)) == Finish(outcome=outcome)


def test_a_serial_unknown_to_the_maker_is_another_outcome_than_at_the_dealer() -> None:
    assert next_step(view(replace(ASKED_MAKER, answer=NotInRecords()))) == Finish(outcome="M1")


def test_several_guns_at_the_maker_finish_and_at_a_dealer_are_looked_at_first() -> None:
    several = SeveralGuns(candidates=(ASKED, replace(ASKED, model="S19")))
    assert next_step(view(replace(ASKED_MAKER, answer=several))) == Finish(outcome="M2")
    trace = view(MAKER_STEP, WHOLESALER_STEP, replace(ASKED_DEALER, answer=several))
    assert next_step(trace) == WaitForTracer(reason=WaitReason.SEVERAL_GUNS, licensee=DEALER.number, step=3)
    looked_at = replace(trace, accepted=accepted(WaitReason.SEVERAL_GUNS, 3))
    assert next_step(looked_at) == Finish(outcome="D1")


def test_the_same_serial_under_another_make_is_looked_at_before_the_trace_fails() -> None:
    other = NotInRecords(same_serial=(replace(ASKED, make="Otro Fabricante"),))
    trace = view(replace(ASKED_MAKER, answer=other))
    assert next_step(trace) == WaitForTracer(
        reason=WaitReason.DESCRIBED_OTHERWISE, licensee=MAKER.number, step=1
    )
    looked_at = replace(trace, accepted=accepted(WaitReason.DESCRIBED_OTHERWISE, 1))
    assert next_step(looked_at) == Finish(outcome="M1")


def test_a_licensee_that_never_answers_is_looked_at_and_then_named_as_the_reason() -> None:
    trace = view(replace(ASKED_MAKER, failure="connector_slow"))
    assert next_step(trace) == WaitForTracer(reason=WaitReason.NO_ANSWER, licensee=MAKER.number, step=1)
    looked_at = replace(trace, accepted=accepted(WaitReason.NO_ANSWER, 1))
    assert next_step(looked_at) == Finish(outcome="N1")


def test_a_closed_licensee_leads_to_its_successor() -> None:
    closed = replace(WHOLESALER, is_open=False, successor=OTHER_WHOLESALER.number)
    step = next_step(view(MAKER_STEP, known=(closed, OTHER_WHOLESALER)))
    assert isinstance(step, Ask)
    assert step.licensee == OTHER_WHOLESALER.number


@pytest.mark.parametrize("successor", [None, DEALER.number])
def test_a_closed_dealer_without_open_successor_is_searched_on_paper_first(successor: str | None) -> None:
    closed = replace(DEALER, is_open=False, successor=successor)
    trace = view(MAKER_STEP, WHOLESALER_STEP, known=(WHOLESALER, closed))
    assert next_step(trace) == WaitForTracer(
        reason=WaitReason.LICENSEE_CLOSED, licensee=DEALER.number, step=2
    )
    looked_at = replace(trace, accepted=accepted(WaitReason.LICENSEE_CLOSED, 2))
    assert next_step(looked_at) == Finish(outcome="D2")


def test_a_hold_on_the_gun_or_on_the_next_licensee_stops_the_walk_before_any_call() -> None:
    assert next_step(view(is_held=True)) == WaitForTracer(reason=WaitReason.CONTACT_HOLD)
    held = replace(WHOLESALER, is_held=True)
    assert next_step(view(MAKER_STEP, known=(held,))) == WaitForTracer(
        reason=WaitReason.CONTACT_HOLD, licensee=WHOLESALER.number
    )


def test_a_held_licensee_that_is_closed_is_not_followed_to_its_successor() -> None:
    held = replace(WHOLESALER, is_open=False, successor=OTHER_WHOLESALER.number, is_held=True)
    waits = WaitForTracer(reason=WaitReason.CONTACT_HOLD, licensee=WHOLESALER.number)
    assert next_step(view(MAKER_STEP, known=(held, OTHER_WHOLESALER))) == waits
    before = replace(OTHER_WHOLESALER, is_open=False, successor=WHOLESALER.number)
    third = replace(DEALER, number="5-74-141-01-9A-00044")
    onward = replace(held, successor=third.number)
    shipped_on = replace(MAKER_STEP, answer=shipped(OTHER_WHOLESALER, SHIPPED_ON))
    assert next_step(view(shipped_on, known=(before, onward, third))) == waits


def test_a_held_licensee_that_is_closed_for_good_is_searched_on_paper() -> None:
    held = replace(DEALER, is_open=False, is_held=True)
    found = next_step(view(MAKER_STEP, WHOLESALER_STEP, known=(WHOLESALER, held)))
    assert found == WaitForTracer(reason=WaitReason.LICENSEE_CLOSED, licensee=DEALER.number, step=2)


def test_a_sale_without_date_still_identifies_the_purchaser() -> None:
    dealer_step = replace(ASKED_DEALER, answer=sold(None))
    assert next_step(view(MAKER_STEP, WHOLESALER_STEP, dealer_step)) == Finish(outcome="P1")


def test_a_sale_on_the_day_of_shipment_and_of_recovery_contradicts_nothing() -> None:
    dealer_step = replace(ASKED_DEALER, answer=sold(SHIPPED_ON))
    trace = view(MAKER_STEP, WHOLESALER_STEP, dealer_step, recovered_on=SHIPPED_ON)
    assert next_step(trace) == Finish(outcome="P1")
    assert SOLD_ON > SHIPPED_ON


def test_the_supplier_named_by_the_receiver_does_not_stop_the_walk() -> None:
    other = Acquisition(supplier=LicenseeRef(number=OTHER_WHOLESALER.number))
    dealer_step = replace(ASKED_DEALER, answer=sold(), acquisition=other)
    assert next_step(view(MAKER_STEP, WHOLESALER_STEP, dealer_step)) == Finish(outcome="P1")
