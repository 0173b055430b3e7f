"""Story 4: from a seizure an expert describes one gun, with the gun in hand; others see it at their level or not at all."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect

from cotrace.firearms.rules.description import FirearmValues
from cotrace.firearms.services import firearm_describe
from cotrace.sharing.rules.levels import Level
from tests.support.browser import LOOKS, PHONE, WINDOWS, Visitor, faults
from tests.support.pages import cast_exists, seizure_exists
from tests.support.sign_in import member_exists
from tests.support.world import agent, memorandum

pytestmark = pytest.mark.browser
WORDS = {
    "en": {
        "button": "Describe a gun", "kind": "Kind of gun", "pistol": "Pistol, semi-automatic", "make": "Make",
        "model": "Model", "calibre": "Calibre", "code": "NCIC code of the calibre", "serial": "Serial number",
        "partial": "Read in part", "country": "Country of origin", "austria": "Austria",
        "abroad": "Made abroad: look for the importer's mark", "importer": "Importer", "exhibit": "Exhibit number",
        "save": "Save the gun", "ask": "This gun was made abroad.", "heading": "Glock 19 Gen4, 9x19", "read": "Read in part",
        "hidden": "not shared", "looked": "ATF opened the record",
    },
    "es": {
        "button": "Describir un arma", "kind": "Tipo de arma", "pistol": "Pistola semiautomática", "make": "Marca",
        "model": "Modelo", "calibre": "Calibre", "code": "Clave NCIC del calibre", "serial": "Número de serie",
        "partial": "Leído en parte", "country": "País de origen", "austria": "Austria",
        "abroad": "Fabricada en el extranjero: busque la marca de importador", "importer": "Importador",
        "exhibit": "Número de indicio", "save": "Guardar el arma", "ask": "Esta arma se fabricó en el extranjero.",
        "heading": "Glock 19 Gen4, 9x19", "read": "Leído en parte", "hidden": "no compartido",
        "looked": "ATF abrió el registro",
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def cast(site) -> None:
    cast_exists()


def gun_exists(seizure: str, **changes: object) -> str:
    given: dict[str, object] = {"type_code": "RI", "make_code": "RMC", "model": "WASR-10", "serial": "1-64092-03"}
    return firearm_describe(agent("FGR"), seizure=seizure, values=FirearmValues(**(given | changes)))  # type: ignore[arg-type]


def filled(page: Page, words: dict[str, str]) -> None:
    """Fill the form in as an expert does, leaving out what one forgets."""
    page.get_by_label(words["kind"]).select_option(label=words["pistol"])
    page.get_by_label(words["make"]).first.press_sequentially("glo")
    page.locator("#make-codes").get_by_label("GLC Glock").check()
    page.get_by_label(words["model"]).fill("19 Gen4")
    page.get_by_label(words["calibre"], exact=True).fill("9x19")
    page.get_by_label(words["code"]).select_option("9")
    page.get_by_label(words["serial"]).first.fill("AB?-1O34")
    page.get_by_label(words["partial"]).check()
    page.get_by_label(words["exhibit"]).fill("A-1")


@WINDOWS
def test_a_gun_is_described_from_its_seizure_and_each_agency_reads_its_part(visit: Visitor, language, width) -> None:
    words, seizure = WORDS[language], seizure_exists("FGR")
    memorandum(owner="FGR", viewer="ATF", category="*", level=Level.TEAR_LINE)
    page = visit(f"/seizures/{seizure}", member=member_exists("FGR"), language=language, width=width)
    assert faults(page) == []
    page.get_by_role("link", name=words["button"]).click()
    filled(page, words)
    expect(page.get_by_text(words["abroad"])).to_be_hidden()
    page.get_by_label(words["country"]).select_option(label=words["austria"])
    expect(page.get_by_text(words["abroad"])).to_be_visible()
    assert faults(page) == []

    page.get_by_role("button", name=words["save"]).click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text(words["ask"])
    expect(page.get_by_label(words["serial"]).first).to_have_value("AB?-1O34")
    expect(page.locator("#make-codes").get_by_label("GLC Glock")).to_be_checked()
    assert faults(page) == []
    page.get_by_label(words["importer"], exact=True).fill("Glock Inc, Smyrna, GA")
    page.get_by_role("button", name=words["save"]).click()

    expect(page.locator("h1")).to_have_text(words["heading"])
    expect(page.locator("main")).to_contain_text("AB?-1O34")
    expect(page.locator("main")).to_contain_text(words["read"])
    assert faults(page) == []
    here = page.url.removeprefix(visit.site)
    page.locator("main").get_by_role("link", name=seizure).click()
    expect(page.get_by_role("table").locator("tbody tr")).to_have_count(1)
    assert faults(page) == []
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{here}")

    partner = visit(here, member=member_exists("ATF"), language=language, width=width)
    expect(partner.locator("h1")).to_have_text(words["heading"])
    expect(partner.locator("main")).to_contain_text(words["hidden"])
    expect(partner.locator("main")).not_to_contain_text("1O34")
    assert faults(partner) == []
    stranger = visit(here, member=member_exists("PD-EP"), language=language, width=width)
    expect(stranger.locator("body")).to_contain_text("404")
    page.reload()
    expect(page.locator("aside")).to_contain_text(words["looked"])


def test_the_codes_of_a_make_come_while_it_is_typed_and_nothing_else_is_sent(visit: Visitor) -> None:
    seizure = seizure_exists("FGR")
    page = visit(f"/firearms/describe/{seizure}/", member=member_exists("FGR"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/firearms/makes/" in request.url else None)
    page.get_by_label("Serial number").first.fill("SECRET1")
    make = page.get_by_label("Make").first
    make.press_sequentially("glock")
    expect(page.locator("#make-codes").get_by_label("GLC Glock")).to_be_checked()
    expect(page.locator("#announcer")).to_contain_text("codes fit")
    page.locator("#make-codes").get_by_label("GLD Glock (Smyrna, GA)").check()
    make.press("End")
    make.press_sequentially(" s")
    expect(page.locator("#make-codes").get_by_label("GLC Glock")).to_have_count(0)
    expect(page.locator("#make-codes").get_by_label("GLD Glock (Smyrna, GA)")).to_be_checked()
    expect(make).to_be_focused()
    sent = {name for url in asked for name, _value in parse_qsl(urlsplit(url).query, keep_blank_values=True)}
    assert asked and sent <= {"make", "make_code"}


def test_the_code_of_a_calibre_is_proposed_while_it_is_typed(visit: Visitor) -> None:
    page = visit(f"/firearms/describe/{seizure_exists('FGR')}/", member=member_exists("FGR"), width=PHONE)
    calibre = page.get_by_label("Calibre", exact=True)
    code = page.get_by_label("NCIC code of the calibre")
    calibre.press_sequentially("7.62 x 39 mm")
    expect(code).to_have_value("762")
    expect(page.locator("#announcer")).to_contain_text("762")
    expect(calibre).to_be_focused()
    assert faults(page) == []
    calibre.fill("38 super")
    expect(code).to_have_value("38")
    code.select_option("9")
    calibre.fill(".223")
    page.wait_for_timeout(800)
    expect(code).to_have_value("9")


def test_without_script_a_gun_is_described_on_a_phone(visit: Visitor) -> None:
    seizure = seizure_exists("FGR")
    page = visit(f"/firearms/describe/{seizure}/", member=member_exists("FGR"), has_script=False, width=PHONE)
    page.get_by_label("Kind of gun").select_option("RI")
    page.get_by_label("Make").first.fill("romarm")
    page.get_by_role("button", name="Find its codes").click()
    page.get_by_label("RMC Romarm / Cugir").check()
    page.get_by_label("Serial number").first.fill("1-64092-03")
    page.get_by_label("Country of origin").select_option("RO")
    page.get_by_label("Looked for, not found").check()
    page.get_by_role("button", name="Save the gun").click()
    expect(page.locator("h1")).to_have_text("romarm")


def test_what_is_wrong_leads_to_its_field_also_to_a_choice_of_codes(visit: Visitor) -> None:
    seizure = seizure_exists("FGR")
    page = visit(f"/firearms/describe/{seizure}/", member=member_exists("FGR"), has_script=False, language="es", scheme="dark")
    page.get_by_label("Marca").first.fill("glock")
    page.get_by_role("button", name="Guardar el arma").click()
    alert = page.get_by_role("alert")
    alert.get_by_role("link", name="Tipo de arma").click()
    expect(page.get_by_label("Tipo de arma")).to_be_focused()
    alert.get_by_role("link", name="Clave NCIC de la marca").click()
    expect(page.get_by_label("GLC Glock", exact=True)).to_be_focused()


@LOOKS
def test_every_page_is_clean_at_every_level(visit: Visitor, language: str, width: int, scheme: str) -> None:
    how = {"language": language, "width": width, "scheme": scheme}
    owner, seizure = member_exists("FGR"), seizure_exists("FGR")
    long = gun_exists(seizure, model="M" * 100, importer="I" * 100, importer_mark="marked", markings="x" * 900, exhibit_number="E" * 80)
    plain = gun_exists(seizure, serial="", serial_condition="none", is_privately_made=True, make_code="")
    pages = (f"/seizures/{seizure}", *(f"/firearms/{number}/{page}" for number in (long, plain) for page in ("", "correct/")))
    found = {address: faults(visit(address, member=owner, **how)) for address in pages}
    for level, agency in ((Level.POINTER, "ICE"), (Level.TEAR_LINE, "ATF"), (Level.FULL, "FGE-SON")):
        memorandum(owner="FGR", viewer=agency, category="*", level=level)
        reader = member_exists(agency)
        found |= {f"{level.name} {each}": faults(visit(each, member=reader, **how)) for each in (pages[0], pages[1])}
    assert {address: each for address, each in found.items() if each} == {}
