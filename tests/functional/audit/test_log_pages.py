"""An agency's own log as a page, and the signed rounds it is handed: in words, filtered, nobody else's."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cotrace.audit.models import AuditEvent, RoundHandover
from cotrace.audit.selectors.events import PAGE_SIZE
from cotrace.audit.services import record, record_refusal
from cotrace.audit.services.heads import heads_sign_when_due
from cotrace.audit.services.names import name_bind
from cotrace.audit.services.sealing import seal_once
from cotrace.foundation import clock, outbox
from cotrace.foundation.principal import installation_principal
from cotrace.sharing.rules.levels import Level
from tests.support.pages import cast_exists, client_of, seizure_exists, words_of
from tests.support.sign_in import member_exists, signed_in
from tests.support.world import agent, memorandum

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(db, stopped_clock) -> None:
    cast_exists()


@pytest.fixture
def auditor() -> Client:
    return client_of("FGR")


def rows_of(client: Client, **asked: str) -> list[tuple[str, ...]]:
    page = client.get(reverse("audit:log"), asked)
    assert page.status_code == 200
    return [tuple(map(shown, row.cells)) for row in page.context["table"].rows]


def shown(cell: object) -> str:
    """What a cell reads: of a link and a badge its text, of a number the number."""
    return str(getattr(cell, "text", getattr(cell, "number", cell)))


def test_the_log_says_who_did_what_to_which_record(auditor: Client) -> None:
    number = seizure_exists("FGR")
    rows = rows_of(auditor, subject=number)
    assert [(row[2], row[3], row[4]) for row in rows] == [("recorded it", number, "done")]
    words = words_of(auditor.get(reverse("audit:log")))
    assert "Log of your agency" in words and f"recorded it {number}" in words


def test_a_look_by_another_agency_names_the_agency_and_not_the_person(auditor: Client) -> None:
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    number = seizure_exists("FGR")
    looker = client_of("ATF", name="Tom Reyes")
    assert looker.get(reverse("seizures:detail", args=[number])).status_code == 200
    looks = [row for row in rows_of(auditor, subject=number) if row[4] == "shown"]
    assert [(row[1], row[5]) for row in looks] == [("Somebody at ATF", "on a page")]
    assert "Tom Reyes" not in auditor.get(reverse("audit:log")).content.decode()


def test_a_purpose_that_is_the_same_for_all_is_said_once(auditor: Client) -> None:
    number = seizure_exists("FGR")
    page = auditor.get(reverse("audit:log"), {"subject": number})
    assert "Purpose" not in [column.label for column in page.context["table"].columns]
    assert "Purpose of every act on this page: Criminal investigation." in words_of(page)
    spanish = auditor.get(reverse("audit:log"), {"subject": number}, HTTP_ACCEPT_LANGUAGE="es")
    assert "Finalidad de todos los actos de esta página: Investigación penal." in words_of(spanish)
    record(replace(agent("FGR"), purpose=""), action="test.act", subject=number)
    mixed = auditor.get(reverse("audit:log"), {"subject": number}, HTTP_ACCEPT_LANGUAGE="es")
    assert mixed.context["table"].columns[-1].label == "Finalidad" and "Finalidad de todos" not in words_of(mixed)
    assert {row.cells[-1] for row in mixed.context["table"].rows} == {"Investigación penal", "ninguna declarada"}


def test_a_refusal_is_said_in_words_with_what_was_asked_for(auditor: Client) -> None:
    assert auditor.get(reverse("seizures:detail", args=["SZ-TEST-0000-0000-0000"])).status_code == 404
    refused = rows_of(auditor, outcome="refused")
    assert refused[0][1:5] == (
        "Ana Ruiz",
        "asked for a page or an act that has no words here (seizures:detail)",
        "no record",
        "There is no such page or record, or it is not yours to see.",
    )
    assert len(refused) == 1


def test_a_code_of_tomorrow_is_shown_as_it_is(auditor: Client) -> None:
    record_refusal(agent("FGR"), action="thing.of_tomorrow", code="a_code_of_tomorrow")
    assert rows_of(auditor, outcome="refused")[0][2:5] == (
        "asked for a page or an act that has no words here (thing.of_tomorrow)",
        "no record",
        "Refused for a reason that has no words here (a_code_of_tomorrow)",
    )  # fmt: skip


def test_the_log_is_narrowed_by_act_person_and_record(auditor: Client) -> None:
    first, second = seizure_exists("FGR"), seizure_exists("FGR")
    auditor.get(reverse("seizures:detail", args=[first]))
    me = str(member_of(auditor))
    assert {row[2] for row in rows_of(auditor, action="seizure.recorded")} == {"recorded it"}
    assert {row[3] for row in rows_of(auditor, subject=second.lower())} == {second}
    mine = rows_of(auditor, actor=me)
    assert mine and {row[1] for row in mine} == {"Ana Ruiz"}
    both = rows_of(auditor, actor=me, subject=first)
    assert [row[2] for row in both] == ["opened the record"]
    assert len(rows_of(auditor, action="nonsense", at="yesterday")) > 3


def member_of(client: Client) -> str:
    return client.session["_auth_user_id"]


def test_reading_the_log_is_in_the_log_with_what_was_asked(auditor: Client) -> None:
    auditor.get(reverse("audit:log"), {"action": "seizure.recorded"})
    assert AuditEvent.objects.filter(action="audit.log_read", chain="FGR", outcome="disclosed").count() == 1
    assert rows_of(auditor, action="audit.log_read")[0][1:3] == ("Ana Ruiz", "read the log")


def test_another_agencys_log_is_nowhere(auditor: Client) -> None:
    seizure_exists("ICE")
    theirs = seizure_exists("ATF")
    assert rows_of(auditor, subject=theirs) == []
    outsider = member_exists("ATF", name="Tom Reyes")
    page = auditor.get(reverse("audit:log"), {"actor": str(outsider.pk)}).content.decode()
    assert "Tom Reyes" not in page


def test_a_long_log_goes_on_without_losing_or_repeating_an_event_and_tells_no_number(
    auditor: Client, stopped_clock
) -> None:
    """Others' events lie between one's own; all of them are of one moment, which is the hard case."""
    with transaction.atomic():
        for place in range(PAGE_SIZE * 2 + 20):
            record(agent("FGR"), action="test.act", subject=f"n{place}")
            record(agent("ICE"), action="test.act", subject=f"n{place}")
    seen: list[str] = []
    with clock.frozen_at(stopped_clock + timedelta(minutes=1)):
        page = auditor.get(reverse("audit:log"))
        while address := page.context["pager"].older_url:
            seen += [str(row.cells[3]) for row in page.context["table"].rows]
            assert re.search(r"at=\d{8}T\d{6}\.\d{6}(~|%7E)\d+$", address)
            page = auditor.get(address)
        seen += [str(row.cells[3]) for row in page.context["table"].rows]
    ours = [each for each in seen if re.fullmatch(r"n\d+", each)]
    assert sorted(ours) == sorted(f"n{place}" for place in range(PAGE_SIZE * 2 + 20))


def test_a_round_is_downloaded_kept_and_marked_as_taken(auditor: Client, stopped_clock) -> None:
    seal_once()
    heads_sign_when_due()
    outbox.drain()
    number = RoundHandover.objects.get().pk
    assert "A signed round of heads waits." in words_of(auditor.get(reverse("notices:inbox")))
    assert "Not taken yet" in words_of(auditor.get(reverse("audit:heads")))
    assert auditor.get(reverse("audit:heads_file", args=[number])).status_code == 405
    file = auditor.post(reverse("audit:heads_file", args=[number]))
    assert re.search(r'filename="heads-TEST-20260302180000-[0-9a-f]{8}\.json"', file["Content-Disposition"])
    kept = json.loads(file.content)
    assert kept[0]["own"]["chain"] == "FGR"
    assert "Taken on 2 Mar 2026" in words_of(auditor.get(reverse("audit:heads")))
    other = client_of("ATF", name="Tom Reyes")
    assert "Not taken yet" in words_of(other.get(reverse("audit:heads")))


def test_silence_for_too_long_and_another_key_are_said(auditor: Client, stopped_clock, settings) -> None:
    heads_sign_when_due()
    with clock.frozen_at(stopped_clock + timedelta(hours=49)):
        assert "No round came for too long" in words_of(client_of("FGR", name="Eva Luna").get(reverse("audit:heads")))
        settings.COTRACE_INSTALLATION = "MX9"
        name_bind(installation_principal(), name="MX9")
        heads_sign_when_due()
        words = words_of(client_of("FGR", name="Leo Paz").get(reverse("audit:heads")))
        assert "The name or the key changed" in words and "rounds are signed as MX9" in words
        assert "No round came for too long" not in words


def test_a_round_that_is_not_there_is_the_answer_for_nothing(auditor: Client) -> None:
    for number in ("0" * 32, "nonsense"):
        assert auditor.post(reverse("audit:heads_file", args=[number])).status_code == 404
    assert "No round was handed over yet" in words_of(auditor.get(reverse("audit:heads")))


def test_each_page_asks_for_its_permission_and_shows_only_the_way_to_what_is_open() -> None:
    officer = signed_in(Client(), member_exists("FGR", name="Ida Cruz", roles=("security_officer",)))
    assert officer.get(reverse("audit:log")).status_code == 200
    assert "Signed heads" not in words_of(officer.get(reverse("audit:log")))
    assert officer.get(reverse("audit:heads")).status_code == 403
    auditor = signed_in(Client(), member_exists("FGR", name="Leo Paz", roles=("auditor",)))
    assert "Signed heads" in words_of(auditor.get(reverse("audit:log")))
    recorder = signed_in(Client(), member_exists("FGR", name="Eva Luna", roles=("recorder",)))
    for method, name, args in (("get", "log", []), ("get", "heads", []), ("post", "heads_file", ["0" * 32])):
        assert getattr(recorder, method)(reverse(f"audit:{name}", args=args)).status_code == 403


def test_the_pages_speak_spanish(auditor: Client) -> None:
    heads_sign_when_due()
    auditor.cookies["cotrace_language"] = "es"
    assert "Bitácora de su corporación" in words_of(auditor.get(reverse("audit:log")))
    assert "Constancias firmadas de la bitácora" in words_of(auditor.get(reverse("audit:heads")))
