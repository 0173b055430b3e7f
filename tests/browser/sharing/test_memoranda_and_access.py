"""Memoranda are drafted and signed in the browser; who sees what, and why, reads in words; nothing is unclean."""

import pytest
from playwright.sync_api import expect

from cotrace.sharing.rules.levels import Level
from tests.support.browser import LOOKS, PHONE, WINDOWS, Visitor, faults
from tests.support.pages import cast_exists, seizure_exists
from tests.support.sign_in import member_exists
from tests.support.world import memorandum

pytestmark = pytest.mark.browser
WORDS = {
    "en": {
        "en": "Title in English", "es": "Title in Spanish", "other": "ATF", "level": "Seizures: what they see of ours",
        "tear": "the tear-line", "first": "First day", "review": "Review on", "write": "Write the draft",
        "sign": "Sign", "confirm": "Sign for", "force": "the memorandum is in force", "shown": "Tear-line",
    },
    "es": {
        "en": "Título en inglés", "es": "Título en español", "other": "ATF",
        "level": "Aseguramientos: lo que ven de lo nuestro", "tear": "el extracto difundible", "first": "Primer día",
        "review": "Revisión", "write": "Guardar el borrador", "sign": "Firmar", "confirm": "Firmar por",
        "force": "el memorando está en vigor", "shown": "Extracto difundible",
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def cast(site) -> None:
    cast_exists()


@WINDOWS
def test_a_memorandum_goes_from_draft_to_force_between_two_agencies(visit: Visitor, language: str, width: int) -> None:
    words = WORDS[language]
    seizure_exists("FGR")
    ours = visit("/agreements/new", member=member_exists("FGR"), language=language, width=width)
    ours.get_by_label(words["en"]).fill("Seizures")
    ours.get_by_label(words["es"]).fill("Aseguramientos")
    ours.get_by_label(words["other"]).check()
    ours.get_by_label(words["level"]).select_option(label=words["tear"])
    ours.get_by_label(words["first"]).fill("2026-01-01")
    ours.get_by_label(words["review"]).fill("2030-01-01")
    assert faults(ours) == []
    ours.get_by_role("button", name=words["write"]).click()
    here = ours.url.removeprefix(visit.site)

    theirs = visit(here, member=member_exists("ATF"), language=language, width=width)
    for page in (ours, theirs):
        assert faults(page) == []
        page.get_by_role("link", name=words["sign"], exact=True).click()
        assert faults(page) == []
        page.get_by_role("button", name=words["confirm"]).click()
    expect(theirs.locator(".messages")).to_contain_text(words["force"])
    assert faults(theirs) == []
    theirs.goto(f"{visit.site}/seizures/")
    expect(theirs.locator("tbody")).to_contain_text(words["shown"])


def test_ending_asks_first_and_can_be_left_without_harm(visit: Visitor) -> None:
    number = memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    page = visit(f"/agreements/{number}", member=member_exists("FGR"))
    page.get_by_role("link", name="End the memorandum", exact=True).click()
    expect(page.locator("main")).to_contain_text("This cannot be taken back")
    page.get_by_role("link", name="No, go back").click()
    expect(page.locator("main")).to_contain_text("In force")


def test_an_emergency_session_shows_on_every_page_until_it_is_closed(visit: Visitor) -> None:
    page = visit("/emergency/", member=member_exists("FGR"), width=PHONE)
    page.get_by_label("Why is it necessary now?").fill("A convoy is on its way to the warehouse.")
    page.get_by_role("button", name="Open the emergency session").click()
    page.goto(f"{visit.site}/seizures/")
    band = page.get_by_role("region", name="Emergency session")
    expect(band).to_contain_text("Your emergency session is open until")
    assert faults(page) == []
    band.get_by_role("button", name="Close it now").click()
    expect(page.locator(".emergency-band")).to_have_count(0)


PAGES = ("/agreements/", "/agreements/new", "/circles/", "/emergency/")


@LOOKS
def test_every_page_is_clean_empty_and_filled(visit: Visitor, language: str, width: int, scheme: str) -> None:
    member = member_exists("FGR")
    how = {"member": member, "language": language, "width": width, "scheme": scheme}
    found = {address: faults(visit(address, **how)) for address in PAGES}
    number = seizure_exists("FGR")
    signed = memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    page = visit("/circles/", **how)
    page.locator("#id_name").fill("Few")
    page.locator("main .button--primary").click()
    found["a circle"] = faults(page)
    addresses = (
        "/agreements/", f"/agreements/{signed}", f"/agreements/{signed}/suspend", f"/agreements/{signed}/end",
        f"/access/{number}/why", f"/access/{number}/who", f"/access/{number}/looked", "/circles/",
    )  # fmt: skip
    found |= {f"filled {address}": faults(visit(address, **how)) for address in addresses}
    assert {address: each for address, each in found.items() if each} == {}
