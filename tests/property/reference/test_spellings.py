"""The normal form of a spelling is normal: normalised twice it stays the same, and capitals and blanks do not matter."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotrace.reference.rules.spellings import calibre_spelling, make_spelling

PARTS = st.sampled_from(
    ["7.62", ".38", "0.45", "9", "12", "x", "×", "*", "mm", "MM", "R", "cal.", "calibre", "súper", "&", "S", "W", "y", "por", "-",
     "/", ",", ".", " ", "H&H", "gauge", "de", "Inc.", "S.A.", "Colt's", "magnum", "especial", "39", "A.C.P."]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=40), st.lists(PARTS, max_size=12).map("".join), st.lists(PARTS, max_size=12).map(" ".join))


@pytest.mark.parametrize("normal", [calibre_spelling, make_spelling])
@given(text=TEXTS)
def test_normalised_twice_is_once(normal: Callable[[str], str], text: str) -> None:
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize("normal", [calibre_spelling, make_spelling])
@given(text=st.lists(PARTS, max_size=12).map(" ".join))
def test_capitals_and_outer_blanks_do_not_matter(normal: Callable[[str], str], text: str) -> None:
    assert normal(f"  {text.upper()} ") == normal(text)
