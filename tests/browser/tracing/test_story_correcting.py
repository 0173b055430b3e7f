"""A tracer finds a trace by the keyboard, sees that an answer was read out wrongly, and corrects it."""

import pytest
from playwright.sync_api import expect

from cotrace.agencies.selectors import principal_of_member
from cotrace.foundation import outbox
from cotrace.foundation.principal import Door, Principal
from cotrace.tracing.models import Trace
from cotrace.tracing.services.tracer import trace_answer, trace_take
from tests.support.browser import PHONE, WINDOWS, Visitor, faults
from tests.support.pages import cast_exists
from tests.support.sign_in import member_exists
from tests.unit.tracing.builders import OTHER_WHOLESALER, WHOLESALER
from tests.usecases.tracing.test_tracer_acts import shipped_to
from tests.usecases.tracing.world import centre_exists, register, submit

pytestmark = pytest.mark.browser
WORDS = {
    "en": {
        "find": "A record's number, or words", "correct": "Correct this answer", "number": "Licence number of who received it",
        "why": "What was wrong", "send": "Correct the answer", "was": "Corrected answer", "void": "Counts no more",
        "none": "Not taken yet", "filters": "Filters",
    },
    "es": {
        "find": "Número de un registro, o palabras", "correct": "Corregir esta respuesta",
        "number": "Número de licencia de quien la recibió", "why": "Qué estaba mal", "send": "Corregir la respuesta",
        "was": "Respuesta corregida", "void": "Ya no cuenta", "none": "Aún sin tomar", "filters": "Filtros",
    },
}  # fmt: skip
NOTE = "The number was read out wrongly."


@pytest.fixture(autouse=True)
def world(site) -> None:
    cast_exists()
    centre_exists()
    register()
    register(OTHER_WHOLESALER)


def asked_wrongly(who: Principal) -> str:
    request = submit("GLK-440")
    outbox.drain()
    number = str(Trace.objects.get(sources__request=request).pk)
    trace_take(who, number=number)
    version = Trace.objects.get(pk=number).version
    trace_answer(who, number=number, version=version, answer=shipped_to(OTHER_WHOLESALER))
    return number


@WINDOWS
def test_a_wrong_answer_is_found_and_corrected(visit: Visitor, language: str, width: int) -> None:
    said = WORDS[language]
    member = member_exists("ATF", name="Ana Ruiz", roles=("tracer",))
    who = principal_of_member(member, door=Door.TEST)
    assert who is not None
    number = asked_wrongly(who)
    page = visit("/centre/", member=member, language=language, width=width)
    page.keyboard.press("/")
    expect(page.get_by_label(said["find"])).to_be_focused()
    page.keyboard.type("glk-4")
    page.keyboard.press("Enter")
    page.wait_for_url("**/centre/?s=*")
    assert "glk" not in page.url and faults(page) == []
    if width == PHONE:
        page.get_by_text(said["filters"], exact=True).click()
    expect(page.get_by_label(said["none"])).to_be_visible()
    page.locator(f'a[href="/centre/traces/{number}"]').first.click()
    page.locator("#inquiry-1 summary").click()
    page.get_by_role("link", name=said["correct"]).click()
    assert faults(page) == []
    expect(page.get_by_label(said["number"])).to_have_value(OTHER_WHOLESALER.number)
    page.get_by_label(said["number"]).fill(WHOLESALER.number)
    page.get_by_label(said["why"]).fill(NOTE)
    page.get_by_role("button", name=said["send"]).click()
    page.wait_for_url(f"**/centre/traces/{number}")
    page.locator("#inquiry-1 summary").click()
    expect(page.get_by_text(said["was"])).to_be_visible()
    expect(page.get_by_text(NOTE)).to_be_visible()
    expect(page.get_by_text(said["void"]).first).to_be_visible()
    assert faults(page) == []
