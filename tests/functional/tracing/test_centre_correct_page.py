"""Correcting a wrong answer in the browser: offered to its tracer, filled, kept on conflict, the old one to be read."""

import re

import pytest

from cotrace.tracing.models import EarlierAnswer, Trace
from tests.functional.tracing.centre import (
    BUYER,
    GROUND,
    at,
    new_trace,
    shipped_to,
    sold,
    status,
    supervisor_client,
    taken,
    tracer_client,
)
from tests.support.pages import cast_exists, words_of
from tests.unit.tracing.builders import DEALER, OTHER_WHOLESALER, WHOLESALER
from tests.usecases.tracing.world import SURNAME, centre_exists, register

pytestmark = pytest.mark.django_db
WHY = "The number was read out wrongly."


@pytest.fixture(autouse=True)
def world(db) -> None:
    cast_exists()
    centre_exists()
    register()
    register(OTHER_WHOLESALER)


def correct(desk, step: int, kind: str, *, version: int | None = None, **said: object):
    inquiry = Trace.objects.get(pk=desk.number).inquiries.get(hop=step, superseded_at=None)
    sent = {"version": desk.version() if version is None else version, "inquiry": inquiry.pk, "note": WHY, **said}
    return desk.client.post(f"{desk.address}/correct?step={step}&kind={kind}", sent)


def test_a_wrong_answer_is_corrected_and_the_page_keeps_the_old_one() -> None:
    desk = taken(new_trace())
    desk.answer(**shipped_to(OTHER_WHOLESALER))
    where = f"{desk.address}/correct?step=1"
    assert f'href="{where}"' in desk.page().content.decode()
    form = desk.client.get(where)
    html = form.content.decode()
    assert f'value="{OTHER_WHOLESALER.number}"' in html and 'value="2023-02-01"' in html
    assert "What was wrong" in words_of(form)
    done = correct(desk, 1, **shipped_to(WHOLESALER, "2023-02-03"))
    assert (done.status_code, done["Location"]) == (302, desk.address)
    page = desk.page()
    assert "The answer was corrected and the trace went on from there." in page.content.decode()
    words = words_of(page)
    assert f"Corrected answer Shipped to {OTHER_WHOLESALER.name} ({OTHER_WHOLESALER.number}) on 1 Feb 2023." in words
    assert WHY in words and "Corrected by Ana Ruiz" in words and "Counts no more" in words
    assert f"{WHOLESALER.name} ({WHOLESALER.number}) is to be asked by telephone" in words


def test_a_concluded_trace_offers_it_and_the_purchaser_is_not_shown_by_the_way() -> None:
    desk = taken(new_trace())
    sold(desk)
    html = desk.client.get(f"{desk.address}/correct?step=3").content.decode()
    assert SURNAME not in html and 'name="detail__purchaser__family_names"' in html and 'value="2023-06-15"' in html
    assert correct(desk, 3, "not_in_records", detail__reason="not_found").status_code == 302
    words = words_of(desk.page())
    assert "The trace ended: D1" in words and "Purchaser Not named" in words
    assert "Corrected answer Sold to a private buyer on 15 Jun 2023." in words and SURNAME not in words


def test_guns_that_were_described_come_back_in_their_rows() -> None:
    desk = taken(new_trace())
    desk.answer("several_guns", other0__gun__model="S17", other2__gun__model="S19")
    html = desk.client.get(f"{desk.address}/correct?step=1").content.decode()
    assert re.search(r'name="other0__gun__model"[^>]*value="S17"|value="S17"[^>]*name="other0__gun__model"', html)
    assert re.search(r'name="other1__gun__model"[^>]*value="S19"|value="S19"[^>]*name="other1__gun__model"', html)
    more = correct(desk, 1, "several_guns", other0__gun__make="Sierra", rows="3", more="1").content.decode()
    assert 'name="other5__gun__make"' in more and "Sierra" in more and not EarlierAnswer.objects.exists()


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"note": ""}, "Please fill in this field."),
        ({"note": "typo"}, "10"),
        ({"detail__shipped_on": "03/04/2023"}, "This date can be read in two ways."),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_corrected(said, problem) -> None:
    desk = taken(new_trace())
    desk.answer(**shipped_to(OTHER_WHOLESALER))
    page = correct(desk, 1, **{**shipped_to(WHOLESALER), **said})
    assert page.status_code == 422 and problem in words_of(page)
    assert WHOLESALER.number in page.content.decode() and not EarlierAnswer.objects.exists()


def test_what_was_typed_is_kept_where_the_trace_changed_meanwhile() -> None:
    desk = taken(new_trace())
    desk.answer(**shipped_to(OTHER_WHOLESALER))
    seen = desk.version()
    at(supervisor_client(), desk.number).act("hold", is_held="on")
    kept = correct(desk, 1, version=seen, **shipped_to(WHOLESALER))
    html = kept.content.decode()
    assert kept.status_code == 409 and "The trace has changed since you opened it" in words_of(kept)
    assert WHOLESALER.number in html and WHY in html and f'name="version" value="{desk.version()}"' in html
    assert correct(desk, 1, **shipped_to(WHOLESALER)).status_code == 302


def test_a_colleague_takes_a_concluded_trace_to_correct_it_and_another_releases_it() -> None:
    desk = taken(new_trace())
    desk.answer("not_in_records", detail__reason="not_found")
    eva = at(tracer_client("Eva Sanz"), desk.number)
    assert "/correct?step" not in eva.page().content.decode()
    desk.act("leave")
    assert "Take it to correct an answer" in words_of(eva.page())
    eva.act("take")
    assert correct(eva, 1, **shipped_to(WHOLESALER)).status_code == 302
    eva.answer(**shipped_to(DEALER, "2023-02-10"))
    eva.answer("sold_to_purchaser", detail__sold_on="2023-06-15", **BUYER)
    words = words_of(eva.page())
    assert "Entered by Ana Ruiz" in words and "Corrected by Eva Sanz" in words
    at(supervisor_client(), desk.number).act("release")
    assert status(desk.number) == "released"
    html = eva.page().content.decode()
    assert "/correct?step" not in html and "Take it to correct" not in html
    assert correct(eva, 3, "not_in_records", detail__reason="not_found").status_code == 409


def test_that_a_result_was_withheld_before_is_said_where_it_is_released() -> None:
    desk = taken(new_trace())
    desk.answer("not_in_records", detail__reason="not_found")
    supervisor = at(supervisor_client(), desk.number)
    supervisor.act("withhold", ground=GROUND)
    correct(desk, 1, "exported", detail__country="GT")
    assert f"It was withheld before an answer was corrected, on this ground: {GROUND}" in words_of(supervisor.page())


@pytest.mark.parametrize("query", ["", "?step=9", "?step=x", "?step=²", "?step=-1", "?step=99999999"])
def test_an_address_that_names_no_such_step_leads_back_to_the_trace(query: str) -> None:
    desk = taken(new_trace())
    desk.answer(**shipped_to(WHOLESALER))
    assert desk.client.get(f"{desk.address}/correct{query}")["Location"] == desk.address
    assert desk.client.post(f"{desk.address}/correct{query}", {})["Location"] == desk.address


def test_another_kind_of_answer_keeps_the_reason_and_what_was_typed() -> None:
    desk = taken(new_trace())
    desk.answer(**shipped_to(OTHER_WHOLESALER))
    html = correct(desk, 1, "exported", gun__make="Glock", detail__invoice="INV-9", switch="1").content.decode()
    assert WHY in html and 'value="Glock"' in html
    assert '<input type="hidden" name="detail__invoice" value="INV-9">' in html
    assert not EarlierAnswer.objects.exists()
