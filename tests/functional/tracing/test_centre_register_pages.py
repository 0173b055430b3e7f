"""The register of licensees in the browser: found, read, entered, changed, held; by the centre alone."""

import pytest

from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.tracing.exports.home_keys import CENTRE, home_signer
from cotrace.tracing.models import LicenseeEntry
from cotrace.tracing.selectors import register as register_selectors
from tests.functional.tracing.centre import new_trace, supervisor_client, taken, tracer_client
from tests.support.pages import cast_exists, client_of, words_of
from tests.unit.tracing.builders import DEALER, MAKER, WHOLESALER
from tests.usecases.tracing.world import centre_exists, register

pytestmark = pytest.mark.django_db

WHY = "Its owner is a suspect in case 118."
HOLD = {"is_held": "on", "hold_reason": WHY}
FORM = {
    "number": "5-74-141-01-9A-00044",
    "name": "Lindero Arms",
    "role": "dealer",
    "names": "Lindero\r\nLindero Armory\r\n",
    "address": "12 Lindero Rd",
    "phone": "+1 555 0144",
    "reach": "public",
    "is_open": "on",
}


@pytest.fixture(autouse=True)
def world(db) -> None:
    cast_exists()
    centre_exists()


def entry(number: str = FORM["number"]) -> LicenseeEntry:
    return LicenseeEntry.objects.get(owner="ATF", number=number)


def form_of(number: str, /, **changes: object) -> dict[str, object]:
    row = entry(number)
    return {**FORM, "number": number, "name": row.name, "role": row.role, "version": row.version, **changes}


def test_a_licensee_is_entered_and_read() -> None:
    client = supervisor_client()
    page = client.post("/centre/licensees/new", FORM, follow=True)
    words = words_of(page)
    assert "Lindero Arms" in words and "+1 555 0144" in words and "Lindero Armory" in words
    assert "By telephone or in writing" in words
    assert sorted(entry().names.values_list("name", flat=True)) == ["Lindero", "Lindero Armory", "Lindero Arms"]


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept() -> None:
    client = supervisor_client()
    wrong = {**FORM, "number": "!", "url": "ftp://books.example", "keys": "not a key"}
    page = client.post("/centre/licensees/new", wrong)
    assert page.status_code == 422
    words = words_of(page)
    for said in ("This is not a licence number.", "may not be dialled", "Give one public key in one line"):
        assert said in words
    assert not LicenseeEntry.objects.exists()


def test_a_number_that_is_there_is_not_overwritten_by_a_new_entry() -> None:
    register(DEALER)
    page = supervisor_client().post("/centre/licensees/new", {**FORM, "number": DEALER.number.replace("-", "")})
    assert page.status_code == 422 and "has this number in the register already" in words_of(page)
    assert entry(DEALER.number).name == DEALER.name


def test_a_connector_is_entered_with_its_key_and_shown_with_its_id() -> None:
    key = home_signer(CENTRE).public_key
    connector = {**FORM, "url": "https://books.lindero.example:8443", "keys": key.text}
    words = words_of(supervisor_client().post("/centre/licensees/new", connector, follow=True))
    assert "https://books.lindero.example:8443" in words
    assert key.text in words and f"Key id {key.key_id}" in words
    assert "the authorities that this system trusts" in words


def test_an_entry_is_changed_and_its_number_and_hold_stay() -> None:
    register(DEALER, is_held=True)
    client = supervisor_client()
    here = f"/centre/licensees/{DEALER.number}"
    changed = form_of(DEALER.number, name="Paso Guns LLC", number="9-99-999-99-9Z-99999")
    page = client.post(f"{here}/edit", changed, follow=True)
    assert "The entry was changed." in page.content.decode()
    row = entry(DEALER.number)
    assert (row.name, row.is_held, row.number) == ("Paso Guns LLC", True, DEALER.number)


def test_of_two_who_change_an_entry_the_second_loses_nothing_and_overwrites_nothing() -> None:
    register(DEALER)
    first, second = supervisor_client(), supervisor_client("Eva Sanz")
    here = f"/centre/licensees/{DEALER.number}/edit"
    seen = form_of(DEALER.number, phone="+1 555 0001")
    first.post(here, {**seen, "phone": "+1 555 0002"})
    page = second.post(here, {**seen, "address": "Typed with care 7"})
    assert page.status_code == 409
    assert "the entry changed since you opened it" in words_of(page)
    assert "Typed with care 7" in page.content.decode()
    assert entry(DEALER.number).phone == "+1 555 0002"
    again = second.post(here, {**form_of(DEALER.number), "address": "Typed with care 7"})
    assert again.status_code == 302 and entry(DEALER.number).address == "Typed with care 7"


def test_a_contact_hold_on_a_licensee_is_set_and_lifted() -> None:
    register(MAKER)
    client = supervisor_client()
    here = f"/centre/licensees/{MAKER.number}"
    assert f'href="{here}/hold"' in client.get(here).content.decode()
    asked = words_of(client.get(f"{here}/hold"))
    assert "Set a contact hold?" in asked and "Why it is not to be asked" in asked
    words = words_of(client.post(f"{here}/hold", HOLD, follow=True))
    assert "A contact hold stands" in words and entry(MAKER.number).is_held
    assert f"Reason {WHY} Set by Sol Vega Set on" in words
    assert WHY in words_of(tracer_client().get(here))
    assert client.get(f"{here}/hold")["Location"] == here
    assert "Contact hold" in words_of(client.get("/centre/licensees/"))
    client.post(f"{here}/hold", {})
    row = entry(MAKER.number)
    assert (row.is_held, row.hold_reason, row.held_by, row.held_at) == (False, "", "", None)
    assert WHY not in words_of(client.get(here))


def test_the_reason_of_a_hold_stays_on_record_after_it_was_lifted() -> None:
    register(MAKER)
    client = supervisor_client()
    client.post(f"/centre/licensees/{MAKER.number}/hold", HOLD)
    client.post(f"/centre/licensees/{MAKER.number}/hold", {})
    event = AuditEvent.objects.get(action="trace.licensee_hold_set")
    assert WHY in AuditDetail.objects.get(pk=event.pk).detail
    assert AuditEvent.objects.filter(action="trace.licensee_hold_lifted", subject=MAKER.number).exists()


@pytest.mark.parametrize(
    ("language", "why", "said"),
    [
        ("en", "", "Why it is not to be asked : Please fill in this field."),
        ("en", "          ", "Why it is not to be asked : Please fill in this field."),
        ("en", "too short", "Why it is not to be asked : Say why in at least 10 characters"),
        ("es", "muy corto", "Por qué no se le debe consultar : Diga por qué en al menos 10 caracteres"),
    ],
)
def test_a_hold_without_a_reason_is_not_set(language: str, why: str, said: str) -> None:
    register(MAKER)
    page = supervisor_client().post(
        f"/centre/licensees/{MAKER.number}/hold", {**HOLD, "hold_reason": why}, headers={"Accept-Language": language}
    )
    assert page.status_code == 422 and not entry(MAKER.number).is_held
    assert said in words_of(page)


def test_a_hold_set_before_reasons_were_asked_says_that_none_is_recorded() -> None:
    register(MAKER)
    LicenseeEntry.objects.update(is_held=True)
    words = words_of(tracer_client().get(f"/centre/licensees/{MAKER.number}"))
    assert "Reason not recorded Set by not recorded" in words


def test_a_closed_licensee_names_its_successor() -> None:
    register(WHOLESALER)
    register(MAKER, is_open=False, successor=WHOLESALER.number)
    words = words_of(tracer_client().get(f"/centre/licensees/{MAKER.number}"))
    assert "Out of business" in words and f"{WHOLESALER.name} ({WHOLESALER.number})" in words


def test_the_register_is_searched_by_a_part_of_name_or_number() -> None:
    register()
    client = tracer_client()
    found = words_of(client.get("/centre/licensees/?text=plains"))
    assert WHOLESALER.number in found and DEALER.number not in found and "With: plains" in found
    assert DEALER.number in words_of(client.get("/centre/licensees/?text=9A-00003"))
    assert "No licensee fits this search" in words_of(client.get("/centre/licensees/?text=nobody"))


def test_a_long_register_goes_on_page_by_page(monkeypatch) -> None:
    monkeypatch.setattr(register_selectors, "PAGE_SIZE", 2)
    register()
    first = tracer_client().get("/centre/licensees/").content.decode()
    assert 'rel="next"' in first and DEALER.number not in first
    at = MAKER.number.replace("-", "")
    assert DEALER.number in tracer_client("Eva Sanz").get(f"/centre/licensees/?at={at}").content.decode()


def test_a_tracer_reads_the_register_and_changes_nothing() -> None:
    register(DEALER)
    client = tracer_client()
    html = client.get(f"/centre/licensees/{DEALER.number}").content.decode()
    assert "/edit" not in html and "/hold" not in html
    assert "/centre/licensees/new" not in client.get("/centre/licensees/").content.decode()
    assert client.get("/centre/licensees/new").status_code == 403
    assert client.post(f"/centre/licensees/{DEALER.number}/edit", form_of(DEALER.number)).status_code == 403
    assert client.get(f"/centre/licensees/{DEALER.number}/hold").status_code == 403
    assert client.post(f"/centre/licensees/{DEALER.number}/hold", HOLD).status_code == 403
    assert entry(DEALER.number).is_held is False


def test_the_centres_key_is_given_to_who_keeps_the_register() -> None:
    key = home_signer(CENTRE).public_key.text
    assert key in supervisor_client().get("/centre/licensees/").content.decode()
    assert key not in tracer_client().get("/centre/licensees/").content.decode()


@pytest.mark.parametrize("act", ["", "/edit", "/hold"])
def test_anothers_register_is_as_if_it_were_not_there(act: str) -> None:
    register(DEALER)
    client = client_of("FGR", roles=("tracing_supervisor",))
    send = client.post if act == "/hold" else client.get
    there = send(f"/centre/licensees/{DEALER.number}{act}")
    nowhere = send(f"/centre/licensees/{WHOLESALER.number}{act}")
    assert there.status_code == nowhere.status_code == 404
    assert DEALER.name not in there.content.decode()
    assert "The register is empty" in words_of(client.get("/centre/licensees/"))


def test_who_enters_a_missing_maker_comes_back_to_the_trace_that_waits() -> None:
    number = new_trace()
    supervisor = supervisor_client()
    desk = taken(number, supervisor)
    html = desk.page().content.decode()
    where = f"/centre/licensees/new?name=Sierra+Arms&amp;trace={number}"
    assert where in html
    address = where.replace("&amp;", "&")
    assert 'value="Sierra Arms"' in supervisor.get(address).content.decode()
    page = supervisor.post(address, {**FORM, "name": "Sierra Arms", "role": "maker"}, follow=True)
    words = words_of(page)
    assert page.redirect_chain[-1][0] == desk.address
    assert f"The trace then goes to Sierra Arms ({FORM['number']})." in words


def test_a_trace_that_is_not_there_leads_nobody_back() -> None:
    client = supervisor_client()
    page = client.post("/centre/licensees/new?trace=TC-../../NOWHERE", FORM)
    assert page["Location"] == f"/centre/licensees/{FORM['number']}"
