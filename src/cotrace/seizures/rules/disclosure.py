"""Decides which field of a seizure each level discloses.

Authority: DESIGN "Levels" and "Scope": every filter, search, sort and count over a field takes only
rows whose level discloses that field, so this table also says how far each filter reaches.
Tests: tests/golden/seizures/test_disclosure.py compares it with a reviewed file.
"""

from cotrace.sharing.rules.levels import Level

FIELD_LEVELS: dict[str, Level] = {
    "number": Level.POINTER,
    "owner": Level.POINTER,
    "liaison": Level.POINTER,
    "occurred_on": Level.TEAR_LINE,
    "state_code": Level.TEAR_LINE,
    "tear_line": Level.TEAR_LINE,
    "has_guns": Level.TEAR_LINE,
    "municipio_code": Level.FULL,
    "place": Level.FULL,
    "participants": Level.FULL,
    "amounts": Level.FULL,
    "detained": Level.FULL,
    "notes": Level.FULL,
    "source_ref": Level.FULL,
}


def discloses(level: Level, field: str) -> bool:
    """Tell whether a reader at `level` gets `field`."""
    return level >= FIELD_LEVELS[field]


def level_for(*fields: str) -> Level:
    """Return the least level that discloses all of `fields`: what a filter over them may touch."""
    return max((FIELD_LEVELS[field] for field in fields), default=Level.POINTER)
