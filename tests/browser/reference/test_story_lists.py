"""Story: somebody looks a code up, from the foot of any page, in English and Spanish, on a phone and at a desk."""

import pytest
from playwright.sync_api import expect

from tests.support.browser import ALL_LOOKS, WINDOWS, Visitor, faults
from tests.support.pages import cast_exists
from tests.support.sign_in import member_exists

pytestmark = pytest.mark.browser
WORDS = {
    "en": {"lists": "Lists", "makes": "Spellings of gun makes", "search": "Code or words", "filter": "Filter", "next": "Next page"},
    "es": {
        "lists": "Catálogos", "makes": "Formas de escribir las marcas", "search": "Clave o palabras", "filter": "Filtrar",
        "next": "Página siguiente",
    },
}  # fmt: skip
PAGES = (
    "/lists/", "/lists/crossing/", "/lists/calibre/", "/lists/ncic_make/", "/lists/country/?text=zzzz", "/lists/model/?text=a&at=BER-M9",
    f"/lists/force/?text={'x' * 101}",
)  # fmt: skip


@pytest.fixture(autouse=True)
def cast(site) -> None:
    cast_exists()


@WINDOWS
def test_a_spelling_is_looked_up_from_the_foot_of_a_page(visit: Visitor, language: str, width: int) -> None:
    words = WORDS[language]
    page = visit("/seizures/", member=member_exists("FGR"), language=language, width=width)
    page.locator("footer").get_by_role("link", name=words["lists"]).click()
    expect(page.locator("h1")).to_have_text(words["lists"])
    assert faults(page) == []
    page.get_by_role("link", name=words["makes"]).click()
    page.get_by_label(words["search"]).fill("baretta")
    page.get_by_role("button", name=words["filter"]).click()
    expect(page.get_by_role("table")).to_contain_text("BER")
    assert faults(page) == []
    page.goto(page.url.partition("?")[0])
    page.get_by_role("link", name=words["next"]).click()
    expect(page.get_by_role("table").locator("tbody tr")).to_have_count(50)
    assert faults(page) == []


@ALL_LOOKS
def test_every_page_is_clean(visit: Visitor, language: str, width: int, scheme: str) -> None:
    reader = member_exists("FGR")
    found = {each: faults(visit(each, member=reader, language=language, width=width, scheme=scheme)) for each in PAGES}
    assert {address: each for address, each in found.items() if each} == {}
