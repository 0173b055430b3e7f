"""Calibres written in many ways are one bore; different bores are told apart."""

import pytest

from cotrace.firearms.rules.bores import are_bores_apart, bore_mm

SAME = [
    ("5.56x45", "5.56MM"), ("5.56x45 NATO", ".223 REM"), ("9x19", "9MM"), ("9 mm Luger", "9MM"), ("9x19", "9 Parabellum"),
    (".308 Win", "7.62x51"), ("7,62x39", "7.62MM"), (".22 LR", "22"), ("38 SPL", ".38 Special"), ("cal. .45 ACP", "45 AUTO"),
    ("223 Remington", "5.56"), ("12 GA", "12 gauge"), (".50 BMG", "12.7x99"), ("", "9MM"), ("desconocido", "9MM"), (".30-06", "7.62x63"),
]  # fmt: skip
APART = [
    ("9MM", ".40 S&W"), (".38 Super", "9MM"), (".44 Mag", ".45 ACP"), (".380 ACP", "9x19"), ("5.56", "7.62x39"),
    ("12 GA", "20 GA"), ("12 GA", "12.7x99"), (".22 LR", ".25 ACP"), ("10mm Auto", ".45"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_bore_in_two_spellings(one: str, other: str) -> None:
    assert not are_bores_apart(one, other) and not are_bores_apart(other, one)


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_bores(one: str, other: str) -> None:
    assert are_bores_apart(one, other) and are_bores_apart(other, one)


def test_a_bore_is_told_in_millimetres() -> None:
    assert bore_mm("7.62x39") == pytest.approx(7.62)
    assert bore_mm(".50 BMG") == pytest.approx(12.7)
    assert bore_mm("escopeta") is None
