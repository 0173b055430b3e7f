"""What turns a lead into evidence: the next formal step after a result.

Decides which records can be certified, by what the chain's licensees answered; and by which way one asks for them:
a request for international legal assistance where the agency that asked and the licensees are in two countries.
Licensees are those of the United States. Source: DESIGN section 5 (the result), 18 USC 923(g).
Tests: tests/unit/tracing/test_formal_step.py.
"""

from dataclasses import dataclass
from enum import StrEnum

from cotrace.tracing.rules.answers import AnswerKind
from cotrace.tracing.rules.chain import ChainStep
from cotrace.tracing.rules.gun import UNITED_STATES


class Certifiable(StrEnum):
    """Which records of a chain can be certified."""

    SALE = "sale"
    ENTRIES = "entries"
    NOTHING = "nothing"


class Way(StrEnum):
    """By which way certified records are asked for."""

    TRACING_CENTRE = "tracing_centre"
    LEGAL_ASSISTANCE = "legal_assistance"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormalStep:
    """What to have certified. `way` is None where there is nothing, or nobody knows from where one asks."""

    certifiable: Certifiable
    way: Way | None


# What a licensee can only have said from an entry about this one gun.
FROM_AN_ENTRY = frozenset(
    {
        AnswerKind.SHIPPED_TO,
        AnswerKind.SOLD_TO_PURCHASER,
        AnswerKind.STOLEN_OR_LOST,
        AnswerKind.EXPORTED,
        AnswerKind.SOLD_TO_AGENCY,
        AnswerKind.RECORD_INCOMPLETE,
    }
)


def formal_step(chain: tuple[ChainStep, ...], *, asking_country: str) -> FormalStep:
    """Say what to have certified. `asking_country` is an ISO 3166 code, empty where it is not known."""
    certifiable = _certifiable({step.answer_kind for step in chain})
    return FormalStep(certifiable=certifiable, way=_way(certifiable, asking_country))


def _certifiable(answers: set[AnswerKind | None]) -> Certifiable:
    if AnswerKind.SOLD_TO_PURCHASER in answers:
        return Certifiable.SALE
    return Certifiable.ENTRIES if answers & FROM_AN_ENTRY else Certifiable.NOTHING


def _way(certifiable: Certifiable, asking_country: str) -> Way | None:
    if certifiable is Certifiable.NOTHING or not asking_country:
        return None
    return Way.TRACING_CENTRE if asking_country == UNITED_STATES else Way.LEGAL_ASSISTANCE
