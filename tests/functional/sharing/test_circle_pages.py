"""Circles and emergency sessions in the browser."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from cotrace.agencies.models import Member
from cotrace.audit.models import AuditEvent
from cotrace.foundation import clock, outbox
from cotrace.sharing.models import Circle, CircleMember, EmergencySession
from tests.support.pages import cast_exists, client_of, flat, words_of
from tests.support.sign_in import member_exists, signed_in

pytestmark = pytest.mark.django_db
REASON = "A convoy is on its way to the warehouse."
SEIZURE = {"occurred_on": "2026-02-01", "state_code": "26", "cap": "FULL"}


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()


def opened(client: Client, name: str = "Few") -> str:
    return str(client.post("/circles/", {"name": name})["Location"])


def restricted(client: Client) -> str:
    """Record a seizure in a circle of the client's own; return its address."""
    circle = opened(client).rsplit("/", 1)[1]
    return str(client.post("/seizures/new", {**SEIZURE, "circle": circle})["Location"])


def test_a_circle_is_opened_listed_and_gets_a_colleague() -> None:
    colleague = member_exists("FGR", name="Beto Luna")
    member_exists("ATF", name="Tom Walker")
    client = client_of("FGR")
    here = opened(client)
    page = words_of(client.get(here))
    assert "Ana Ruiz Full" in page and "Beto Luna" in page and "Tom Walker" not in page
    client.post(here, {"member": str(colleague.pk), "level": "TEAR_LINE"})
    assert "Beto Luna Tear-line" in words_of(client.get(here))
    assert "Few" in words_of(client.get("/circles/"))
    assert AuditEvent.objects.filter(chain="FGR", action="circle.member_added").count() == 1


def test_nobody_of_another_agency_gets_in() -> None:
    stranger = member_exists("ATF", name="Tom Walker")
    client = client_of("FGR")
    response = client.post(opened(client), {"member": str(stranger.pk), "level": "FULL"})
    assert response.status_code == 422
    assert CircleMember.objects.count() == 1


def test_a_circle_one_is_not_in_does_not_exist() -> None:
    here = opened(client_of("FGR"))
    colleague = client_of("FGR", name="Beto Luna")
    assert colleague.get(here).status_code == 404
    assert "You are in no circle" in words_of(colleague.get("/circles/"))


def test_a_circle_without_a_name_is_not_opened() -> None:
    assert client_of("FGR").post("/circles/", {"name": " "}).status_code == 422
    assert not Circle.objects.exists()


def test_an_emergency_session_opens_ones_agencys_circles_shows_itself_and_closes() -> None:
    address = restricted(client_of("FGR"))
    outsider = client_of("FGR", name="Beto Luna")
    assert outsider.get(address).status_code == 404
    outsider.post("/emergency/", {"reason": REASON, "minutes": "15"})
    page = outsider.get(address)
    assert "You see this because your emergency session is open." in words_of(page)
    assert "Your emergency session is open until" in page.content.decode()
    outsider.post("/emergency/close")
    assert outsider.get(address).status_code == 404
    assert "Your emergency session is open" not in outsider.get("/").content.decode()


def test_it_opens_nothing_of_another_agency() -> None:
    address = restricted(client_of("FGR"))
    other = client_of("ATF")
    other.post("/emergency/", {"reason": REASON, "minutes": "15"})
    assert other.get(address).status_code == 404


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"reason": "because", "minutes": "15"}, "Say why in at least 20 characters"),
        ({"reason": REASON, "minutes": "61"}, "Choose between 1 and 60 minutes."),
        ({"reason": REASON, "minutes": "0"}, "Choose between 1 and 60 minutes."),
    ],
)
def test_without_a_reason_or_beyond_an_hour_nothing_opens(said, answer) -> None:
    client = client_of("FGR")
    response = client.post("/emergency/", said)
    assert response.status_code == 422 and answer in words_of(response)
    assert "Your emergency session is open" not in client.get("/").content.decode()


def test_a_session_ends_by_itself() -> None:
    address = restricted(client_of("FGR"))
    outsider = client_of("FGR", name="Beto Luna")
    outsider.post("/emergency/", {"reason": REASON, "minutes": "5"})
    with clock.frozen_at(clock.now() + timedelta(minutes=6)):
        assert outsider.get(address).status_code == 404


def test_neither_another_browser_nor_a_token_of_the_same_person_sees_more() -> None:
    address = restricted(client_of("FGR"))
    outsider = client_of("FGR", name="Beto Luna")
    beto = Member.objects.get(name="Beto Luna")
    made = outsider.post("/account/tokens", {"name": "script", "scopes": ["seizure.read"], "days": "30"})
    secret = re.search(r"cotrace_[\w-]{40,}", made.content.decode())[0]
    outsider.post("/emergency/", {"reason": REASON, "minutes": "5"})
    assert outsider.get(address).status_code == 200
    other = signed_in(Client(), beto)
    assert other.get(address).status_code == 404
    assert "Your emergency session is open" not in other.get("/").content.decode()
    api = f"/api/v1{address}"
    assert Client().get(api, headers={"Authorization": f"Bearer {secret}"}).status_code == 404


def test_those_who_watch_are_told_and_read_the_reason_and_others_do_not() -> None:
    watcher = client_of("FGR", name="Vera Sol")
    bystander = client_of("FGR", name="Diego Mar", roles=("recorder",))
    client_of("FGR", name="Beto Luna").post("/emergency/", {"reason": REASON, "minutes": "5"})
    outbox.drain()
    address = f"/emergency/{EmergencySession.objects.get().pk}"
    assert f'href="{address}"' in watcher.get("/notices/").content.decode()
    words = words_of(watcher.get(address))
    assert "Opened by Beto Luna" in words and REASON in words and "still open" in words
    assert bystander.get(address).status_code == 404
    assert client_of("ATF").get(address).status_code == 404



@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "nobody is told when you open one.", "nobody is told, it is on record."),
        ("es", "nadie recibe aviso cuando usted abre una.", "nadie recibió aviso; queda asentada en la bitácora."),
    ],
)
def test_where_nobody_else_watches_nobody_is_said_to_be_told(language: str, before: str, after: str) -> None:
    client_of("FGR", name="Diego Mar", roles=("recorder",))
    client_of("ATF", name="Vera Sol")
    client = client_of("FGR")
    client.cookies["cotrace_language"] = language
    assert before in words_of(client.get("/emergency/"))
    assert after in flat(client.post("/emergency/", {"reason": REASON, "minutes": "5"}, follow=True).content.decode())


@pytest.mark.parametrize("role", ["security_officer", "agency_admin"])
def test_where_somebody_watches_it_is_said_that_they_are_told(role: str) -> None:
    watcher = client_of("FGR", name="Vera Sol", roles=(role,))
    client = client_of("FGR")
    assert "log are told at once." in words_of(client.get("/emergency/"))
    said = client.post("/emergency/", {"reason": REASON, "minutes": "5"}, follow=True).content.decode()
    assert "Those who watch over your log are told." in said
    outbox.drain()
    assert "opened an emergency session" in words_of(watcher.get("/notices/"))


def test_somebody_is_taken_out_after_asking_and_sees_nothing_at_once() -> None:
    client, colleague = client_of("FGR"), client_of("FGR", name="Beto Luna")
    record = restricted(client)
    circle = Circle.objects.get().pk
    here, remove = f"/circles/{circle}", f"/circles/{circle}/remove"
    beto = Member.objects.get(name="Beto Luna")
    client.post(here, {"member": str(beto.pk), "level": "FULL"})
    assert colleague.get(record).status_code == 200
    asked = client.get(remove, {"member": str(beto.pk)})
    assert "Take Beto Luna out of “Few”?" in words_of(asked)
    assert colleague.get(record).status_code == 200, "asking took somebody out"
    done = client.post(remove, {"member": str(beto.pk)}, follow=True)
    assert "this person sees what belongs to the circle no more" in flat(done.content.decode())
    assert colleague.get(record).status_code == colleague.get(here).status_code == 404
    outbox.drain()
    assert "You are no longer in a circle." in words_of(colleague.get("/notices/"))


def test_nobody_chosen_and_a_stranger_lead_back_without_a_change() -> None:
    client = client_of("FGR")
    here = opened(client)
    for chosen in ("", "nobody", str(member_exists("ATF", name="Tom Walker").pk)):
        for send in (client.get, client.post):
            assert send(f"{here}/remove", {"member": chosen})["Location"] == here
    assert CircleMember.objects.count() == 1


def test_the_last_who_sees_everything_is_told_why_they_stay() -> None:
    client = client_of("FGR")
    here = opened(client)
    me = CircleMember.objects.get().member
    answer = client.post(f"{here}/remove", {"member": me})
    assert answer.status_code == 409 and "the last person who sees everything" in words_of(answer)
    assert CircleMember.objects.count() == 1


def test_who_looked_says_in_which_emergency_session_and_why() -> None:
    client, watch = client_of("FGR"), client_of("FGR", name="Beto Luna")
    record = restricted(client)
    assert watch.get(record).status_code == 404
    watch.post("/emergency/", {"reason": REASON, "minutes": "10"})
    assert watch.get(record).status_code == 200
    number = record.rsplit("/", 1)[1]
    session = EmergencySession.objects.get().pk
    page = client.get(f"/access/{number}/looked")
    assert REASON in words_of(page) and session in words_of(page)
    assert f'href="/emergency/{session}"' in page.content.decode()
    assert f"in an emergency session: “{REASON}”" in words_of(client.get(record))
    assert client.get(f"/emergency/{session}").status_code == 200
