"""What cannot show on paper shows as its code."""

import unicodedata

import pytest

from cotrace.files.rules.printable import RANGES, printable


@pytest.mark.parametrize(
    "text", ["Núñez Lund", "«Ortega» – 9 × 19 mm, ½ €", "Łukasz Đorđević", "Γιώργος", "Калашников", "Nguyễn Văn Ánh"]
)
def test_names_of_three_scripts_stay(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("李明", "[U+674E][U+660E]"),
        ("Ana\u202eLund", "Ana[U+202E]Lund"),
        ("AB\u200b12", "AB[U+200B]12"),
        ("AB\u00ad12", "AB[U+00AD]12"),
        ("\x1b[31mred", "[U+001B][31mred"),
        ("a\u0336b", "a[U+0336]b"),
        ("\U0001f52b", "[U+1F52B]"),
        ("one\ntwo\r\tthree", "one two  three"),
    ],
)
def test_what_does_not_show_is_written_as_its_code(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_letter_written_in_two_parts_becomes_one() -> None:
    assert printable("Nu\u0301n\u0303ez") == "Núñez"


def test_the_ranges_hold_no_mark_that_piles_up_and_nothing_that_turns_the_line() -> None:
    shown = [chr(code) for first, last in RANGES for code in range(first, last + 1)]
    categories = {unicodedata.category(letter) for letter in shown}
    assert not categories & {"Mn", "Me", "Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
    assert not {letter for letter in shown if unicodedata.bidirectional(letter) in {"R", "AL", "RLE", "RLO", "RLI"}}
