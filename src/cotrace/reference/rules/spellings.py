"""Decides which spellings of a calibre or of a make are one: the normal form by which the alias tables are keyed.

Guns, reports and papers write one cartridge as `7.62 x 39 mm`, `7,62X39` or `7.62 por 39`, one maker as `S&W` or
`SMITH Y WESSON`. A normal form is words in capitals with one blank between them; normalised twice it stays the same.
Source: domain dossier 2.2; real spellings of the GunsNPrices catalogue. Tests: tests/unit/reference/test_spellings.py.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_READ_AT_MOST = 200
_SAID_AT_MOST = 600
_BETWEEN_LETTERS = re.compile(r"(?<=[A-Z])\.(?=[A-Z]\b)")
_SINGLE_AND_SINGLE = re.compile(r"\b([A-Z])\s?&\s?([A-Z])\b")
_TIMES = re.compile(r"×|(?<=[\dM])\s*\*\s*(?=\d)")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_PART = re.compile(r"\d*\.\d+|\d+|[A-Z]+")
_WORD = re.compile(r"[A-Z0-9]+")
_MM_BEFORE_X = re.compile(r"(?: MM)+(?= X )")
_MM_AFTER_LENGTH = re.compile(r"(\d\.\d+|X [\d.]+)(?: MM)+\b")

CALIBRE_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("CAL", "CALIBRE", "CALIBRES", "CALIBER", "CALIBERS", "DE"), ""),
    **dict.fromkeys(("MILIMETRO", "MILIMETROS", "MILLIMETER", "MILLIMETERS", "MILLIMETRE", "MILLIMETRES", "MMS"), "MM"),
    **dict.fromkeys(("GAUGE", "GAGE", "BORE", "GAUGES", "ESCOPETA", "SHOTGUN"), "GA"),
    **dict.fromkeys(("REMINGTON", "REMINTON"), "REM"),
    **dict.fromkeys(("WINCHESTER", "WINCHSTER"), "WIN"),
    **dict.fromkeys(("MAGNUM", "MAGNUN", "MAGNUMM"), "MAG"),
    **dict.fromkeys(("SPECIAL", "ESPECIAL", "SPCL", "ESP"), "SPL"),
    **dict.fromkeys(("AUTOMATIC", "AUTOMATICA", "AUTOMATICO"), "AUTO"),
    **dict.fromkeys(("PARABELLUM", "PARABELUM", "PARABELLUN"), "PARA"),
    **dict.fromkeys(("GOVERNMENT", "GOV"), "GOVT"),
    "LUGAR": "LUGER", "MMR": "R", "OTAN": "NATO", "POR": "X", "WEATHERBY": "WBY",
}  # fmt: skip
"""A word of a calibre -> the word that stands for it; empty where it says nothing."""

MAKE_WORDS: Mapping[str, str] = dict.fromkeys(
    (
        "AND", "Y", "E", "UND", "ET", "INC", "INCORPORATED", "CO", "COMPANY", "CORP", "CORPORATION", "CIA", "LLC", "LTD",
        "LTDA", "LIMITED", "GMBH", "SA", "SPA", "THE",
    ),
    "",
)  # fmt: skip
"""Words of a make that only join names or say what kind of company it is."""


def calibre_spelling(text: str) -> str:
    """Return the normal form of a calibre: `cal. .38 súper` is `38 SUPER`; empty where nothing is said."""
    plain = _DECIMAL_COMMA.sub(".", _TIMES.sub(" X ", _plain(text)))
    words = (CALIBRE_WORDS.get(each, each) for each in map(_number, _PART.findall(plain)))
    joined = " ".join(each for each in words if each)
    return _MM_AFTER_LENGTH.sub(r"\1", _MM_BEFORE_X.sub("", joined))


def make_spelling(text: str) -> str:
    """Return the normal form of a make: `Smith y Wesson, Inc.` is `SMITH WESSON`; empty where nothing is said."""
    words = (MAKE_WORDS.get(each, each) for each in _WORD.findall(_plain(text)))
    return " ".join(each for each in words if each)


def has_words(said: str, *, text: str) -> bool:
    """Tell whether each word of a text is part of what is said, whatever the accents and capitals."""
    return all(each in _folded(said) for each in _folded(text).split())


@lru_cache(maxsize=32768)
def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text[:_SAID_AT_MOST].casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))


def _plain(text: str) -> str:
    """Return a text in capitals without accents; `A.C.P.` and `S&W` become one word each."""
    parted = unicodedata.normalize("NFKD", text[:_READ_AT_MOST].upper())
    letters = "".join(each for each in parted if not unicodedata.combining(each)).replace("'", "").replace("’", "")
    return _SINGLE_AND_SINGLE.sub(r"\1\2", _BETWEEN_LETTERS.sub("", letters))


def _number(part: str) -> str:
    """Return a number without the point or the zero that begins a part of an inch: `.223` and `0.223` are `223`."""
    if part[0].isalpha() or "." not in part:
        return part
    whole, _point, rest = part.partition(".")
    return rest if not whole.strip("0") else part
