"""Story 3: a seizure is recorded, found, opened and explained; others see it at their level or not at all."""

import pytest
from playwright.sync_api import expect

from cotrace.sharing.rules.levels import Level
from tests.support.browser import LANGUAGES, LOOKS, PHONE, Visitor, faults
from tests.support.pages import cast_exists, seizure_exists
from tests.support.sign_in import member_exists
from tests.support.world import memorandum

pytestmark = pytest.mark.browser
WORDS = {
    "en": {
        "date": "Date", "state": "State", "municipality": "Municipality", "long": "Long guns", "navy": "Navy (SEMAR)",
        "narrow": "Show only forces with these letters", "typed": "navy", "tear": "What may another agency read?",
        "record": "Record", "heading": "Nogales, Sonora, 4 Mar 2011", "echo": "4 Mar 2011", "absent": "not recorded",
        "why": "Why can I see this?", "owner": "You see this in full because your agency owns it.",
        "tearwhy": "You see the tear-line because FGR and your agency signed a memorandum",
        "looked": "ATF opened the record",
    },
    "es": {
        "date": "Fecha", "state": "Estado", "municipality": "Municipio", "long": "Armas largas",
        "navy": "Secretaría de Marina (SEMAR)", "narrow": "Mostrar solo corporaciones con estas letras",
        "typed": "secretaria de marina", "tear": "¿Qué puede leer otra corporación?", "record": "Registrar",
        "heading": "Nogales, Sonora, 4 mar 2011", "echo": "4 mar 2011", "absent": "sin registro",
        "why": "¿Por qué puedo ver esto?", "owner": "Usted lo ve completo porque el registro es de su corporación.",
        "tearwhy": "Usted ve el extracto difundible porque FGR y su corporación firmaron un memorando",
        "looked": "ATF abrió el registro",
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def cast(site) -> None:
    cast_exists()


@LANGUAGES
def test_a_seizure_is_recorded_and_each_agency_reads_what_is_its_own_to_read(visit: Visitor, language: str) -> None:
    words = WORDS[language]
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.TEAR_LINE)
    page = visit("/seizures/new", member=member_exists("FGR"), language=language)
    page.get_by_label(words["date"]).first.fill("2011-03-04")
    expect(page.locator(".day-echo").first).to_contain_text(words["echo"].split()[-1])
    page.get_by_label(words["state"]).first.select_option("26")
    page.get_by_label(words["municipality"], exact=True).select_option(label="Nogales")
    page.get_by_label(words["narrow"]).fill(words["typed"])
    expect(page.locator("#id_participants > div:visible")).to_have_count(1)
    page.get_by_label(words["navy"]).check()
    page.get_by_label(words["long"], exact=True).fill("14")
    page.get_by_label(words["tear"]).fill("Fourteen long guns.")
    assert faults(page) == []
    page.get_by_role("button", name=words["record"], exact=True).click()

    expect(page.locator("h1")).to_have_text(words["heading"])
    expect(page.locator("main")).to_contain_text(words["absent"])
    page.get_by_text(words["why"]).click()
    expect(page.get_by_text(words["owner"])).to_be_visible()
    assert faults(page) == []
    here = page.url.removeprefix(visit.site)

    partner = visit(here, member=member_exists("ATF"), language=language, width=PHONE)
    partner.get_by_text(words["why"]).click()
    expect(partner.locator(".why")).to_contain_text(words["tearwhy"])
    expect(partner.locator("main")).to_contain_text("Fourteen long guns.")
    expect(partner.locator("main")).not_to_contain_text("Nogales")
    assert faults(partner) == []

    stranger = visit(here, member=member_exists("PD-EP"), language=language)
    expect(stranger.locator("body")).to_contain_text("404")
    page.reload()
    expect(page.locator("aside")).to_contain_text(words["looked"])


def test_the_list_is_searched_and_walked_by_keyboard(visit: Visitor) -> None:
    seizure_exists("FGR", place="Bodega del norte")
    seizure_exists("FGR", place="Puente viejo")
    page = visit("/seizures/", member=member_exists("FGR"))
    page.keyboard.press("/")
    page.keyboard.type("BODEGA")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 shown of 1")).to_be_visible()
    assert "bodega" not in page.url.lower()
    assert faults(page) == []
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Bodega del norte")
    page.go_back()
    page.get_by_role("link", name="Words: BODEGA").click()
    expect(page.get_by_text("2 shown of 2")).to_be_visible()


def test_without_script_a_seizure_is_recorded_on_a_phone(visit: Visitor) -> None:
    page = visit("/seizures/new", member=member_exists("FGR"), has_script=False, width=PHONE)
    page.get_by_label("Date").first.fill("2011-03-04")
    page.get_by_label("State").first.select_option("26")
    page.get_by_role("button", name="List its municipalities").click()
    expect(page.get_by_label("Date").first).to_have_value("2011-03-04")
    page.get_by_label("Municipality", exact=True).select_option(label="Nogales")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator("h1")).to_have_text("Nogales, Sonora, 4 Mar 2011")


def test_what_is_wrong_takes_the_focus_and_leads_to_its_field(visit: Visitor) -> None:
    page = visit("/seizures/new", member=member_exists("FGR"), language="es", width=PHONE, scheme="dark")
    page.get_by_role("button", name="Registrar", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert faults(page) == []
    page.get_by_role("alert").get_by_role("link", name="Fecha").click()
    expect(page.get_by_label("Fecha").first).to_be_focused()


def test_what_was_typed_is_left_only_when_its_writer_says_so(visit: Visitor) -> None:
    page = visit("/seizures/new", member=member_exists("FGR"))
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("button", name="Español").click()
    place, english = page.get_by_label("Lugar", exact=True), page.get_by_role("button", name="English")
    place.fill("Bodega del norte")
    assert asked == []
    english.click()
    page.locator("nav").get_by_role("link").first.click()
    expect(place).to_have_value("Bodega del norte")
    assert asked == ["beforeunload"] * 2
    page.get_by_role("button", name="Registrar", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("No se guardó. Corrija lo siguiente:")
    assert len(asked) == 2
    english.click()
    expect(place).to_have_value("Bodega del norte")
    assert len(asked) == 3
    page.get_by_role("link", name="Cancelar").click()
    expect(page.locator("h1")).to_have_text("Aseguramientos")
    assert len(asked) == 3


def test_on_a_phone_a_card_opens_by_date_and_place_and_says_once_what_is_not_shared(visit: Visitor) -> None:
    seizure_exists("FGE-SON")
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.TEAR_LINE)
    page = visit("/seizures/", member=member_exists("ATF"), language="es", width=PHONE)
    expect(page.get_by_role("link", name="1 feb 2026 · Sonora")).to_be_visible()
    expect(page.get_by_text("no compartido")).to_have_count(1)
    assert faults(page) == []


def test_an_export_is_a_file_for_the_one_who_asked(visit: Visitor) -> None:
    seizure_exists("FGR")
    page = visit("/seizures/", member=member_exists("FGR"))
    with page.expect_download() as caught:
        page.get_by_role("button", name="Export (CSV)").click()
    assert caught.value.suggested_filename.startswith("seizures-FGR-")


PAGES = ("/", "/seizures/", "/seizures/pointers", "/seizures/new", "/seizures/imports/", "/seizures/imports/new", "/notices/")


@LOOKS
def test_every_page_is_clean_empty_and_filled(visit: Visitor, language: str, width: int, scheme: str) -> None:
    how = {"member": member_exists("FGR"), "language": language, "width": width, "scheme": scheme}
    found = {address: faults(visit(address, **how)) for address in PAGES}
    number = seizure_exists("FGR", place="Carretera " * 15, tear_line="x" * 480)
    seizure_exists("FGE-SON")
    seizure_exists("ICE")
    memorandum(owner="FGE-SON", viewer="FGR", category="seizure", level=Level.TEAR_LINE)
    memorandum(owner="ICE", viewer="FGR", category="seizure", level=Level.POINTER)
    filled = ("/seizures/", "/seizures/pointers", *(f"/seizures/{number}{page}" for page in ("", "/correct", "/visibility")))
    found |= {f"filled {address}": faults(visit(address, **how)) for address in filled}
    assert {address: each for address, each in found.items() if each} == {}
