"""Decides the level at which a reader sees a holding.

Authority: the memorandum (grant), the owner (cap) and need to know (circle): the least of the
three. 28 CFR 23.20(e) asks need and right to know; 23.20(h) asks levels of sensitivity.
Tests: tests/unit/sharing/test_levels.py, tests/property/sharing/test_scope.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Literal


class Level(IntEnum):
    """How much of a holding its reader gets; higher includes lower."""

    NOTHING = 0
    WATCH_DESK = 1
    POINTER = 2
    TEAR_LINE = 3
    FULL = 4


LevelName = Literal["NOTHING", "WATCH_DESK", "POINTER", "TEAR_LINE", "FULL"]
"""A level as documents and the JSON door write it."""

_NAMES: dict[Level, LevelName] = {
    Level.NOTHING: "NOTHING",
    Level.WATCH_DESK: "WATCH_DESK",
    Level.POINTER: "POINTER",
    Level.TEAR_LINE: "TEAR_LINE",
    Level.FULL: "FULL",
}


def level_name(level: Level) -> LevelName:
    """Return a level's name."""
    return _NAMES[level]


LISTED_FROM = Level.POINTER
"""Below this level a holding is, for its reader, nonexistent."""

EVERY_CATEGORY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Holdings that share owner, kind, category, cap and circle: one visibility for all of them."""

    id: int
    owner: str
    kind: str
    category: str
    cap: Level
    circle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantValue:
    """One line of a compiled agreement."""

    viewer: str
    owner: str
    category: str
    purpose: str
    level: Level
    valid_from_at: datetime
    valid_to_at: datetime | None
    agreement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What the decision needs of a principal: agency, purpose, circles, and emergency."""

    agency: str
    purpose: str
    circles: tuple[tuple[str, Level], ...] = ()
    is_emergency: bool = False

    def circle_level(self, circle: str) -> Level:
        """Return the reader's level in `circle`: NOTHING for an outsider."""
        return dict(self.circles).get(circle, Level.NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The level and the three limits it is the least of; `agreement` names the grant used.

    Without a circle (`has_circle`), `circle` is no limit.
    """

    level: Level
    grant: Level
    cap: Level
    circle: Level
    is_owner: bool
    agreement: str = ""
    is_emergency: bool = False
    has_circle: bool = False


def least_of(one: Decision, other: Decision) -> Decision:
    """Return the decision on a holding that is seen no further than another: each limit is the lower of both."""
    return Decision(
        level=min(one.level, other.level),
        grant=min(one.grant, other.grant),
        cap=min(one.cap, other.cap),
        circle=min(one.circle, other.circle),
        is_owner=one.is_owner and other.is_owner,
        agreement=min(one, other, key=lambda each: each.grant).agreement,
        is_emergency=one.is_emergency or other.is_emergency,
        has_circle=one.has_circle or other.has_circle,
    )


def grant_applies(grant: GrantValue, *, reader: Reader, shelf: Shelf, at: datetime) -> bool:
    """Tell whether a grant speaks of this reader, owner, category, purpose and moment."""
    return (
        grant.viewer == reader.agency
        and grant.owner == shelf.owner
        and grant.category in (shelf.category, EVERY_CATEGORY)
        and grant.purpose in ("", reader.purpose)
        and grant.valid_from_at <= at
        and (grant.valid_to_at is None or at < grant.valid_to_at)
    )


def _best_grant(
    grants: Iterable[GrantValue], *, reader: Reader, shelf: Shelf, at: datetime
) -> tuple[Level, str]:
    fitting = [each for each in grants if grant_applies(each, reader=reader, shelf=shelf, at=at)]
    if not fitting:
        return Level.NOTHING, ""
    best = max(fitting, key=lambda each: (each.level, each.agreement))
    return best.level, best.agreement


def decide(reader: Reader, *, shelf: Shelf, grants: Iterable[GrantValue], at: datetime) -> Decision:
    """Return the reader's decision on a shelf. No agency, no grant, no membership: NOTHING."""
    is_owner = bool(reader.agency) and reader.agency == shelf.owner
    if is_owner:
        granted, agreement, cap = Level.FULL, "", Level.FULL
    else:
        granted, agreement = _best_grant(grants, reader=reader, shelf=shelf, at=at)
        cap = shelf.cap
    circle = reader.circle_level(shelf.circle) if shelf.circle else Level.FULL
    used_emergency = is_owner and reader.is_emergency and circle < Level.FULL
    if used_emergency:
        circle = Level.FULL
    return Decision(
        level=min(granted, cap, circle) if reader.agency else Level.NOTHING,
        grant=granted,
        cap=cap,
        circle=circle,
        is_owner=is_owner,
        agreement=agreement,
        is_emergency=used_emergency,
        has_circle=bool(shelf.circle),
    )
