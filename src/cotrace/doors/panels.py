"""Panels: what upper subjects show on the pages of lower ones.

A page names a slot (`{% panels "seizure.detail" number %}`); upper subjects fill it through
their own selectors. A panel that has nothing to show for this principal returns None.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cotrace.foundation.principal import Principal


@dataclass(frozen=True, slots=True)
class Panel:
    """A template and the plain values it shows."""

    template: str
    context: Mapping[str, object]


Fill = Callable[[Principal, str], Panel | None]

_slots: dict[str, dict[str, Fill]] = {}


def fill(slot: str, *, name: str) -> Callable[[Fill], Fill]:
    """Register a panel under a slot; panels show in the order of their names."""

    def register(function: Fill) -> Fill:
        if _slots.setdefault(slot, {}).setdefault(name, function) is not function:
            raise ValueError(f"panel registered twice: {slot} {name}")
        return function

    return register


def panels_of(slot: str, *, principal: Principal, subject: str) -> list[Panel]:
    """Return the panels of a slot that have something to show this principal about `subject`."""
    shown = (function(principal, subject) for _, function in sorted(_slots.get(slot, {}).items()))
    return [panel for panel in shown if panel is not None]


def filled_slots() -> list[tuple[str, str]]:
    """Return (slot, panel name) pairs, sorted, for `cotrace hooks`."""
    return sorted((slot, name) for slot, panels in _slots.items() for name in panels)
