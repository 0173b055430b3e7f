"""Decides what state a memorandum is in and which grants it compiles to.

Authority: DESIGN decision "Agreement": a memorandum is data that runs; it grants nothing before
every party has signed, and nothing while suspended or after its end.
Tests: tests/unit/sharing/test_agreements.py.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from cotrace.foundation.errors import FieldProblem
from cotrace.sharing.rules.levels import GrantValue, Level

PURPOSES = ("criminal_investigation",)
"""What records may be used for under a memorandum. A purpose that no session states would open nothing."""

EVERY_CATEGORY = "*"


class AgreementState(StrEnum):
    """Where a memorandum stands."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    ENDED = "ended"


class AgreementAct(StrEnum):
    """What a party can do with a memorandum."""

    SIGN_LAST = "sign_last"
    SUSPEND = "suspend"
    RESUME = "resume"
    END = "end"


class Standing(StrEnum):
    """Where a memorandum stands for one of its parties on a day."""

    WAITS_FOR_US = "waits_for_us"
    WAITS_FOR_OTHERS = "waits_for_others"
    NOT_BEGUN = "not_begun"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


TRANSITIONS: dict[tuple[AgreementState, AgreementAct], AgreementState] = {
    (AgreementState.DRAFT, AgreementAct.SIGN_LAST): AgreementState.IN_FORCE,
    (AgreementState.DRAFT, AgreementAct.END): AgreementState.ENDED,
    (AgreementState.IN_FORCE, AgreementAct.SUSPEND): AgreementState.SUSPENDED,
    (AgreementState.IN_FORCE, AgreementAct.END): AgreementState.ENDED,
    (AgreementState.SUSPENDED, AgreementAct.RESUME): AgreementState.IN_FORCE,
    (AgreementState.SUSPENDED, AgreementAct.END): AgreementState.ENDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """`viewer` sees `owner`'s holdings of `category` at `level`."""

    owner: str
    viewer: str
    category: str
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a memorandum says, as far as grants go. Days are UTC; `ends_on` is the last day."""

    agreement: str
    parties: tuple[str, ...]
    purposes: tuple[str, ...]
    clauses: tuple[Clause, ...]
    starts_on: date
    ends_on: date | None


def purpose_problems(purposes: Collection[str]) -> Iterator[FieldProblem]:
    """Yield what is wrong with the purposes of a draft: each is one of those offered, and there is at least one."""
    if not purposes:
        yield FieldProblem("purposes", "required")
    for each in purposes:
        if each not in PURPOSES:
            yield FieldProblem("purposes", "purpose_unknown")
            return


def clause_problems(
    clauses: Iterable[Clause], *, parties: Collection[str], categories: Collection[str]
) -> Iterator[FieldProblem]:
    """Yield what is wrong with the clauses of a draft, by the place of each.

    A clause lets one party see records of another, of a category there is; the same is not said twice.
    """
    said: set[tuple[str, str, str]] = set()
    for at, each in enumerate(clauses):
        if not _is_between_parties(each, parties):
            yield FieldProblem(f"clauses.{at}", "clause_of_strangers")
        if each.category != EVERY_CATEGORY and each.category not in categories:
            yield FieldProblem(f"clauses.{at}.category", "category_unknown")
        if (each.owner, each.viewer, each.category) in said:
            yield FieldProblem(f"clauses.{at}", "clause_repeated")
        said.add((each.owner, each.viewer, each.category))


def next_state(state: AgreementState, act: AgreementAct) -> AgreementState | None:
    """Return the state after `act`, or None where the table does not allow it."""
    return TRANSITIONS.get((state, act))


def standing_of(
    state: AgreementState,
    *,
    is_signed_by_us: bool,
    is_signed_by_all: bool,
    starts_on: date,
    ends_on: date | None,
    today: date,
) -> Standing:
    """Return where a memorandum stands on a day; days are UTC, `ends_on` is the last one.

    What ended before every party had signed was never more than a draft.
    """
    if state is AgreementState.DRAFT:
        return Standing.WAITS_FOR_OTHERS if is_signed_by_us else Standing.WAITS_FOR_US
    if state is AgreementState.ENDED and not is_signed_by_all:
        return Standing.WITHDRAWN
    if state is not AgreementState.IN_FORCE:
        return Standing(state.value)
    if ends_on is not None and ends_on < today:
        return Standing.LAPSED
    return Standing.NOT_BEGUN if starts_on > today else Standing.IN_FORCE


def compile_grants(terms: Terms, *, signed_at: datetime) -> list[GrantValue]:
    """Turn a signed memorandum into grants, one per clause and purpose.

    Clauses between agencies that are not both parties, of an owner with itself, or at NOTHING
    compile to no grant. Nothing is valid before the last signature.
    """
    starts_at = max(datetime.combine(terms.starts_on, time.min, UTC), signed_at)
    last = terms.ends_on
    ends_at = datetime.combine(last + timedelta(days=1), time.min, UTC) if last else None
    return [
        GrantValue(
            viewer=clause.viewer,
            owner=clause.owner,
            category=clause.category,
            purpose=purpose,
            level=clause.level,
            valid_from_at=starts_at,
            valid_to_at=ends_at,
            agreement=terms.agreement,
        )
        for clause in terms.clauses
        for purpose in terms.purposes
        if _is_between_parties(clause, terms.parties) and clause.level > Level.NOTHING
    ]


def _is_between_parties(clause: Clause, parties: Iterable[str]) -> bool:
    return clause.owner != clause.viewer and {clause.owner, clause.viewer} <= set(parties)
