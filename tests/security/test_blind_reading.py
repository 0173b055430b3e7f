"""A count or a cursor that answers a question about another agency's record is a look, and its owner finds it."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.foundation import clock
from cotrace.foundation.errors import Refused
from cotrace.foundation.principal import Principal
from cotrace.seizures.models import Seizure
from cotrace.seizures.reads import SeizurePage
from cotrace.seizures.rules.search import SeizureFilter
from cotrace.seizures.selectors import seizure_export, seizure_list
from cotrace.seizures.services.record import Visibility, seizure_record
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors import holdings
from cotrace.sharing.selectors.explain import access_looked
from cotrace.sharing.selectors.holdings import Cursor
from cotrace.sharing.services.circles import circle_open, emergency_open
from cotrace.tracing.selectors.requests import request_list
from tests.support.pages import cast_exists, client_of, seizure_exists, seizure_values, words_of
from tests.support.two_worlds_tracing import submitted
from tests.support.world import agent, memorandum
from tests.usecases.tracing.world import centre_exists

pytestmark = pytest.mark.django_db
OWNER, READER = agent("FGE-SON"), agent("ATF")
BEYOND = "f1900-01-01~0"


@pytest.fixture(autouse=True)
def world(db, stopped_clock) -> None:
    cast_exists()
    memorandum(owner="FGE-SON", viewer="ATF", category="*", level=Level.FULL)


@pytest.fixture
def secret() -> str:
    return seizure_exists("FGE-SON", notes="Informante: R. Saldívar", occurred_on=date(2026, 1, 1))


def crowd(count: int = 2) -> None:
    """Rows of the reader's own agency that hold the words asked for, all newer than the secret."""
    for day in range(count):
        seizure_exists("ATF", notes="Informante", occurred_on=date(2026, 2, 1) + timedelta(days=day))


def asking(text: str, *, at: str = "", size: int = 2, who: Principal = READER):
    return seizure_list(who, where=SeizureFilter(text=text), at=at, size=size)


def details(chain: str, action: str = "seizure.listed") -> list[dict[str, object]]:
    events = AuditEvent.objects.filter(chain=chain, action=action, actor=READER.id).order_by("id")
    return [json.loads(AuditDetail.objects.get(pk=each.pk).detail) for each in events]


@pytest.mark.parametrize("at", [BEYOND, "b2100-01-01~9", f"{BEYOND}~0", f"{BEYOND}~1001~7"])
def test_a_cursor_beyond_the_end_answers_nothing_about_the_filter(secret: str, at: str) -> None:
    right, wrong = asking("saldivar", at=at), asking("salinas", at=at)
    assert (right.rows, right.newer, right.older, right.count) == (wrong.rows, wrong.newer, wrong.older, wrong.count)
    assert access_looked(OWNER, number=secret) == []


PLACES = ["", BEYOND, "f2026-02-02~ZZ", "f2026-02-01~0", "b2025-12-31~0", "b2026-02-01~0", "b2100-01-01~0"]


@pytest.mark.parametrize("size", [1, 2, 3, 50])
@pytest.mark.parametrize("at", PLACES)
def test_a_page_that_says_whether_a_record_fits_is_on_record_with_its_owner(secret: str, at: str, size: int) -> None:
    """Whatever page one asks for, among rows of one's own that fit: either it says nothing, or the owner finds it."""
    crowd(2)
    fits = told(asking("informante", at=at, size=size))
    is_found = bool(access_looked(OWNER, number=secret))
    Seizure.objects.filter(pk=secret).update(search_text="")
    assert is_found == (fits != told(asking("informante", at=at, size=size)))


def told(page: SeizurePage) -> tuple[object, ...]:
    return [each.number for each in page.rows], page.newer, page.older, page.count


def test_a_count_of_more_than_the_page_lists_is_on_record_with_the_owner(secret: str) -> None:
    crowd(2)
    page = asking("informante")
    assert [each.owner for each in page.rows] == ["ATF", "ATF"] and page.count.number == 3
    assert [each.action for each in access_looked(OWNER, number=secret)] == ["seizure.listed"]
    assert details("FGE-SON") == [{"numbers": [], "counted": [secret]}]


def test_a_cursor_that_leads_to_a_record_is_on_record_with_the_owner(secret: str) -> None:
    """Also in the list that is not narrowed: "older" says that there is a record before a day."""
    crowd(2)
    at = "f2100-01-01~0"
    assert asking("informante", at=at).older and seizure_list(READER, where=SeizureFilter(), at=at, size=2).older
    assert [each.action for each in access_looked(OWNER, number=secret)] == ["seizure.listed"] * 2


def test_a_cursor_of_the_request_list_is_on_record_with_the_owner() -> None:
    centre_exists()
    with clock.frozen_at(clock.now() - timedelta(days=1)):
        asked = submitted(OWNER, "F-1")
    for serial in ("F-2", "F-3"):
        submitted(READER, serial)
    page = request_list(READER, size=2)
    assert page.older and asked not in {each.number for each in page.rows}
    assert [each.action for each in access_looked(OWNER, number=asked)] == ["trace.listed"]


def test_an_export_that_finds_too_many_is_refused_and_tells_the_owner_of_the_row_that_was_one_too_many(
    secret: str, monkeypatch
) -> None:
    crowd(2)
    monkeypatch.setattr("cotrace.seizures.selectors.EXPORT_MAX", 2)
    with pytest.raises(Refused, match="export_too_large"):
        seizure_export(READER, where=SeizureFilter(text="informante"))
    assert details("FGE-SON", "seizure.listed") == [{"numbers": [], "counted": [secret]}]
    assert details("FGE-SON", "seizure.exported") == []


def test_a_capped_count_records_what_it_was_made_of(monkeypatch) -> None:
    monkeypatch.setattr(holdings.counted_rows, "__kwdefaults__", {"cap": 3})
    for day in range(6):
        seizure_exists("FGE-SON", notes="Informante", occurred_on=date(2026, 1, 1) + timedelta(days=day))
    page = asking("informante", size=1)
    (told,) = details("FGE-SON")
    assert len(page.rows) == 1 and len({*told["numbers"], *told["counted"]}) >= 4


def test_the_count_goes_along_and_is_made_once(secret: str) -> None:
    crowd(4)
    first = asking("informante")
    second = asking("informante", at=first.older)
    back = asking("informante", at=second.newer)
    assert [page.count.number for page in (first, second, back)] == [5, 5, 5]
    assert [each.number for each in back.rows] == [each.number for each in first.rows]
    third = asking("informante", at=second.older)
    assert (len(third.rows), third.rows[0].number, third.older, third.count.number) == (1, secret, "", 5)


def test_a_cursor_without_a_count_says_at_least_what_is_listed(secret: str) -> None:
    crowd(2)
    page = asking("informante", at="f2026-02-01~0", size=50)
    assert [each.number for each in page.rows] == [secret]
    assert (page.count.number, page.count.is_capped) == (1, True)


@pytest.mark.parametrize(
    ("text", "counted"),
    [("f2026-01-01~SZ-1~60", 60), ("f2026-01-01~SZ-1", None), ("b2026-01-01~SZ-1~99999999999", 1001), ("f2026-01-01~SZ-1~²", None)],
)
def test_a_count_travels_in_a_cursor_within_bounds(text: str, counted: int | None) -> None:
    found = Cursor.parse(text)
    assert found is not None and (found.id, found.counted) == ("SZ-1", counted)
    assert Cursor.parse(found.text()) == found


def test_the_words_of_a_filter_are_in_the_readers_log_and_in_no_other(secret: str) -> None:
    where = SeizureFilter(text="Saldívar", state_code="26", since_on=date(2025, 1, 1))
    seizure_list(READER, where=where)
    seizure_export(READER, where=where)
    seizure_list(READER, where=SeizureFilter(text="nowhere"))
    seizure_list(READER, where=SeizureFilter())
    asked = {"text": "Saldívar", "state": "26", "since": "2025-01-01"}
    assert [each.get("asked") for each in details("ATF")] == [asked, {"text": "nowhere"}, None]
    assert [each.get("asked") for each in details("ATF", "seizure.exported")] == [asked]
    theirs = AuditEvent.objects.filter(chain="FGE-SON", actor=READER.id).values("pk")
    assert not AuditDetail.objects.filter(pk__in=theirs, detail__contains="Sald").exists()


def test_what_an_emergency_session_alone_lets_one_count_says_so(monkeypatch) -> None:
    insider, watch = agent("ATF", name="insider"), READER
    circle = circle_open(insider, name="Few")
    values = seizure_values(notes="Informante", occurred_on=date(2025, 1, 1))
    hidden = seizure_record(insider, values=values, visibility=Visibility(circle=circle))
    crowd(2)
    emergency_open(watch, reason="A colleague was shot at near Caborca", minutes=10)
    assert asking("informante").count.number == 3
    (look,) = [each for each in access_looked(insider, number=hidden) if each.action == "seizure.listed"]
    assert look.emergency


def test_a_search_asks_the_database_as_often_for_many_rows_as_for_few() -> None:
    client = client_of("ATF")
    found = []
    for made in (range(2), range(2, 60)):
        for day in made:
            for owner in ("ATF", "FGE-SON"):
                seizure_exists(owner, notes="Informante", occurred_on=date(2025, 1, 1) + timedelta(days=day))
        address = client.post("/seizures/", {"text": "informante"}).headers["Location"]
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            page = client.get(address)
        found.append((len(caught), words_of(page)))
    assert found[0][0] == found[1][0]
    assert "4 shown of 4" in found[0][1] and "50 shown of 120" in found[1][1]
