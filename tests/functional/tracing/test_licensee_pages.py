"""Licence numbers on the register's pages: checked, questioned, filled in from ATF's published list."""

import re
from pathlib import Path

import pytest

from cotrace.tracing.models import LicenseeEntry
from tests.functional.tracing.centre import new_trace, shipped_to, supervisor_client, taken, tracer_client
from tests.support.pages import cast_exists, words_of
from tests.unit.tracing.builders import DEALER, MAKER, WHOLESALER
from tests.usecases.tracing.listed import line, listing, loaded
from tests.usecases.tracing.world import centre_exists, register

pytestmark = pytest.mark.django_db

NEW = "/centre/licensees/new"
NUMBER = "5-74-141-01-9A-00044"
FORM = {"number": NUMBER, "role": "wholesaler", "reach": "public", "is_open": "on"}
LISTED = {"License_Name": "LINDERO HOLDINGS LLC", "Business_Name": "LINDERO ARMS"}


@pytest.fixture(autouse=True)
def world(stopped_clock) -> None:
    cast_exists()
    centre_exists()


@pytest.fixture
def published(tmp_path: Path) -> None:
    """The list has one licensee of Texas, under a number that expired since."""
    loaded(listing(tmp_path / "list.txt", line("5-74-141-01-5A-00044", **LISTED)))


@pytest.mark.parametrize(
    ("number", "language", "said"),
    [
        ("5-74-141-01-9I-00044", "en", "a digit and a letter from A to M other than I"),
        ("5-74-141-1-9A-00044", "en", "1, 2, 3, 2, 2 and 5 characters"),
        ("5-74-14l-01-9A-00044", "en", "Check O and 0, I and 1"),
        ("5-74-141-01-9I-00044", "es", "un dígito y una letra de la A a la M, sin la I"),
    ],
)
def test_a_number_written_as_a_federal_one_that_is_none_is_not_entered(number: str, language: str, said: str) -> None:
    page = supervisor_client().post(
        NEW, {**FORM, "number": number, "name": "Lindero"}, headers={"Accept-Language": language}
    )
    assert page.status_code == 422 and said in words_of(page)
    assert not LicenseeEntry.objects.exists()


def test_a_number_of_another_country_is_entered_and_asked_about() -> None:
    client = supervisor_client()
    page = client.post(NEW, {**FORM, "number": "SEDENA-4411", "name": "Armería Norte"}, follow=True)
    words = words_of(page)
    assert "The licensee is in the register." in page.content.decode() and "published list" not in words
    assert "This is not the number of a federal firearms licence" in words


def test_an_entry_with_a_number_from_before_is_still_changed() -> None:
    register(DEALER)
    LicenseeEntry.objects.update(number="5-74-141-01-9I-00003", number_key="574141019I00003")
    here = "/centre/licensees/5-74-141-01-9I-00003"
    changed = {**FORM, "number": "x", "name": "Paso Guns LLC", "version": "1"}
    assert supervisor_client().post(f"{here}/edit", changed).status_code == 302
    assert LicenseeEntry.objects.get().name == "Paso Guns LLC"


def test_a_licensee_page_says_what_its_number_means_and_what_is_doubtful() -> None:
    register(WHOLESALER, address="1 Gulf Rd, Ocala, FL 34474")
    words = words_of(tracer_client().get(f"/centre/licensees/{WHOLESALER.number}"))
    assert "Abbreviated number 5-74-00002" in words and "Region and district 5-74: TX" in words
    assert "Type of licence 01: Dealer in firearms" in words and "Licence expires 9A: January 2029" in words
    assert "By its number the licensee is in TX, by its address in FL." in words
    assert "as far as it was loaded here, does not have it" in words


def test_looking_a_number_up_fills_blanks_and_keeps_what_was_typed(published) -> None:
    typed = {**FORM, "name": "Typed with care", "names": "Lindero\nLindero Armory", "look_up": "yes"}
    page = supervisor_client().post(NEW, typed)
    html, words = page.content.decode(), words_of(page)
    assert page.status_code == 200 and not LicenseeEntry.objects.exists()
    assert 'value="Typed with care"' in html and "Lindero Armory" in html
    assert 'value="12 LINDERO RD, EL PASO, TX 79901"' in html and 'value="+1 915 555 0144"' in html
    assert '<option value="wholesaler" selected>' in html
    assert "Listed in the edition 2024-01." in words and "Name on the licence LINDERO HOLDINGS LLC" in words
    assert "Licence number 5-74-141-01-5A-00044" in words


def test_a_number_in_the_address_is_looked_up_at_once(published) -> None:
    html = supervisor_client().get(f"{NEW}?number={NUMBER}").content.decode()
    assert 'value="LINDERO ARMS"' in html and 'value="+1 915 555 0144"' in html


def test_looking_up_what_the_list_does_not_have_says_so() -> None:
    words = words_of(supervisor_client().post(NEW, {**FORM, "look_up": "yes"}))
    assert "does not have it" in words
    wrong = words_of(supervisor_client("Eva Sanz").post(NEW, {**FORM, "number": "5-74-141-01-9I-00044", "look_up": "yes"}))
    assert "other than I" in wrong


def test_an_entry_is_compared_with_the_list_and_its_blanks_are_filled(published) -> None:
    client = supervisor_client()
    client.post(NEW, {**FORM, "name": "Lindero Arms"})
    here = f"/centre/licensees/{NUMBER}"
    html = client.post(f"{here}/edit", {**FORM, "name": "Lindero Arms", "version": "1", "look_up": "yes"}).content.decode()
    assert 'value="Lindero Arms"' in html and 'value="+1 915 555 0144"' in html
    assert LicenseeEntry.objects.get().phone == ""
    assert "Listed in the edition 2024-01." in words_of(client.get(here))


def test_a_licensee_that_left_the_list_is_shown_as_not_in_its_newest_edition(published, tmp_path: Path) -> None:
    loaded(listing(tmp_path / "newer.txt", line("5-74-141-01-9A-00045")), "2025-02")
    client = supervisor_client()
    client.post(NEW, {**FORM, "name": "Lindero Arms"})
    words = words_of(client.get(f"/centre/licensees/{NUMBER}"))
    assert "Not in the newest edition: 2025-02 covers TX and does not list it any more." in words


def test_who_works_the_queue_may_not_look_up_for_an_entry() -> None:
    assert tracer_client().post(NEW, {**FORM, "look_up": "yes"}).status_code == 403


def test_a_licensee_that_a_trace_misses_is_entered_from_the_list_in_one_step(tmp_path: Path) -> None:
    register(MAKER)
    loaded(listing(tmp_path / "list.txt", line(WHOLESALER.number, Business_Name="PLAINS SUPPLY")))
    desk = taken(new_trace(), supervisor_client())
    desk.answer(**shipped_to(WHOLESALER))
    page = desk.page()
    words, html = words_of(page), page.content.decode()
    assert "In ATF's published list" in words and "PLAINS SUPPLY" in words and "Enter it as it is listed" in words
    sent = dict(_hidden(html))
    assert sent["number"] == WHOLESALER.number
    after = desk.client.post(f"{NEW}?number={WHOLESALER.number}&trace={desk.number}", sent, follow=True)
    assert after.redirect_chain[-1][0] == desk.address
    assert f"The trace then goes to PLAINS SUPPLY ({WHOLESALER.number})." in words_of(after)
    row = LicenseeEntry.objects.get(number=WHOLESALER.number)
    assert (row.phone, row.role, row.is_open) == ("+1 915 555 0144", "dealer", True)


def test_a_tracer_sees_the_published_entry_and_asks_a_supervisor_to_enter_it(tmp_path: Path) -> None:
    register(MAKER)
    loaded(listing(tmp_path / "list.txt", line(WHOLESALER.number, Business_Name="PLAINS SUPPLY")))
    desk = taken(new_trace())
    desk.answer(**shipped_to(WHOLESALER))
    words = words_of(desk.page())
    assert "PLAINS SUPPLY" in words and "Enter it as it is listed" not in words
    assert "Ask a supervisor of the centre to enter the licensee" in words


def _hidden(html: str) -> list[tuple[str, str]]:
    """Return the hidden fields of the form that enters what is listed."""
    form = next(each for each in html.split("<form")[1:] if "Enter it as it is listed" in each)
    found = re.findall(r'<input type="hidden" name="([a-z_]+)"(?: value="([^"]*)")?', form)
    return [(name, value) for name, value in found if name != "csrfmiddlewaretoken"]
