"""Story 2: a log is tried and imported in the browser, in English and Spanish, with and without script."""

import pytest
from playwright.sync_api import Page, expect

from cotrace.foundation import outbox
from tests.support.browser import LANGUAGES, PHONE, Visitor, faults
from tests.support.pages import cast_exists
from tests.support.seizure_logs import write_log
from tests.support.sign_in import member_exists

pytestmark = pytest.mark.browser
WORDS = {
    "en": {
        "kind": "CIDE-PPD seizure log", "file": "File with the log", "try": "Try", "import": "Import 28 rows",
        "row": "5DIA / MES / AÑO“5 / 13 / 2010” is not a day of the calendar.",
        "done": "Done, with rejected rows", "all": "28 of 28 (100%)",
    },
    "es": {
        "kind": "Registro de aseguramientos CIDE-PPD", "file": "Archivo con la relación", "try": "Probar",
        "import": "Importar 28 filas", "row": "5DIA / MES / AÑO«5 / 13 / 2010» no es un día del calendario.",
        "done": "Terminada, con filas rechazadas", "all": "28 de 28 (100 %)",
    },
}  # fmt: skip


@pytest.fixture
def log(site, tmp_path) -> str:
    cast_exists()
    return str(write_log(tmp_path, rows=30, bad_rows={5: {"MES": 13}, 9: {"ARL": -2}}))


def tried(page: Page, log: str, words: dict[str, str]) -> None:
    page.get_by_label(words["kind"]).check()
    page.get_by_label(words["file"]).set_input_files(log)
    page.get_by_role("button", name=words["try"], exact=True).click()


@LANGUAGES
def test_an_analyst_tries_a_log_imports_it_and_sees_it_done(visit: Visitor, log: str, language: str) -> None:
    words = WORDS[language]
    page = visit("/seizures/imports/new", member=member_exists("FGR"), language=language)
    tried(page, log, words)
    expect(page.locator("#problems").locator("xpath=..")).to_contain_text(words["row"])
    assert faults(page) == []
    page.get_by_role("button", name=words["import"]).click()
    expect(page.locator("#import-live")).to_have_attribute("hx-get", page.url.removeprefix(visit.site))
    outbox.drain()
    expect(page.locator("#import-live")).to_contain_text(words["done"], timeout=8000)
    expect(page.locator("#import-live")).to_contain_text(words["all"].replace(" %", "\N{NO-BREAK SPACE}%"))
    expect(page.locator("#announcer")).to_contain_text(words["done"])
    expect(page.locator("#import-live[hx-get]")).to_have_count(0)
    assert faults(page) == []


def test_without_script_the_progress_is_looked_at_by_hand(visit: Visitor, log: str) -> None:
    words = WORDS["en"]
    page = visit("/seizures/imports/new", member=member_exists("FGR"), has_script=False, width=PHONE)
    tried(page, log, words)
    page.get_by_role("button", name=words["import"]).click()
    expect(page.get_by_text("0 of 28 (0%)")).to_be_visible()
    outbox.drain()
    page.get_by_role("link", name="Refresh").click()
    expect(page.get_by_text(words["all"])).to_be_visible()


def test_the_problems_are_downloaded_as_a_file(visit: Visitor, log: str) -> None:
    page = visit("/seizures/imports/new", member=member_exists("FGR"))
    tried(page, log, WORDS["en"])
    with page.expect_download() as caught:
        page.get_by_role("link", name="Download the problems (CSV)").click()
    assert caught.value.suggested_filename.endswith("problems.csv")


def test_a_page_that_asks_again_by_itself_does_not_keep_the_session_awake(visit: Visitor, log: str) -> None:
    page = visit("/seizures/imports/new", member=member_exists("FGR"))
    tried(page, log, WORDS["en"])
    page.get_by_role("button", name="Import 28 rows").click()
    with page.expect_request(lambda request: "/imports/IM-" in request.url and "hx-request" in request.headers) as poll:
        page.wait_for_timeout(2500)
    assert poll.value.headers.get("x-cotrace-poll") == "1"
