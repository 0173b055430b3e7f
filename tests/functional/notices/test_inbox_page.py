"""One's notices: those that wait first, each with where it leads, taken note of once and by oneself."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cotrace.audit.models import AuditEvent
from cotrace.foundation import clock
from cotrace.notices.models import Notice
from tests.functional.notices.telling import told
from tests.support.pages import cast_exists, client_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()


def test_a_notice_waits_leads_to_its_page_and_is_counted_on_every_page() -> None:
    client = client_of("FGR")
    told("FGR", subject="AG-TEST-0000-0000-0000", page="sharing:agreement")
    page = client.get("/notices/").content.decode()
    assert 'href="/agreements/AG-TEST-0000-0000-0000"' in page
    rail = client.get("/seizures/").content.decode().split("</nav>")[0]
    assert '<span>Notices</span> <span class="tally"><span class="number">1</span></span>' in rail


def test_taking_note_is_on_record_and_moves_it_down() -> None:
    client = client_of("FGR")
    told("FGR")
    number = Notice.objects.get().pk
    words = words_of(client.post(f"/notices/{number}/acknowledge", follow=True))
    assert "Nothing waits for you" in words and "Taken note of" in words
    assert AuditEvent.objects.filter(chain="FGR", action="notice.acknowledged").count() == 1


def test_a_notice_of_somebody_else_does_not_exist() -> None:
    client_of("FGR")
    told("FGR")
    number = Notice.objects.get().pk
    stranger = client_of("ATF")
    assert stranger.post(f"/notices/{number}/acknowledge").status_code == 404
    assert "Nothing waits for you" in words_of(stranger.get("/notices/"))


def test_a_late_notice_says_so_and_one_without_a_page_leads_nowhere() -> None:
    client = client_of("FGR")
    told("FGR", due_at=clock.now() - timedelta(hours=1), page="nowhere:at_all", subject="XX")
    response = client.get("/notices/")
    assert "Overdue" in words_of(response)
    assert "<a href" not in response.content.decode().split('class="notices"')[1].split("</ul>")[0]


def test_looking_changes_nothing() -> None:
    client = client_of("FGR")
    told("FGR")
    opened = client.get(f"/notices/{Notice.objects.get().pk}/acknowledge")
    assert (opened.status_code, opened["Allow"]) == (405, "POST")
    assert "This address does not take that method." in words_of(opened)
    assert Notice.objects.get().acknowledged_at is None


def test_the_inbox_asks_as_often_for_twenty_notices_as_for_two() -> None:
    client = client_of("FGR")
    counts = []
    for number in (2, 20):
        for each in range(number):
            told("FGR", cause=f"{number}-{each}", subject="AG-TEST-0000-0000-0000", page="sharing:agreement")
        client.get("/notices/")
        with CaptureQueriesContext(connection) as caught:
            client.get("/notices/")
        counts.append(len(caught))
    assert counts[0] == counts[1]
