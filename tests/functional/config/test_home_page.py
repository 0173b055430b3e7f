"""Today: what waits for the signed-in person, and what to do when nothing does."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import RequestFactory

from cotrace.audit.models import AuditEvent
from cotrace.config.refusals import broken, malformed
from cotrace.foundation import clock, outbox
from cotrace.seizures.imports import LogFile, log_import, mapping_named
from cotrace.sharing.rules.agreements import Clause
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.agreements import AgreementDraft, agreement_draft
from cotrace.tracing.models import Trace
from cotrace.tracing.rules.statuses import TraceStatus
from tests.support.pages import cast_exists, client_of, seizure_exists, words_of
from tests.support.seizure_logs import write_log
from tests.support.world import PURPOSE, agent, enrolled
from tests.usecases.tracing.world import centre_exists, submit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()


def draft_by_atf() -> str:
    clause = Clause(owner="ATF", viewer="FGR", category="seizure", level=Level.FULL)
    today = clock.today()
    draft = AgreementDraft(
        title_en="Shared seizures", title_es="Aseguramientos compartidos", legal_basis="", purposes=(PURPOSE,),
        parties=("ATF", "FGR"), clauses=(clause,), starts_on=today, review_on=today,
    )  # fmt: skip
    return agreement_draft(agent("ATF"), draft=draft)


def test_nothing_waits_and_the_page_says_where_to_start() -> None:
    words = words_of(client_of("FGR").get("/"))
    assert "Nothing waits for you" in words and "Import seizures" in words and "Read the memoranda" in words


def test_a_role_is_offered_only_what_it_may_do() -> None:
    words = words_of(client_of("FGR", roles=("tracer",)).get("/"))
    assert "See the seizures" in words
    assert "Import seizures" not in words and "Record a seizure" not in words


def test_a_memorandum_to_sign_and_its_notice_wait_for_the_signer() -> None:
    signer = client_of("FGR")
    draft_by_atf()
    outbox.drain()
    words = words_of(signer.get("/"))
    assert "A memorandum waits for your agency's signature." in words
    assert "Shared seizures with ATF" in words
    assert "Aseguramientos compartidos con ATF" in words_of(signer.get("/", HTTP_ACCEPT_LANGUAGE="es"))


def test_it_waits_for_nobody_else() -> None:
    client = client_of("ICE")
    draft_by_atf()
    outbox.drain()
    assert "Nothing waits for you" in words_of(client.get("/"))


def test_an_import_waits_while_it_runs_and_a_week_where_rows_were_rejected(tmp_path) -> None:
    path = write_log(tmp_path, rows=12, bad_rows={5: {"MES": 13}})
    file = LogFile(path=path, name="log.xlsx", companions={})
    log_import(enrolled("FGR"), file=file, mapping=mapping_named("cide-ppd"))
    client = client_of("FGR")
    assert "log.xlsx" in words_of(client.get("/")) and "Running" in words_of(client.get("/"))
    outbox.drain()
    assert "1 row rejected Done, with rejected rows" in words_of(client.get("/"))
    later = clock.now() + timedelta(days=8)
    session = client.session
    session["cotrace_seen_at"] = session["cotrace_started_at"] = int(later.timestamp())
    session.save()
    with clock.frozen_at(later):
        assert "log.xlsx" not in words_of(client.get("/"))


@pytest.mark.parametrize(
    ("language", "button", "said"),
    [
        ("en", "I have looked at it", "The import is noted as looked at."),
        ("es", "Ya la revisé", "Quedó asentado que la importación se revisó."),
    ],
)
def test_an_import_that_was_looked_at_leaves_the_page_of_everybody(tmp_path, language, button, said) -> None:
    path = write_log(tmp_path, rows=12, bad_rows={5: {"MES": 13}})
    file = LogFile(path=path, name="log.xlsx", companions={})
    number = log_import(enrolled("FGR"), file=file, mapping=mapping_named("cide-ppd"))
    mine, colleague = client_of("FGR"), client_of("FGR", name="Leo Paz")
    mine.cookies["cotrace_language"] = language
    assert button not in words_of(mine.get("/")) and mine.post(f"/seizures/imports/{number}/reviewed").status_code == 409
    outbox.drain()
    assert button in words_of(mine.get("/")) and button in words_of(mine.get(f"/seizures/imports/{number}"))
    assert said in mine.post(f"/seizures/imports/{number}/reviewed", follow=True).content.decode()
    for client in (mine, colleague):
        assert "log.xlsx" not in words_of(client.get("/"))
    assert button not in words_of(mine.get(f"/seizures/imports/{number}"))
    assert mine.post(f"/seizures/imports/{number}/reviewed").status_code == 302
    assert AuditEvent.objects.filter(chain="FGR", action="seizure.import_reviewed", subject=number).count() == 1


def test_nobody_of_another_agency_or_without_the_role_says_that_it_was_looked_at(tmp_path) -> None:
    path = write_log(tmp_path, rows=12, bad_rows={5: {"MES": 13}})
    file = LogFile(path=path, name="log.xlsx", companions={})
    number = log_import(enrolled("FGR"), file=file, mapping=mapping_named("cide-ppd"))
    outbox.drain()
    assert client_of("ATF").post(f"/seizures/imports/{number}/reviewed").status_code == 404
    reader = client_of("FGR", name="Leo Paz", roles=("investigator",))
    assert reader.post(f"/seizures/imports/{number}/reviewed").status_code == 403
    assert "1 row rejected" in words_of(client_of("FGR").get("/"))


def test_the_navigation_marks_where_one_is_and_the_frame_says_who_one_is() -> None:
    page = client_of("FGR").get("/seizures/imports/").content.decode()
    assert page.count('aria-current="page"') == 1
    assert '<a href="/seizures/imports/" aria-current="page">' in page
    assert "Ana Ruiz" in page and 'action="/account/sign-out"' in page and "data-idle-seconds" in page


def test_whoever_submits_requests_reads_how_a_gun_is_traced_and_a_tracer_finds_the_queue() -> None:
    assert "How a gun is traced" in words_of(client_of("FGR", roles=("recorder", "submitter")).get("/"))
    words = words_of(client_of("FGR", name="Leo Paz", roles=("tracer",)).get("/"))
    assert "How a gun is traced" not in words and "Open the tracing queue" in words


def test_the_pages_of_guns_stand_under_seizures() -> None:
    shown = client_of("FGR").get(f"/firearms/describe/{seizure_exists('FGR')}/").content.decode()
    assert '<a href="/seizures/" aria-current="page">' in shown


def test_an_address_that_leads_nowhere_reads_as_a_record_that_is_not_ones_own() -> None:
    client = client_of("FGR")
    hidden = seizure_exists("ATF")
    nowhere, record = client.get("/no-such-address"), client.get(f"/seizures/{hidden}")
    assert nowhere.status_code == record.status_code == 404
    assert words_of(nowhere) == words_of(record) and "or it is not yours to see" in words_of(record)
    refused = client.get("/api/v1/no-such-address")
    assert refused.status_code == 404 and set(refused.json()) == {"code", "message", "fields"}


def test_after_a_defect_the_page_says_what_to_do_without_a_database(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        page = broken(RequestFactory().get("/"))
        told = broken(RequestFactory().get("/api/v1/seizures"))
    assert page.status_code == told.status_code == 500
    assert "Something broke on our side" in words_of(page)
    assert json.loads(told.content)["code"] == "internal_error"


def test_a_request_that_cannot_be_read_is_refused_in_the_shape_of_its_door() -> None:
    page = malformed(RequestFactory().get("/"), SuspiciousOperation())
    assert page.status_code == 400 and "This request could not be read" in words_of(page)
    told = malformed(RequestFactory().get("/api/v1/seizures"), SuspiciousOperation())
    assert told.status_code == 422 and json.loads(told.content)["code"] == "input_malformed"


def withheld_and_concluded() -> None:
    """Let the centre have one result to release and one that is withheld until the 28th."""
    centre_exists()
    for serial, status in (("A-1", TraceStatus.CONCLUDED), ("B-2", TraceStatus.WITHHELD)):
        request = submit(serial)
        outbox.drain()
        review_on = date(2026, 11, 28) if status is TraceStatus.WITHHELD else None
        Trace.objects.filter(sources__request=request).update(status=status, review_on=review_on)


def test_whoever_releases_results_reads_on_the_first_page_what_waits() -> None:
    withheld_and_concluded()
    client = client_of("ATF", name="Sol Vega", roles=("tracing_supervisor",))
    page = client.get("/")
    html, words = page.content.decode(), words_of(page)
    assert '<a href="/centre/?status=concluded">Results to release (1)</a>' in html
    assert '<a href="/centre/?status=withheld">Withheld results to look at again (1)</a>' in html
    assert "the first by 28 Nov 2026" in words and "Nothing waits for you" not in words
    spanish = words_of(client.get("/", HTTP_ACCEPT_LANGUAGE="es"))
    assert "Resultados por liberar (1)" in spanish
    assert "Resultados retenidos por revisar (1) el primero, a más tardar el 28 nov 2026" in spanish


@pytest.mark.parametrize(("agency", "role"), [("ATF", "tracer"), ("FGR", "tracing_supervisor")])
def test_nobody_else_reads_of_them(agency: str, role: str) -> None:
    withheld_and_concluded()
    words = words_of(client_of(agency, name="Eva Sanz", roles=(role,)).get("/"))
    assert "to release (" not in words and "look at again (" not in words


def test_a_centre_in_which_nothing_waits_shows_no_such_list() -> None:
    centre_exists()
    words = words_of(client_of("ATF", name="Sol Vega", roles=("tracing_supervisor",)).get("/"))
    assert "Results of the tracing centre" not in words
