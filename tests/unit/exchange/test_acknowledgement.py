"""An acknowledgement says what arrived and what became of it."""

import pytest

from cotrace.exchange.rules.acknowledgement import (
    Acknowledgement,
    Disposition,
    acknowledgement_to_json,
    parse_acknowledgement,
)
from cotrace.foundation.errors import Invalid
from tests.unit.exchange.builders import NOON

ACCEPTED = Acknowledgement(
    message_digest="ab" * 32, received_at=NOON, disposition=Disposition.ACCEPTED, number="TR-US1-AAAA"
)
REFUSED = Acknowledgement(
    message_digest="ab" * 32, received_at=NOON, disposition=Disposition.REFUSED, code="expired"
)


@pytest.mark.parametrize("acknowledgement", [ACCEPTED, REFUSED])
def test_an_acknowledgement_comes_back_as_it_was_written(acknowledgement: Acknowledgement) -> None:
    assert parse_acknowledgement(acknowledgement_to_json(acknowledgement)) == acknowledgement


def test_a_refusal_without_a_reason_is_none() -> None:
    value = {**acknowledgement_to_json(REFUSED), "code": None}
    with pytest.raises(Invalid) as refused:
        parse_acknowledgement(value)
    assert [problem.field for problem in refused.value.fields] == ["code"]
