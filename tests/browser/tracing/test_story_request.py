"""Story: a gun taken in a seizure is traced, from its page to the result, as the agency that asks lives it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cotrace.foundation import outbox
from cotrace.tracing.models import Trace
from cotrace.tracing.rules.chain import Finding
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.services.release import trace_release
from tests.browser.tracing.words import WORDS
from tests.functional.tracing.asking import chain, failed, gun_exists, request_exists, result, result_comes
from tests.support.browser import ALL_LOOKS, LANGUAGES, PHONE, WINDOWS, Visitor, faults
from tests.support.pages import cast_exists, seizure_exists
from tests.support.sign_in import member_exists
from tests.usecases.tracing.world import CALL_BACK, SURNAME, centre_exists, connectors, tracer

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def cast(site) -> None:
    cast_exists()
    centre_exists()


@pytest.fixture
def centre(cast, tmp_path: Path) -> Iterator[None]:
    with connectors(tmp_path):
        yield


def release() -> None:
    """The centre's part: the licensees are asked, a supervisor releases what they said."""
    outbox.drain()
    read = trace_get(tracer(), number=Trace.objects.get().pk)
    trace_release(tracer(), number=read.number, version=read.version)
    outbox.drain()


def choose_offence(page: Page, words: dict[str, str]) -> None:
    page.get_by_label(words["offence"]).select_option("5212")


@WINDOWS
def test_a_gun_is_traced_to_its_purchaser(visit: Visitor, centre, language: str, width: int) -> None:
    words = WORDS[language]
    gun = gun_exists()
    page = visit(f"/firearms/{gun}/", member=member_exists("FGE-SON"), language=language, width=width)
    page.get_by_role("link", name=words["submit"]).click()
    expect(page.get_by_label(words["not_run_because"])).to_be_hidden()
    page.get_by_label(words["case"], exact=False).first.fill("FED/SON/118")
    choose_offence(page, words)
    page.get_by_label(words["statement"]).check()
    page.get_by_label(words["stolen"]).select_option("no_record")
    page.get_by_label(words["where"]).fill("NCIC")
    assert faults(page) == []
    page.get_by_role("button", name=words["send"]).click()

    expect(page.locator("main")).to_contain_text(words["received"])
    expect(page.locator("main")).to_contain_text(CALL_BACK)
    assert faults(page) == []
    outbox.drain()
    page.reload()
    expect(page.locator("#standing ~ p").first).to_have_text(words["in_process"])
    expect(page.get_by_role("link", name=words["open"])).to_have_count(0)

    release()
    page.reload()
    page.get_by_role("link", name=words["open"]).click()
    main = page.locator("main")
    for said in (words["lead"], words["found"], SURNAME, "Paso Guns", words["days"], "Nogales, Sonora"):
        expect(main).to_contain_text(said)
    expect(page.locator(".timeline__step")).to_have_count(5)
    assert faults(page) == []

    page.goto(f"{visit.site}/traces/")
    expect(page.locator("tbody tr")).to_contain_text(words["result"])
    page.goto(f"{visit.site}/firearms/{gun}/")
    expect(page.get_by_role("link", name=words["open"])).to_be_visible()
    expect(page.get_by_role("link", name=words["again"])).to_be_visible()


@LANGUAGES
def test_what_is_wrong_takes_the_focus_and_nothing_typed_is_lost(visit: Visitor, language: str) -> None:
    words = WORDS[language]
    page = visit(f"/traces/submit/{gun_exists()}/", member=member_exists("FGE-SON"), language=language, width=PHONE)
    page.get_by_role("radio", name=words["urgent"]).check()
    page.get_by_label(words["stolen"]).select_option("not_run")
    page.get_by_label(words["not_run_because"]).fill("No signal at the place")
    page.get_by_role("button", name=words["send"]).click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label(words["not_run_because"])).to_have_value("No signal at the place")
    assert faults(page) == []
    page.get_by_role("alert").get_by_role("link", name=words["why_urgent"]).click()
    expect(page.get_by_label(words["why_urgent"])).to_be_focused()


def test_a_gun_that_lacks_something_is_put_right_and_then_traced(visit: Visitor) -> None:
    words = WORDS["en"]
    gun = gun_exists(model="")
    page = visit(f"/traces/submit/{gun}/", member=member_exists("FGE-SON"))
    expect(page.get_by_role("button", name=words["send"])).to_have_count(0)
    assert faults(page) == []
    page.get_by_role("link", name="Correct the gun").click()
    page.get_by_label("Model").fill("S17")
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("button", name=words["send"])).to_be_visible()
    expect(page.locator("main")).to_contain_text("S17")


def test_the_form_is_filled_by_keyboard_alone_without_script(visit: Visitor) -> None:
    gun = gun_exists()
    page = visit(f"/traces/submit/{gun}/", member=member_exists("FGE-SON"), has_script=False)
    page.locator("#id_agency_case_number").focus()
    page.keyboard.type("FED/SON/118")
    for _stop in ("joint case number", "offence"):
        page.keyboard.press("Tab")
    page.keyboard.type("5212")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("5212 Possession of weapon")


@ALL_LOOKS
def test_every_page_is_clean_empty_and_filled(visit: Visitor, language: str, width: int, scheme: str) -> None:
    how = {"member": member_exists("FGE-SON"), "language": language, "width": width, "scheme": scheme}
    seizure = seizure_exists("FGE-SON", occurred_on=date(2024, 1, 20), place="Carretera " * 15)
    first, second, third = (
        gun_exists(seizure=seizure, exhibit_number=str(place), serial=f"ABC-{place}") for place in range(3)
    )
    found = {"empty list": faults(visit("/traces/", **how))}
    reached, stopped = request_exists(gun=first), request_exists(gun=second)
    result_comes(result(reached, chain=chain(Finding.SUPPLIER_DIFFERS, Finding.DATE_MISSING)))
    result_comes(failed(stopped, "I2", chain=chain(Finding.NOT_ANSWERED)[:2]))
    addresses = (
        "/traces/",
        *(f"/traces/{number}{page}" for number in (reached, stopped) for page in ("", "/result")),
        *(f"/traces/submit/{gun}/" for gun in (first, third)),
        f"/firearms/{first}/",
    )
    found |= {address: faults(visit(address, **how)) for address in addresses}
    assert {address: each for address, each in found.items() if each} == {}


def test_on_paper_the_result_is_alone_and_says_whose_it_is(visit: Visitor) -> None:
    number = request_exists()
    result_comes(result(number))
    page = visit(f"/traces/{number}/result", member=member_exists("FGE-SON"))
    paper = page.get_by_text("Law enforcement sensitive. For FGE-SON, opened by Ana Ruiz")
    expect(paper).to_be_hidden()
    page.emulate_media(media="print")
    expect(paper).to_be_visible()
    expect(page.get_by_text("Who looked last")).to_be_hidden()
    expect(page.get_by_role("link", name="PDF in English")).to_be_hidden()
    expect(page.locator(".timeline__step").last).to_be_visible()
