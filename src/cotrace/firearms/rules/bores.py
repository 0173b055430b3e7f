"""Decides whether two ways to write a calibre can mean the same bore.

Books and reports write one cartridge in many ways: 5.56x45, 5.56 NATO, .223 REM; 9x19, 9MM, 9 mm Luger. The leading
number is the bore, in millimetres or, with a point before it or from 22 up, in hundredths or thousandths of an inch.
Two bores differ where they lie more than `TOLERANCE_MM` apart; what has no number that can be read differs from nothing.
Source: domain dossier section 2, calibres. Tests: tests/unit/firearms/test_bores.py.
"""

import re

TOLERANCE_MM = 0.22
"""Apart lie .308 and 7.62 by 0.20, .44 and .45 by 0.25."""
MM_PER_INCH = 25.4
_NUMBER = re.compile(r"(?P<gauge>\d{1,2})\s*(?:GA\b|GAUGE|-?GAUGE|BORE)|(?P<number>\d*\.?\d+)", re.IGNORECASE)
_GAUGES_FROM = 1000.0
"""A gauge is a count, not a length: it is kept apart from every bore in millimetres."""


def bore_mm(text: str) -> float | None:
    """Return the bore that a calibre names, in millimetres; None where none can be read. Gauges lie above 1,000."""
    found = _NUMBER.search(text.replace(",", "."))
    if found is None:
        return None
    if found["gauge"]:
        return _GAUGES_FROM + float(found["gauge"])
    number = found["number"]
    value = float(number)
    if number.startswith(".") or value < 1:
        return value * MM_PER_INCH
    if value >= 100:
        return value / 1000 * MM_PER_INCH
    return value / 100 * MM_PER_INCH if value >= 22 else value


def are_bores_apart(one: str, other: str) -> bool:
    """Tell whether two calibres cannot be the same: both name a bore, and the bores lie apart."""
    first, second = bore_mm(one), bore_mm(other)
    return first is not None and second is not None and abs(first - second) > TOLERANCE_MM
