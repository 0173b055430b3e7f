"""What this room announces."""

from dataclasses import dataclass
from typing import ClassVar

from cotrace.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerChanged(Event):
    """The operator entered another installation, changed its keys or switched it off. `version` tells changes apart."""

    name: ClassVar[str] = "exchange.peer_changed"
    peer: str
    version: str
