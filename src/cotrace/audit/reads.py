"""What readers of the log get."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRead:
    """One event of one's own chain. `under` is the exceptional session that alone opened the record, or empty."""

    id: int
    at: datetime
    actor: str
    actor_agency: str
    door: str
    action: str
    subject: str
    outcome: str
    purpose: str
    case: str
    under: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """What a log is narrowed to: an act, a record, a person by id; `is_refused` leaves only what was refused."""

    action: str = ""
    subject: str = ""
    actor: str = ""
    is_refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """One page of one's own log, newest first, and how many events fit in all, up to a cap."""

    events: tuple[EventRead, ...]
    older: str
    count: int
    is_capped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRead:
    """A signed round that was handed over. `heads`: how many chains. `fetched_at`: when one's agency first took it."""

    number: str
    installation: str
    key_id: str
    signed_at: datetime
    handed_at: datetime
    heads: int
    position: int
    fetched_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The first bad row of one kind in one chain; `position` and `event` are 0 where there is none."""

    code: str
    chain: str
    position: int
    event: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationReport:
    """What a verification read and found; intact where `findings` is empty, worst place first."""

    chains: int
    events: int
    pending: int
    rounds: int
    findings: tuple[Finding, ...]

    @property
    def is_intact(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings
