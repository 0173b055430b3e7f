"""What this room announces."""

from dataclasses import dataclass
from typing import ClassVar

from cotrace.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundHanded(Event):
    """A signed round of heads lies ready for every agency."""

    name: ClassVar[str] = "audit.round_handed"
    round: str
