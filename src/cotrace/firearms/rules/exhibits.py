"""Decides the order of exhibit numbers: as people count them, 2 before 10. Tests: tests/unit/firearms/test_exhibits.py."""

import re

_FIGURES = re.compile(r"([0-9]+)")


def exhibit_order(text: str) -> tuple[bool, tuple[str | int, ...]]:
    """Return what exhibit numbers are sorted by; guns without one come last."""
    pieces = _FIGURES.split(text.casefold())
    return (not text, tuple(int(piece) if place % 2 else piece for place, piece in enumerate(pieces)))
