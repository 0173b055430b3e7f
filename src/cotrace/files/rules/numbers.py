"""Numbers: which cells are a count or an amount, and which only look like one.

Authority: Mexican and US usage (comma or space groups thousands, point is decimal); a count is never
negative and never a fraction. Tests: tests/unit/files/test_numbers.py.
"""

import math
import re
from decimal import Decimal

from cotrace.files.rules.cells import PlainCell
from cotrace.files.rules.cleaned import Bad, Cleaned, Recorded
from cotrace.files.rules.problems import Code

NUMBER_LENGTH = 40
_NUMBER = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+)(?:\.[0-9]*)?")
_SIGNS = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u2212": "-"})


def number_of(cell: PlainCell) -> Decimal | None:
    """Return the number a cell holds, as a number or as text (`"1,234"`, `"12.0"`); None if it is none."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return Decimal(cell)
    if isinstance(cell, float):
        return Decimal(repr(cell)) if math.isfinite(cell) else None
    if not isinstance(cell, str) or len(cell) > NUMBER_LENGTH:
        return None
    text = cell.translate(_SIGNS).strip()
    return Decimal(re.sub("[, ]", "", text)) if _NUMBER.fullmatch(text) else None


def is_whole(number: Decimal) -> bool:
    """Say whether a number has no fraction."""
    return number == number.to_integral_value()


def clean_decimal(cell: PlainCell, *, high: int) -> Cleaned:
    """Take an amount from 0 to `high`."""
    number = number_of(cell)
    if number is None:
        return Bad(Code.NOT_A_NUMBER)
    if number < 0:
        return Bad(Code.NEGATIVE)
    return Recorded(number) if number <= high else Bad(Code.TOO_LARGE)


def clean_integer(cell: PlainCell, *, high: int) -> Cleaned:
    """Take a count from 0 to `high`."""
    amount = clean_decimal(cell, high=high)
    if isinstance(amount, Recorded) and isinstance(amount.value, Decimal):
        return Recorded(int(amount.value)) if is_whole(amount.value) else Bad(Code.NOT_WHOLE)
    return amount
