"""What this room announces."""

from dataclasses import dataclass
from typing import ClassVar

from cotrace.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSignatureAsked(Event):
    """A memorandum was drafted and waits for the signature of `agency`."""

    name: ClassVar[str] = "agreement.signature_asked"
    agreement: str
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSignatureSettled(Event):
    """`agency` signed, or the draft was ended without it: nobody waits for its signature any more."""

    name: ClassVar[str] = "agreement.signature_settled"
    agreement: str
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementInForce(Event):
    """Every party has signed; grants are compiled."""

    name: ClassVar[str] = "agreement.in_force"
    agreement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleMemberRemoved(Event):
    """Somebody was taken out of a circle, or left it; `by` did it. `removal` names this one time."""

    name: ClassVar[str] = "circle.member_removed"
    circle: str
    agency: str
    member: str
    by: str
    removal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyOpened(Event):
    """A member opened an emergency session on their own agency's restricted records."""

    name: ClassVar[str] = "emergency.opened"
    session: str
    agency: str
    member: str
