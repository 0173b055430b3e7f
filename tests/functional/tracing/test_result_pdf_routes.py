"""A result taken along as a PDF, from its page and through the JSON door: for the agency that asked and nobody else."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from cotrace.audit.models import AuditEvent
from cotrace.foundation import clock
from cotrace.sharing.rules.levels import Level
from cotrace.tracing.permissions import TracePermission
from tests.conftest import NOON
from tests.functional.tracing.asking import request_exists, result, result_comes
from tests.support.noninterference import SECRETS
from tests.support.pages import cast_exists, client_of
from tests.support.pdf import catalogue, text_of
from tests.support.world import memorandum, token
from tests.usecases.tracing.world import centre_exists

pytestmark = pytest.mark.django_db
ABSENT = "TR-TEST-0000-0000-0000"

Asking = Callable[[str], HttpResponse]


@pytest.fixture(autouse=True)
def number(db) -> str:
    cast_exists()
    centre_exists()
    return request_exists()


def by_page(agency: str, language: str = "en") -> Asking:
    """Ask for the page's PDF as a member of an agency."""
    client = client_of(agency)
    return lambda number: client.get(f"/traces/{number}/result/{language}.pdf")


def by_api(agency: str, language: str = "en", **changes: object) -> Asking:
    """Ask through the JSON door with a token of an agency."""
    headers = {"Authorization": f"Bearer {token(agency, **changes)}"}  # type: ignore[arg-type]
    return lambda number: Client().get(f"/api/v1/traces/{number}/result.pdf?language={language}", headers=headers)


DOORS = pytest.mark.parametrize("door", [by_page, by_api])


def opened() -> int:
    """How often a result was opened."""
    return AuditEvent.objects.filter(action="trace.result_opened").count()


@DOORS
@pytest.mark.parametrize(("language", "title"), [("en", "Trace result"), ("es", "Resultado de rastreo")])
def test_a_copy_comes_as_a_file_that_no_cache_keeps(number: str, door, language: str, title: str) -> None:
    result_comes(result(number))
    response = door("FGE-SON", language)(number)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Content-Disposition"] == f'attachment; filename="trace-result-{number}-{language}-LES.pdf"'
    assert response["Cache-Control"] == "no-store"
    text = text_of(response.content)
    assert title in text and "Avery Ortega Lund" in text and "219" in text
    assert catalogue(response.content)["/Lang"].startswith(language)


@DOORS
def test_a_copy_names_its_reader_agency_and_moment(number: str, door) -> None:
    result_comes(result(number))
    asking = door("FGE-SON")
    with clock.frozen_at(NOON):
        text = text_of(asking(number).content)
    reader = {by_page: "Ana Ruiz", by_api: "FGE-SON one"}[door]
    assert f"Copy of {reader}, FGE-SON, opened on 2 Mar 2026, 18:00 UTC." in text


@DOORS
def test_every_opening_is_on_record_as_what_it_is(number: str, door) -> None:
    result_comes(result(number))
    asking = door("FGE-SON")
    asking(number), asking(number)
    found = AuditEvent.objects.filter(chain="FGE-SON", subject=number, action="trace.result_opened")
    assert (found.count(), opened()) == (2, 2)


@DOORS
@pytest.mark.parametrize("agency", ["ICE", "PD-EP", "ATF"])
def test_another_agency_gets_the_bytes_of_what_does_not_exist(number: str, door, agency: str) -> None:
    memorandum(owner="FGE-SON", viewer="ICE", category="trace_request", level=Level.FULL)
    result_comes(result(number))
    asking = door(agency)
    hidden, absent = asking(number), asking(ABSENT)
    assert hidden.status_code == absent.status_code == 404
    assert alike(hidden, number) == alike(absent, ABSENT)
    assert opened() == 0


@DOORS
def test_a_result_that_has_not_come_is_none(number: str, door) -> None:
    early = door("FGE-SON")(number)
    assert early.status_code == 409
    assert "The tracing centre has released no result of this request yet." in early.content.decode()
    assert opened() == 0


def test_only_two_languages_exist_on_the_page_and_others_open_nothing(number: str) -> None:
    result_comes(result(number))
    assert by_page("FGE-SON", "fr")(number).status_code == 404
    assert by_api("FGE-SON", "fr")(number).status_code == 422
    assert opened() == 0


def test_without_a_language_the_callers_is_taken(number: str) -> None:
    result_comes(result(number))
    headers = {"Authorization": f"Bearer {token('FGE-SON')}"}
    path = f"/api/v1/traces/{number}/result.pdf"
    for accepted, title in (("es-MX", "Resultado de rastreo"), ("en", "Trace result")):
        response = Client().get(path, headers={**headers, "Accept-Language": accepted})
        assert title in text_of(response.content)


def test_the_permission_is_that_of_results(number: str) -> None:
    result_comes(result(number))
    recorder = client_of("FGE-SON", name="Leo Paz", roles=("recorder",))
    assert recorder.get(f"/traces/{number}/result/en.pdf").status_code == 403
    reading = {TracePermission.READ, TracePermission.SUBMIT}
    assert by_api("FGE-SON", name="reader", permissions=reading)(number).status_code == 403
    assert Client().get(f"/api/v1/traces/{number}/result.pdf").status_code == 401
    assert Client().get(f"/traces/{number}/result/en.pdf").status_code == 302
    assert opened() == 0


def test_only_getting_it_is_allowed(number: str) -> None:
    result_comes(result(number))
    assert client_of("FGE-SON").post(f"/traces/{number}/result/en.pdf").status_code == 405
    assert opened() == 0


@override_settings(COTRACE_DEMO=True)
def test_a_demo_installation_says_that_its_data_are_synthetic(number: str) -> None:
    result_comes(result(number))
    assert "Datos sintéticos" in text_of(by_page("FGE-SON", "es")(number).content)


def test_the_page_of_the_result_leads_to_both_copies(number: str) -> None:
    result_comes(result(number))
    html = client_of("FGE-SON").get(f"/traces/{number}/result").content.decode()
    assert all(f'href="/traces/{number}/result/{language}.pdf"' in html for language in ("en", "es"))


def alike(response: HttpResponse, number: str) -> bytes:
    """Return an answer without what differs from request to request: its token and the number asked for."""
    return SECRETS.sub(b"", response.content).replace(number.encode(), b"NUMBER")
