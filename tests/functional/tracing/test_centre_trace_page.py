"""A trace on its tracer's page: what it waits for, the chain, the acts of two tracers, and how it is refreshed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from cotrace.agencies.models import Member
from cotrace.audit.models import AuditEvent
from cotrace.foundation import clock
from cotrace.tracing.models import Acceptance, Inquiry
from cotrace.tracing.subscribers import wake_inquiries
from tests.functional.tracing.centre import (
    NOTE,
    at,
    new_trace,
    shipped_to,
    status,
    supervisor_client,
    taken,
    tracer_client,
)
from tests.support.pages import cast_exists, words_of
from tests.support.sign_in import signed_in
from tests.unit.tracing.builders import DEALER, MAKER, WHOLESALER
from tests.usecases.tracing.world import centre_exists, document, register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db) -> None:
    cast_exists()
    centre_exists()


def test_the_page_says_which_gun_who_asks_and_what_comes_next() -> None:
    register()
    desk = at(tracer_client(), new_trace())
    words = words_of(desk.page())
    for shown in ("Sierra Arms S17, 9MM", "ABC-1234", "Sonora Attorney General's Office", "CI-2024/118"):
        assert shown in words
    assert f"Sierra Arms ({MAKER.number}) is to be asked by telephone" in words
    assert "Take the trace to work on it." in words
    assert "Enter an answer" not in words


def test_two_tracers_on_one_trace_cannot_undo_each_other() -> None:
    register(MAKER, WHOLESALER)
    number = new_trace()
    desk = taken(number)
    other = at(tracer_client("Eva Sanz"), number)
    words = words_of(other.page())
    assert "Taken by Ana Ruiz" in words and "Enter an answer" not in words
    refused = other.act("take")
    assert refused.status_code == 409
    assert "Ana Ruiz has taken this trace." in words_of(refused)
    assert other.answer(**shipped_to(WHOLESALER)).status_code == 409
    assert Inquiry.objects.get().state == "open"
    assert AuditEvent.objects.filter(outcome="refused:trace_taken_by_other", action="tracing:take").count() == 1
    desk.act("leave")
    assert other.act("take").status_code == 302


def test_a_note_written_on_a_stale_page_is_refused_and_not_lost() -> None:
    register(MAKER)
    desk = taken(new_trace())
    desk.answer("not_in_records", detail__reason="not_found", other0__gun__make="Otra Fábrica")
    stale = desk.version()
    at(supervisor_client(), desk.number).act("hold", is_held="on")
    kept = desk.act("accept", version=stale, note=NOTE)
    assert kept.status_code == 409
    words = words_of(kept)
    assert "The trace has changed since you opened it; nothing was done." in words
    assert f"What you had written: {NOTE}" in words
    assert f">\n{NOTE}</textarea>" in kept.content.decode()
    assert not Acceptance.objects.exists()


def test_a_contradiction_is_shown_and_accepted_with_a_note() -> None:
    register()
    desk = taken(new_trace())
    desk.answer(**shipped_to(WHOLESALER, "2023-02-01"))
    desk.answer(**shipped_to(DEALER, "2023-01-15"))
    words = words_of(desk.page())
    assert "Dates contradict each other" in words and "Records disagree" in words
    assert "By its record the gun left before it came here." in words
    assert f"The trace then goes to Paso Guns ({DEALER.number})." in words
    short = desk.act("accept", note="ok")
    assert short.status_code == 422 and not Acceptance.objects.exists()
    desk.act("accept", note=NOTE)
    words = words_of(desk.page())
    assert NOTE in words and "Let pass: Dates contradict each other" in words
    assert Inquiry.objects.count() == 3


def test_another_gun_under_the_serial_is_compared_before_the_trace_ends() -> None:
    register()
    desk = taken(new_trace())
    desk.answer("not_in_records", detail__reason="not_found", other0__gun__make="Otra Fábrica", other0__gun__model="X1")
    words = words_of(desk.page())
    assert "Under this serial the book has: Otra Fábrica X1" in words
    assert "The trace then ends: M1 · Serial not in the maker's or importer's records." in words


def test_a_start_is_chosen_among_several_or_named() -> None:
    twin = replace(MAKER, number="1-59-000-07-9A-77777", name="Sierra Arms")
    register(MAKER, twin, WHOLESALER)
    desk = taken(new_trace())
    words = words_of(desk.page())
    assert f"Sierra Arms ({twin.number})" in words and "Several licensees of that name" in words
    assert desk.act("start").status_code == 422
    assert desk.act("start", licensee=twin.number, other=WHOLESALER.number).status_code == 422
    unknown = desk.act("start", other="9-99-999-99-9Z-99999")
    assert unknown.status_code == 422 and "No licensee of that number is in the register." in words_of(unknown)
    desk.act("start", licensee=twin.number)
    assert Inquiry.objects.get().licensee == twin.number


def test_a_start_not_in_the_register_can_be_named_by_hand() -> None:
    register(WHOLESALER)
    desk = taken(new_trace())
    assert "nobody of the name that is marked on the gun, “Sierra Arms”" in words_of(desk.page())
    desk.act("start", other=WHOLESALER.number)
    assert Inquiry.objects.get().licensee == WHOLESALER.number


def test_looking_again_says_first_what_it_would_do() -> None:
    register(MAKER)
    desk = taken(new_trace())
    desk.answer(**shipped_to(WHOLESALER))
    words = words_of(desk.page())
    assert f"The gun went to {WHOLESALER.number}, which the register does not have." in words
    assert "As things stand, it would stop at the same place." in words
    assert "Next licensee" in words
    register(WHOLESALER)
    assert f"The trace then goes to Plains Supply ({WHOLESALER.number})." in words_of(desk.page())
    desk.act("continue")
    assert status(desk.number) == "inquiring"


def test_a_licensee_that_does_not_answer_is_asked_again_or_the_trace_ends(stopped_clock) -> None:
    register()
    desk = taken(new_trace())
    with clock.frozen_at(stopped_clock + timedelta(hours=25)):
        wake_inquiries()
        desk = at(signed_in(Client(), Member.objects.get(name="Ana Ruiz")), desk.number)
        words = words_of(desk.page())
        assert f"Sierra Arms ({MAKER.number}) gave no usable answer." in words
        assert "No answer came in the time that the law gives." in words
        assert "The trace then ends: N1 · A licensee did not answer." in words
        desk.act("ask-again")
        assert (status(desk.number), Inquiry.objects.get().state) == ("inquiring", "open")
    with clock.frozen_at(stopped_clock + timedelta(days=15)):
        wake_inquiries()
        desk = at(signed_in(Client(), Member.objects.get(name="Ana Ruiz")), desk.number)
        assert "Ask again" not in words_of(desk.page())


def test_while_a_hold_stands_on_its_licensee_nobody_is_told_to_call_it(stopped_clock) -> None:
    register()
    desk = taken(new_trace())
    assert "Whom to call" in words_of(desk.page())
    register(MAKER, is_held=True)
    words = words_of(desk.page())
    assert f"A contact hold stands: Sierra Arms ({MAKER.number}) is not asked before it is lifted." in words
    assert "Whom to call" not in words
    with clock.frozen_at(stopped_clock + timedelta(hours=25)):
        wake_inquiries()
    words = words_of(desk.page())
    assert "gave no usable answer" in words and "Ask again" not in words
    assert desk.act("ask-again").status_code == 409


def test_a_held_trace_shows_the_requesters_instructions_and_asks_nobody() -> None:
    register()
    number = new_trace(special_instructions="Do not contact the dealer: covert case.")
    tracer = taken(number)
    words = words_of(tracer.page())
    assert "Instructions of the requester: Do not contact the dealer: covert case." in words
    assert "Lift the contact hold" not in words and not Inquiry.objects.exists()
    assert tracer.act("hold").status_code == 403
    at(supervisor_client(), number).act("hold")
    assert Inquiry.objects.get().licensee == MAKER.number


def test_a_page_asks_whether_the_trace_moved_and_that_is_not_on_record() -> None:
    register()
    desk = taken(new_trace())
    html = desk.page().content.decode()
    seen = html.split("/pulse?seen=")[1].split('"')[0]
    before = AuditEvent.objects.count()
    quiet = desk.client.get(f"{desk.address}/pulse?seen={seen}", headers={"X-Cotrace-Poll": "1"})
    assert (quiet.status_code, quiet.content) == (204, b"")
    assert AuditEvent.objects.count() == before
    desk.answer(**shipped_to(WHOLESALER))
    moved = desk.client.get(f"{desk.address}/pulse?seen={seen}")
    assert moved.status_code == 200 and "Plains Supply" in words_of(moved)
    Inquiry.objects.filter(hop=2).update(tries=3)
    fresh = moved.content.decode().split("/pulse?seen=")[1].split('"')[0]
    assert desk.client.get(f"{desk.address}/pulse?seen={fresh}").status_code == 200


def test_a_trace_that_waits_is_not_asked_after() -> None:
    desk = taken(new_trace())
    assert "/pulse" not in desk.page().content.decode()


def test_a_second_request_for_the_gun_is_a_trace_of_its_own_and_told_apart() -> None:
    register()
    first, second = new_trace(), new_trace(agency="FGR")
    assert first != second
    desk = at(tracer_client(), second)
    words = words_of(desk.page())
    assert "FGR" in words and first not in words
    assert document().agency.case_number in words


def test_without_candidates_the_start_is_one_licensee_of_the_register_and_who_enters_one_is_said() -> None:
    number = new_trace()
    desk = taken(number)
    words = words_of(desk.page())
    assert "Licensee of the register (licence number)" in words and "Or another licensee" not in words
    assert "Ask a supervisor of the centre to enter the licensee in the register. Then choose “Look again”." in words
    spanish = words_of(desk.client.get(desk.address, HTTP_ACCEPT_LANGUAGE="es"))
    assert "Pida a una persona supervisora del centro que registre al licenciatario." in spanish
    assert "Licenciatario del registro (número de licencia)" in spanish
    assert "Ask a supervisor of the centre" not in words_of(at(supervisor_client(), number).page())


def test_beside_candidates_another_licensee_can_be_named() -> None:
    for each in (MAKER, replace(MAKER, number=WHOLESALER.number)):
        register(each)
    words = words_of(taken(new_trace()).page())
    assert "Or another licensee of the register (licence number)" in words
    assert "Ask a supervisor of the centre" not in words
