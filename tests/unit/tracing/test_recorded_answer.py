"""An answer comes back from its row as it was, but for the purchaser, who is kept apart."""

from datetime import date

import pytest

from cotrace.foundation.errors import Invalid
from cotrace.foundation.rules.canonical import canonical_bytes
from cotrace.tracing.rules.answers import Acquisition, LicenseeRef, NotInRecords
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
        parse_answer_by_hand({"kind": "exported", "detail": {"country": "Mexico"}, "colour": "blue"})
    assert {each.field for each in refusal.value.fields} == {"detail.country", "colour"}
