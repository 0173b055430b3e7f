"""Which cells are counts and amounts."""

from decimal import Decimal

import pytest

from cotrace.files.rules.cells import PlainCell
from cotrace.files.rules.cleaned import Bad, Recorded
from cotrace.files.rules.numbers import clean_decimal, clean_integer
from cotrace.files.rules.problems import Code


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        (0, 0),
        (12, 12),
        (12.0, 12),
        ("12", 12),
        ("12.0", 12),
        ("12.", 12),
        (" 12 ", 12),
        ("1,234", 1234),
        ("1,234,567", 1_234_567),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("+7", 7),
        ("007", 7),
        ("-0", 0),
    ],
)
def test_a_count_is_taken_however_it_is_typed(cell: PlainCell, count: int) -> None:
    assert clean_integer(cell, high=10_000_000) == Recorded(count)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("doce", Code.NOT_A_NUMBER),
        ("1,23", Code.NOT_A_NUMBER),
        ("12,34,567", Code.NOT_A_NUMBER),
        ("1.234,5", Code.NOT_A_NUMBER),
        ("1e5", Code.NOT_A_NUMBER),
        ("٣", Code.NOT_A_NUMBER),
        ("1" * 41, Code.NOT_A_NUMBER),
        ("12 armas", Code.NOT_A_NUMBER),
        ("$12", Code.NOT_A_NUMBER),
        (True, Code.NOT_A_NUMBER),
        (float("nan"), Code.NOT_A_NUMBER),
        (float("inf"), Code.NOT_A_NUMBER),
        (-1, Code.NEGATIVE),
        ("-1", Code.NEGATIVE),
        ("\u22121", Code.NEGATIVE),
        (-1e300, Code.NEGATIVE),
        (1.5, Code.NOT_WHOLE),
        ("1.234", Code.NOT_WHOLE),
        (1_000_001, Code.TOO_LARGE),
        (1e300, Code.TOO_LARGE),
        ("9" * 40, Code.TOO_LARGE),
    ],
)
def test_what_is_no_count_is_refused_with_its_code(cell: PlainCell, code: Code) -> None:
    assert clean_integer(cell, high=1_000_000) == Bad(code)


def test_an_amount_keeps_its_fraction_exactly() -> None:
    assert clean_decimal("1,234.50", high=10_000) == Recorded(Decimal("1234.50"))
    assert clean_decimal(0.1, high=1) == Recorded(Decimal("0.1"))
