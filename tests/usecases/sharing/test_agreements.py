"""A memorandum opens access when all have signed, and closes it at once."""

from dataclasses import replace
from datetime import date

import pytest

from cotrace.foundation.errors import Denied, Invalid, NotFound, Refused
from cotrace.sharing.holding import HoldingKind, register_kind
from cotrace.sharing.models import AgreementClause, Grant
from cotrace.sharing.permissions import SharingPermission
from cotrace.sharing.rules.agreements import AgreementAct, Clause
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.agreements import agreement_get, agreement_list
from cotrace.sharing.selectors.explain import access_who
from cotrace.sharing.selectors.holdings import holding_get
from cotrace.sharing.services.agreements import (
    AgreementDraft,
    agreement_change,
    agreement_draft,
    agreement_sign,
)
from cotrace.sharing.services.holdings import Placing, holding_create
from tests.support.world import agencies_exist, agent, memorandum, without

register_kind(HoldingKind(kind="thing", prefix="TH", page="home"))
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cast(db, stopped_clock) -> None:
    agencies_exist()


CLAUSE = Clause(owner="FGR", viewer="ATF", category="thing", level=Level.FULL)


def thing(owner: str = "FGR", cap: Level = Level.FULL) -> str:
    placing = Placing(kind="thing", category="thing", sort_on=date(2026, 1, 1), cap=cap)
    return holding_create(agent(owner), placing=placing).pk


def draft(**changes: object) -> AgreementDraft:
    values: dict[str, object] = {
        "title_en": "Guns", "title_es": "Armas", "legal_basis": "", "purposes": ("criminal_investigation",),
        "parties": ("ATF", "FGR"), "clauses": (), "starts_on": date(2026, 1, 1), "review_on": date(2027, 1, 1),
    }
    return AgreementDraft(**(values | changes))  # type: ignore[arg-type]


def test_a_signed_memorandum_opens_access_at_its_level() -> None:
    number = thing()
    memorandum(owner="FGR", viewer="ATF", category="thing", level=Level.TEAR_LINE)
    assert holding_get(agent("ATF"), number=number).level == Level.TEAR_LINE
    with pytest.raises(NotFound):
        holding_get(agent("ICE"), number=number)


def test_one_signature_missing_opens_nothing() -> None:
    number = thing()
    agreement = agreement_draft(agent("FGR"), draft=draft())
    agreement_sign(agent("FGR"), number=agreement)
    with pytest.raises(NotFound):
        holding_get(agent("ATF"), number=number)


def test_suspending_closes_access_at_once_and_resuming_opens_it() -> None:
    number = thing()
    agreement = memorandum(owner="FGR", viewer="ATF", category="thing", level=Level.FULL)
    agreement_change(agent("ATF"), number=agreement, act=AgreementAct.SUSPEND)
    with pytest.raises(NotFound):
        holding_get(agent("ATF"), number=number)
    agreement_change(agent("ATF"), number=agreement, act=AgreementAct.RESUME)
    assert holding_get(agent("ATF"), number=number).level == Level.FULL


def test_what_one_party_suspended_no_other_party_resumes() -> None:
    number = thing()
    agreement = memorandum(owner="FGR", viewer="ATF", category="thing", level=Level.FULL)
    agreement_change(agent("FGR"), number=agreement, act=AgreementAct.SUSPEND)
    with pytest.raises(Refused, match="agreement_suspended_by_other"):
        agreement_change(agent("ATF"), number=agreement, act=AgreementAct.RESUME)
    with pytest.raises(NotFound):
        holding_get(agent("ATF"), number=number)


def test_an_ended_memorandum_cannot_come_back() -> None:
    agreement = memorandum(owner="FGR", viewer="ATF", category="thing", level=Level.FULL)
    agreement_change(agent("FGR"), number=agreement, act=AgreementAct.END)
    with pytest.raises(Refused, match="agreement_state_forbids"):
        agreement_change(agent("FGR"), number=agreement, act=AgreementAct.RESUME)


def test_a_stranger_finds_no_such_memorandum() -> None:
    agreement = memorandum(owner="FGR", viewer="ATF", category="thing", level=Level.FULL)
    assert agreement_list(agent("ICE")) == []
    for act in (
        lambda: agreement_get(agent("ICE"), number=agreement),
        lambda: agreement_sign(agent("ICE"), number=agreement),
        lambda: agreement_change(agent("ICE"), number=agreement, act=AgreementAct.END),
    ):
        with pytest.raises(NotFound):
            act()


def test_signing_twice_is_refused() -> None:
    agreement = agreement_draft(agent("FGR"), draft=draft())
    agreement_sign(agent("FGR"), number=agreement)
    with pytest.raises(Refused, match="agreement_already_signed"):
        agreement_sign(agent("FGR"), number=agreement)


def test_a_role_without_the_permission_signs_nothing() -> None:
    agreement = agreement_draft(agent("FGR"), draft=draft())
    with pytest.raises(Denied):
        agreement_sign(without(agent("FGR"), SharingPermission.AGREEMENT_SIGN), number=agreement)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"parties": ("FGR",)}, "agreement_needs_two_parties"),
        ({"parties": ("ATF", "ICE")}, "agreement_without_drafter"),
        ({"parties": ("FGR", "NOPE")}, "agency_unknown"),
        ({"ends_on": date(2025, 1, 1)}, "ends_before_start"),
        ({"purposes": ()}, "required"),
        ({"purposes": ("",)}, "purpose_unknown"),
        ({"purposes": ("criminal_investigation", "curiosity")}, "purpose_unknown"),
        ({"clauses": (CLAUSE, CLAUSE)}, "clause_repeated"),
        ({"clauses": (CLAUSE, replace(CLAUSE, level=Level.POINTER))}, "clause_repeated"),
        ({"clauses": (replace(CLAUSE, category="guns"),)}, "category_unknown"),
        ({"clauses": (replace(CLAUSE, category=""),)}, "category_unknown"),
        ({"clauses": (replace(CLAUSE, viewer="ICE"),)}, "clause_of_strangers"),
        ({"clauses": (replace(CLAUSE, viewer="FGR"),)}, "clause_of_strangers"),
        ({"clauses": (replace(CLAUSE, owner=""),)}, "clause_of_strangers"),
        ({"title_en": "Guns\u202e"}, "text_unseen"),
        ({"legal_basis": "\x1b[2J"}, "text_unseen"),
    ],
)
def test_an_incomplete_draft_says_which_field(changes: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        agreement_draft(agent("FGR"), draft=draft(**changes))
    assert code in {each.code for each in refusal.value.fields}


def test_a_draft_that_is_refused_writes_nothing() -> None:
    with pytest.raises(Invalid):
        agreement_draft(agent("FGR"), draft=draft(clauses=(CLAUSE, CLAUSE)))
    assert agreement_list(agent("FGR")) == [] and not AgreementClause.objects.exists()


def test_each_direction_category_and_purpose_gives_one_grant() -> None:
    both = (CLAUSE, replace(CLAUSE, owner="ATF", viewer="FGR"), replace(CLAUSE, category="*", level=Level.POINTER))
    twice = ("criminal_investigation", "criminal_investigation")
    agreement = agreement_draft(agent("FGR"), draft=draft(clauses=both, purposes=twice, legal_basis="Art. 21\r\nArt. 22"))
    assert agreement_get(agent("ATF"), number=agreement).legal_basis == "Art. 21\nArt. 22"
    for agency in ("FGR", "ATF"):
        agreement_sign(agent(agency), number=agreement)
    granted = Grant.objects.order_by("id").values_list("owner", "viewer", "category", "purpose")
    assert [*granted] == [(each.owner, each.viewer, each.category, twice[0]) for each in both]


def test_who_can_see_names_agreement_and_limit_for_the_owner_alone() -> None:
    number = thing(cap=Level.POINTER)
    agreement = memorandum(owner="FGR", viewer="ATF", category="thing", level=Level.FULL)
    rows = access_who(agent("FGR"), number=number)
    assert [(r.agency, r.level, r.limited_by, r.agreement) for r in rows] == [
        ("FGR", Level.FULL, "", ""),
        ("ATF", Level.POINTER, "cap", agreement),
    ]
    with pytest.raises(NotFound):
        access_who(agent("ATF"), number=number)
