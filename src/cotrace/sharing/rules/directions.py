"""Decides which agency's records a level in a draft speaks of: they of ours, we of theirs, the others of each other.

Authority: DESIGN decision "Agreement": for each category one level in each direction.
Tests: tests/unit/sharing/test_directions.py.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from cotrace.sharing.rules.agreements import EVERY_CATEGORY, Clause
from cotrace.sharing.rules.levels import Level

DIRECTIONS = ("theirs", "ours", "among")
"""What they see of ours, what we see of theirs, what the others see of each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category of records that can be shared; `keepers` alone own such records, None is any agency."""

    kind: str
    keepers: frozenset[str] | None = None


def pairs_of(direction: str, *, category: Category, us: str, others: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs (owner, viewer) that a direction speaks of; without owners who can have no such records."""
    found = {
        "theirs": [(us, other) for other in others],
        "ours": [(other, us) for other in others],
        "among": [(one, other) for one in others for other in others if one != other],
    }[direction]
    keepers = category.keepers
    return [(owner, viewer) for owner, viewer in found if keepers is None or owner in keepers]


def levels_between(
    clauses: Iterable[Clause], *, category: str, pairs: Collection[tuple[str, str]]
) -> frozenset[Level]:
    """Return the levels that clauses give for a category between the pairs: one where all are alike."""
    given: dict[tuple[str, str], Level] = {}
    for each in clauses:
        if each.category in (category, EVERY_CATEGORY):
            pair = (each.owner, each.viewer)
            given[pair] = max(each.level, given.get(pair, Level.NOTHING))
    return frozenset(given.get(pair, Level.NOTHING) for pair in pairs)
