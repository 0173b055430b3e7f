"""A notice that asks for a signature goes when it was given, or when nobody waits for it any more."""

from datetime import date

import pytest

from cotrace.foundation import outbox
from cotrace.notices.models import Notice
from cotrace.sharing.rules.agreements import AgreementAct, Clause
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.agreements import (
    AgreementDraft,
    agreement_change,
    agreement_draft,
    agreement_sign,
)
from tests.support.pages import cast_exists, client_of
from tests.support.world import PURPOSE, agent

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(db) -> str:
    """A draft between the FGR and the ATF; members of both have heard of it."""
    cast_exists()
    for agency in ("FGR", "ATF"):
        client_of(agency)
    number = agreement_draft(
        agent("FGR"),
        draft=AgreementDraft(
            title_en="Guns",
            title_es="Armas",
            legal_basis="synthetic",
            purposes=(PURPOSE,),
            parties=("FGR", "ATF"),
            clauses=(Clause(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL),),
            starts_on=date(2026, 1, 1),
            review_on=date(2027, 1, 1),
            ends_on=None,
        ),
    )
    outbox.drain()
    return number


def waiting() -> set[str]:
    return set(Notice.objects.filter(acknowledged_at=None).values_list("agency", flat=True))


def test_it_goes_when_the_agency_it_was_asked_of_has_signed(draft: str) -> None:
    assert waiting() == {"ATF"}
    agreement_sign(agent("FGR"), number=draft)
    outbox.drain()
    assert waiting() == {"ATF"}
    agreement_sign(agent("ATF"), number=draft)
    outbox.drain()
    assert waiting() == set()


def test_it_goes_where_the_draft_was_ended(draft: str) -> None:
    assert waiting() == {"ATF"}
    agreement_change(agent("ATF"), number=draft, act=AgreementAct.END)
    outbox.drain()
    assert waiting() == set()
