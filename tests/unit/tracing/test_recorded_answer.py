"""An answer comes back from its row as it was, but for the purchaser, who is kept apart."""

from datetime import date

import pytest

from cotrace.foundation.errors import Invalid
from cotrace.foundation.rules.canonical import canonical_bytes
from cotrace.tracing.rules.answers import Acquisition, LicenseeRef, NotInRecords, event_date
from cotrace.tracing.rules.parties import purchaser_to_json
from cotrace.tracing.rules.recorded_answer import (
    KEPT_APART,
    RecordedAnswer,
    parse_answer_by_hand,
    purchaser_from_json,
    recorded_from_json,
    recorded_to_json,
)
from tests.unit.tracing.builders import ASKED, BUYER, DEALER, WHOLESALER, shipped, sold

TODAY = date(2024, 3, 1)
BOOK = Acquisition(
    acquired_on=date(2023, 2, 3), supplier=LicenseeRef(number=WHOLESALER.number, name="Plains")
)


@pytest.mark.parametrize(
    "answer", [shipped(DEALER, date(2023, 2, 1)), shipped(DEALER, None), NotInRecords(same_serial=(ASKED,))]
)
def test_an_answer_without_purchaser_comes_back_equal(answer) -> None:
    recorded = RecordedAnswer(answer=answer, gun=ASKED, acquisition=BOOK)
    assert recorded_from_json(recorded_to_json(recorded)) == recorded


def test_a_purchaser_is_not_in_the_row_and_comes_back_from_where_it_is_kept() -> None:
    recorded = RecordedAnswer(answer=sold(), gun=ASKED, acquisition=BOOK)
    row = recorded_to_json(recorded)
    assert BUYER.family_names not in canonical_bytes(row).decode()
    again = recorded_from_json(row)
    assert again.purchaser == KEPT_APART
    kept = purchaser_from_json(purchaser_to_json(BUYER))
    assert again.sold_to(kept) == recorded


def test_an_answer_by_hand_is_read_as_strictly_as_a_connectors() -> None:
    with pytest.raises(Invalid) as refusal:
        parse_answer_by_hand({"kind": "exported", "detail": {"country": "Mexico"}, "colour": "blue"}, today=TODAY)
    assert {each.field for each in refusal.value.fields} == {"detail.country", "colour"}


DATED = [
    ("shipped_to", {"licensee": {"number": DEALER.number}}, "shipped_on"),
    ("sold_to_purchaser", {"purchaser": {"family_names": "Ortega"}}, "sold_on"),
    ("sold_to_agency", {"agency_kind": "military", "agency_name": "National Guard"}, "sold_on"),
    ("exported", {"country": "GT"}, "exported_on"),
    ("stolen_or_lost", {"place": "shipment"}, "discovered_on"),
]


@pytest.mark.parametrize(("kind", "detail", "day"), DATED, ids=[kind for kind, _detail, _day in DATED])
def test_a_day_after_today_is_refused_by_hand_and_today_is_taken(kind: str, detail: dict[str, object], day: str) -> None:
    def entered(on: str) -> RecordedAnswer:
        return parse_answer_by_hand({"kind": kind, "detail": {**detail, day: on}}, today=TODAY)

    assert event_date(entered("2024-03-01").answer) == TODAY
    with pytest.raises(Invalid) as refusal:
        entered("2024-03-02")
    assert [(each.field, each.code) for each in refusal.value.fields] == [(f"detail.{day}", "answer_date_to_come")]


def test_every_day_of_an_answer_is_looked_at_at_once() -> None:
    document = {
        "kind": "sold_to_purchaser",
        "detail": {"sold_on": "2030-01-01", "purchaser": {"family_names": "Ortega", "birth_date": "2029-01-01"}},
        "acquisition": {"acquired_on": "2031-01-01"},
    }
    with pytest.raises(Invalid) as refusal:
        parse_answer_by_hand(document, today=TODAY)
    places = {each.field for each in refusal.value.fields}
    assert places == {"detail.sold_on", "detail.purchaser.birth_date", "acquisition.acquired_on"}


def test_a_day_to_come_that_a_connector_signed_is_kept_as_it_was_said() -> None:
    recorded = RecordedAnswer(answer=shipped(DEALER, date(2190, 1, 1)))
    assert recorded_from_json(recorded_to_json(recorded)) == recorded


@pytest.mark.parametrize("number", ["!", "123", "5 74", "-74-141"])
def test_a_licence_number_of_the_wrong_form_is_named_as_that(number: str) -> None:
    document = {
        "kind": "shipped_to",
        "detail": {"licensee": {"number": number}},
        "acquisition": {"supplier": {"number": number}},
    }
    with pytest.raises(Invalid) as refusal:
        parse_answer_by_hand(document, today=TODAY)
    wrong = {(each.field, each.code) for each in refusal.value.fields}
    assert wrong == {(f"{place}.number", "licence_number_wrong") for place in ("detail.licensee", "acquisition.supplier")}
