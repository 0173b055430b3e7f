"""Words: how headers are compared, and which words mean that something was not recorded.

Authority: `No aplica` and `Sin información` are what the Mexican police report (IPH) writes into
empty cells; `Sin determinar` is the CIDE-PPD dictionary's. A blank is never a zero: it carries a
reason. Tests: tests/unit/files/test_words.py.
"""

import unicodedata
from enum import StrEnum

WORDS_LENGTH = 60


class Reason(StrEnum):
    """Why a field has no value."""

    BLANK = "blank"
    """The cell is empty."""
    NOT_APPLICABLE = "not_applicable"
    """The source says that the question does not arise."""
    NO_INFORMATION = "no_information"
    """The source says that it has no information."""
    UNDETERMINED = "undetermined"
    """The source says that it could not be determined."""
    COLUMN_MISSING = "column_missing"
    """The file has no such column."""
    COMPANION_MISSING = "companion_missing"
    """The sister file that holds it was not given."""
    COMPANION_ROW_MISSING = "companion_row_missing"
    """The sister file has no row for this one."""
    UNREADABLE = "unreadable"
    """The cell has something that cannot be taken; a problem says what."""
    PARENT_MISSING = "parent_missing"
    """It only means something together with another field, which has no value."""


_WORDS: dict[Reason, tuple[str, ...]] = {
    Reason.BLANK: ("", "-", "--", "---", "—", "–", "."),
    Reason.NOT_APPLICABLE: ("no aplica", "n/a", "n.a.", "not applicable"),
    Reason.NO_INFORMATION: (
        "sin informacion",
        "sin dato",
        "sin datos",
        "s/i",
        "s/d",
        "no especificado",
        "no registrado",
        "no information",
        "not recorded",
        "not specified",
    ),
    Reason.UNDETERMINED: (
        "sin determinar",
        "no determinado",
        "por determinar",
        "desconocido",
        "se desconoce",
        "undetermined",
        "unknown",
    ),
}
_REASON_OF_WORD = {word: reason for reason, words in _WORDS.items() for word in words}


def folded(text: str) -> str:
    """Return `text` without accents, case, invisible characters and surplus spaces."""
    decomposed = unicodedata.normalize("NFKD", text)
    kept = (
        char for char in decomposed if unicodedata.category(char) not in ("Mn", "Cf", "Cc") or char.isspace()
    )
    return " ".join("".join(kept).casefold().split())


def header_key(text: str) -> str:
    """Return what two headers share when they name the same column: letters and digits only.

    `" Año "`, `"AÑO"` and `"ano"` are one column. A header without any letter keeps its signs.
    """
    words = folded(text)
    return "".join(char for char in words if char.isalnum()) or words


def not_recorded_word(text: str) -> Reason | None:
    """Return the reason if `text` is one of the words for "not recorded"."""
    return None if len(text) > WORDS_LENGTH else _REASON_OF_WORD.get(folded(text))
