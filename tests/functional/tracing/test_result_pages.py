"""The result of a trace: what the agency that asked reads, what it takes along, and who finds nothing."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from cotrace.audit.models import AuditEvent
from cotrace.sharing.rules.levels import Level
from cotrace.tracing.reads.tables import outcome_table
from cotrace.tracing.rules.answers import Address, AnswerKind, IdentityDocument, LicenseeRef, Purchaser
from cotrace.tracing.rules.chain import Finding
from cotrace.tracing.rules.result_document import TraceResultDocument, parse_result
from cotrace.tracing.rules.trace_view import Role
from tests.functional.tracing.asking import alike, chain, failed, link, request_exists, result, result_comes
from tests.support.pages import cast_exists, client_of, words_of
from tests.support.world import memorandum
from tests.unit.tracing.builders import DEALER, MAKER
from tests.usecases.tracing.world import centre_exists

pytestmark = pytest.mark.django_db
SPANISH = {"HTTP_ACCEPT_LANGUAGE": "es"}
ABSENT = "TR-TEST-0000-0000-0000"


@pytest.fixture(autouse=True)
def number(db) -> str:
    cast_exists()
    centre_exists()
    return request_exists()


@pytest.fixture
def officer() -> Client:
    return client_of("FGE-SON")


def page(client: Client, document: TraceResultDocument, **headers: str) -> str:
    result_comes(document)
    response = client.get(f"/traces/{document.request_number}/result", **headers)
    assert response.status_code == 200
    return words_of(response)


def test_dealer_dates_purchaser_and_the_time_between_come_first(officer: Client, number: str) -> None:
    words = page(officer, result(number))
    order = ["Serial number: ABC-1234", "A lead, not evidence", "Purchaser identified", "Dealer Paso Guns, licence 5-74-141-01-9A-00003",
             "Bought on 15 Jun 2023", "Recovered on 20 Jan 2024", "219 days, ATF's band: 7 months to under 1 year",
             "Surnames Ortega Lund", "The chain", "Next steps", "This result"]  # fmt: skip
    places = [words.index(each) for each in order]
    assert places == sorted(places)
    assert "Short: three years or less" in words


def test_the_purchaser_is_described_as_the_record_has_it(officer: Client, number: str) -> None:
    buyer = Purchaser(
        family_names="Núñez Lund",
        address=Address(street="12 Lindero Rd", city="El Paso", state="TX", country="US"),
        document=IdentityDocument(type_name="Driver's licence", number="D-1", issuer="TX"),
    )
    words = page(officer, result(number, purchaser=buyer))
    for said in ("12 Lindero Rd, El Paso, TX, United States", "Driver's licence D-1, issued by TX", "Given names not recorded"):
        assert said in words


def test_who_sees_the_request_is_not_said_of_the_result(officer: Client, number: str) -> None:
    memorandum(owner="FGE-SON", viewer="FGR", category="*", level=Level.FULL)
    document = result(number)
    words = page(officer, document)
    assert "Who can see this" not in words
    assert "Who can see the result Your agency alone, with any purchaser it names" in words
    assert "FGR sees it in full under a memorandum." in words.split("Who can see the request")[1]
    assert client_of("FGR").get(f"/traces/{document.request_number}/result").status_code == 404
    spanish = words_of(officer.get(f"/traces/{document.request_number}/result", **SPANISH))
    assert "Quién puede ver el resultado Solo su corporación" in spanish and "Quién puede ver la solicitud" in spanish
    assert "Who can see this" in words_of(officer.get(f"/traces/{document.request_number}"))


def test_the_chain_goes_from_the_maker_to_the_recovery_with_the_days_between(officer: Client, number: str) -> None:
    words = page(officer, result(number)).split("The chain")[1]
    order = ["Maker", "Sierra Arms, licence", "Shipped the gun to the next licensee. Invoice INV-7.", "9 days",
             "Wholesaler", "Plains Supply", "125 days", "Dealer", "Paso Guns", "Avery Ortega Lund", "219 days",
             "Recovery", "Nogales, Sonora"]  # fmt: skip
    places = [words.index(each) for each in order]
    assert places == sorted(places)
    assert "Gap in the record" not in words and "Records disagree" not in words


@pytest.mark.parametrize(
    ("finding", "mark", "said"),
    [
        (Finding.SUPPLIER_DIFFERS, "Records disagree", "Its book names another supplier"),
        (Finding.DATES_GO_BACK, "Records disagree", "By its record the gun left before it came here."),
        (Finding.DATE_AFTER_RECOVERY, "Records disagree", "By its record the gun left after it was recovered."),
        (Finding.MAKE_DIFFERS, "Records disagree", "Its record names another make than the request."),
        (Finding.DATE_MISSING, "Gap in the record", "The record has no date."),
    ],
)
def test_gaps_and_contradictions_are_said_where_they_are(officer: Client, number: str, finding, mark, said) -> None:
    words = page(officer, result(number, chain=chain(finding)))
    assert "Records are missing or disagree; each place says how." in words
    assert mark in words.split("Dealer")[-1] and said in words


def test_without_a_date_of_purchase_there_is_no_number_but_a_reason(officer: Client, number: str) -> None:
    words = page(officer, result(number, purchased_on=None))
    assert "Time-to-crime not recorded (the date of purchase is not known)" in words
    assert "Short: three years" not in words


def test_long_time_to_crime_is_not_called_short(officer: Client, number: str) -> None:
    words = page(officer, result(number, purchased_on=date(2010, 1, 1)))
    assert "ATF's band: 3 years and over" in words and "Short: three years" not in words


def test_a_trace_that_stopped_says_where_and_what_would_bring_it_further(officer: Client, number: str) -> None:
    maker = LicenseeRef(number=MAKER.number, name=MAKER.name)
    stopped = (link(1, Role.MAKER, maker, answer_kind=AnswerKind.NOT_IN_RECORDS),)
    words = page(officer, failed(number, "M1", chain=stopped))
    for said in (
        "Serial not in the maker's or importer's records",
        "Read the serial on the frame or receiver again",
        "Has no such gun in its records.",
        "No record says who had the gun.",
        "Last point reached The maker or importer",
    ):
        assert said in words
    for absent in ("Surnames", "Bought on", "Time-to-crime", "Next steps"):
        assert absent not in words


def test_a_trace_that_reached_the_dealer_names_it_without_a_purchaser(officer: Client, number: str) -> None:
    last = replace(chain()[-1], answer_kind=AnswerKind.RECORD_INCOMPLETE, left_on=None)
    dealer = LicenseeRef(number=DEALER.number, name=DEALER.name)
    words = page(officer, failed(number, "D1", chain=(*chain()[:2], last), dealer=dealer))
    assert "Dealer Paso Guns, licence 5-74-141-01-9A-00003" in words
    assert "Has the gun in its book, but not where it went." in words and "Gap in the record" in words
    assert "Have those entries of the licensees certified" in words


@pytest.mark.parametrize("code", sorted(outcome_table()))
def test_every_outcome_has_its_page_in_both_languages(officer: Client, number: str, code: str) -> None:
    result_comes(failed(number, code))
    for language, outcome in (("en", outcome_table()[code].unblock_en), ("es", outcome_table()[code].unblock_es)):
        answer = officer.get(f"/traces/{number}/result", HTTP_ACCEPT_LANGUAGE=language)
        assert " ".join(outcome.split()) in words_of(answer)


def test_a_trace_for_which_nobody_was_asked_says_so(officer: Client, number: str) -> None:
    words = page(officer, failed(number, "S1"))
    assert "No licensee was asked: the description did not lead to one." in words


def test_the_formal_step_is_that_of_the_agencys_country() -> None:
    number = request_exists("ICE")
    result_comes(result(number), agency="ICE")
    words = words_of(client_of("ICE").get(f"/traces/{number}/result"))
    assert "Ask through the tracing centre" in words and "central authority" not in words


def test_across_the_border_the_formal_step_is_legal_assistance(officer: Client, number: str) -> None:
    words = page(officer, result(number))
    assert "the entry in the book of Paso Guns" in words
    assert "international legal assistance, through your central authority. Cite this trace" in words


def test_the_document_is_what_other_systems_read(officer: Client, number: str) -> None:
    result_comes(result(number))
    response = officer.get(f"/traces/{number}/result.json")
    assert response["Content-Type"] == "application/json"
    assert f'filename="trace-result-{number}-LES.json"' in response["Content-Disposition"]
    assert parse_result(json.loads(response.content)) == result(number)
    assert f'href="/traces/{number}/result.json"' in officer.get(f"/traces/{number}/result").content.decode()


@pytest.mark.parametrize("page_name", ["result", "result.json"])
def test_opening_it_is_on_record_once_and_as_what_it_is(officer: Client, number: str, page_name: str) -> None:
    result_comes(result(number))
    officer.get(f"/traces/{number}/{page_name}")
    opened = AuditEvent.objects.filter(chain="FGE-SON", subject=number, action="trace.result_opened")
    assert opened.count() == 1
    looked = words_of(officer.get(f"/traces/{number}"))
    assert "opened the result, with its purchaser" in looked


@pytest.mark.parametrize("page_name", ["result", "result.json"])
@pytest.mark.parametrize("agency", ["ICE", "PD-EP", "ATF"])
def test_no_other_agency_learns_that_there_is_a_result(number: str, agency: str, page_name: str) -> None:
    memorandum(owner="FGE-SON", viewer="ICE", category="trace_request", level=Level.FULL)
    result_comes(result(number))
    other = client_of(agency)
    hidden, absent = (other.get(f"/traces/{each}/{page_name}") for each in (number, ABSENT))
    assert (hidden.status_code, alike(hidden, number)) == (404, alike(absent, ABSENT))
    assert not AuditEvent.objects.filter(action="trace.result_opened").exists()


def test_a_partner_with_the_whole_request_is_not_told_of_its_result(number: str) -> None:
    memorandum(owner="FGE-SON", viewer="ICE", category="trace_request", level=Level.FULL)
    result_comes(result(number))
    html = client_of("ICE").get(f"/traces/{number}").content.decode()
    assert "Open the result" not in html and f"{number}/result" not in html


@pytest.mark.parametrize("page_name", ["result", "result.json"])
def test_before_it_has_come_its_page_says_so_to_the_agency_that_asked(officer: Client, number: str, page_name: str) -> None:
    early = officer.get(f"/traces/{number}/{page_name}")
    assert early.status_code == 409
    assert "The tracing centre has released no result of this request yet." in words_of(early)
    stranger = client_of("PD-EP", name="Max Roe", roles=("investigator",))
    hidden, absent = (stranger.get(f"/traces/{each}/{page_name}") for each in (number, ABSENT))
    assert (hidden.status_code, alike(hidden, number)) == (404, alike(absent, ABSENT))
    assert "Open the result" not in words_of(officer.get(f"/traces/{number}"))


def test_a_colleague_without_the_permission_learns_whom_to_ask(number: str) -> None:
    result_comes(result(number))
    recorder = client_of("FGE-SON", name="Leo Paz", roles=("recorder",))
    words = words_of(recorder.get(f"/traces/{number}"))
    assert "Your role does not open results." in words and "Open the result" not in words
    assert recorder.get(f"/traces/{number}/result").status_code == 403


def test_on_paper_it_names_who_took_it(officer: Client, number: str) -> None:
    words = page(officer, result(number))
    assert "Law enforcement sensitive. For FGE-SON, opened by Ana Ruiz," in words


def test_the_page_reads_in_spanish(officer: Client, number: str) -> None:
    words = page(officer, result(number, chain=chain(Finding.SUPPLIER_DIFFERS)), **SPANISH)
    for said in (
        "Pista de investigación, no prueba",
        "Comprador identificado",
        "219 días",
        "de 7 meses a menos de 1 año",
        "asistencia jurídica internacional",
    ):
        assert said in words


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [("en", "PDF in English", "PDF in Spanish"), ("es", "PDF en español", "PDF en inglés")],
)
def test_paper_in_the_readers_language_stands_first(
    officer: Client, number: str, language: str, first: str, second: str
) -> None:
    result_comes(result(number))
    html = officer.get(f"/traces/{number}/result", HTTP_ACCEPT_LANGUAGE=language).content.decode()
    url = f"/traces/{number}/result/{language}.pdf"
    assert f'<a class="button button--primary" href="{url}">{first}</a>' in html
    assert html.index(first) < html.index(second)
