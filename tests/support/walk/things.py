"""The objects of a world by kind and name: what fills an address, and who sees what."""

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One object. `name` is `kind.what`; `seen_by` are the agencies whose widest reader sees it.

    `version` and `inquiry` are what acts on a trace have to name.
    """

    name: str
    number: str
    seen_by: frozenset[str] = frozenset()
    version: int = 1
    inquiry: str = ""

    @property
    def kind(self) -> str:
        return self.name.partition(".")[0]


class Things:
    """Every object of one world."""

    def __init__(self) -> None:
        self._known: dict[str, Thing] = {}

    def add(self, name: str, number: str, *seen_by: str) -> str:
        """Remember an object; return its number."""
        assert name not in self._known, name
        self._known[name] = Thing(name=name, number=number, seen_by=frozenset(seen_by))
        return number

    def at_version(self, name: str, version: int, *, inquiry: str) -> None:
        """Note the version and the last inquiry that acts on a trace have to name."""
        self._known[name] = replace(self._known[name], version=version, inquiry=inquiry)

    def __getitem__(self, name: str) -> Thing:
        return self._known[name]

    def __iter__(self) -> Iterable[Thing]:
        return iter(self._known.values())

    def of(self, kind: str) -> list[Thing]:
        """Return the objects of one kind, in the order in which they came to be."""
        return [each for each in self._known.values() if each.kind == kind]
