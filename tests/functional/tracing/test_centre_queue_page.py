"""The centre's queue in the browser: what waits, since when, for whom; narrowed; and nobody else's."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from cotrace.foundation import clock
from cotrace.tracing.rules.request_document import Priority
from cotrace.tracing.selectors import queue as queue_selectors
from tests.functional.tracing.centre import NOTE, new_trace, supervisor_client, taken, tracer_client
from tests.support.pages import cast_exists, client_of, words_of
from tests.unit.tracing.builders import MAKER, WHOLESALER
from tests.usecases.tracing.world import centre_exists, register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db) -> None:
    cast_exists()
    centre_exists()


def test_the_queue_says_what_each_trace_is_and_what_it_waits_for(stopped_clock) -> None:
    register(WHOLESALER)
    with clock.frozen_at(stopped_clock - timedelta(days=3, hours=5)):
        number = new_trace()
    client = tracer_client()
    words = words_of(client.get("/centre/"))
    assert "1 trace" in words
    for shown in (number, "ABC-1234", "Sierra Arms S17, 9MM", "3 days", "FGE-SON", "nobody"):
        assert shown in words
    assert "Maker or importer not in the register" in words
    taken(number, client)
    assert "me" in words_of(client.get("/centre/")).split()
    assert "Ana Ruiz" in words_of(supervisor_client().get("/centre/"))


def test_the_queue_names_the_licensee_that_a_trace_waits_about() -> None:
    register(MAKER)
    desk = taken(new_trace())
    desk.answer("shipped_to", detail__licensee__number=WHOLESALER.number)
    page = desk.client.get("/centre/")
    assert f"Licensee not in the register: {WHOLESALER.number}" in words_of(page)


def test_urgent_traces_say_so_beside_their_age() -> None:
    new_trace("URG-1", priority=Priority.URGENT, justification="Shots were fired at officers today.")
    new_trace("ROU-1")
    client = tracer_client()
    assert "Urgent, 0 minutes" in words_of(client.get("/centre/"))
    urgent = words_of(client.get("/centre/?priority=urgent"))
    assert "URG-1" in urgent and "ROU-1" not in urgent and "Priority: Urgent" in urgent


def test_a_closed_row_is_found_by_its_status_only() -> None:
    register()
    number = new_trace()
    desk = taken(number)
    desk.answer("not_in_records", detail__reason="not_found")
    words = words_of(desk.client.get("/centre/?status=concluded"))
    assert number in words and "Concluded, not released" in words
    supervisor = supervisor_client()
    supervisor.post(f"{desk.address}/release", {"version": desk.version()})
    assert number not in words_of(desk.client.get("/centre/"))
    assert number in words_of(desk.client.get("/centre/?status=released"))


def test_ones_own_traces_and_those_a_licensee_is_asked_about_are_found() -> None:
    register()
    mine, other = new_trace("MINE-1"), new_trace("OTHER-1")
    client = tracer_client()
    taken(mine, client)
    words = words_of(client.get("/centre/?mine=on"))
    assert mine in words and other not in words
    asked = words_of(client.get(f"/centre/?licensee={MAKER.number.replace('-', '')}"))
    assert mine in asked and other in asked and f"Asked now: {MAKER.number}" in asked
    assert "No trace fits this filter" in words_of(client.get(f"/centre/?licensee={WHOLESALER.number}"))


def test_a_filter_that_makes_no_sense_says_so_at_its_field() -> None:
    page = tracer_client().get("/centre/?licensee=nobody-1&status=open")
    assert page.status_code == 422
    assert "No licensee of that number is in the register." in words_of(page)
    assert tracer_client("Eva Sanz").get("/centre/?status=nonsense").status_code == 422


def test_each_filter_is_taken_away_by_its_own_chip() -> None:
    html = tracer_client().get("/centre/?status=inquiring&mine=on").content.decode()
    chips = re.findall(r'class="chip" href="([^"]+)"', html)
    assert chips == ["/centre/?mine=on", "/centre/?status=inquiring"]


def test_the_view_one_is_in_is_marked_and_counted() -> None:
    new_trace()
    html = tracer_client().get("/centre/?status=awaiting_tracer").content.decode()
    current = re.findall(r'<a href="([^"]+)" aria-current="page">.*?</a>', html, re.S)
    assert "/centre/?status=awaiting_tracer" in current


def test_a_long_queue_goes_on_page_by_page(monkeypatch) -> None:
    monkeypatch.setattr(queue_selectors, "PAGE_SIZE", 2)
    numbers = [new_trace(f"LONG-{place}") for place in range(3)]
    client = tracer_client()
    first = client.get("/centre/")
    onward = re.search(r'href="(/centre/\?at=[^"]+)" rel="next"', first.content.decode())
    assert onward and "2 shown of 3" in words_of(first)
    second = words_of(client.get(onward[1].replace("&amp;", "&")))
    assert [each for each in numbers if each in second] == numbers[2:]
    assert "First page" in second


def searched(client: Client, text: str, **said: str):
    """Post the filter as its form does and go where it leads."""
    return client.post("/centre/", {"text": text, **said}, follow=True)


@pytest.mark.parametrize("text", ["gl k-440", "sierra", "{number}"])
def test_a_trace_is_found_by_serial_licensee_or_number_and_the_words_stand_in_no_address(text: str) -> None:
    register()
    wanted = new_trace("GLK-440")
    register(MAKER, name="Sierra Arms")
    client = tracer_client()
    page = searched(client, text.format(number=wanted), status="inquiring")
    address = page.redirect_chain[-1][0]
    words = words_of(page)
    assert wanted in words and f"With: {text.format(number=wanted)}" in words and "Status:" in words
    assert re.fullmatch(r"/centre/\?s=[0-9a-f]{16}&status=inquiring", address)
    assert "No trace fits this filter" in words_of(searched(client, "nothing like it"))
    html = client.get(address).content.decode()
    assert re.findall(r'class="chip" href="([^"]+)"', html)[0] == "/centre/?status=inquiring"


def test_words_that_nobody_keeps_any_more_are_asked_for_again() -> None:
    number = new_trace("GLK-440")
    address = searched(tracer_client(), "GLK-440").redirect_chain[-1][0]
    words = words_of(tracer_client("Eva Sanz").get(address))
    assert "Those words are no longer kept. Ask for them again." in words and number in words
    assert number in words_of(tracer_client("Leo Paz").get("/centre/?text=XXXX"))


def test_a_finished_trace_is_one_step_from_a_search_that_found_nothing() -> None:
    register()
    desk = taken(new_trace("GLK-440"))
    desk.answer("not_in_records", detail__reason="not_found")
    supervisor_client().post(f"{desk.address}/release", {"version": desk.version()})
    page = searched(desk.client, "GLK-440")
    assert "No trace fits this filter" in words_of(page)
    onward = re.search(r'<a href="([^"]+)">Look through the finished ones too</a>', page.content.decode())
    assert onward
    assert desk.number in words_of(desk.client.get(onward[1].replace("&amp;", "&")))


def test_what_nobody_took_and_why_a_trace_waits_narrow_the_queue() -> None:
    mine, free = new_trace("MINE-1"), new_trace("FREE-1")
    client = tracer_client()
    taken(mine, client)
    register(MAKER, is_held=True)
    held = new_trace("HELD-1")
    words = words_of(client.get("/centre/?unassigned=on"))
    assert free in words and held in words and mine not in words and "Not taken yet" in words
    words = words_of(client.get("/centre/?reason=contact_hold"))
    assert held in words and free not in words and "Waits for: Contact hold" in words
    assert client.get("/centre/?reason=nonsense").status_code == 422
    assert client.post("/centre/", {"reason": "nonsense"}).status_code == 422


def test_an_empty_queue_says_so() -> None:
    assert "Nothing is waiting" in words_of(tracer_client().get("/centre/"))


def test_the_queue_is_the_centres_and_its_tracers_alone() -> None:
    number = new_trace()
    assert client_of("ATF", name="Leo Paz", roles=("analyst",)).get("/centre/").status_code == 403
    other = client_of("FGR", roles=("tracing_supervisor",)).get("/centre/")
    assert other.status_code == 200 and number not in other.content.decode()
    assert Client().get("/centre/").status_code == 302


def test_only_who_may_is_led_there() -> None:
    assert 'href="/centre/"' in tracer_client().get("/").content.decode()
    page = client_of("ATF", name="Leo Paz", roles=("analyst",)).get("/").content.decode()
    assert 'href="/centre/"' not in page and 'href="/centre/licensees/"' not in page


def test_the_number_of_questions_does_not_grow_with_the_queue(django_assert_max_num_queries) -> None:
    client = tracer_client()

    def asked() -> int:
        with django_assert_max_num_queries(60) as counted:
            client.get("/centre/")
        return len(counted)

    new_trace("Q-1")
    asked()
    few = asked()
    for place in range(2, 6):
        new_trace(f"Q-{place}")
    assert asked() == few


def test_a_note_of_a_colleague_is_not_in_the_queue() -> None:
    register(WHOLESALER, MAKER)
    desk = taken(new_trace())
    desk.answer("not_in_records", detail__reason="not_found", other0__gun__make="Otra Fábrica")
    desk.act("accept", note=NOTE)
    assert NOTE not in desk.client.get("/centre/?status=concluded").content.decode()


def test_every_view_of_the_queue_says_how_many_it_has() -> None:
    new_trace("URG-1", priority=Priority.URGENT, justification="Shots were fired at officers today.")
    mine = new_trace("ROU-1")
    client = tracer_client()
    taken(mine, client)
    words = words_of(client.get("/centre/"))
    views = "Not finished 2 Mine 1 Nobody's 1 Waiting for a tracer 2 Being asked 0 To release 0 Urgent 1"
    assert views in words
    assert words.index("URG-1") < words.index("ROU-1")


def test_what_is_urgent_stands_above_what_is_older() -> None:
    with clock.frozen_at(clock.now() - timedelta(days=3)):
        older = new_trace("ROU-1")
    urgent = new_trace("URG-1", priority=Priority.URGENT, justification="Shots were fired at officers today.")
    words = words_of(tracer_client().get("/centre/"))
    assert words.index(urgent) < words.index(older)
