"""What this room announces."""

from dataclasses import dataclass
from typing import ClassVar

from cotrace.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChanged(Event):
    """Somebody got a way into an agency, or lost theirs, by another's hand: those who watch are to hear of it.

    `act` is the act's name in the log. `change` tells one act from the next on the same account.
    """

    name: ClassVar[str] = "account.changed"
    act: str
    agency: str
    member: str
    by: str
    change: str
