"""Story: an auditor finds out who looked at a record, and takes the signed round home, in English and Spanish."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cotrace.audit.services.heads import heads_sign_when_due
from cotrace.audit.services.sealing import seal_once
from cotrace.foundation import outbox
from cotrace.seizures.selectors import seizure_get
from cotrace.sharing.rules.levels import Level
from tests.support.browser import PHONE, WINDOWS, Visitor, faults
from tests.support.pages import cast_exists, seizure_exists
from tests.support.sign_in import member_exists
from tests.support.world import agent, memorandum

pytestmark = pytest.mark.browser
WORDS = {
    "en": {
        "somebody": "Somebody at ATF", "act": "opened the record", "number": "Number of a record", "filter": "Filter", "filters": "Filters",
        "heads": "Signed heads", "waits": "Not taken yet", "take": "Download", "taken": "Taken on",
    },
    "es": {
        "somebody": "Alguien de ATF", "act": "abrió el registro", "number": "Número de un registro", "filter": "Filtrar", "filters": "Filtros",
        "heads": "Constancias firmadas", "waits": "Todavía no obtenida", "take": "Descargar", "taken": "Obtenida el",
    },
}  # fmt: skip


@pytest.fixture
def looked_at(site) -> str:
    """A seizure of FGR that somebody of ATF opened, one refused look, and a round handed over."""
    cast_exists()
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    number = seizure_exists("FGR")
    seizure_get(agent("ATF", name="Tom Reyes"), number=number)
    seal_once()
    heads_sign_when_due()
    outbox.drain()
    return number


@WINDOWS
def test_an_auditor_follows_a_record_through_the_log_and_takes_a_round(
    visit: Visitor, looked_at: str, tmp_path: Path, language: str, width: int
) -> None:
    words = WORDS[language]
    page = visit("/audit/", member=member_exists("FGR"), language=language, width=width)
    assert faults(page) == []
    if width == PHONE:
        page.get_by_text(words["filters"], exact=True).click()
    page.get_by_label(words["number"], exact=True).fill(looked_at)
    page.get_by_role("button", name=words["filter"]).click()
    expect(page.get_by_role("table")).to_contain_text(words["somebody"])
    expect(page.get_by_role("table")).to_contain_text(words["act"])
    expect(page.get_by_role("table")).not_to_contain_text("Tom Reyes")
    assert faults(page) == []
    page.get_by_role("link", name=words["heads"], exact=True).click()
    expect(page.get_by_role("table")).to_contain_text(words["waits"])
    assert faults(page) == []
    with page.expect_download() as caught:
        page.get_by_role("button", name=words["take"]).click()
    target = tmp_path / caught.value.suggested_filename
    caught.value.save_as(target)
    assert json.loads(target.read_text())[0]["own"]["chain"] == "FGR"
    page.reload()
    expect(page.get_by_role("table")).to_contain_text(words["taken"])
