"""A result goes out with its caveat and its time-to-crime, and comes back the same."""

import pytest

from cotrace.foundation.errors import Invalid
from cotrace.foundation.rules.canonical import JsonObject
from cotrace.tracing.rules.chain import facts_of
from cotrace.tracing.rules.result_document import TraceResultDocument, parse_result, result_to_json
from cotrace.tracing.rules.trace_view import Role, Shipment, Step
from tests.unit.tracing.builders import (
    ASKED,
    DEALER,
    MAKER,
    NOON,
    RECOVERED_ON,
    SHIPPED_ON,
    shipped,
    sold,
    view,
)

FACTS = facts_of(
    view(
        Step(number=1, licensee=MAKER.number, role=Role.MAKER, answer=shipped(DEALER, None)),
        Step(
            number=2,
            licensee=DEALER.number,
            role=Role.DEALER,
            shipment=Shipment(supplier=MAKER.number, shipped_on=SHIPPED_ON),
            answer=sold(),
        ),
    )
)
RESULT = TraceResultDocument(
    trace_number="TR-US1-AAAA",
    request_number="RQ-MX1-BBBB",
    outcome="P1",
    released_at=NOON,
    gun=ASKED,
    recovered_on=RECOVERED_ON,
    dealer=FACTS.dealer,
    purchaser=FACTS.purchaser,
    purchased_on=FACTS.purchased_on,
    chain=FACTS.chain,
)
FAILED = TraceResultDocument(
    trace_number="TR-US1-AAAA", request_number="RQ-MX1-BBBB", outcome="M1", released_at=NOON, gun=ASKED
)


@pytest.mark.parametrize("result", [RESULT, FAILED])
def test_a_result_comes_back_as_it_was_written(result: TraceResultDocument) -> None:
    assert parse_result(result_to_json(result)) == result


def test_a_result_says_that_it_is_a_lead_and_how_long_the_way_was() -> None:
    written = result_to_json(RESULT)
    assert written["caveat"] == "lead_not_evidence"
    assert written["time_to_crime"] == {
        "days": 219,
        "years": "0.60",
        "band": "from_7_months_to_1_year",
        "is_short": True,
    }
    assert result_to_json(FAILED)["time_to_crime"] == {"reason": "purchase_date_missing"}


def test_the_gaps_of_the_chain_travel_with_it() -> None:
    chain = result_to_json(RESULT)["chain"]
    assert isinstance(chain, list)
    assert isinstance(chain[0], dict)
    assert chain[0]["findings"] == ["date_missing"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"caveat": None}, "caveat"),
        ({"caveat": "evidence"}, "caveat"),
        ({"time_to_crime": {"days": 3}}, "time_to_crime"),
        ({"outcome": "found"}, "outcome"),
        ({"chain": [{"number": 1}]}, "chain.0.licensee"),
    ],
)
def test_a_result_with_a_wrong_field_is_refused(change: JsonObject, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_result({**result_to_json(RESULT), **change})
    assert refused.value.code == "trace_result_malformed"
    assert field in [problem.field for problem in refused.value.fields]
