"""Circles through the JSON door; who looked in which emergency session through it and on the terminal."""

import json

import pytest
from django.test import Client

from cotrace.agencies.services import token_use
from cotrace.audit.models import AuditEvent
from cotrace.foundation.principal import Door
from cotrace.sharing.services.circles import emergency_open
from tests.support.pages import cast_exists
from tests.support.world import member, token

pytestmark = pytest.mark.django_db
REASON = "A colleague was shot at near Caborca"


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()


class Api:
    """A caller with a token."""

    def __init__(self, agency: str, *, name: str = "one") -> None:
        self.secret = token(agency, name=name)
        self.client = Client(headers={"Authorization": f"Bearer {self.secret}"})
        self.id = str(member(agency, name=name).pk)

    def send(self, method: str, path: str, body: object = None):
        data = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        return getattr(self.client, method)(f"/api/v1{path}", **data)


@pytest.fixture
def ana() -> Api:
    return Api("FGR", name="ana")


@pytest.fixture
def eva() -> Api:
    return Api("FGR", name="eva")


@pytest.fixture
def circle(ana: Api) -> str:
    made = ana.send("post", "/circles", {"name": "Few"})
    assert made.status_code == 201, made.content
    return made.json()["number"]


def restricted(ana: Api, circle: str) -> str:
    number = ana.send("post", "/seizures", {"occurred_on": "2026-02-01"}).json()["number"]
    set_to = ana.send("put", f"/seizures/{number}/visibility", {"cap": "FULL", "circle": circle})
    assert set_to.status_code == 204
    return number


def test_a_circle_is_opened_grows_and_shrinks_and_access_follows_at_once(ana: Api, eva: Api, circle: str) -> None:
    number = restricted(ana, circle)
    assert eva.send("get", f"/seizures/{number}").status_code == 404
    added = ana.send("post", f"/circles/{circle}/members", {"member": eva.id, "level": "TEAR_LINE"})
    assert added.status_code == 204
    assert eva.send("get", f"/seizures/{number}").json()["level"] == "TEAR_LINE"
    shown = eva.send("get", f"/circles/{circle}").json()
    assert {(each["member"], each["level"]) for each in shown["members"]} == {(ana.id, "FULL"), (eva.id, "TEAR_LINE")}
    assert [each["number"] for each in eva.send("get", "/circles").json()] == [circle]
    refused = eva.send("delete", f"/circles/{circle}/members/{ana.id}")
    assert (refused.status_code, refused.json()["code"]) == (403, "circle_level_too_low")
    assert ana.send("delete", f"/circles/{circle}/members/{eva.id}").status_code == 204
    for path in (f"/seizures/{number}", f"/circles/{circle}"):
        assert eva.send("get", path).status_code == 404
    assert eva.send("get", "/circles").json() == []
    assert AuditEvent.objects.filter(action="circle.member_removed", chain="FGR").count() == 1


def test_refusals_name_their_reason_and_an_outsider_gets_the_answer_for_nothing(ana: Api, eva: Api, circle: str) -> None:
    last = ana.send("delete", f"/circles/{circle}/members/{ana.id}")
    assert (last.status_code, last.json()["code"]) == (409, "circle_needs_somebody")
    nobody = ana.send("delete", f"/circles/{circle}/members/nobody")
    outside = eva.send("delete", f"/circles/{circle}/members/{ana.id}")
    nowhere = eva.send("delete", f"/circles/CI-TEST-0000-0000-0000/members/{ana.id}")
    assert nobody.status_code == 404
    assert outside.content == nowhere.content and outside.status_code == nowhere.status_code == 404
    stranger = ana.send("post", f"/circles/{circle}/members", {"member": Api("ATF").id})
    assert (stranger.status_code, stranger.json()["fields"][0]["code"]) == (422, "member_unknown")
    assert ana.send("post", "/circles", {"name": " "}).json()["code"] == "circle_incomplete"


def test_who_looked_names_the_emergency_session_and_its_reason(ana: Api, eva: Api, circle: str) -> None:
    number = restricted(ana, circle)
    watch = token_use(eva.secret, door=Door.API)
    assert watch is not None
    session = emergency_open(watch, reason=REASON, minutes=10)
    assert eva.send("get", f"/seizures/{number}").json()["level"] == "FULL"
    rows = ana.send("get", f"/access/{number}/looked").json()
    assert [(each["person"], each["emergency"], each["reason"]) for each in rows if each["emergency"]] == [
        ("FGR eva", session, REASON)
    ]
