"""A memorandum compiles to what it says between its parties, from the last signature to its end."""

from datetime import UTC, date, datetime

import pytest

from cotrace.sharing.rules.agreements import (
    AgreementAct,
    AgreementState,
    Clause,
    Terms,
    compile_grants,
    next_state,
    standing_of,
)
from cotrace.sharing.rules.levels import Level

SIGNED = datetime(2026, 3, 2, 18, tzinfo=UTC)


def terms(*clauses: Clause) -> Terms:
    return Terms(
        agreement="AG-1",
        parties=("ATF", "FGR"),
        purposes=("criminal_investigation", "prosecution"),
        clauses=clauses,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )


def clause(owner: str, viewer: str, level: Level = Level.FULL) -> Clause:
    return Clause(owner=owner, viewer=viewer, category="seizure", level=level)


def test_one_clause_gives_one_grant_per_purpose() -> None:
    grants = compile_grants(terms(clause("FGR", "ATF")), signed_at=SIGNED)
    assert [each.purpose for each in grants] == ["criminal_investigation", "prosecution"]


def test_nothing_holds_before_the_last_signature_or_after_the_last_day() -> None:
    grant = compile_grants(terms(clause("FGR", "ATF")), signed_at=SIGNED)[0]
    assert grant.valid_from_at == SIGNED
    assert grant.valid_to_at == datetime(2027, 1, 1, tzinfo=UTC)


def test_clauses_of_strangers_of_oneself_or_at_nothing_give_no_grant() -> None:
    clauses = clause("ICE", "ATF"), clause("ATF", "ATF"), clause("FGR", "ATF", Level.NOTHING)
    assert compile_grants(terms(*clauses), signed_at=SIGNED) == []


def test_an_ended_memorandum_stays_ended() -> None:
    assert not any(next_state(AgreementState.ENDED, act) for act in AgreementAct)


@pytest.mark.parametrize(
    ("state", "is_signed", "is_all", "today", "standing"),
    [
        ("draft", False, False, date(2026, 6, 1), "waits_for_us"),
        ("draft", True, False, date(2026, 6, 1), "waits_for_others"),
        ("in_force", True, True, date(2025, 12, 31), "not_begun"),
        ("in_force", True, True, date(2026, 1, 1), "in_force"),
        ("in_force", True, True, date(2026, 12, 31), "in_force"),
        ("in_force", True, True, date(2027, 1, 1), "lapsed"),
        ("suspended", True, True, date(2027, 1, 1), "suspended"),
        ("ended", True, True, date(2026, 6, 1), "ended"),
        ("ended", True, False, date(2026, 6, 1), "withdrawn"),
        ("ended", False, False, date(2026, 6, 1), "withdrawn"),
    ],
)
def test_where_a_memorandum_stands_on_a_day(
    state: str, is_signed: bool, is_all: bool, today: date, standing: str
) -> None:
    found = standing_of(
        AgreementState(state),
        is_signed_by_us=is_signed,
        is_signed_by_all=is_all,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        today=today,
    )
    assert found == standing
