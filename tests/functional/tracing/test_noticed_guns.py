"""A notice says which gun it is about, to whoever may see that gun now; nothing of it is kept in the notice."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cotrace.audit.models import AuditEvent
from cotrace.foundation import outbox
from cotrace.foundation.principal import worker_principal
from cotrace.notices.models import Notice
from cotrace.notices.reads import NoticeDraft
from cotrace.notices.services import notice_send
from cotrace.tracing.models import Trace
from cotrace.tracing.selectors.noticed import guns_noticed
from tests.functional.tracing.asking import gun_exists, request_exists
from tests.support.pages import cast_exists, client_of, words_of
from tests.support.world import agent
from tests.usecases.tracing.world import centre_exists

pytestmark = pytest.mark.django_db
SAID = "Sierra Arms S17, 9MM · ABC-1234 · FED/SON/118"


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()
    centre_exists()


def told(member: str, agency: str, subject: str, page: str = "tracing:request") -> None:
    draft = NoticeDraft(cause=subject, code="notice_trace_result", subject=subject, page=page)
    notice_send(worker_principal(agency), recipients=[(member, agency)], draft=draft)


def test_a_notice_names_the_gun_of_ones_own_request_and_the_look_is_on_record() -> None:
    number = request_exists()
    client = client_of("FGE-SON", name="Ana Ruiz")
    member = client.get("/notices/").context["principal"].id
    told(member, "FGE-SON", number)
    assert SAID in words_of(client.get("/notices/"))
    assert not [each for each in Notice.objects.values_list() if "ABC-1234" in str(each)]
    assert AuditEvent.objects.filter(chain="FGE-SON", action="trace.noticed", actor=member).count() == 1


def test_the_page_of_today_names_the_gun_too_and_the_look_is_on_record() -> None:
    number = request_exists()
    client = client_of("FGE-SON", name="Ana Ruiz")
    member = client.get("/").context["principal"].id
    told(member, "FGE-SON", number)
    assert SAID in words_of(client.get("/"))
    assert AuditEvent.objects.filter(chain="FGE-SON", action="trace.noticed", actor=member).count() == 1


def test_the_page_of_today_asks_for_many_notices_no_oftener_than_for_two() -> None:
    client = client_of("FGE-SON", name="Ana Ruiz")
    member = client.get("/").context["principal"].id
    counts = []
    for serials in (("ABC-1", "ABC-2"), ("ABC-3", "ABC-4", "ABC-5", "ABC-6")):
        for serial in serials:
            told(member, "FGE-SON", request_exists(gun=gun_exists(serial=serial)))
        with CaptureQueriesContext(connection) as caught:
            words = words_of(client.get("/"))
        counts.append(len(caught))
    assert "Sierra Arms S17, 9MM · ABC-6" in words and counts[0] == counts[1]


def test_a_tracer_reads_the_gun_of_each_trace_and_many_ask_no_oftener_than_two() -> None:
    client = client_of("ATF")
    member = client.get("/notices/").context["principal"].id
    counts = []
    for serials in (("ABC-1", "ABC-2"), ("ABC-3", "ABC-4", "ABC-5", "ABC-6")):
        for serial in serials:
            request_exists(gun=gun_exists(serial=serial))
        outbox.drain()
        for trace in Trace.objects.values_list("pk", flat=True):
            told(member, "ATF", trace, "tracing:trace")
        with CaptureQueriesContext(connection) as caught:
            words = words_of(client.get("/notices/"))
        counts.append(len(caught))
    assert all(f"Sierra Arms S17, 9MM · {serial}" in words for serial in ("ABC-1", "ABC-6"))
    assert "FED/SON/118" not in words
    assert counts[0] == counts[1]


def test_nobody_else_is_told_anything_of_it_and_nothing_goes_on_record() -> None:
    number = request_exists()
    before = AuditEvent.objects.count()
    blind = replace(agent("FGE-SON"), permissions=frozenset())
    assert [guns_noticed(each, numbers=[number, "XX"]) for each in (agent("ATF"), agent("FGR"), blind)] == [{}, {}, {}]
    assert AuditEvent.objects.count() == before
