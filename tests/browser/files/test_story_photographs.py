"""On a phone an expert adds two photographs of the marks of a gun; a partner sees the copies, and no original."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cotrace.files.imports.attaching import attachment_add
from cotrace.files.services.attachments import attachment_withdraw
from cotrace.sharing.rules.levels import Level
from tests.browser.firearms.test_story_gun import gun_exists
from tests.support.browser import LOOKS, PHONE, WINDOWS, Visitor, faults
from tests.support.pages import cast_exists, seizure_exists
from tests.support.pictures import from_telephone, opinion, photograph
from tests.support.sign_in import member_exists
from tests.support.world import agent, memorandum

pytestmark = pytest.mark.browser
WORDS = {
    "en": {
        "add": "Add photographs or documents", "kind": "What it shows", "serial": "Serial number", "camera": "Take a photograph",
        "files": "Or choose files", "attach": "Attach", "done": "2 files were attached.", "section": "Photographs and documents",
        "received": "received it", "download": "Download the original", "taken": "downloaded the original", "wrong": "HEIC",
    },
    "es": {
        "add": "Agregar fotografías o documentos", "kind": "Qué muestra", "serial": "Número de serie",
        "camera": "Tomar una fotografía", "files": "O elegir archivos", "attach": "Anexar", "done": "Se anexaron 2 archivos.",
        "section": "Fotografías y documentos", "received": "lo recibió", "download": "Descargar el original",
        "taken": "descargó el original", "wrong": "HEIC",
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def cast(site) -> None:
    cast_exists()


@pytest.fixture
def photographs(tmp_path: Path) -> tuple[Path, Path]:
    """A photograph from the camera, and one from the gallery."""
    camera, gallery = tmp_path / "camera.jpg", tmp_path / "gallery.png"
    camera.write_bytes(from_telephone("AB?-1O34"))
    gallery.write_bytes(photograph("CREST", form="PNG"))
    return camera, gallery


def all_pictures_drawn(page: Page) -> bool:
    """Tell whether every picture of the page was loaded and drawn."""
    for each in page.locator("main img").all():
        each.scroll_into_view_if_needed()
    script = "() => [...document.querySelectorAll('main img')].every((each) => each.complete && each.naturalWidth > 0)"
    page.wait_for_function(script, timeout=10_000)
    return bool(page.evaluate(script)) and page.locator("main img").count() > 0


@WINDOWS
def test_two_photographs_are_added_and_a_partner_sees_copies_of_them(visit: Visitor, photographs, language, width) -> None:
    words, gun = WORDS[language], gun_exists(seizure_exists("FGR"))
    memorandum(owner="FGR", viewer="ATF", category="*", level=Level.FULL)
    page = visit(f"/firearms/{gun}/", member=member_exists("FGR"), language=language, width=width)
    page.get_by_text(words["add"]).click()
    assert faults(page) == []
    page.get_by_label(words["kind"]).select_option(label=words["serial"])
    page.get_by_label(words["camera"]).set_input_files(photographs[0])
    page.get_by_label(words["files"]).set_input_files(photographs[1])
    page.get_by_role("button", name=words["attach"], exact=True).click()
    expect(page.get_by_text(words["done"])).to_be_visible()
    assert all_pictures_drawn(page) and page.locator("main img").count() == 2
    assert faults(page) == []

    page.locator(".tile__link").first.click()
    expect(page.locator("h1")).to_have_text(words["serial"])
    expect(page.locator("main")).to_contain_text(words["received"])
    assert all_pictures_drawn(page) and faults(page) == []
    with page.expect_download() as downloading:
        page.get_by_role("button", name=words["download"]).click()
    assert Path(downloading.value.path()).read_bytes() in {each.read_bytes() for each in photographs}
    here = page.url.removeprefix(visit.site)
    page.reload()
    expect(page.locator("main")).to_contain_text(words["taken"])

    partner = visit(here, member=member_exists("ATF"), language=language, width=width)
    expect(partner.locator("h1")).to_have_text(words["serial"])
    expect(partner.get_by_role("button", name=words["download"])).to_have_count(0)
    assert all_pictures_drawn(partner) and faults(partner) == []
    stranger = visit(here, member=member_exists("PD-EP"), language=language, width=width)
    expect(stranger.locator("body")).to_contain_text("404")


def test_without_script_a_photograph_is_added_on_a_phone_and_a_wrong_file_named(visit: Visitor, photographs, tmp_path) -> None:
    words, gun = WORDS["es"], gun_exists(seizure_exists("FGR"))
    wrong = tmp_path / "IMG_1.heic"
    wrong.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    page = visit(f"/attachments/add/{gun}/", member=member_exists("FGR"), language="es", width=PHONE, has_script=False)
    page.get_by_label(words["kind"]).select_option(label=words["serial"])
    page.get_by_label(words["files"]).set_input_files([photographs[1], wrong])
    page.get_by_role("button", name=words["attach"], exact=True).click()
    expect(page.locator("main")).to_contain_text("Se anexó 1 archivo.")
    expect(page.locator("main")).to_contain_text("IMG_1.heic: Es una imagen HEIC")
    expect(page.locator(".tile")).to_have_count(1)


@LOOKS
def test_every_page_of_attachments_can_be_read_by_everybody(visit: Visitor, language, width, scheme) -> None:
    owner, gun = agent("FGR"), gun_exists(seizure_exists("FGR"))
    document = attachment_add(owner, record=gun, kind="opinion", caption="Folio 12", content=opinion(pages=2))
    first, second = (
        attachment_add(owner, record=gun, kind="serial", caption="", content=photograph(text)) for text in ("A", "B")
    )
    attachment_withdraw(owner, number=first, reason="Blurred", superseded_by=second)
    looks = {"member": member_exists("FGR"), "language": language, "width": width, "scheme": scheme}
    for address in (
        *(f"/attachments/{each}/" for each in (document, first, second)),
        f"/attachments/{second}/withdraw/",
        f"/attachments/add/{gun}/",
        f"/firearms/{gun}/",
    ):
        assert faults(visit(address, **looks)) == [], address
