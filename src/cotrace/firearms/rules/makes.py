"""Decides which NCIC codes are offered for a make as somebody reads it on a gun, and which name is kept.

The code is coarser than the marking and is chosen by a person; only a name that is the label itself is chosen
beforehand. A code written in place of a name is offered and never chosen: `CZ` on a slide is not NCIC's CZ. So is the
make that a known misspelling means: `BARETTA` offers Beretta first.
Tests: tests/unit/firearms/test_makes.py.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

OFFERED_AT_MOST = 8
_READ_AT_MOST = 200
_WORD = re.compile(r"[^\W_]+")
_NOTE = re.compile(r"\s*[;(]")


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeOffer:
    """The codes that fit a text: (code, label) pairs, the closest first, and the one that is chosen."""

    text: str
    options: tuple[tuple[str, str], ...] = ()
    chosen: str = ""
    is_cut: bool = False


def offer_of(
    text: str, *, makes: Mapping[str, str], meant: str = "", chosen: str = "", is_answered: bool = False
) -> MakeOffer:
    """Return what is offered for a text; `meant` is the code that it is a known spelling of.

    A choice made before stays while it still fits. Where the text was answered before, the answer that no code fits
    stays too.
    """
    written = _words(text)
    ranked = sorted(
        (closeness, len(label), label, code)
        for code, label in makes.items()
        if (closeness := _closeness(written, code, label, is_meant=code == meant)) is not None
    )
    found = [code for *_, code in ranked[:OFFERED_AT_MOST]]
    fitting = {code for *_, code in ranked}
    if chosen in fitting and chosen not in found:
        found.append(chosen)
    same = "" if is_answered else next((code for closeness, *_, code in ranked if closeness == 0), "")
    return MakeOffer(
        text=text,
        options=tuple((code, makes[code]) for code in found),
        chosen=chosen if chosen in fitting else same,
        is_cut=len(ranked) > OFFERED_AT_MOST,
    )


def is_same_text(first: str, second: str) -> bool:
    """Say whether two texts are offered the same codes."""
    return _words(first) == _words(second)


def make_kept(text: str, *, label: str) -> str:
    """Return the make to keep: as written, or the name of its code where a beginning was written, or no capitals."""
    written, named, name = _words(text), _named(label), _NOTE.split(label)[0]
    if written == _named(name) and text == text.lower():
        return name
    is_beginning = all(any(each.startswith(word) for each in named) for word in written)
    is_whole = all(word in named for word in written)
    return name if is_beginning and not is_whole else text


def _closeness(written: tuple[str, ...], code: str, label: str, *, is_meant: bool) -> int | None:
    """Return how well a code fits: 0 the very name, 1 the code itself or a spelling, 2 and 3 less; None: not at all."""
    named = _named(label)
    if not written:
        return None
    if written == named:
        return 0
    if is_meant or "".join(written) == code.casefold():
        return 1
    if not all(any(name.startswith(word) for name in named) for word in written):
        return None
    return 2 if named[0].startswith(written[0]) else 3


def _words(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", text[:_READ_AT_MOST].casefold())
    return tuple(_WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter))))


@lru_cache(maxsize=4096)
def _named(label: str) -> tuple[str, ...]:
    """Return the words of a published name; what people write is not kept."""
    return _words(label)
