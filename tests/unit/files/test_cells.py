"""How a cell is shown in a report."""

from datetime import date

import pytest

from cotrace.files.rules.cells import Cell, CellError, Formula, excerpt, plain_text


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (None, ""),
        (5, "5"),
        (5.0, "5"),
        (2.5, "2.5"),
        (date(2010, 4, 3), "2010-04-03"),
        (Formula("=A1+1"), "=A1+1"),
        (CellError("#REF!"), "#REF!"),
        ("a\u202egnp.exe", "a·gnp.exe"),
        ("a\x00\nb", "a··b"),
    ],
)
def test_a_cell_is_shown_as_a_person_would_type_it(cell: Cell, shown: str) -> None:
    assert excerpt(cell) == shown


def test_a_long_cell_is_cut_and_says_so() -> None:
    assert excerpt("x" * 41) == "x" * 39 + "…"
    assert excerpt("x" * 40) == "x" * 40


def test_a_whole_float_is_typed_without_a_fraction() -> None:
    assert [plain_text(cell) for cell in (7.0, 7.25, True, None)] == ["7", "7.25", "True", ""]
