"""A released trace as its requester reads it, and its standing as everybody on the request reads it."""

from dataclasses import dataclass
from datetime import date, datetime

from cotrace.tracing.rules.answers import LicenseeRef, Purchaser
from cotrace.tracing.rules.chain import ChainStep
from cotrace.tracing.rules.gun import GunDescription
from cotrace.tracing.rules.outcomes import LastPoint
from cotrace.tracing.rules.request_document import TraceRequestDocument
from cotrace.tracing.rules.result_document import CAVEAT
from cotrace.tracing.rules.statuses import ShownAs
from cotrace.tracing.rules.time_to_crime import NoTimeToCrime, TimeToCrime


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRead:
    """How a trace ended. `unblock_*`: what would bring it further."""

    code: str
    label_en: str
    label_es: str
    last_point: LastPoint
    unblock_en: str
    unblock_es: str

    def label(self, language: str) -> str:
        """Return the outcome in the reader's language."""
        return self.label_es if language.startswith("es") else self.label_en

    def unblock(self, language: str) -> str:
        """Return what would bring the trace further, in the reader's language."""
        return self.unblock_es if language.startswith("es") else self.unblock_en


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceStanding:
    """All a requester sees before the result: the same three words for every trace, and whom to call."""

    request_number: str
    shown_as: ShownAs
    call_back: str
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceResult:
    """What a trace established. None: not established. A lead, not evidence: `caveat` says so.

    `request` is what was asked, `centre` the code of the agency that traced it.
    """

    trace_number: str
    request_number: str
    request: TraceRequestDocument
    centre: str
    outcome: OutcomeRead
    released_at: datetime
    gun: GunDescription
    recovered_on: date | None
    dealer: LicenseeRef | None
    purchaser: Purchaser | None
    purchased_on: date | None
    time_to_crime: TimeToCrime | NoTimeToCrime
    chain: tuple[ChainStep, ...]
    caveat: str = CAVEAT

    @property
    def has_gaps(self) -> bool:
        """Whether any step of the chain carries a finding."""
        return any(step.findings for step in self.chain)
