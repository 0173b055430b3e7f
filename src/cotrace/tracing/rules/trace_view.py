"""What the walk looks at, and the four things it can decide.

Plain values only; the services build a view from rows, the rules read it.
Tests: with the walk, tests/unit/tracing/test_walk_*.py.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from cotrace.tracing.rules.answers import Acquisition, Answer
from cotrace.tracing.rules.gun import GunDescription, RecordedGun, licence_key


class Role(StrEnum):
    """The place of a licensee in the chain."""

    MAKER = "maker"
    IMPORTER = "importer"
    WHOLESALER = "wholesaler"
    DEALER = "dealer"


class WaitReason(StrEnum):
    """Why a person at the centre has to look before the walk goes on."""

    CONTACT_HOLD = "contact_hold"
    START_NOT_REGISTERED = "start_not_registered"
    SEVERAL_CANDIDATES = "several_candidates"
    LICENSEE_UNKNOWN = "licensee_unknown"
    LICENSEE_CLOSED = "licensee_closed"
    SHIPS_TO_ITSELF = "ships_to_itself"
    CHAIN_LOOPS = "chain_loops"
    CHAIN_TOO_LONG = "chain_too_long"
    DATES_CONTRADICT = "dates_contradict"
    DESCRIBED_OTHERWISE = "described_otherwise"
    SEVERAL_GUNS = "several_guns"
    NO_ANSWER = "no_answer"


# What a tracer can wave through with `TraceView.accepted`; the others are lifted by changing the
# register (a licensee entered, a hold lifted) or by closing the trace by hand.
ACCEPTABLE: frozenset[WaitReason] = frozenset(
    {
        WaitReason.LICENSEE_CLOSED,
        WaitReason.DATES_CONTRADICT,
        WaitReason.DESCRIBED_OTHERWISE,
        WaitReason.SEVERAL_GUNS,
        WaitReason.NO_ANSWER,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLicensee:
    """A licensee in the centre's register. `successor` is a licence number; `is_held` a contact hold."""

    number: str
    name: str
    role: Role
    is_open: bool = True
    successor: str | None = None
    is_held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """How the gun came to the licensee that is asked, by its supplier's answer."""

    supplier: str
    shipped_on: date | None = None
    invoice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One inquiry of the trace, oldest first. `number` counts from 1.

    `answer` None and `failure` None: still open. `failure`: the code after the last try or the
    24 hours. `recorded_gun` and `acquisition` are what the licensee's book says beside the answer.
    """

    number: int
    licensee: str
    role: Role
    shipment: Shipment | None = None
    answer: Answer | None = None
    recorded_gun: RecordedGun | None = None
    acquisition: Acquisition | None = None
    failure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A tracer looked at a wait reason at a step (0: before the first) and lets the walk go on."""

    reason: WaitReason
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceView:
    """All that the walk may know of one trace.

    `start`: the register's candidates for the gun's importer or maker. `known`: register entries of
    the licensees that answers name, and of their successors. `is_held`: a hold on the gun itself.
    """

    gun: GunDescription
    recovered_on: date | None = None
    start: tuple[KnownLicensee, ...] = ()
    known: tuple[KnownLicensee, ...] = ()
    steps: tuple[Step, ...] = ()
    accepted: frozenset[Acceptance] = frozenset()
    is_held: bool = False

    def licensee(self, number: str) -> KnownLicensee | None:
        """Find a licensee in the register's part of this view."""
        key = licence_key(number)
        for entry in (*self.known, *self.start):
            if licence_key(entry.number) == key:
                return entry
        return None

    def has_accepted(self, reason: WaitReason, step: int) -> bool:
        """Say whether a tracer has looked at this reason at this step and let it pass."""
        return reason in ACCEPTABLE and Acceptance(reason=reason, step=step) in self.accepted


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Send an inquiry to this licensee."""

    licensee: str
    role: Role
    shipment: Shipment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """The walk ends here; `outcome` is a code of data/outcomes.csv."""

    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitForAnswer:
    """An inquiry is open; nothing to do until it is answered or fails."""

    licensee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitForTracer:
    """A person has to look: why, about which licensee, after which step (0: before the first)."""

    reason: WaitReason
    licensee: str | None = None
    step: int = 0


NextStep: TypeAlias = Ask | Finish | WaitForAnswer | WaitForTracer
