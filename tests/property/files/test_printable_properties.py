"""Whatever a text holds, paper can show what becomes of it."""

from hypothesis import given
from hypothesis import strategies as st

from cotrace.files.rules.printable import RANGES, printable


@given(st.text())
def test_doing_it_twice_changes_nothing(text: str) -> None:
    assert printable(printable(text)) == printable(text)


@given(st.text())
def test_every_character_of_the_outcome_is_in_the_ranges(text: str) -> None:
    assert all(any(first <= ord(letter) <= last for first, last in RANGES) for letter in printable(text))


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=["Cc", "Cf"])))
def test_spanish_and_english_text_stays_as_it_is(text: str) -> None:
    assert printable(text) == text
