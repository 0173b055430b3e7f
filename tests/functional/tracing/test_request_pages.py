"""The asking agency's requests: the list, and one request at each level."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cotrace.audit.models import AuditEvent
from cotrace.foundation import clock
from cotrace.foundation.principal import worker_principal
from cotrace.seizures.services.record import Visibility, seizure_restrict
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.holdings import PAGE_SIZE
from cotrace.tracing.models import TraceRequest, TracingCentre
from cotrace.tracing.reads.messages import Receipt
from cotrace.tracing.services.requests import receipt_take
from tests.functional.tracing.asking import FORM, alike, gun_exists, request_exists, result, result_comes
from tests.support.pages import cast_exists, client_of, seizure_exists, words_of
from tests.support.world import agent, memorandum
from tests.usecases.tracing.world import CALL_BACK, centre_exists
from tests.usecases.tracing.world import submit as submitted

pytestmark = pytest.mark.django_db
SPANISH = {"HTTP_ACCEPT_LANGUAGE": "es"}


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()
    centre_exists()


@pytest.fixture
def officer() -> Client:
    return client_of("FGE-SON")


def submit(client: Client, gun: str, **changes: str):
    return client.post(f"/traces/submit/{gun}/", {**FORM, **changes})


def opened(client: Client, address: str, **headers: str) -> str:
    return words_of(client.get(address, **headers))


def test_the_list_is_newest_first_with_where_each_stands(officer: Client) -> None:
    empty = opened(officer, "/traces/")
    assert "No trace requests yet" in empty and "A request starts at a gun" in empty
    with clock.frozen_at(clock.now() - timedelta(days=1)):
        first = request_exists()
        result_comes(result(first))
    second = request_exists(gun=gun_exists(serial="ABC-9"))
    words = opened(officer, "/traces/")
    assert words.index(second) < words.index(first)
    for said in ("Sierra Arms S17, 9MM", "ABC-1234", "Received", "Result", "2 shown of 2"):
        assert said in words


def test_the_standing_is_always_the_same_sentence_and_the_receipt_is_named(officer: Client) -> None:
    number = request_exists()
    before = opened(officer, f"/traces/{number}")
    assert "its receipt has not come yet" in before
    receipt = Receipt(request=number, centre_number="TC-1", received_at=clock.now())
    receipt_take(worker_principal("FGE-SON"), receipt=receipt)
    after = opened(officer, f"/traces/{number}")
    sentence = "shows a request as received, in process, or with its result, and nothing in between"
    assert sentence in before and sentence in after
    assert "In process" in after and "TC-1" in after and "receipt has not come" not in after


def test_a_request_leads_to_its_gun_its_seizure_and_who_looked(officer: Client) -> None:
    gun = gun_exists()
    number = request_exists(gun=gun)
    response = officer.get(f"/traces/{number}")
    assert f'href="/firearms/{gun}/"' in response.content.decode()
    seizure = TraceRequest.objects.get().seizure
    assert f'href="/seizures/{seizure}"' in response.content.decode()
    words = words_of(response)
    assert "Why can I see this?" in words and "Who can see this" in words and "Who looked last" in words
    assert AuditEvent.objects.filter(subject=number, action="trace.request_opened").count() == 1


def test_another_agency_finds_nothing_where_a_request_is(officer: Client) -> None:
    number, gun = request_exists(), gun_exists(serial="X-9")
    stranger = client_of("PD-EP")
    for hidden, absent in (
        (f"/traces/{number}", "/traces/TR-TEST-0000-0000-0000"),
        (f"/traces/submit/{gun}/", "/traces/submit/FA-TEST-0000-0000-0000/"),
    ):
        answers = {address: stranger.get(address) for address in (hidden, absent)}
        assert {each.status_code for each in answers.values()} == {404}
        assert len({alike(answer, address) for address, answer in answers.items()}) == 1
    assert number not in opened(stranger, "/traces/")
    assert submit(stranger, gun).status_code == 404


@pytest.mark.parametrize(
    ("level", "shown", "hidden"),
    [
        (Level.FULL, ("FED/SON/118", "ABC-1234", "Luis Ríos Vega"), (CALL_BACK,)),
        (Level.TEAR_LINE, ("Sierra Arms, 9MM", "Received", "Liaison desk FGE-SON"), ("FED/SON/118", "ABC-1234", CALL_BACK)),
        (Level.POINTER, ("You may know only whom to call", "Liaison desk FGE-SON"), ("Sierra", "Received")),
    ],
)
def test_a_partner_reads_a_request_at_its_level(officer: Client, level: Level, shown, hidden) -> None:
    memorandum(owner="FGE-SON", viewer="ICE", category="trace_request", level=level)
    submit(officer, gun_exists())
    words = opened(client_of("ICE"), f"/traces/{TraceRequest.objects.get().pk}")
    assert [each for each in shown if each not in words] == []
    assert [each for each in hidden if each in words] == []


def test_a_request_hidden_with_its_seizure_is_hidden_from_partners(officer: Client) -> None:
    memorandum(owner="FGE-SON", viewer="ICE", category="trace_request", level=Level.FULL)
    seizure = seizure_exists("FGE-SON")
    seizure_restrict(agent("FGE-SON"), number=seizure, visibility=Visibility(cap=Level.NOTHING))
    number = request_exists(gun=gun_exists(seizure=seizure))
    assert client_of("ICE").get(f"/traces/{number}").status_code == 404


def test_who_may_only_read_finds_no_way_to_submit() -> None:
    gun = gun_exists()
    expert = client_of("FGE-SON", roles=("expert",))
    assert "This gun has not been traced." in opened(expert, f"/firearms/{gun}/")
    assert "Submit a trace request" not in opened(expert, f"/firearms/{gun}/")
    assert expert.get(f"/traces/submit/{gun}/").status_code == 403
    assert "They appear here once someone in your agency submits one" in opened(expert, "/traces/")


def test_the_navigation_names_traces_to_who_may_read_them(officer: Client) -> None:
    assert 'href="/traces/"' in officer.get("/").content.decode()
    admin = client_of("FGE-SON", name="Bo Li", roles=("agency_admin",))
    assert 'href="/traces/"' not in admin.get("/").content.decode()


def test_without_a_centre_the_page_says_whom_to_ask(officer: Client) -> None:
    TracingCentre.objects.all().delete()
    words = opened(officer, f"/traces/submit/{gun_exists()}/")
    assert "No tracing centre is known here" in words and "Submit the request" not in words


def test_the_pages_read_in_spanish(officer: Client) -> None:
    gun = gun_exists()
    form = opened(officer, f"/traces/submit/{gun}/", **SPANISH)
    for said in ("Solicitar el rastreo", "5212 Posesión de arma", "Número de serie", "México"):
        assert said in form
    submit(officer, gun)
    page = opened(officer, f"/traces/{TraceRequest.objects.get().pk}", **SPANISH)
    for said in ("Solicitud de rastreo", "Recibida", "Centro de rastreo"):
        assert said in page


def test_a_long_list_is_paged_and_nothing_is_lost(officer: Client) -> None:
    numbers = {submitted(f"ABC-{place}") for place in range(PAGE_SIZE + 2)}
    first = officer.get("/traces/")
    assert f"{PAGE_SIZE} shown of {PAGE_SIZE + 2}" in words_of(first)
    second = officer.get(f"/traces/{first.context['pager'].older_url.removeprefix('/traces/')}")
    found = {number for number in numbers for answer in (first, second) if number in words_of(answer)}
    assert found == numbers
    assert second.context["pager"].newer_url and not second.context["pager"].older_url


def test_the_list_asks_the_database_as_often_for_many_rows_as_for_few(officer: Client) -> None:
    memorandum(owner="ICE", viewer="FGE-SON", category="trace_request", level=Level.TEAR_LINE)
    memorandum(owner="FGR", viewer="FGE-SON", category="trace_request", level=Level.FULL)
    counts = []
    for made in (range(2), range(2, 12)):
        for place in made:
            for agency in ("FGE-SON", "ICE", "FGR"):
                submitted(f"ABC-{place}", agency=agency)
        officer.get("/traces/")
        with CaptureQueriesContext(connection) as caught:
            assert officer.get("/traces/").status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
