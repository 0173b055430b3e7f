"""Everything that lower rooms call in upper ones without knowing it, for people and for the reviewed list."""

from dataclasses import dataclass

from cotrace.doors.panels import filled_slots
from cotrace.foundation.events import subscriptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """Pairs (event, handler) and (slot, panel), each sorted."""

    subscriptions: tuple[tuple[str, str], ...]
    panels: tuple[tuple[str, str], ...]

    def text(self) -> str:
        """Return one line per hook."""
        heard = [f"event {event} -> {handler}" for event, handler in self.subscriptions]
        shown = [f"slot {slot} <- {panel}" for slot, panel in self.panels]
        return "\n".join(heard + shown)


def all_hooks() -> Hooks:
    """Return every subscription and every filled slot."""
    heard = sorted((each.event.name, each.name) for each in subscriptions())
    return Hooks(subscriptions=tuple(heard), panels=tuple(sorted(filled_slots())))
