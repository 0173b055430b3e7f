"""What is kept of texts and codes."""

import pytest

from cotrace.files.rules.cells import PlainCell
from cotrace.files.rules.cleaned import Bad, Recorded
from cotrace.files.rules.problems import Code
from cotrace.files.rules.texts import clean_code, clean_text, code_key


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("  dos\tpalabras\n", "dos palabras"),
        ("n\u0303", "ñ"),
        (7, "7"),
        (7.0, "7"),
    ],
)
def test_a_text_is_kept_in_one_form(cell: PlainCell, kept: str) -> None:
    assert clean_text(cell, max_length=100) == Recorded(kept)


@pytest.mark.parametrize(
    ("cell", "code"),
    [("a\x00b", Code.CONTROL_CHARACTERS), ("\x1b[2J", Code.CONTROL_CHARACTERS), ("a\u200bb", Code.CONTROL_CHARACTERS),
     ("a\u202eb", Code.CONTROL_CHARACTERS), ("\u00adab", Code.CONTROL_CHARACTERS), ("x" * 101, Code.TOO_LONG)],
)
def test_a_text_that_cannot_be_kept_is_refused(cell: PlainCell, code: Code) -> None:
    assert clean_text(cell, max_length=100) == Bad(code)


@pytest.mark.parametrize("cell", [7, 7.0, "7", "07", " 7 ", "7.0", "007"])
def test_a_state_gets_its_two_digits_back(cell: PlainCell) -> None:
    assert clean_code(cell, width=2) == Recorded("07")


@pytest.mark.parametrize("cell", [100, "A7", "7-1", -7, 7.5, "", "x" * 50, "2010-01-01"])
def test_what_is_no_code_of_this_width_is_refused(cell: PlainCell) -> None:
    assert clean_code(cell, width=2) == Bad(Code.CODE_MALFORMED)


def test_a_code_without_width_is_capitals_digits_and_signs() -> None:
    assert clean_code("mx-sedena", width=None) == Recorded("MX-SEDENA")
    assert clean_code("dos palabras", width=None) == Bad(Code.CODE_MALFORMED)
    assert clean_code("x" * 41, width=None) == Bad(Code.CODE_MALFORMED)


def test_spellings_of_one_code_have_one_key() -> None:
    assert {code_key(text) for text in ("1", "01", "001", "1.0", " 1")} == {"1"}
    assert code_key("Sedena ") == code_key("SEDENA")
