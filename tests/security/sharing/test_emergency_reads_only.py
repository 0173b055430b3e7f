"""An emergency session lets one read what one is kept from, and change, move or send nothing of it."""


import pytest
from django.test import Client

from cotrace.exchange.exports import record_file
from cotrace.firearms.rules.description import FirearmValues
from cotrace.firearms.selectors import firearm_get
from cotrace.firearms.services import firearm_correct, firearm_describe
from cotrace.foundation.errors import CotraceError, NotFound, Refused
from cotrace.foundation.principal import Principal
from cotrace.seizures.selectors import seizure_get
from cotrace.seizures.services.record import (
    Visibility,
    seizure_edit,
    seizure_record,
    seizure_restrict,
)
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.circles import circle_open, emergency_close, emergency_open
from cotrace.tracing.services.requests import trace_submit
from tests.support.pages import cast_exists, seizure_values
from tests.support.sign_in import member_exists, signed_in
from tests.support.two_worlds_tracing import gun
from tests.support.world import agent, enrolled, memorandum
from tests.usecases.tracing.world import centre_exists, document

pytestmark = pytest.mark.django_db
INSIDER, PARTNER = agent("FGE-SON", name="insider"), agent("ATF")
REASON = "curiosity, written in twenty characters"


@pytest.fixture
def secret(db) -> str:
    """A seizure that only the insider's circle sees, though a partner has a memorandum."""
    cast_exists()
    centre_exists()
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.FULL)
    circle = circle_open(INSIDER, name="Operación reservada")
    return seizure_record(INSIDER, values=seizure_values(notes="source"), visibility=Visibility(circle=circle))


@pytest.fixture
def looking(secret) -> Principal:
    """Somebody outside the circle with every permission and an emergency session."""
    who = enrolled("FGE-SON", name="outsider")
    with pytest.raises(NotFound):
        seizure_get(who, number=secret)
    emergency_open(who, reason=REASON, minutes=5)
    assert seizure_get(who, number=secret).notes == "source"
    return who


def refusal_of(act) -> str:
    with pytest.raises(CotraceError) as refusal:
        act()
    return refusal.value.code


def test_a_record_read_under_an_emergency_is_neither_changed_nor_moved(secret, looking) -> None:
    mine = circle_open(looking, name="Mine")
    for visibility in (Visibility(circle=mine), Visibility()):
        assert refusal_of(lambda seen=visibility: seizure_restrict(looking, number=secret, visibility=seen)) == (
            "emergency_reads_only"
        )
    assert refusal_of(lambda: seizure_edit(looking, number=secret, values=seizure_values(notes="mine now"))) == (
        "emergency_reads_only"
    )
    emergency_close(looking)
    assert seizure_get(INSIDER, number=secret).notes == "source"
    for nobody in (looking, PARTNER):
        with pytest.raises(NotFound):
            seizure_get(nobody, number=secret)


def test_its_guns_are_neither_added_nor_corrected(secret, looking) -> None:
    number = firearm_describe(INSIDER, seizure=secret, values=gun("SECRET-1"))
    assert firearm_get(looking, number=number).serial == "SECRET-1"
    for act in (
        lambda: firearm_describe(looking, seizure=secret, values=FirearmValues(type_code="PI", make="X", serial="2")),
        lambda: firearm_correct(looking, number=number, values=gun("FORGED-1")),
    ):
        assert refusal_of(act) == "emergency_reads_only"
    assert firearm_get(INSIDER, number=number).serial == "SECRET-1"


def test_a_request_is_neither_made_of_it_nor_sent_away(secret, looking) -> None:
    asked = trace_submit(INSIDER, document=document(seizure_number=secret))
    with pytest.raises(Refused) as refusal:
        record_file(looking, number=asked)
    assert refusal.value.code == "emergency_reads_only"


def test_through_the_pages_a_supervisor_as_shipped_keeps_nothing(secret) -> None:
    client = signed_in(Client(), member_exists("FGE-SON", name="Sup One", roles=("supervisor",)))
    assert client.post("/emergency/", {"reason": REASON, "minutes": 1}).status_code == 302
    assert client.get(f"/seizures/{secret}").status_code == 200
    moved = client.post(f"/seizures/{secret}/visibility", {"cap": "FULL", "circle": ""})
    assert moved.status_code == 409
    client.post("/emergency/close")
    assert client.get(f"/seizures/{secret}").status_code == 404
    with pytest.raises(NotFound):
        seizure_get(PARTNER, number=secret)
