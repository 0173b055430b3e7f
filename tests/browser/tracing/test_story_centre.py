"""A tracer's day: a maker is entered, answers are taken by telephone, a step is seen as it happens, a result goes out."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from cotrace.agencies.selectors import principal_of_member
from cotrace.audit.models import AuditEvent
from cotrace.foundation import clock, outbox
from cotrace.foundation.principal import Door, Principal
from cotrace.tracing.models import Trace
from cotrace.tracing.rules.trace_view import KnownLicensee, Role
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.services.tracer import trace_answer, trace_take
from tests.support.browser import ALL_LOOKS, PHONE, WINDOWS, Visitor, faults
from tests.support.pages import cast_exists
from tests.support.sign_in import member_exists
from tests.unit.tracing.builders import DEALER, IMPORTER, MAKER, WHOLESALER
from tests.usecases.tracing.listed import published
from tests.usecases.tracing.world import SURNAME, centre_exists, register, submit, tracer

pytestmark = pytest.mark.browser
GULF = KnownLicensee(number="5-74-141-01-5A-00044", name="Gulf Guns", role=Role.DEALER)
"""A licensee that the register does not have, under a number that expired."""
WORDS = {
    "en": {
        "take": "Take", "enter": "Enter the licensee", "number": "Licence number", "place": "Place in the chain",
        "maker": "Maker", "save": "Enter it", "look": "Look again", "answer": "Enter an answer",
        "received": "Licence number of who received it", "shipped": "Shipped on", "send": "Enter the answer",
        "sold": "Sold to a private buyer", "surnames": "Surnames", "sold_on": "Sold on", "ended": "The trace ended: P1",
        "release": "Release the result", "see": "See the purchaser", "echo": "1 Feb 2023", "released": "Released to the one who asked.",
        "wait": "Maker or importer not in the register", "pass": "Let it pass", "why": "Why it may go on",
        "disagree": "Records disagree", "kept": "What you had written:",
    },
    "es": {
        "take": "Tomar", "enter": "Registrar al licenciatario", "number": "Número de licencia", "place": "Lugar en la cadena",
        "maker": "Fabricante", "save": "Registrarlo", "look": "Revisar de nuevo", "answer": "Capturar una respuesta",
        "received": "Número de licencia de quien la recibió", "shipped": "Fecha de envío", "send": "Capturar la respuesta",
        "sold": "Vendida a un particular", "surnames": "Apellidos", "sold_on": "Fecha de venta", "ended": "El rastreo terminó: P1",
        "release": "Liberar el resultado", "see": "Ver al comprador", "echo": "1 feb 2023", "released": "Se liberó para quien lo solicitó.",
        "wait": "Fabricante o importador fuera del registro", "pass": "Aceptar y continuar", "why": "Por qué puede continuar",
        "disagree": "Los registros no coinciden", "kept": "Lo que usted había escrito:",
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def world(site) -> None:
    cast_exists()
    centre_exists()


def opened(serial: str = "ABC-1234", **changes: object) -> str:
    """Submit a request and let the centre open its trace; return the trace's number."""
    request = submit(serial, **changes)
    outbox.drain()
    return str(Trace.objects.get(sources__request=request).holding_id)


def answered(number: str, kind: str, **detail: object) -> None:
    """Enter an answer as the tracer of these tests."""
    version = trace_get(tracer(), number=number).version
    trace_answer(tracer(), number=number, version=version, answer={"kind": kind, "detail": detail})


def shipped(number: str, to, on: str) -> None:
    answered(number, "shipped_to", licensee={"number": to.number, "name": to.name}, shipped_on=on)


def enter_shipment(page: Page, words: dict[str, str], to, on: str) -> None:
    """Enter on the page that the gun went on to a licensee."""
    page.get_by_role("link", name=words["answer"]).click()
    page.get_by_label(words["received"]).fill(to.number)
    page.get_by_label(words["shipped"]).fill(on)
    assert faults(page) == []
    page.get_by_role("button", name=words["send"]).click()


@WINDOWS
def test_a_trace_goes_from_the_queue_to_the_released_result(visit: Visitor, language: str, width: int) -> None:
    words = WORDS[language]
    register(WHOLESALER, DEALER)
    opened()
    member = member_exists("ATF", roles=("tracing_supervisor",))
    page = visit("/centre/", member=member, language=language, width=width)
    expect(page.locator("tbody")).to_contain_text(words["wait"])
    assert faults(page) == []
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=words["take"], exact=True).click()
    assert faults(page) == []

    page.get_by_role("link", name=words["enter"]).click()
    page.get_by_label(words["number"]).first.fill(MAKER.number)
    page.get_by_label(words["place"]).select_option(label=words["maker"])
    assert faults(page) == []
    page.get_by_role("button", name=words["save"]).click()
    expect(page.locator("main")).to_contain_text(f"Sierra Arms ({MAKER.number})")
    page.get_by_role("button", name=words["look"]).click()

    enter_shipment(page, words, WHOLESALER, "2023-02-01")
    expect(page.locator(".timeline")).to_contain_text(words["echo"])
    enter_shipment(page, words, DEALER, "2023-02-10")
    page.get_by_role("link", name=words["answer"]).click()
    page.get_by_role("button", name=words["sold"]).click()
    page.get_by_label(words["surnames"]).fill(SURNAME)
    page.get_by_label(words["sold_on"]).fill("2023-06-15")
    assert faults(page) == []
    page.get_by_role("button", name=words["send"]).click()
    expect(page.locator("main")).to_contain_text(words["ended"])
    assert SURNAME not in page.content()
    assert faults(page) == []

    page.get_by_role("link", name=words["see"]).click()
    assert SURNAME not in page.content()
    assert faults(page) == []
    page.get_by_role("button", name=words["see"]).click()
    expect(page.locator("main")).to_contain_text(SURNAME)
    assert faults(page) == []

    second = member_exists("ATF", name="Eva Sanz", roles=("tracing_supervisor",))
    page = visit("/centre/?status=concluded", member=second, language=language, width=width)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=words["release"]).click()
    assert faults(page) == []
    page.get_by_role("button", name=words["release"]).click()
    expect(page.locator(".messages")).to_contain_text(words["released"])
    assert faults(page) == []


def test_a_step_is_seen_as_it_happens_and_the_watching_is_not_on_record(visit: Visitor) -> None:
    register()
    number = opened()
    trace_take(tracer(), number=number)
    page = visit(f"/centre/traces/{number}", member=member_exists("ATF", roles=("tracer",)))
    expect(page.locator(".timeline")).not_to_contain_text("Plains Supply")
    with page.expect_response(lambda response: "/pulse" in response.url and response.status == 204) as quiet:
        pass
    assert quiet.value.request.headers.get("x-cotrace-poll") == "1"
    assert AuditEvent.objects.filter(action="trace.opened", subject=number).count() == 1
    shipped(number, WHOLESALER, "2023-02-01")
    expect(page.locator(".timeline")).to_contain_text("Plains Supply")
    shipped(number, DEALER, "2023-02-10")
    answered(number, "record_incomplete", reason="destroyed")
    expect(page.locator("main")).to_contain_text("The trace ended: D1")
    expect(page.locator("#announcer")).to_contain_text("Concluded, not released")
    assert page.locator("#trace-live").get_attribute("hx-get") is None
    assert faults(page) == []


@WINDOWS
def test_what_was_written_on_a_stale_page_is_refused_and_shown(visit: Visitor, language: str, width: int) -> None:
    words = WORDS[language]
    register()
    number = opened()
    member = member_exists("ATF", roles=("tracing_supervisor",))
    page = visit(f"/centre/traces/{number}", member=member, language=language, width=width)
    page.get_by_role("button", name=words["take"], exact=True).click()
    enter_shipment(page, words, WHOLESALER, "2023-02-01")
    enter_shipment(page, words, DEALER, "2023-01-15")
    expect(page.locator(".timeline")).to_contain_text(words["disagree"])
    assert faults(page) == []
    page.get_by_label(words["why"]).fill("Called both; the day is misprinted.")
    Trace.objects.filter(pk=number).update(version=90)
    page.get_by_role("button", name=words["pass"]).click()
    expect(page.locator(".callout").first).to_contain_text(words["kept"])
    expect(page.get_by_label(words["why"])).to_have_value("Called both; the day is misprinted.")
    assert faults(page) == []
    page.get_by_role("button", name=words["pass"]).click()
    expect(page.locator(".timeline")).to_contain_text(DEALER.name)


def test_without_script_an_answer_is_entered_on_a_phone(visit: Visitor) -> None:
    register()
    number = opened()
    member = member_exists("ATF", roles=("tracer",))
    page = visit(f"/centre/traces/{number}", member=member, has_script=False, width=PHONE)
    page.get_by_role("button", name="Take", exact=True).click()
    page.get_by_role("link", name="Enter an answer").click()
    page.get_by_role("button", name="Several guns fit").click()
    page.get_by_role("group", name="Gun 1").get_by_label("Model").fill("S17")
    page.get_by_role("button", name="More rows").click()
    expect(page.get_by_role("group", name="Gun 1").get_by_label("Model")).to_have_value("S17")
    page.get_by_role("group", name="Gun 6").get_by_label("Model").fill("S19")
    page.get_by_role("button", name="Enter the answer").click()
    expect(page.locator("main")).to_contain_text("It could be: S19")


def everything(principal: Principal) -> dict[str, str]:
    """Bring traces into many states; return an address for each page."""
    with clock.frozen_at(clock.now() - timedelta(days=3)):
        missing = opened("XK-77", agency="FGR")
    register()
    register(IMPORTER, is_held=True, is_open=False)
    held = opened("HOLD-1", special_instructions="Do not contact the dealer: covert case. " * 10)
    asked, done = opened("ABC-1234"), opened("ABC-3333", agency="ICE")
    published(IMPORTER, GULF)
    trace_take(tracer(), number=done)
    for number in (missing, asked):
        trace_take(principal, number=number)
    return {"missing": missing, "held": held, "asked": asked, "done": done}


@ALL_LOOKS
def test_every_page_is_clean_empty_and_filled(visit: Visitor, language: str, width: int, scheme: str) -> None:
    member = member_exists("ATF", roles=("tracing_supervisor",))
    principal = principal_of_member(member, door=Door.TEST)
    assert principal is not None
    how = {"member": member, "language": language, "width": width, "scheme": scheme}
    empty = ("/centre/", "/centre/licensees/", "/centre/licensees/new")
    found = {address: faults(visit(address, **how)) for address in empty}
    at = everything(principal)
    answered(at["done"], "record_incomplete", reason="destroyed")
    traces = "/centre/traces/"
    addresses = (
        "/centre/", "/centre/?mine=on&status=awaiting_tracer", "/centre/?licensee=nobody", "/centre/licensees/?text=paso",
        *(f"{traces}{number}" for number in at.values()), f"{traces}{at['missing']}/conclude",
        *(f"{traces}{at['asked']}/answer?kind={kind}" for kind in ("shipped_to", "not_in_records", "several_guns", "exported", "stolen_or_lost")),
        f"{traces}{at['done']}/release", f"{traces}{at['done']}/withhold",
        f"/centre/licensees/new?number={GULF.number}", f"/centre/licensees/{IMPORTER.number}", f"/centre/licensees/{IMPORTER.number}/edit", f"/centre/licensees/{MAKER.number}/hold", "/",
    )  # fmt: skip
    found |= {f"filled {address}": faults(visit(address, **how)) for address in addresses}
    assert {address: each for address, each in found.items() if each} == {}
