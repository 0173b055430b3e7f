"""Decides which field of a described gun each level discloses, and where guns are listed at all.

Authority: DESIGN "Levels". How many guns a seizure brought is told at FULL (the seizure's own table),
so its guns are listed at FULL alone; below that a gun is reached by its number.
Tests: tests/golden/firearms/test_disclosure.py compares it with a reviewed file.
"""

from cotrace.sharing.rules.levels import Level

LISTED_AT = Level.FULL
"""The least level of the seizure at which its guns are listed."""

FIELD_LEVELS: dict[str, Level] = {
    "number": Level.POINTER,
    "owner": Level.POINTER,
    "liaison": Level.POINTER,
    "type_code": Level.TEAR_LINE,
    "make_code": Level.TEAR_LINE,
    "make": Level.TEAR_LINE,
    "model": Level.TEAR_LINE,
    "calibre_code": Level.TEAR_LINE,
    "calibre": Level.TEAR_LINE,
    "country_of_origin": Level.TEAR_LINE,
    "serial_condition": Level.TEAR_LINE,
    "is_privately_made": Level.TEAR_LINE,
    "seizure": Level.FULL,
    "exhibit_number": Level.FULL,
    "importer": Level.FULL,
    "importer_mark": Level.FULL,
    "serial": Level.FULL,
    "serial_normal": Level.FULL,
    "markings": Level.FULL,
    "described_at": Level.FULL,
    "corrected_at": Level.FULL,
}


def discloses(level: Level, field: str) -> bool:
    """Tell whether a reader at `level` gets `field`."""
    return level >= FIELD_LEVELS[field]
