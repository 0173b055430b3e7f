"""What a reader gets of a described gun, cut to the level: a field the level does not disclose is None."""

from dataclasses import dataclass
from datetime import datetime

from cotrace.agencies.reads import AgencyContact
from cotrace.firearms.rules.serials import ImporterMark, SerialCondition
from cotrace.sharing.rules.levels import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class FirearmRead:
    """A gun at a level, which is never above that of the seizure it was taken in.

    `liaison` is None for one's own agency.
    """

    number: str
    owner: str
    liaison: AgencyContact | None
    level: Level
    type_code: str | None = None
    make_code: str | None = None
    make: str | None = None
    model: str | None = None
    calibre_code: str | None = None
    calibre: str | None = None
    country_of_origin: str | None = None
    serial_condition: SerialCondition | None = None
    is_privately_made: bool | None = None
    seizure: str | None = None
    exhibit_number: str | None = None
    importer: str | None = None
    importer_mark: ImporterMark | None = None
    serial: str | None = None
    serial_normal: str | None = None
    markings: str | None = None
    described_at: datetime | None = None
    corrected_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GunsOfSeizure:
    """The guns described from a seizure that its reader sees in full, in the order of their exhibit numbers."""

    seizure: str
    owner: str
    guns: tuple[FirearmRead, ...]
