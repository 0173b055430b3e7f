"""The kinds of holding that exist; each subject registers its own when its app is ready."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingKind:
    """`kind` names records of one table; `prefix` starts their numbers; `page` is their URL name.

    `is_part`: each is a part of the holding it follows, and seen no further than that, whatever a memorandum
    gives of its own category. `kept_by` names the agencies that alone can own such records; without it, any agency
    can.
    """

    kind: str
    prefix: str
    page: str
    is_part: bool = False
    kept_by: Callable[[], frozenset[str]] | None = None


_kinds: dict[str, HoldingKind] = {}


def register_kind(kind: HoldingKind) -> None:
    """Make a kind of holding known; a second registration must be the same."""
    known = _kinds.setdefault(kind.kind, kind)
    if known != kind:
        raise ValueError(f"holding kind registered twice: {kind.kind}")


def holding_kind(kind: str) -> HoldingKind:
    """Return the registered kind; KeyError where no subject registered it."""
    return _kinds[kind]


def holding_kinds() -> list[HoldingKind]:
    """Return every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]
