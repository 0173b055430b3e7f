"""A message's id carries the number of its record and nothing that could be taken for another."""

import pytest

from cotrace.foundation.ids import new_number
from cotrace.tracing.rules.message_ids import message_id, number_of


def test_the_number_comes_back() -> None:
    number = new_number("TR", origin="MX1", owner="FGR")
    assert number_of(message_id(number, sending=1)) == number
    assert number_of(message_id(number, sending=12)) == number


@pytest.mark.parametrize(
    "text", ["", "TR-MX1-AAAA-BBBB-CCCC_1", "message-0123456789", "{}_0", "{}_01", "{}", "{}_1_1"]
)
def test_anything_else_carries_no_number(text: str) -> None:
    number = new_number("TR", origin="MX1", owner="FGR")
    assert number_of(text.format(number)) is None
