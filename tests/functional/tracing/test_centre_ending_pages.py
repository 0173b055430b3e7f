"""How a trace ends: by hand, released, withheld; and the purchaser, shown as an act of its own only."""

import pytest
from django.test import Client

from cotrace.audit.models import AuditEvent
from cotrace.foundation import outbox
from cotrace.tracing.models import ReleasedResult, Trace
from tests.functional.tracing.centre import (
    GROUND,
    Desk,
    at,
    new_trace,
    sold,
    status,
    supervisor_client,
    taken,
)
from tests.support.pages import cast_exists, words_of
from tests.support.sign_in import signed_in
from tests.support.world import member
from tests.usecases.tracing.world import SURNAME, centre_exists, register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db) -> None:
    cast_exists()
    centre_exists()


def test_a_waiting_trace_is_ended_with_an_outcome_of_the_table() -> None:
    desk = taken(new_trace())
    page = desk.client.get(f"{desk.address}/conclude")
    words = words_of(page)
    assert "I1" in words and "Maker or model cannot be determined" in words
    assert "Last point reached" in words and 'value="P1"' not in page.content.decode()
    assert desk.act("conclude").status_code == 422
    assert desk.act("conclude", outcome="P1").status_code == 422
    desk.act("conclude", outcome="I1")
    assert (status(desk.number), Trace.objects.get().outcome) == ("concluded", "I1")
    assert desk.client.get(f"{desk.address}/conclude")["Location"] == desk.address


def test_a_release_says_who_gets_what_and_sends_it() -> None:
    register()
    desk = taken(new_trace())
    sold(desk)
    assert "Release the result" not in words_of(desk.page())
    assert desk.act("release").status_code == 403
    supervisor = at(supervisor_client(), desk.number)
    assert "Release the result" in words_of(supervisor.page())
    page = supervisor.client.get(f"{desk.address}/release")
    words = words_of(page)
    for said in ("FGE-SON · Sonora Attorney General's Office, for its case CI-2024/118", "P1 · Purchaser identified",
                 "The dealer: Paso Guns", "The purchaser, by name", "cannot be called back"):
        assert said in words
    assert SURNAME not in page.content.decode()
    done = supervisor.act("release", follow=True)
    assert "Released to the one who asked." in done.content.decode()
    assert (status(desk.number), ReleasedResult.objects.count()) == ("released", 1)
    outbox.drain()
    assert supervisor.act("release").status_code == 409


def test_who_entered_an_answer_is_told_that_another_person_releases() -> None:
    register()
    desk = taken(new_trace(), supervisor_client())
    sold(desk)
    words = words_of(desk.page())
    assert "Another person must release it." in words and "Release the result" not in words
    assert "Withhold the result" in words
    assert desk.client.get(f"{desk.address}/release")["Location"] == desk.address
    refused = desk.act("release")
    assert refused.status_code == 409 and "Another person must release it." in words_of(refused)
    assert at(supervisor_client("Eva Sanz"), desk.number).act("release").status_code == 302


def test_a_stale_release_sends_nothing() -> None:
    register()
    desk = taken(new_trace())
    sold(desk)
    supervisor = at(supervisor_client(), desk.number)
    stale = supervisor.version()
    desk.act("leave")
    refused = supervisor.act("release", version=stale)
    assert refused.status_code == 409 and "nothing was done" in words_of(refused)
    assert supervisor.client.post(f"{desk.address}/release", {}).status_code == 409
    assert not ReleasedResult.objects.exists()


def test_withholding_asks_for_its_ground_and_is_shown_with_it() -> None:
    register()
    desk = taken(new_trace())
    sold(desk)
    supervisor = at(supervisor_client(), desk.number)
    assert "comes up for review in 7 days" in words_of(supervisor.client.get(f"{desk.address}/withhold"))
    short = supervisor.act("withhold", ground="because")
    assert short.status_code == 422 and "because" in short.content.decode()
    stale = supervisor.version() - 1
    kept = supervisor.act("withhold", ground=GROUND, version=stale)
    assert kept.status_code == 409 and GROUND in kept.content.decode()
    supervisor.act("withhold", ground=GROUND)
    words = words_of(supervisor.page())
    assert f"Ground: {GROUND}" in words and "To be reviewed by" in words
    assert GROUND in words_of(supervisor.client.get(f"{desk.address}/release"))


def pages_of(desk: Desk) -> dict[str, bytes]:
    """Return the bytes of every page about a trace but the purchaser's own."""
    around = ("", "/pulse", "/release", "/withhold", "/conclude", "/answer", "/answer?kind=sold_to_purchaser")
    found = {each: desk.client.get(f"{desk.address}{each}", follow=True).content for each in around}
    return found | {"queue": desk.client.get("/centre/?status=concluded").content}


def test_the_purchaser_is_in_no_page_before_the_act_that_shows_it() -> None:
    register()
    desk = taken(new_trace())
    sold(desk)
    supervisor = at(supervisor_client(), desk.number)
    for person in (desk, supervisor):
        assert [name for name, page in pages_of(person).items() if SURNAME.encode() in page or b"Avery" in page] == []
    asked = supervisor.client.get(f"{desk.address}/purchaser")
    assert SURNAME not in asked.content.decode()
    assert not AuditEvent.objects.filter(action="trace.purchaser_shown").exists()
    shown = supervisor.client.post(f"{desk.address}/purchaser")
    assert f"{SURNAME}" in words_of(shown) and "Your look is on record" in words_of(shown)
    assert shown["Cache-Control"] == "no-store"
    assert AuditEvent.objects.get(action="trace.purchaser_shown").subject == desk.number
    assert SURNAME.encode() not in supervisor.page().content


def test_the_purchaser_is_shown_to_nobody_without_its_permission() -> None:

    register()
    desk = taken(new_trace())
    sold(desk)
    plain = signed_in(Client(), member("ATF", name="plain", permissions=["trace.work"]))
    assert plain.get(f"{desk.address}/purchaser").status_code == 403
    assert plain.post(f"{desk.address}/purchaser").status_code == 403
    assert "See the purchaser" not in words_of(plain.get(desk.address))


def test_a_trace_without_purchaser_has_no_such_page() -> None:
    register()
    desk = taken(new_trace())
    assert desk.client.get(f"{desk.address}/purchaser").status_code == 404
    assert desk.client.post(f"{desk.address}/purchaser").status_code == 404
