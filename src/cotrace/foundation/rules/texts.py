"""Which characters a text may hold, and the one form in which it is kept.

Decides that what nobody sees is no part of a text: control characters (Cc) steer a terminal, format characters (Cf)
turn the direction of a line or make two texts look alike, halves of a pair (Cs) are no characters at all. Whoever
needs a joiner writes the words apart. Authority: Unicode Technical Report 36, section 2; STYLE, "never a hint".
Tests: tests/unit/foundation/test_texts.py.
"""

import unicodedata

UNSEEN = frozenset({"Cc", "Cf", "Cs"})
LINES = "\n\t"
"""What a text of several lines may hold of them."""


def one_form(text: str) -> str:
    """Return a text with composed letters and one kind of line end: a browser sends two characters for one."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def has_unseen(text: str, *, besides: str = "") -> bool:
    """Say whether a text holds characters that nobody sees, other than those of `besides`."""
    return any(unicodedata.category(letter) in UNSEEN and letter not in besides for letter in text)
