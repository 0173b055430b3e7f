"""Which characters a text may hold, and the one form in which it is kept."""

import pytest

from cotrace.foundation.rules.texts import LINES, has_unseen, one_form


@pytest.mark.parametrize("letter", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u00ad", "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\U000e0041", "\ud800"])
def test_what_nobody_sees_is_found(letter: str) -> None:
    assert has_unseen(f"a{letter}b")
    assert has_unseen(f"a{letter}b", besides=LINES)


@pytest.mark.parametrize("text", ["", "Nogales, Sonora", "n\u0303", "«¿Qué?» – 5 %", "a\u00a0b", "李", "🙂"])
def test_what_shows_is_let_through(text: str) -> None:
    assert not has_unseen(text)


@pytest.mark.parametrize("letter", ["\n", "\t"])
def test_line_ends_and_tabs_are_for_texts_of_several_lines(letter: str) -> None:
    assert has_unseen(f"a{letter}b") and not has_unseen(f"a{letter}b", besides=LINES)


@pytest.mark.parametrize(("text", "kept"), [("a\r\nb", "a\nb"), ("a\rb\r\r\nc", "a\nb\n\nc"), ("n\u0303", "ñ"), (" a ", " a ")])
def test_a_text_has_one_form(text: str, kept: str) -> None:
    assert one_form(text) == kept
