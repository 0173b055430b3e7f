"""One's notices through the JSON door: what the page says, in the caller's language, and taking note of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cotrace.agencies.models import Member
from cotrace.audit.models import AuditEvent
from cotrace.notices.models import Notice
from cotrace.notices.permissions import NoticePermission
from cotrace.notices.reads import MEMBER_PAGE
from cotrace.seizures.permissions import SeizurePermission
from tests.functional.notices.telling import SIGN, told
from tests.functional.tracing.asking import request_exists
from tests.support.at_terminal import absent
from tests.support.pages import cast_exists, client_of, words_of
from tests.support.sign_in import signed_in
from tests.support.world import member, token
from tests.usecases.tracing.world import centre_exists

pytestmark = pytest.mark.django_db
MEMORANDUM = "AG-TEST-0000-0000-0000"
GUN = "Sierra Arms S17, 9MM · ABC-1234 · FED/SON/118"


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()


def caller(agency: str, *, name: str = "one", permissions: tuple[str, ...] | None = None) -> Client:
    """Return a client with a token of a member, and of no more than these permissions."""
    return Client(headers={"Authorization": f"Bearer {token(agency, name=name, permissions=permissions)}"})


def listed(client: Client, **headers: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get("/api/v1/notices", headers=headers).json()
    return found


def acknowledged(client: Client, number: object):
    return client.post(f"/api/v1/notices/{number}/acknowledge")


def number_to(agency: str, *, name: str = "one") -> str:
    return Notice.objects.get(recipient=str(member(agency, name=name).pk)).pk


def test_a_notice_says_all_that_the_page_says(stopped_clock) -> None:
    client = caller("FGR")
    told("FGR", subject=MEMORANDUM, page="sharing:agreement", due_at=stopped_clock - timedelta(hours=1))
    assert listed(client) == [
        {
            "number": number_to("FGR"), "code": SIGN, "sentence": "A memorandum waits for your agency's signature.",
            "subject": MEMORANDUM, "person": "", "about": "",
            "at": "2026-03-02T18:00:00+00:00", "due_at": "2026-03-02T17:00:00+00:00",
            "is_late": True, "is_acknowledged": False,
        }
    ]  # fmt: skip


def test_a_token_that_was_not_given_notices_neither_reads_nor_takes_note_of_them() -> None:
    script = caller("FGR", permissions=(SeizurePermission.READ,))
    reader = caller("FGR", permissions=(NoticePermission.READ,))
    told("FGR")
    number = Notice.objects.get().pk
    assert script.get("/api/v1/notices").status_code == 403
    assert reader.post(f"/api/v1/notices/{number}/acknowledge").status_code == 403
    assert listed(reader)[0]["is_acknowledged"] is False


def test_its_sentence_is_in_the_language_of_the_caller() -> None:
    client = caller("FGR")
    told("FGR")
    said = [each["sentence"] for each in listed(client, accept_language="es-MX")]
    assert said == ["Un memorando espera la firma de su corporación."]


def test_a_colleague_it_is_about_is_named() -> None:
    client = caller("FGR")
    colleague = str(member("FGR", name="eva").pk)
    told("FGR", code="notice_account_role.given", subject=colleague, page=MEMBER_PAGE)
    assert [(each["subject"], each["person"]) for each in listed(client)] == [(colleague, "FGR eva")]


def test_its_gun_is_named_as_on_the_page_and_not_to_a_token_that_reads_no_traces() -> None:
    centre_exists()
    number = request_exists()
    page, whole = client_of("FGE-SON"), caller("FGE-SON")
    narrow = caller("FGE-SON", name="eva", permissions=(SeizurePermission.READ, NoticePermission.READ))
    told("FGE-SON", code="notice_trace_result", subject=number, page="tracing:request")
    assert GUN in words_of(page.get("/notices/"))
    assert [each["about"] for each in listed(whole)] == [GUN]
    assert [(each["subject"], each["about"]) for each in listed(narrow)] == [(number, "")]
    looked = AuditEvent.objects.filter(chain="FGE-SON", action="trace.noticed")
    assert looked.filter(actor=str(member("FGE-SON").pk), door="api").count() == 1
    assert not looked.filter(actor=str(member("FGE-SON", name="eva").pk)).exists()


def test_taking_note_is_on_record_once_and_moves_it_behind_those_that_wait() -> None:
    client = caller("FGR")
    told("FGR", cause="first", subject="first")
    number = number_to("FGR")
    told("FGR", cause="second", subject="second")
    assert [each["subject"] for each in listed(client)] == ["second", "first"]
    told("FGR", cause="third", subject="third")
    for _ in range(2):
        answer = acknowledged(client, number)
        assert (answer.status_code, answer.content) == (204, b"")
    assert [(each["subject"], each["is_acknowledged"]) for each in listed(client)] == [
        ("third", False), ("second", False), ("first", True),
    ]  # fmt: skip
    assert AuditEvent.objects.filter(chain="FGR", action="notice.acknowledged").count() == 1


def test_what_was_taken_note_of_through_one_door_is_so_through_the_other() -> None:
    here, page = caller("FGR"), signed_in(Client(), member("FGR"))
    told("FGR", cause="first")
    page.post(f"/notices/{number_to('FGR')}/acknowledge")
    assert [each["is_acknowledged"] for each in listed(here)] == [True]
    assert acknowledged(here, number_to("FGR")).status_code == 204
    assert AuditEvent.objects.filter(chain="FGR", action="notice.acknowledged").count() == 1


def test_a_notice_to_somebody_else_answers_as_one_that_is_not_there() -> None:
    owner = caller("FGR")
    told("FGR")
    number = number_to("FGR")
    nowhere = [absent("NT"), "SZ-NONSENSE", "x"]
    for stranger in (caller("FGR", name="eva"), caller("ATF")):
        assert listed(stranger) == []
        refused = acknowledged(stranger, number)
        assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
        assert {acknowledged(stranger, each).content for each in nowhere} == {refused.content}
    assert [each["is_acknowledged"] for each in listed(owner)] == [False]


def test_without_a_token_there_is_nothing_a_session_opens_nothing_and_looking_changes_nothing() -> None:
    session, owner = client_of("FGR"), caller("FGR")
    told("FGR")
    number = number_to("FGR")
    for client in (Client(), session):
        assert client.get("/api/v1/notices").status_code == acknowledged(client, number).status_code == 401
    assert owner.get(f"/api/v1/notices/{number}/acknowledge").status_code == 405
    assert not Notice.objects.exclude(acknowledged_at=None).exists()


def test_the_list_asks_as_often_for_twenty_notices_as_for_two() -> None:
    centre_exists()
    client, number = caller("FGE-SON"), request_exists()
    colleague = str(Member.objects.get(agency_id="FGE-SON").pk)
    counts = []
    for many in (1, 10):
        for each in range(many):
            told("FGE-SON", cause=f"{many}-{each}", subject=number, page="tracing:request")
            told("FGE-SON", cause=f"{many}-{each}-person", subject=colleague, page=MEMBER_PAGE)
        listed(client)
        with CaptureQueriesContext(connection) as caught:
            listed(client)
        counts.append(len(caught))
    assert counts[0] == counts[1]
