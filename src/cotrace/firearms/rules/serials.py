"""What a serial number is compared by, and how much of it was read.

Decides the normal form: capital letters and digits, everything else dropped. Confusable readings
(O/0, I/1) are not folded: a licensee answers for the serial it was asked.
Source: domain dossier section 7. Tests: tests/unit/firearms/test_serials.py.
"""

import unicodedata
from enum import StrEnum

UNKNOWN_CHARACTER = "?"


class SerialCondition(StrEnum):
    """How much of the serial number could be read on the gun."""

    READ = "read"
    PARTIAL = "partial"
    OBLITERATED = "obliterated"
    NONE = "none"


class ImporterMark(StrEnum):
    """What the examination of the gun says about an importer's mark."""

    MARKED = "marked"
    ABSENT = "absent"
    NOT_EXAMINED = "not_examined"


READABLE = frozenset({SerialCondition.READ, SerialCondition.PARTIAL})
"""Conditions in which there is something to write down."""


def normal_serial(text: str) -> str:
    """Reduce a serial to capital letters and digits; an unknown position (`?`) stays where it is."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in folded if letter.isalnum() or letter == UNKNOWN_CHARACTER)
