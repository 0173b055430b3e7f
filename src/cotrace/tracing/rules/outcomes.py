"""How a trace can end, and which answer ends it how.

Decides the outcome of a final answer by the answerer's place in the chain. The codes' texts, last
points and "what would unblock this" are data: src/cotrace/tracing/data/outcomes.csv.
Source: domain dossier 3.3; S4, M4, W2 and N1 are ours, for ends that list does not name.
Tests: tests/unit/tracing/test_outcomes.py, tests/golden/tracing/answer_outcomes.txt, outcomes.txt.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from cotrace.foundation.errors import Invalid
from cotrace.tracing.rules.answers import (
    AgencyKind,
    Answer,
    AnswerKind,
    LossPlace,
    NotFoundReason,
    NotInRecords,
    SoldToAgency,
    StolenOrLost,
    kind_of,
)
from cotrace.tracing.rules.csv_tables import read_table
from cotrace.tracing.rules.trace_view import Role, WaitReason

Detail: TypeAlias = NotFoundReason | LossPlace | AgencyKind | None


class OutcomeCode(StrEnum):
    """The outcomes that rules decide by themselves; the table may hold more, for tracers to choose."""

    P1 = "P1"
    D1 = "D1"
    D2 = "D2"
    D3 = "D3"
    D4 = "D4"
    W1 = "W1"
    W2 = "W2"
    M1 = "M1"
    M2 = "M2"
    M3 = "M3"
    M4 = "M4"
    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"
    I1 = "I1"
    I2 = "I2"
    X1 = "X1"
    X2 = "X2"
    G1 = "G1"
    G2 = "G2"
    F1 = "F1"
    N1 = "N1"


NAMES_PURCHASER = frozenset({OutcomeCode.P1})
"""Outcomes that say that a purchaser is known; nobody may choose one where no answer names a person."""
CARRIES_PURCHASER: frozenset[str] = NAMES_PURCHASER | {"P2"}
"""Outcomes whose result may say who bought the gun; a tracer who ended a trace otherwise did not take that answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """How an answer ends a trace. `look_first`: a person looks before it does."""

    outcome: OutcomeCode
    look_first: WaitReason | None = None


class LastPoint(StrEnum):
    """How far along the chain a trace came."""

    NONE = "none"
    MAKER = "maker"
    WHOLESALE = "wholesale"
    RETAIL = "retail"
    AFTER_RETAIL = "after_retail"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One row of data/outcomes.csv."""

    code: str
    label_en: str
    label_es: str
    last_point: LastPoint
    unblock_en: str
    unblock_es: str


SOURCES = (Role.MAKER, Role.IMPORTER)
EVERYONE = (Role.MAKER, Role.IMPORTER, Role.WHOLESALER, Role.DEALER)

# (answer, its detail, who answered) -> outcome, and whether a person looks first
_RULES: tuple[tuple[AnswerKind, Detail, tuple[Role, ...], OutcomeCode, WaitReason | None], ...] = (
    (AnswerKind.SOLD_TO_PURCHASER, None, EVERYONE, OutcomeCode.P1, None),
    (AnswerKind.NOT_IN_RECORDS, NotFoundReason.NOT_FOUND, SOURCES, OutcomeCode.M1, None),
    (AnswerKind.NOT_IN_RECORDS, NotFoundReason.NOT_FOUND, (Role.WHOLESALER,), OutcomeCode.W1, None),
    (AnswerKind.NOT_IN_RECORDS, NotFoundReason.NOT_FOUND, (Role.DEALER,), OutcomeCode.D1, None),
    (AnswerKind.NOT_IN_RECORDS, NotFoundReason.BEFORE_RECORDS, EVERYONE, OutcomeCode.M3, None),
    (AnswerKind.NOT_IN_RECORDS, NotFoundReason.RETENTION_PASSED, EVERYONE, OutcomeCode.M3, None),
    (AnswerKind.SEVERAL_GUNS, None, SOURCES, OutcomeCode.M2, None),
    (AnswerKind.SEVERAL_GUNS, None, (Role.WHOLESALER,), OutcomeCode.W1, WaitReason.SEVERAL_GUNS),
    (AnswerKind.SEVERAL_GUNS, None, (Role.DEALER,), OutcomeCode.D1, WaitReason.SEVERAL_GUNS),
    (AnswerKind.STOLEN_OR_LOST, LossPlace.INVENTORY, (*SOURCES, Role.WHOLESALER), OutcomeCode.W2, None),
    (AnswerKind.STOLEN_OR_LOST, LossPlace.INVENTORY, (Role.DEALER,), OutcomeCode.D3, None),
    (AnswerKind.STOLEN_OR_LOST, LossPlace.SHIPMENT, EVERYONE, OutcomeCode.D4, None),
    (AnswerKind.EXPORTED, None, EVERYONE, OutcomeCode.X1, None),
    (AnswerKind.SOLD_TO_AGENCY, AgencyKind.LAW_ENFORCEMENT, EVERYONE, OutcomeCode.G1, None),
    (AnswerKind.SOLD_TO_AGENCY, AgencyKind.MILITARY, EVERYONE, OutcomeCode.G2, None),
    (AnswerKind.SOLD_TO_AGENCY, AgencyKind.FOREIGN_GOVERNMENT, EVERYONE, OutcomeCode.G2, None),
    (AnswerKind.RECORD_INCOMPLETE, None, SOURCES, OutcomeCode.M4, None),
    (AnswerKind.RECORD_INCOMPLETE, None, (Role.WHOLESALER,), OutcomeCode.W1, None),
    (AnswerKind.RECORD_INCOMPLETE, None, (Role.DEALER,), OutcomeCode.D1, None),
)

ANSWER_OUTCOMES: dict[tuple[AnswerKind, Detail, Role], Conclusion] = {
    (kind, detail, role): Conclusion(outcome=outcome, look_first=look_first)
    for kind, detail, roles, outcome, look_first in _RULES
    for role in roles
}

CLOSED_OUTCOMES: dict[Role, OutcomeCode] = {
    Role.MAKER: OutcomeCode.M4,
    Role.IMPORTER: OutcomeCode.M4,
    Role.WHOLESALER: OutcomeCode.W1,
    Role.DEALER: OutcomeCode.D2,
}

OUTCOME_COLUMNS = ("code", "label_en", "label_es", "last_point", "unblock_en", "unblock_es")


def conclusion_of(answer: Answer, role: Role) -> Conclusion:
    """Say how a final answer (neither a shipment nor pending) of a licensee in this role ends a trace."""
    conclusion = ANSWER_OUTCOMES[kind_of(answer), _detail(answer), role]
    if isinstance(answer, NotInRecords) and answer.same_serial:
        return Conclusion(outcome=conclusion.outcome, look_first=WaitReason.DESCRIBED_OTHERWISE)
    return conclusion


def parse_outcomes(text: str) -> tuple[Outcome, ...]:
    """Read the table of outcomes from its CSV text. Raises: Invalid."""
    rows = read_table(text, columns=OUTCOME_COLUMNS, key=("code",))
    return tuple(
        Outcome(
            code=row["code"],
            label_en=row["label_en"],
            label_es=row["label_es"],
            last_point=_last_point(row["last_point"]),
            unblock_en=row["unblock_en"],
            unblock_es=row["unblock_es"],
        )
        for row in rows
    )


def _last_point(text: str) -> LastPoint:
    if text not in {point.value for point in LastPoint}:
        raise Invalid("table_value_unknown", column="last_point", value=text)
    return LastPoint(text)


def _detail(answer: Answer) -> Detail:
    match answer:
        case NotInRecords(reason=reason):
            return reason
        case StolenOrLost(place=place):
            return place
        case SoldToAgency(agency_kind=agency_kind):
            return agency_kind
        case _:
            return None
