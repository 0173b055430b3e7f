"""Which characters paper can show, and what stands for the others.

Decides by ranges that the fonts beside this room and those of the typesetter cover: Latin, Greek and Cyrillic with
their punctuation. Everything else is written as its code, [U+674E], so that a reader sees that something stands
there: other scripts, characters that do not show or turn the direction of a line, and marks that would pile up over
their neighbours. Tests: tests/unit/files/test_printable.py; tests/functional/files/test_typesetting.py holds that the
fonts show every character of the ranges.
"""

import unicodedata
from collections.abc import Iterator

RANGES = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00AC),  # Latin-1, but not the soft hyphen
    (0x00AE, 0x02FF),  # Latin Extended-A and -B, phonetic letters, letters that modify
    (0x0370, 0x0377),  # Greek
    (0x037A, 0x037F),
    (0x0384, 0x038A),
    (0x038C, 0x038C),
    (0x038E, 0x03A1),
    (0x03A3, 0x03FF),
    (0x0400, 0x0482),  # Cyrillic, but not its combining marks
    (0x048A, 0x04FF),
    (0x1E00, 0x1EFF),  # Latin Extended Additional: Vietnamese
    (0x2010, 0x2027),  # dashes, quotation marks, dots
    (0x2030, 0x203E),
    (0x2044, 0x2044),  # fraction slash
    (0x2070, 0x2071),  # superscripts and subscripts
    (0x2074, 0x208E),
    (0x20A0, 0x20C0),  # currencies
    (0x2116, 0x2117),
    (0x2122, 0x2122),
    (0x2153, 0x215E),  # fractions
    (0x2190, 0x2193),  # arrows
    (0x2212, 0x2212),  # minus
)
"""First and last code point of what is shown as it is."""

_SHOWN = frozenset(code for first, last in RANGES for code in range(first, last + 1))


def printable(text: str) -> str:
    """Return a text in which every character shows: the others as [U+…], a break of the line as a space."""
    return "".join(_shown(unicodedata.normalize("NFC", text)))


def _shown(text: str) -> Iterator[str]:
    for letter in text:
        if ord(letter) in _SHOWN:
            yield letter
        elif letter in "\n\r\t":
            yield " "
        else:
            yield f"[U+{ord(letter):04X}]"
