"""An answer taken by telephone: every kind has its form, reads in words, and is never lost."""

import re

import pytest

from cotrace.tracing.models import Inquiry, Trace
from cotrace.tracing.selectors import register as register_selectors
from tests.functional.tracing.centre import (
    BUYER,
    at,
    new_trace,
    shipped_to,
    supervisor_client,
    taken,
    tracer_client,
)
from tests.support.pages import cast_exists, words_of
from tests.unit.tracing.builders import DEALER, OTHER_WHOLESALER, WHOLESALER
from tests.usecases.tracing.world import centre_exists, register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db) -> None:
    cast_exists()
    centre_exists()


ANSWERS: list[tuple[str, dict[str, str], str, str]] = [
    ("not_in_records", {"detail__reason": "retention_passed"}, "M3", "The time for keeping the record has passed."),
    ("record_incomplete", {"detail__reason": "destroyed"}, "M4", "The record was destroyed."),
    (
        "stolen_or_lost",
        {"detail__place": "shipment", "detail__discovered_on": "2023-01-20", "detail__report_reference": "TL-9"},
        "D4",
        "Reported stolen or lost: On the way to another licensee. Discovered on 20 Jan 2023.",
    ),
    ("exported", {"detail__country": "GT", "detail__exported_on": "2023-01-20"}, "X1", "Exported to Guatemala on 20 Jan 2023."),
    (
        "sold_to_agency",
        {"detail__agency_kind": "military", "detail__agency_name": "National Guard"},
        "G2",
        "Sold to National Guard (a military force); the day is not stated.",
    ),
    (
        "several_guns",
        {"other0__gun__model": "S17", "other2__gun__model": "S19"},
        "M2",
        "It could be: S19",
    ),
]


def test_answers_by_telephone_lead_from_the_maker_to_the_purchaser() -> None:
    register()
    desk = taken(new_trace())
    desk.answer(**shipped_to(WHOLESALER), detail__invoice="INV-7", acquisition__acquired_on="2023-01-10")
    words = words_of(desk.page())
    assert "Shipped to Plains Supply (5-74-000-01-9A-00002) on 1 Feb 2023, invoice INV-7." in words
    assert "Came in On 10 Jan 2023" in words and "Entered by Ana Ruiz" in words
    desk.answer(**shipped_to(DEALER, "2023-02-10"))
    done = desk.answer("sold_to_purchaser", detail__sold_on="2023-06-15", **BUYER)
    assert done["Location"] == desk.address
    words = words_of(desk.page())
    assert "The trace ended: P1 · Purchaser identified" in words
    assert "9 days" in words and "125 days" in words
    assert "219 days (7 months to under 1 year), short" in words


@pytest.mark.parametrize(("kind", "said", "outcome", "words"), ANSWERS, ids=[each[0] for each in ANSWERS])
def test_every_kind_of_answer_can_be_entered_and_reads_in_words(kind, said, outcome, words) -> None:
    register()
    desk = taken(new_trace())
    response = desk.answer(kind, **said)
    assert response.status_code == 302, words_of(response)
    assert Trace.objects.get(pk=desk.number).outcome == outcome
    assert words in words_of(desk.page())


def test_each_kind_of_answer_has_its_own_form() -> None:
    register()
    desk = taken(new_trace())
    for kind, field in (
        ("shipped_to", "detail__licensee__number"),
        ("sold_to_purchaser", "detail__purchaser__family_names"),
        ("exported", "detail__country"),
        ("several_guns", "other2__gun__model"),
        ("nonsense", "detail__licensee__number"),
    ):
        assert f'name="{field}"' in desk.client.get(f"{desk.address}/answer?kind={kind}").content.decode()


def test_more_rows_for_guns_keep_what_was_typed() -> None:
    register()
    desk = taken(new_trace())
    html = desk.answer("several_guns", other0__gun__make="Sierra", rows="3", more="1").content.decode()
    assert 'name="other5__gun__make"' in html and 'value="Sierra"' in html
    assert Inquiry.objects.get().state == "open"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"detail__shipped_on": "03/04/2023"}, "This date can be read in two ways. Write it as YYYY-MM-DD."),
        ({"detail__licensee__number": "123"}, "This is not a licence number. Write it as 5-74-000-01-9A-00008."),
        ({"detail__shipped_on": "2190-01-01"}, "This date lies in the future."),
        ({"acquisition__acquired_on": "2190-01-01"}, "This date lies in the future."),
        ({"detail__licensee__number": ""}, "Please fill in this field."),
        ({"acquisition__supplier__name": "Somebody"}, "Please fill in this field."),
    ],
)
def test_an_answer_that_cannot_be_read_says_where_and_changes_nothing(said, problem) -> None:
    register()
    desk = taken(new_trace())
    before = desk.version()
    response = desk.answer(**{**shipped_to(WHOLESALER), **said})
    assert response.status_code == 422
    assert problem in words_of(response)
    assert DEALER.number not in words_of(response)
    assert (desk.version(), Inquiry.objects.get().state) == (before, "open")


def test_an_answer_meant_for_an_inquiry_that_was_answered_meanwhile_is_kept_and_not_entered() -> None:
    register()
    first, number = tracer_client(), new_trace()
    desk = taken(number, first)
    seen, inquiry = desk.version(), Inquiry.objects.get().pk
    desk.answer(**shipped_to(WHOLESALER))
    late = first.post(
        f"{desk.address}/answer?kind=shipped_to",
        {**shipped_to(OTHER_WHOLESALER), "version": seen, "inquiry": inquiry},
    )
    assert late.status_code == 409
    assert OTHER_WHOLESALER.number in late.content.decode()
    assert "This inquiry no longer waits for an answer from you." in words_of(late)
    assert ">Enter the answer<" not in late.content.decode()
    assert Inquiry.objects.count() == 2


def test_an_answer_typed_while_a_hold_was_set_can_be_entered_once_more() -> None:
    register()
    desk = taken(new_trace())
    seen = desk.version()
    at(supervisor_client(), desk.number).act("hold", is_held="on")
    kept = desk.answer(**shipped_to(WHOLESALER), version=seen)
    assert kept.status_code == 409 and "The same inquiry still waits." in words_of(kept)
    assert f'name="version" value="{desk.version()}"' in kept.content.decode()
    assert desk.answer(**shipped_to(WHOLESALER)).status_code == 302


def test_the_same_is_said_in_spanish() -> None:
    register()
    desk = taken(new_trace())
    sent = {**shipped_to(WHOLESALER, "2190-01-01"), "detail__licensee__number": "123", "version": desk.version()}
    sent["inquiry"] = Inquiry.objects.get().pk
    page = desk.client.post(f"{desk.address}/answer?kind=shipped_to", sent, headers={"Accept-Language": "es"})
    words = words_of(page)
    assert page.status_code == 422 and "La fecha es futura." in words and "No es un número de licencia." in words


def typed(html: str) -> dict[str, str]:
    """Return what the fields of a drawn form hold, as a browser would send it."""
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", html):
        named = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        if "name" in named and named.get("type") not in ("radio", "checkbox", "submit"):
            found[named["name"]] = named.get("value", "")
    return found


def test_changing_the_kind_of_answer_keeps_what_was_typed_and_enters_nothing() -> None:
    register()
    desk = taken(new_trace())
    before = desk.version()
    said = {**shipped_to(WHOLESALER), "kind": "sold_to_purchaser", "gun__make": "Glock", "acquisition__acquired_on": "2023-01-10"}
    sold = typed(desk.answer(**said, switch="1").content.decode())
    assert (sold["gun__make"], sold["acquisition__acquired_on"]) == ("Glock", "2023-01-10")
    sold |= {"detail__purchaser__family_names": "Ortega"}
    guns = typed(desk.client.post(f"{desk.address}/answer?kind=several_guns", {**sold, "switch": "1"}).content.decode())
    guns |= {"other1__gun__model": "S19"}
    back = desk.client.post(f"{desk.address}/answer?kind=shipped_to", {**guns, "switch": "1"}).content.decode()
    shown = typed(back)
    assert shown["detail__licensee__number"] == WHOLESALER.number and shown["gun__make"] == "Glock"
    assert shown["detail__purchaser__family_names"] == "Ortega" and shown["other1__gun__model"] == "S19"
    assert 'aria-current="true">Shipped to another licensee<' in back
    assert (desk.version(), Inquiry.objects.get().state) == (before, "open")
    del shown["csrfmiddlewaretoken"]
    assert desk.client.post(f"{desk.address}/answer?kind=shipped_to", shown).status_code == 302
    answer = Inquiry.objects.get(hop=1).answer
    assert "purchaser" not in answer["detail"] and "candidates" not in answer["detail"]


def test_the_key_enter_sends_the_answer_and_changes_no_kind() -> None:
    register()
    desk = taken(new_trace())
    html = desk.client.get(f"{desk.address}/answer").content.decode()
    buttons = re.findall(r"<button\b[^>]*>", html[html.index("answer-form") :])
    assert "name=" not in buttons[0] and "formaction" not in buttons[0]


def test_a_licence_number_is_chosen_from_the_register_where_that_can_be_looked_through(monkeypatch) -> None:
    register()
    desk = taken(new_trace())
    html = desk.client.get(f"{desk.address}/answer").content.decode()
    assert f'<option value="{WHOLESALER.number}">{WHOLESALER.name}</option>' in html
    assert re.search(r'<input[^>]*name="detail__licensee__number"[^>]*list="register"', html)
    monkeypatch.setattr(register_selectors, "MOST_OFFERED", 2)
    assert "<option value=\"" + WHOLESALER.number not in desk.client.get(f"{desk.address}/answer").content.decode()
