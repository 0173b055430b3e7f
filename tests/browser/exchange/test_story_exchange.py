"""Story: a request leaves one installation as a file and comes back as a result, all of it by hand on the pages.

Two installations with databases, sites and workers of their own; one browser. The file is carried between them as
a person would carry it on a disk.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.functional.exchange.installation import Installation, until
from tests.functional.exchange.journey import introduce, licensees, mexico, submitted, united_states
from tests.support.browser import DESK, LANGUAGES, LOCALES, PHONE, Visitor, faults

__all__ = ["mexico", "united_states"]

pytestmark = [pytest.mark.browser, pytest.mark.full]
WORDS = {
    "en": {
        "take": "Take it in", "file": "Signed file", "download": "Download the signed file", "answer": "Download the acknowledgement",
        "waits": "Waits to leave", "taken": "The request of Over there (mx1) was taken", "result": "The result from Over there (us1) was taken",
        "before": "This file was received before", "altered": "The file was changed after it was signed",
        "accepted": "Accepted there", "came": "Came from Over there (mx1) as a signed file", "counts": "Counts now",
    },
    "es": {
        "take": "Recibirlo", "file": "Archivo firmado", "download": "Descargar el archivo firmado", "answer": "Descargar el acuse",
        "waits": "En espera de salir", "taken": "Se recibió la solicitud de Over there (mx1)", "result": "Se recibió el resultado de Over there (us1)",
        "before": "Este archivo ya se había recibido", "altered": "El archivo fue modificado después de firmarse",
        "accepted": "Aceptado en el destino", "came": "Llegó de Over there (mx1) como archivo firmado", "counts": "Vale ahora",
    },
}  # fmt: skip


class Guest(Visitor):
    """Somebody who is signed in at one installation, in one language."""

    def __init__(self, browser: Browser, installation: Installation, *, agency: str, language: str) -> None:
        super().__init__(browser, installation.url)
        self.session, self.language = installation.sessions[agency], language

    def at(self, address: str) -> Page:
        """Open an address of the installation."""
        context = self.browser.new_context(
            base_url=self.site,
            viewport={"width": DESK, "height": 900},
            locale=LOCALES[self.language],
            accept_downloads=True,
        )
        cookies = {settings.LANGUAGE_COOKIE_NAME: self.language, settings.SESSION_COOKIE_NAME: self.session}
        context.add_cookies([{"name": name, "value": value, "url": self.site} for name, value in cookies.items()])
        return self.open(context, address)


@pytest.fixture
def known_to_each_other(mexico, united_states) -> None:
    introduce(mexico, united_states)


@pytest.fixture
def guests(chromium) -> Iterator[list[Guest]]:
    found: list[Guest] = []
    yield found
    problems = [problem for each in found for problem in each.close()]
    assert not problems, "\n".join(problems)


def is_sound(page: Page) -> bool:
    """Check a page on a desk and on a phone."""
    found = []
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {fault}" for fault in faults(page)]
    page.set_viewport_size({"width": DESK, "height": 900})
    assert found == [], f"{page.url}: {found}"
    return True


def downloaded(page: Page, label: str, folder: Path) -> Path:
    with page.expect_download() as caught:
        page.get_by_role("button", name=label).click()
    target = folder / caught.value.suggested_filename
    caught.value.save_as(target)
    return target


def offered(guest: Guest, file: Path, words: dict[str, str]) -> Page:
    page = guest.at("/exchange/receive")
    page.get_by_label(words["file"]).set_input_files(str(file))
    page.get_by_role("button", name=words["take"], exact=True).click()
    return page


def without_expected(page: Page, status: int) -> None:
    """Take the answer that the test provoked out of what went wrong."""
    page.problems[:] = [each for each in page.problems if str(status) not in each]


@LANGUAGES
def test_a_request_leaves_as_a_file_and_comes_back_as_a_result(
    chromium, known_to_each_other, mexico, united_states, guests, tmp_path: Path, language: str
) -> None:
    words = WORDS[language]
    asking = Guest(chromium, mexico, agency="FGE-SON", language=language)
    tracing = Guest(chromium, united_states, agency="ATF", language=language)
    guests += [asking, tracing]
    request = submitted(mexico)
    assert until(lambda: bool(mexico.api("FGE-SON", "GET", "/exchange/messages").json()["sent"]))

    page = asking.at("/exchange/")
    expect(page.get_by_role("table")).to_contain_text(words["waits"])
    assert is_sound(page)
    page.get_by_role("rowheader").get_by_role("link").click()
    assert page.url.endswith(f"/exchange/files/{request}") and is_sound(page)
    file = downloaded(page, words["download"], tmp_path)

    assert is_sound(tracing.at("/exchange/receive"))
    altered = tmp_path / "altered.cotrace.json"
    altered.write_bytes(file.read_bytes().replace(b"ABC-1234", b"ABC-1239"))
    page = offered(tracing, altered, words)
    expect(page.get_by_role("main")).to_contain_text(words["altered"])
    without_expected(page, 409)
    assert is_sound(page)
    with licensees(united_states, tmp_path):
        page = offered(tracing, file, words)
        expect(page.get_by_text(words["taken"])).to_be_visible()
        assert is_sound(page)
        receipt = downloaded(page, words["answer"], tmp_path)
        trace = united_states.api("ATF", "GET", "/exchange/messages").json()["received"][0]["number"]

        def opened() -> dict[str, object]:
            return dict(united_states.api("ATF", "GET", f"/centre/traces/{trace}").json())

        assert until(lambda: opened()["status"] == "concluded"), opened()
    offered(asking, receipt, words)
    page = offered(asking, receipt, words)
    expect(page.get_by_role("main")).to_contain_text(words["before"])
    without_expected(page, 409)
    assert is_sound(page)

    body = {"version": opened()["version"]}
    assert united_states.api("ATF", "POST", f"/centre/traces/{trace}/release", body).status_code == 204
    assert until(lambda: len(united_states.api("ATF", "GET", "/exchange/messages").json()["sent"]) == 2)
    page = tracing.at(f"/exchange/files/{trace}")
    expect(page.get_by_role("main")).to_contain_text(words["came"])
    assert is_sound(page)
    result = downloaded(page, words["download"], tmp_path)
    page = offered(asking, result, words)
    expect(page.get_by_text(words["result"])).to_be_visible()
    acknowledged = downloaded(page, words["answer"], tmp_path)
    offered(tracing, acknowledged, words)
    page = tracing.at(f"/exchange/?record={trace}")
    expect(page.get_by_role("table")).to_contain_text(words["accepted"])
    assert is_sound(page)
    assert mexico.api("FGE-SON", "GET", f"/traces/{request}/result").json()["outcome"] == "P1"


@LANGUAGES
def test_two_people_find_the_same_fingerprint_on_both_sides(
    chromium, known_to_each_other, mexico, united_states, guests, language: str
) -> None:
    here = Guest(chromium, mexico, agency="FGE-SON", language=language)
    there = Guest(chromium, united_states, agency="ATF", language=language)
    guests += [here, there]
    own = there.at("/exchange/peers/")
    assert is_sound(own)
    read_aloud = own.get_by_role("list").filter(has=own.locator("css=li:nth-child(8)")).locator("xpath=self::ol")
    page = here.at("/exchange/peers/us1")
    expect(page.get_by_role("main")).to_contain_text(WORDS[language]["counts"])
    assert is_sound(page)
    assert page.locator("ol.fingerprint li").all_inner_texts() == read_aloud.locator("li").all_inner_texts()
    assert len(page.locator("ol.fingerprint li").all()) == 8
