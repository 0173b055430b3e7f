"""Decides which field of a trace request each level discloses to those who do not own it.

A trace, its chain and its purchaser are disclosed by no level at all: a trace is the centre's, and its
result goes to the agency that asked. Authority: DESIGN "Levels"; dossier 6 (who may receive trace data).
Tests: tests/golden/tracing/test_disclosure.py compares it with a reviewed file.
"""

from cotrace.sharing.rules.levels import Level

FIELD_LEVELS: dict[str, Level] = {
    "number": Level.POINTER,
    "owner": Level.POINTER,
    "liaison": Level.POINTER,
    "submitted_at": Level.TEAR_LINE,
    "standing": Level.TEAR_LINE,
    "type_code": Level.TEAR_LINE,
    "make": Level.TEAR_LINE,
    "calibre": Level.TEAR_LINE,
    "serial": Level.FULL,
    "document": Level.FULL,
    "firearm": Level.FULL,
    "seizure": Level.FULL,
    "status": Level.FULL,
    "submitted_name": Level.FULL,
    "ended_at": Level.FULL,
}


def discloses(level: Level, field: str) -> bool:
    """Tell whether a reader at `level` gets `field`."""
    return level >= FIELD_LEVELS[field]
