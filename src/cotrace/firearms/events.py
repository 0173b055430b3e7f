"""What this room announces."""

from dataclasses import dataclass
from typing import ClassVar

from cotrace.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FirearmDescribed(Event):
    """A gun taken in a seizure was described."""

    name: ClassVar[str] = "firearm.described"
    firearm: str
    seizure: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirearmCorrected(Event):
    """The description of a gun was corrected."""

    name: ClassVar[str] = "firearm.corrected"
    firearm: str
    owner: str
