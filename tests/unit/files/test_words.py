"""Which headers are one, and which words mean "not recorded"."""

import pytest

from cotrace.files.rules.words import Reason, header_key, not_recorded_word


@pytest.mark.parametrize(
    "header", ["AÑO", "año", " Año ", "ano", "A\u00f1o", "An\u0303o", "A Ñ O", "\ufeffAÑO", "Año:"]
)
def test_headers_that_differ_in_accent_case_space_or_sign_are_one(header: str) -> None:
    assert header_key(header) == "ano"


@pytest.mark.parametrize(("one", "other"), [("VE", "VEH"), ("PF", "PFF"), ("#", "%")])
def test_headers_that_differ_in_letters_are_two(one: str, other: str) -> None:
    assert header_key(one) != header_key(other)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.BLANK),
        ("   ", Reason.BLANK),
        ("-", Reason.BLANK),
        ("No aplica", Reason.NOT_APPLICABLE),
        ("NO APLICA ", Reason.NOT_APPLICABLE),
        ("N/A", Reason.NOT_APPLICABLE),
        ("Sin información", Reason.NO_INFORMATION),
        ("SIN  INFORMACION", Reason.NO_INFORMATION),
        ("Sin determinar", Reason.UNDETERMINED),
        ("Not recorded", Reason.NO_INFORMATION),
    ],
)
def test_the_words_for_not_recorded_carry_their_reason(text: str, reason: Reason) -> None:
    assert not_recorded_word(text) is reason


@pytest.mark.parametrize("text", ["0", "no", "aplica", "sin armas", "NA", "no aplica " * 20])
def test_other_words_say_something(text: str) -> None:
    assert not_recorded_word(text) is None
