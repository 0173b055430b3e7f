"""Among the lines under a serial, the right gun is found; in doubt no purchaser is named."""

from dataclasses import replace
from datetime import date

from cotrace.tracing.rules.answers import Answer, GapReason, NotInRecords, RecordIncomplete, SeveralGuns
from cotrace.tracing.rules.gun import RecordedGun
from cotrace.tracing.rules.record_lookup import look_up
from cotrace.tracing.rules.record_rows import RecordRow
from cotrace.tracing.rules.trace_view import Shipment
from tests.unit.tracing.builders import ASKED, WHOLESALER, inquiry, shipped, sold

COLT = replace(ASKED, make="Colt", model="M4", calibre="556", type_code="RI")


def row(gun: RecordedGun, answer: Answer) -> RecordRow:
    return RecordRow(gun=gun, acquisition=None, answer=answer)


def test_the_one_gun_of_that_serial_and_make_is_answered_for() -> None:
    found = look_up((row(ASKED, sold()), row(COLT, shipped(WHOLESALER, None))), inquiry())
    assert (found.answer, found.gun) == (sold(), ASKED)


def test_a_serial_nobody_holds_is_not_in_records() -> None:
    assert look_up((), inquiry()).answer == NotInRecords()


def test_the_same_serial_under_another_make_names_the_gun_and_no_purchaser() -> None:
    found = look_up((row(COLT, sold()),), inquiry())
    assert found.answer == NotInRecords(same_serial=(COLT,))
    assert found.gun is None


def test_the_importer_s_name_on_either_side_is_as_good_as_the_maker_s() -> None:
    recorded = replace(ASKED, make="Cugir", importer="Gulf Imports")
    asked = inquiry(gun=replace(ASKED, make="Romarm", importer="Gulf Imports Inc"))
    assert look_up((row(recorded, sold()),), asked).answer == sold()


def test_a_wrong_model_does_not_hide_the_only_gun_of_that_serial() -> None:
    recorded = replace(ASKED, model="S-17 Gen 2", calibre="9x19")
    assert look_up((row(recorded, sold()),), inquiry()).answer == sold()


def test_the_model_decides_between_two_guns_of_one_maker_and_serial() -> None:
    other = replace(ASKED, model="S19")
    found = look_up((row(other, shipped(WHOLESALER, None)), row(ASKED, sold())), inquiry())
    assert found.gun == ASKED


def test_two_guns_that_nothing_tells_apart_are_both_described_and_nobody_is_named() -> None:
    first, second = replace(ASKED, model="S19"), replace(ASKED, model="S21")
    found = look_up((row(first, sold()), row(second, sold())), inquiry())
    assert found.answer == SeveralGuns(candidates=(first, second))
    assert found.acquisition is None


def test_of_a_gun_s_two_stays_the_shipment_tells_which_is_meant() -> None:
    first = row(ASKED, shipped(WHOLESALER, date(2023, 3, 1)))
    second = row(ASKED, sold(date(2023, 8, 1)))
    back = Shipment(supplier=WHOLESALER.number, shipped_on=date(2023, 5, 1))
    assert look_up((second, first), inquiry()).answer == first.answer
    assert look_up((second, first), inquiry(shipment=back)).answer == second.answer


def test_a_stay_that_ended_before_the_shipment_is_answered_when_there_is_no_other() -> None:
    early = row(ASKED, sold(date(2023, 3, 1)))
    late = Shipment(supplier=WHOLESALER.number, shipped_on=date(2023, 5, 1))
    assert look_up((early,), inquiry(shipment=late)).answer == early.answer


def test_a_dated_line_is_taken_before_one_without_date() -> None:
    undated = row(ASKED, RecordIncomplete(reason=GapReason.ILLEGIBLE))
    dated = row(ASKED, sold(date(2023, 3, 1)))
    assert look_up((undated, dated), inquiry()).answer == dated.answer
