"""Decides how a seizure's words are folded for search, and which level a search may touch.

Authority: DESIGN "Scope": a filter over a field takes only rows whose level discloses that field.
Tests: tests/unit/seizures/test_search.py.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cotrace.foundation.ids import normal_number
from cotrace.seizures.rules.disclosure import level_for
from cotrace.sharing.rules.levels import Level

TEXT_MAX = 100


def folded(text: str) -> str:
    """Return text without accents, in lower case, its spaces single: what search compares."""
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def search_text(parts: Iterable[str]) -> str:
    """Return the folded text a seizure is found by."""
    return " | ".join(folded(part) for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeizureFilter:
    """What a list is narrowed to; empty values narrow nothing."""

    text: str = ""
    state_code: str = ""
    force: str = ""
    since_on: date | None = None
    until_on: date | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is narrowed."""
        return self == SeizureFilter()

    @property
    def number(self) -> str:
        """Return the record's number that the text is, empty where it is none."""
        return normal_number(self.text) or ""

    @property
    def level(self) -> Level:
        """Return the least level whose rows this filter may look at."""
        fields = ["occurred_on"]
        if self.text and not self.number:
            fields += ["place", "municipio_code", "notes", "source_ref", "participants"]
        if self.force:
            fields.append("participants")
        if self.state_code:
            fields.append("state_code")
        return level_for(*fields)
