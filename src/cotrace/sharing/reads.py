"""What readers get: frozen, cut to their level."""

from dataclasses import dataclass
from datetime import date, datetime

from cotrace.sharing.rules.agreements import Standing
from cotrace.sharing.rules.levels import Decision, Level


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibleHolding:
    """A holding this principal may see at `level` (POINTER or more)."""

    id: str
    kind: str
    owner: str
    category: str
    level: Level
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibleRow:
    """One row of a list: the holding's id and its reader's level; whether an emergency session alone shows it."""

    id: str
    owner: str
    level: Level
    sort_on: date
    is_emergency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CappedCount:
    """A count that stops counting at its cap; `is_capped` means "at least"."""

    number: int
    is_capped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoRow:
    """One line of "who can see this": an agency or a person, at a level, because of a rule.

    `reason` is `owner`, `circle` or `agreement`; `agreement` its number; `until_at` when it lapses.
    """

    reason: str
    agency: str
    person: str
    level: Level
    limited_by: str
    agreement: str
    until_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookRow:
    """One line of "who looked". `emergency` is the session that alone opened the record, `reason` what it was for.

    `person` and `case` are empty for another agency's look: those are its own.
    """

    at: datetime
    agency: str
    person: str
    action: str
    door: str
    purpose: str
    case: str
    emergency: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRead:
    """A party of an agreement as another party sees it."""

    agency: str
    participant: str
    signer_name: str
    signed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRead:
    """A clause of an agreement."""

    owner: str
    viewer: str
    category: str
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRead:
    """A memorandum as one of its parties reads it; `standing` is where it stands for them on the day it is read."""

    id: str
    title_en: str
    title_es: str
    legal_basis: str
    purposes: tuple[str, ...]
    state: str
    standing: Standing
    version: int
    starts_on: date
    review_on: date
    ends_on: date | None
    drafted_by: str
    parties: tuple[PartyRead, ...]
    clauses: tuple[ClauseRead, ...]
    is_signed_by_me: bool
    is_suspended_by_me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleMemberRead:
    """One person of a circle; `name` is empty for one whose account is gone."""

    member: str
    name: str
    level: Level
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleRead:
    """A circle as one of its members sees it."""

    number: str
    name: str
    opened_at: datetime
    members: tuple[CircleMemberRead, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyRead:
    """An emergency session: who opened one's agency's restricted records, why, from when to when."""

    number: str
    person: str
    reason: str
    opened_at: datetime
    ends_at: datetime
    closed_at: datetime | None
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One event of one's agency's log. `person` is told of one's own people only; `about` is who a person's id names.

    `emergency` is the session that alone opened the record, or empty.
    """

    at: datetime
    actor: str
    agency: str
    person: str
    action: str
    subject: str
    about: str
    outcome: str
    door: str
    purpose: str
    emergency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLog:
    """One page of one's agency's log, newest first. `older` is where the next page begins."""

    rows: tuple[LogRow, ...]
    older: str
    count: CappedCount
