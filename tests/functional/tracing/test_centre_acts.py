"""Whom the centre's routes let in, and that a page offers exactly the acts that are possible."""

import re
from datetime import timedelta

import pytest

from cotrace.foundation import clock
from cotrace.tracing.subscribers import wake_inquiries
from tests.functional.tracing.centre import (
    GROUND,
    NOTE,
    Desk,
    at,
    new_trace,
    shipped_to,
    supervisor_client,
    taken,
)
from tests.support.pages import cast_exists, client_of
from tests.unit.tracing.builders import MAKER, WHOLESALER
from tests.usecases.tracing.world import centre_exists, register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db) -> None:
    cast_exists()
    centre_exists()


NOWHERE = "TC-TEST-0000-0000-0000"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def plain(response: object) -> str:
    """Return a page without the token of its forms, which differs each time."""
    return TOKEN.sub("", response.content.decode())  # type: ignore[attr-defined]


ROUTES = (
    ("get", ""), ("get", "/pulse"), ("get", "/purchaser"), ("post", "/purchaser"), ("post", "/take"), ("post", "/leave"),
    ("post", "/accept"), ("post", "/continue"), ("post", "/start"), ("get", "/answer"), ("post", "/answer"),
    ("get", "/correct?step=1"), ("post", "/correct?step=1"),
    ("post", "/ask-again"), ("get", "/conclude"), ("post", "/conclude"), ("post", "/hold"), ("get", "/release"),
    ("post", "/release"), ("get", "/withhold"), ("post", "/withhold"),
)  # fmt: skip


@pytest.mark.parametrize("agency", ["FGE-SON", "PD-EP"])
@pytest.mark.parametrize(("method", "route"), ROUTES)
def test_another_agency_gets_the_answer_for_what_is_not_there(agency: str, method: str, route: str) -> None:
    register()
    number = new_trace()
    stranger = client_of(agency)
    sent = {"version": 1, "note": NOTE, "ground": GROUND, "outcome": "I1", "other": MAKER.number, **shipped_to(WHOLESALER)}
    there = getattr(stranger, method)(f"/centre/traces/{number}{route}", sent)
    nowhere = getattr(stranger, method)(f"/centre/traces/{NOWHERE}{route}", sent)
    assert there.status_code == nowhere.status_code == 404
    assert plain(there).replace(number, NOWHERE) == plain(nowhere)


@pytest.mark.parametrize(("method", "route"), ROUTES)
def test_who_does_not_work_for_the_centre_is_refused(method: str, route: str) -> None:
    number = new_trace()
    analyst = client_of("ATF", name="Leo Paz", roles=("analyst",))
    assert getattr(analyst, method)(f"/centre/traces/{number}{route}").status_code == 403


OFFERED = {
    "waits_for_start": {"start", "conclude", "continue", "leave", "hold"},
    "inquiring": {"answer", "leave", "hold"},
    "waits_for_answer": {"answer", "ask-again", "accept", "conclude", "leave", "hold"},
    "held": {"hold", "leave", "conclude"},
    "concluded": {"release", "withhold", "leave"},
    "withheld": {"release", "leave"},
    "released": set(),
}


def brought_to(state: str, act: str = "") -> Desk:
    """Bring a trace into one of the states of OFFERED; return the supervisor who is at it then."""
    if state != "waits_for_start":
        register()
    elif act == "start":
        register(WHOLESALER)
    number = new_trace(**({"special_instructions": "Read this first."} if state == "held" else {}))
    supervisor = at(supervisor_client(), number)
    if state in {"concluded", "withheld", "released"}:
        taken(number).answer("record_incomplete", detail__reason="destroyed")
    else:
        supervisor.act("take")
    if state == "waits_for_answer":
        with clock.frozen_at(clock.now() + timedelta(hours=25)):
            wake_inquiries()
    if state == "withheld":
        supervisor.act("withhold", ground=GROUND)
    if state == "released":
        supervisor.act("release")
    return supervisor


@pytest.mark.parametrize("state", OFFERED)
def test_exactly_the_acts_that_are_possible_are_offered(state: str) -> None:
    desk = brought_to(state)
    html = desk.page().content.decode()
    acts = {"take", "leave", "start", "accept", "continue", "answer", "ask-again", "conclude", "hold", "release", "withhold"}
    assert {act for act in acts if f'{desk.address}/{act}"' in html} == OFFERED[state]


SAID = {"note": NOTE, "ground": GROUND, "outcome": "I1", "other": MAKER.number}


@pytest.mark.parametrize(("state", "act"), [(state, act) for state, acts in OFFERED.items() for act in sorted(acts)])
def test_an_offered_act_is_not_refused(state: str, act: str) -> None:
    desk = brought_to(state, act)
    said = {**SAID, "other": WHOLESALER.number}
    done = desk.answer(**shipped_to(WHOLESALER)) if act == "answer" else desk.act(act, **said)
    assert (done.status_code, done["Location"]) == (302, desk.address)
