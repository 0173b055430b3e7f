"""No cell of an export calculates, and a blank comes back as the same blank."""

import pytest

from cotrace.files.rules.words import Reason, not_recorded_word
from cotrace.seizures.exports import _amount as amount_cell
from cotrace.seizures.exports import csv_bytes, safe_cell
from cotrace.seizures.rules.completeness import Amount


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＠x"])
def test_what_a_spreadsheet_would_calculate_becomes_text(start) -> None:
    assert safe_cell(start) == f"'{start}"


@pytest.mark.parametrize("text", ["", "12", "Nogales", "a=b", "2026-02-01", "«-»"])
def test_other_text_stays_as_it_is(text) -> None:
    assert safe_cell(text) == text


def test_a_table_says_its_encoding_and_quotes_what_needs_it() -> None:
    assert csv_bytes([["Señal", 'a "b", c']]) == '\ufeffSeñal,"a ""b"", c"\r\n'.encode()


@pytest.mark.parametrize("reason", [Reason.BLANK, Reason.NOT_APPLICABLE, Reason.NO_INFORMATION, Reason.UNDETERMINED])
def test_a_reason_is_read_back_as_itself(reason) -> None:
    assert not_recorded_word(amount_cell(Amount(quantity=None, reason=reason))) == reason


def test_zero_is_zero_and_the_undisclosed_says_so() -> None:
    assert amount_cell(Amount(quantity=0)) == "0"
    assert amount_cell(None) == "not disclosed"
