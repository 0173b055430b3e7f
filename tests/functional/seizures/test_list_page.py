"""The list of seizures: what each reader finds in it, how it is searched, paged and taken out."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.files.rules.words import Reason
from cotrace.seizures.rules.completeness import ITEMS, Amount
from cotrace.seizures.services.record import Visibility
from cotrace.sharing.rules.levels import Level
from tests.support.pages import cast_exists, client_of, seizure_exists, words_of
from tests.support.world import memorandum

pytestmark = pytest.mark.django_db
HERE = "/seizures/"
LIST_QUERIES = 28
"""Session, member, permissions, code tables, scope, rows with their parts, entries in three agencies' logs, counts."""


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()


def searched(client: Client, **said: str):
    """Search and follow to the page that the search leads to."""
    return client.post(HERE, said, follow=True)


def test_the_newest_stands_first_with_place_counts_owner_and_level() -> None:
    seizure_exists("FGR", occurred_on=date(2026, 1, 5))
    seizure_exists("FGR", occurred_on=date(2026, 2, 7))
    response = client_of("FGR").get(HERE)
    words, html = words_of(response), response.content.decode()
    assert words.index("7 Feb 2026") < words.index("5 Jan 2026")
    assert "7 Feb 2026 Nogales, Sonora 2 3 4 5 6 FGR Full" in words
    assert "2 shown of 2" in words
    assert 'data-detail="Nogales, Sonora"><time datetime="2026-02-07">' in html


def test_a_number_nobody_wrote_down_is_not_recorded_and_never_zero() -> None:
    amounts = {**{item: Amount(quantity=0) for item in ITEMS}, "rounds": Amount(quantity=None, reason=Reason.BLANK)}
    seizure_exists("FGR", amounts=amounts)
    assert "Nogales, Sonora 0 0 0 not recorded (left blank) 0 FGR" in words_of(client_of("FGR").get(HERE))


def test_the_list_reads_in_spanish() -> None:
    seizure_exists("FGR")
    client = client_of("FGR")
    words = words_of(client.get(HERE, HTTP_ACCEPT_LANGUAGE="es"))
    assert "Aseguramientos" in words and "Armas largas" in words
    assert "1 feb 2026 Nogales, Sonora 2 3 4 5 6 FGR Completo" in words


def test_a_tear_line_row_shows_date_and_state_and_says_that_counts_are_not_shared() -> None:
    seizure_exists("FGE-SON")
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.TEAR_LINE)
    words = words_of(client_of("ATF").get(HERE))
    assert "1 Feb 2026 Sonora not shared FGE-SON Tear-line" in words
    assert "Nogales" not in words


def test_a_pointer_is_no_row_but_a_line_with_whom_to_call() -> None:
    number = seizure_exists("FGE-SON")
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.POINTER)
    client = client_of("ATF")
    assert "Whom to call 1" in words_of(client.get(HERE)) and "Feb 2026" not in words_of(client.get(HERE))
    words = words_of(client.get("/seizures/pointers"))
    assert f"{number} FGE-SON Liaison desk FGE-SON +1 555 0100" in words
    assert "Sonora" not in words and "2026" not in words


def test_a_stranger_sees_an_empty_list_that_says_what_to_do() -> None:
    number = seizure_exists("FGR")
    response = client_of("PD-EP").get(HERE)
    words = words_of(response)
    assert "No seizures yet" in words and "Import seizures" in words
    assert number not in response.content.decode() and "Seizures 0" in words


def test_the_words_of_a_search_stand_in_no_address() -> None:
    seizure_exists("FGR", place="Bodega del norte")
    seizure_exists("FGR", place="Puente viejo")
    response = searched(client_of("FGR"), text="bodega")
    (address, status), *_ = response.redirect_chain
    assert status == 302 and "bodega" not in address.lower()
    assert "Words: bodega" in words_of(response) and "1 shown of 1" in words_of(response)


def test_a_search_keeps_through_its_pages() -> None:
    for day in range(60):
        seizure_exists("FGR", occurred_on=date(2025, 12, 1) + timedelta(days=day), state_code="26")
    seizure_exists("FGR", state_code="08", municipio_code="08037")
    client = client_of("FGR")
    first = searched(client, state="26")
    older = first.context["pager"].older_url
    second = client.get(older)
    assert "10 shown of 60" in words_of(second) and "State: Sonora" in words_of(second)
    assert "50 shown of 60" in words_of(client.get(second.context["pager"].newer_url))


def test_a_chip_takes_its_filter_away_and_leaves_the_others() -> None:
    seizure_exists("FGR")
    client = client_of("FGR")
    found = searched(client, text="nothing like it", state="26")
    assert "Nothing you may see fits this search" in words_of(found)
    chip = next(each for each in found.context["applied"] if each.text.startswith("Words"))
    after = client.get(chip.url)
    assert "1 shown of 1" in words_of(after) and "State: Sonora" in words_of(after)
    assert "Words:" not in words_of(after)


def test_a_search_of_somebody_else_is_no_search() -> None:
    seizure_exists("FGR")
    address = searched(client_of("FGR"), text="ímuris").redirect_chain[0][0]
    words = words_of(client_of("FGR", name="Otra Persona").get(address))
    assert "That search is no longer kept" in words and "Words:" not in words


def test_an_impossible_period_is_said_beside_its_field() -> None:
    client = client_of("FGR")
    response = client.post(HERE, {"since": "2026-02-01", "until": "2026-01-01"})
    assert response.status_code == 422
    assert "Not searched. Please correct the following: Seized until" in words_of(response)
    assert "The last day lies before the first." in words_of(response)
    assert client.post(HERE, {"since": "01/02/2026"}).status_code == 422


def test_an_export_is_marked_in_every_row_and_calculates_nothing() -> None:
    seizure_exists("FGR", place='=HYPERLINK("http://x")', notes="+1")
    response = client_of("FGR").post("/seizures/export")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert "FGR" in response["Content-Disposition"] and "attachment" in response["Content-Disposition"]
    assert len(rows) == 1
    assert "LAW ENFORCEMENT SENSITIVE" in rows[0]["Marking"]
    assert "FGR" in rows[0]["Marking"] and "Ana Ruiz" in rows[0]["Marking"]
    assert rows[0]["Place"].startswith("'=") and rows[0]["Notes"] == "'+1"
    assert (rows[0]["Long guns"], rows[0]["Persons detained"]) == ("2", "")
    assert (rows[0]["Participants"], rows[0]["Forces that took part"]) == ("MX-SEDENA", "Army (SEDENA)")


def test_an_export_in_spanish_says_levels_and_forces_in_words() -> None:
    seizure_exists("FGR", participants=("MX-PF", "MX-SEDENA"))
    response = client_of("FGR").post("/seizures/export", HTTP_ACCEPT_LANGUAGE="es")
    (row,) = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert (row["Clave de nivel"], row["Nivel"]) == ("FULL", "Completo")
    assert row["Participantes"] == "MX-PF; MX-SEDENA"
    assert row["Corporaciones que participaron"] == "Policía Federal; Secretaría de la Defensa Nacional (SEDENA)"
    assert "Leyenda" in row and "Marca" not in row


def test_an_export_holds_what_the_search_found_at_the_readers_level_and_is_on_record() -> None:
    number = seizure_exists("FGE-SON")
    seizure_exists("ATF", state_code="08", municipio_code="08037")
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.TEAR_LINE)
    client = client_of("ATF")
    search = searched(client, state="26").context["search"]
    response = client.post("/seizures/export", {"s": search.name})
    (row,) = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert (row["Reference"], row["State"], row["Place"], row["Rounds"]) == (
        number, "Sonora", "not disclosed", "not disclosed",
    )  # fmt: skip
    assert (row["Level"], row["Forces that took part"]) == ("Tear-line", "not disclosed")
    event = AuditEvent.objects.get(chain="FGE-SON", action="seizure.exported")
    assert number in AuditDetail.objects.get(pk=event.pk).detail


def test_an_export_by_a_role_without_it_is_denied() -> None:
    client = client_of("FGR", roles=("tracer",))
    assert client.post("/seizures/export").status_code == 403


def test_the_list_asks_the_database_as_often_for_thirty_rows_as_for_three() -> None:
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.TEAR_LINE)
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    client = client_of("ATF")

    def queries() -> int:
        client.get(HERE)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(HERE).status_code == 200
        return len(caught)

    def record(count: int) -> None:
        for day in range(count):
            for owner in ("ATF", "FGR", "FGE-SON"):
                seizure_exists(owner, occurred_on=date(2026, 1, 1) + timedelta(days=day))

    record(1)
    few = queries()
    record(9)
    assert queries() == few
    assert few == LIST_QUERIES


def test_the_pointers_ask_as_often_for_thirty_rows_as_for_three() -> None:
    memorandum(owner="FGE-SON", viewer="ATF", category="seizure", level=Level.POINTER)
    client = client_of("ATF")
    counts = []
    for _ in range(2):
        for day in range(1, 4 + 20 * len(counts)):
            seizure_exists("FGE-SON", occurred_on=date(2026, 1, day))
        client.get("/seizures/pointers")
        with CaptureQueriesContext(connection) as caught:
            client.get("/seizures/pointers")
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_a_capped_record_is_a_pointer_even_under_a_full_memorandum() -> None:
    seizure_exists("FGR", visibility=Visibility(cap=Level.POINTER))
    memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.FULL)
    assert "Whom to call 1" in words_of(client_of("ATF").get(HERE))
