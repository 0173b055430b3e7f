"""Today: what waits for the signed-in person, and what to do when nothing does."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import RequestFactory

from cotrace.config.refusals import broken, malformed
from cotrace.foundation import clock, outbox
from cotrace.seizures.imports import LogFile, log_import, mapping_named
from cotrace.sharing.rules.agreements import Clause
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.agreements import AgreementDraft, agreement_draft
from tests.support.pages import cast_exists, client_of, seizure_exists, words_of
from tests.support.seizure_logs import write_log
from tests.support.world import PURPOSE, agent, enrolled

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
    assert "Nothing waits for you" in words and "Import a log" in words and "Read the memoranda" in words


def test_a_role_is_offered_only_what_it_may_do() -> None:
    words = words_of(client_of("FGR", roles=("tracer",)).get("/"))
    assert "See the seizures" in words
    assert "Import a log" not in words and "Record a seizure" not in words


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
