"""What this room announces."""

from dataclasses import dataclass
from typing import ClassVar

from cotrace.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SeizureRecorded(Event):
    """A seizure was recorded or imported."""

    name: ClassVar[str] = "seizure.recorded"
    seizure: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeizureImportDue(Event):
    """The next rows of an import wait to be applied."""

    name: ClassVar[str] = "seizure.import_due"
    job: str
    from_row: int
