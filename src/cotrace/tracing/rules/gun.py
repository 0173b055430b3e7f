"""What is said about one gun when it is traced, and when two descriptions carry the same serial.

Decides the normal form of serial, make and licence number that inquiries and answers are compared
by. Confusable readings (O/0, I/1) are not folded here: a licensee answers for the serial it was asked.
Source: domain dossier sections 2 and 7; ATF form 3312.1 items 5a-5i.
Tests: tests/unit/tracing/test_gun_normal_forms.py.
"""

import re
import unicodedata
from dataclasses import dataclass

from cotrace.firearms.rules.serials import ImporterMark, SerialCondition

LICENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{4,29}")
UNITED_STATES = "US"
_SHORTEST_MAKE_STEM = 3
_JOINING_WORDS = re.compile(r"\b(?:AND|Y|ET)\b|&")


@dataclass(frozen=True, slots=True, kw_only=True)
class GunDescription:
    """A gun as the requester describes it. None: not stated."""

    serial: str | None = None
    serial_condition: SerialCondition = SerialCondition.READ
    make: str | None = None
    model: str | None = None
    calibre: str | None = None
    type_code: str | None = None
    country_of_origin: str | None = None
    importer: str | None = None
    importer_mark: ImporterMark = ImporterMark.NOT_EXAMINED
    is_privately_made: bool = False

    @property
    def is_foreign(self) -> bool:
        """Whether the stated country of origin is another than the United States."""
        return self.country_of_origin is not None and self.country_of_origin != UNITED_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedGun:
    """A gun as a licensee's records describe it."""

    serial: str
    make: str | None = None
    importer: str | None = None
    model: str | None = None
    calibre: str | None = None
    type_code: str | None = None


def normal_serial(text: str | None) -> str:
    """Reduce a serial to capital letters and digits: `ab-12 34` and `AB1234` are one serial.

    A licensee's books know no unknown position (`?`): it falls away here, where a description keeps it.
    """
    return _letters_and_digits(text)


def is_same_serial(first: str | None, second: str | None) -> bool:
    """Say whether two readings are the same serial in normal form; an empty one equals nothing."""
    normal = normal_serial(first)
    return normal != "" and normal == normal_serial(second)


def normal_make(text: str | None) -> str:
    """Reduce a maker's name to letters and digits, without the words that only join names."""
    folded = _JOINING_WORDS.sub(" ", unicodedata.normalize("NFKC", text or "").upper())
    return _letters_and_digits(folded)


def is_same_make(first: str | None, second: str | None) -> bool:
    """Say whether two makers' names agree: equal, or one begins with the other (Glock, Glock GmbH)."""
    short, long = sorted((normal_make(first), normal_make(second)), key=len)
    if len(short) < _SHORTEST_MAKE_STEM:
        return short != "" and short == long
    return long.startswith(short)


def licence_key(number: str) -> str:
    """Reduce a licence number to what identifies it: `1-23-456-78-9A-12345` without its hyphens."""
    return _letters_and_digits(number)


def _letters_and_digits(text: str | None) -> str:
    folded = unicodedata.normalize("NFKC", text or "").upper()
    return "".join(letter for letter in folded if letter.isalnum())


def gun_asked(gun: GunDescription) -> RecordedGun:
    """Cut a request's description down to what a licensee is shown."""
    return RecordedGun(
        serial=gun.serial or "",
        make=gun.make,
        importer=gun.importer,
        model=gun.model,
        calibre=gun.calibre,
        type_code=gun.type_code,
    )
