"""What readers of the log get."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRead:
    """One event of one's own chain."""

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
