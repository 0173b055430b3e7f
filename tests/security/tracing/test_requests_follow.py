"""What an owner restricts of a seizure, nobody goes on reading in the trace request that was made from it."""

import pytest

from cotrace.foundation import outbox
from cotrace.foundation.errors import NotFound
from cotrace.seizures.selectors import seizure_get
from cotrace.seizures.services.record import Visibility, seizure_restrict
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.explain import access_explain
from cotrace.sharing.services.circles import circle_open
from cotrace.tracing.rules.request_people import Person
from cotrace.tracing.selectors.requests import request_get, request_list, request_result
from cotrace.tracing.services.requests import trace_submit
from tests.support.pages import cast_exists, seizure_exists
from tests.support.world import agent, memorandum
from tests.usecases.tracing.world import centre_exists, document

pytestmark = pytest.mark.django_db
INSIDER, OUTSIDER, PARTNER = agent("FGE-SON"), agent("FGE-SON", name="outsider"), agent("ICE")


@pytest.fixture
def seizure(db) -> str:
    cast_exists()
    centre_exists()
    memorandum(owner="FGE-SON", viewer="ICE", category="*", level=Level.FULL)
    return seizure_exists("FGE-SON")


def asked(seizure: str) -> str:
    possessor = Person(family_names="Cruz Vega")
    return trace_submit(INSIDER, document=document(seizure_number=seizure, possessor=possessor))


def restrict(seizure: str, how: str) -> None:
    circle = circle_open(INSIDER, name="reserved") if how == "circle" else ""
    cap = Level.NOTHING if how == "cap" else Level.FULL
    seizure_restrict(INSIDER, number=seizure, visibility=Visibility(cap=cap, circle=circle))


@pytest.mark.parametrize("is_asked_first", [True, False], ids=["asked_before", "asked_after"])
@pytest.mark.parametrize(("how", "kept_out"), [("cap", [PARTNER]), ("circle", [PARTNER, OUTSIDER])])
def test_a_request_is_hidden_with_its_seizure(seizure, how, kept_out, is_asked_first) -> None:
    if is_asked_first:
        number = asked(seizure)
        assert all(request_get(each, number=number).serial == "ABC-1234" for each in kept_out)
    restrict(seizure, how)
    if not is_asked_first:
        number = asked(seizure)
    outbox.drain()
    for reader in kept_out:
        for look in (seizure_get, request_get, request_result, access_explain):
            with pytest.raises(NotFound):
                look(reader, number=seizure if look is seizure_get else number)
        assert request_list(reader).rows == ()
    shown = request_get(INSIDER, number=number)
    assert (shown.seizure, shown.serial) == (seizure, "ABC-1234")


def test_a_partner_that_reads_a_request_in_full_is_not_told_what_is_the_askers_alone() -> None:
    cast_exists()
    centre_exists()
    number = trace_submit(INSIDER, document=document())
    outbox.drain()
    memorandum(owner="FGE-SON", viewer="ICE", category="trace_request", level=Level.FULL)
    shown = request_get(PARTNER, number=number)
    assert (shown.level, shown.serial) == (Level.FULL, "ABC-1234")
    for read in (shown, request_list(PARTNER).rows[0]):
        assert (read.has_result, read.centre, read.centre_number) == (None, None, None)
    mine = request_get(INSIDER, number=number)
    assert (mine.has_result, mine.centre) == (False, "ATF") and mine.centre_number.startswith("TC-")
