"""The colours of the interface keep their contrast, light and dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

import cotrace.doors

TOKENS = Path(cotrace.doors.__file__).parent / "static/doors/css/tokens.css"
PAIR = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
SINGLE = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")

SURFACES = ("canvas", "paper", "raised", "sunken", "hover")
TEXT_ON_SURFACES = [
    (text, surface)
    for text in ("ink", "ink-muted", "ink-faint", "accent", "good", "warn", "bad", "info")
    for surface in SURFACES
    if (text, surface) != ("ink-faint", "hover")
]
TEXT_ON_WASHES = [(tone, f"{tone}-wash") for tone in ("good", "warn", "bad", "info", "accent")]
INK_ON_WASHES = [("ink", f"{tone}-wash") for tone in ("good", "warn", "bad", "info", "accent")]
ON_FILLS = [
    ("on-accent", "accent"),
    ("on-bar", "bar"),
    ("on-bar-muted", "bar"),
    ("on-bar-muted", "bar-raised"),
]
SHAPES = [
    (shape, surface) for shape in ("control", "focus", "trace") for surface in ("paper", "raised", "canvas")
]
SHAPES += [("bar-amber", "bar")]


def colours(mode: int) -> dict[str, str]:
    css = TOKENS.read_text()
    found = {name: pair[mode] for name, *pair in PAIR.findall(css)}
    return found | dict(SINGLE.findall(css))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_has_the_known_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT_ON_SURFACES + TEXT_ON_WASHES + INK_ON_WASHES + ON_FILLS)
def test_text_stands_out_from_what_it_lies_on(front: str, back: str, mode: int) -> None:
    found = colours(mode)

    assert contrast(found[front], found[back]) >= 4.5


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), SHAPES)
def test_edges_of_controls_and_marks_stand_out(front: str, back: str, mode: int) -> None:
    found = colours(mode)

    assert contrast(found[front], found[back]) >= 3
