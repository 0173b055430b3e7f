"""Spellings of calibres and makes: which are one."""

import pytest

from cotrace.reference.rules.spellings import calibre_spelling, has_words, make_spelling


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("7.62 x 39 mm", "7.62 X 39"), ("7,62X39", "7.62 X 39"), ("7.62 por 39", "7.62 X 39"), ("7.62×39mm", "7.62 X 39"),
        ("7.62*39", "7.62 X 39"), ("cal. .38 súper", "38 SUPER"), ("5.56 OTAN", "5.56 NATO"), ("9 milímetros", "9 MM"),
        (".223", "223"), ("0.223", "223"), ("calibre 12", "12"), ("12 gauge", "12 GA"), ("escopeta calibre 12", "GA 12"),
        (".45 A.C.P.", "45 ACP"), (".38 S&W especial", "38 SW SPL"), ("300 H & H Magnum", "300 HH MAG"),
        ("7.62x54mmR", "7.62 X 54 R"), (".30-06", "30 06"), ("7 mm Rem. Mag", "7 MM REM MAG"), ("", ""), ("¿?", ""),
    ],
)  # fmt: skip
def test_a_calibre_has_one_form(text: str, normal: str) -> None:
    assert calibre_spelling(text) == normal


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("S&W", "SW"), ("s & w", "SW"), ("Smith y Wesson", "SMITH WESSON"), ("SMITH & WESSON, INC.", "SMITH WESSON"),
        ("Colt's", "COLTS"), ("Romarm/Cugir", "ROMARM CUGIR"), ("S.C. Romarm S.A.", "SC ROMARM"), ("F.N.", "FN"),
        ("Glock Ges.m.b.H.", "GLOCK GESMBH"), ("Jiménez", "JIMENEZ"), ("", ""), ("Co.", ""),
    ],
)  # fmt: skip
def test_a_make_has_one_form(text: str, normal: str) -> None:
    assert make_spelling(text) == normal


def test_words_are_found_whatever_their_accents_and_order() -> None:
    assert has_words("26 Sonora México", text="mexico SONORA")
    assert has_words("7.62X39 7.62x39 mm", text="7.62 x 39")
    assert not has_words("26 Sonora", text="sonora chihuahua")
    assert has_words("anything", text=" ")
