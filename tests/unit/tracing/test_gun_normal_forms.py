"""Serials, makes and licences are compared in their normal forms."""

import pytest

from cotrace.tracing.rules.gun import (
    gun_asked,
    is_same_make,
    is_same_serial,
    licence_key,
    normal_serial,
)
from tests.unit.tracing.builders import ASKED, GUN


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("ab-12 34", "AB1234"),
        ("AB1234", "AB1234"),
        ("\uff21\uff22\uff11\uff12", "AB12"),
        ("12345678-0042", "123456780042"),
        ("ВД 1234", "ВД1234"),
        ("---", ""),
        (None, ""),
    ],
)
def test_a_serial_is_reduced_to_its_letters_and_digits(text: str | None, normal: str) -> None:
    assert normal_serial(text) == normal


def test_confusable_characters_stay_different_serials() -> None:
    assert is_same_serial("ab-0012", "AB0012")
    assert not is_same_serial("ABO012", "AB0012")
    assert not is_same_serial("-", "-")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Glock", "GLOCK Ges.m.b.H."),
        ("Smith & Wesson", "SMITH AND WESSON"),
        ("Colt", "Colt's Manufacturing"),
        ("Fábrica y Maestranza", "FÁBRICA MAESTRANZA"),
        ("FN", "fn"),
    ],
)
def test_a_make_agrees_with_its_longer_and_shorter_names(first: str, second: str) -> None:
    assert is_same_make(first, second)
    assert is_same_make(second, first)


@pytest.mark.parametrize(
    ("first", "second"), [("Colt", "Glock"), ("FN", "FNB Arms"), ("", ""), (None, "Colt")]
)
def test_other_makes_do_not_agree(first: str | None, second: str | None) -> None:
    assert not is_same_make(first, second)


def test_a_licence_is_the_same_with_and_without_hyphens() -> None:
    assert licence_key("1-59-000-07-9A-00001") == licence_key("159000079a00001")


def test_a_licensee_is_asked_only_for_what_describes_the_gun() -> None:
    assert gun_asked(GUN) == ASKED
