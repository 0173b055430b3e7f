"""A log is tried, then imported without being sent again; its problems are said by row, column and sentence."""

import csv
import io
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cotrace.foundation import clock, outbox
from cotrace.seizures.models import Seizure, SeizureImport
from cotrace.seizures.reads import PreviewRow, ProblemRead
from cotrace.seizures.services.uploads import KEPT_FOR
from cotrace.seizures.views.reports import preview_table, problems_table
from cotrace.seizures.views.words import code_words
from tests.support.pages import cast_exists, client_of, seizure_values, words_of
from tests.support.seizure_logs import HEADER, write_log

pytestmark = pytest.mark.django_db
NEW = "/seizures/imports/new"
BAD = {5: {"MES": 13}, 9: {"ARL": -2}}


@pytest.fixture(autouse=True)
def cast(db) -> None:
    cast_exists()


def sent(client: Client, path: Path, **said: object):
    """Try a log and go to what was found in it."""
    with path.open("rb") as file:
        return client.post(NEW, {"mapping": "cide-ppd", "file": file, **said}, follow=True)


def address(response) -> str:
    return response.redirect_chain[-1][0]


def test_a_trial_says_what_would_be_taken_and_what_is_wrong_and_writes_nothing(tmp_path) -> None:
    header = [name for name in HEADER if name != "ARL"] + ["SORPRESA"]
    words = words_of(sent(client_of("FGR"), write_log(tmp_path, rows=12, header=header, bad_rows=BAD)))
    assert "Rows in the file 12" in words and "Good rows 11" in words and "Rows that would be rejected 1" in words
    assert "5 DIA / MES / AÑO “5 / 13 / 2010” is not a day of the calendar." in words and "Row 5" not in words
    assert "The column SORPRESA is not known to the mapping and was not taken." in words
    assert "ARL" in words and "it counts as “not recorded”" in words
    assert "Long guns no such column in the file 11" in words
    assert Seizure.objects.count() == 0


def test_the_problems_read_in_spanish(tmp_path) -> None:
    client = client_of("FGR")
    response = sent(client, write_log(tmp_path, rows=12, bad_rows=BAD))
    words = words_of(client.get(address(response), HTTP_ACCEPT_LANGUAGE="es"))
    assert "9 ARL «-2» es menor que cero." in words and "Fila rechazada" in words


def test_a_tried_log_is_imported_without_being_sent_again(tmp_path) -> None:
    client = client_of("FGR")
    tried = sent(client, write_log(tmp_path, rows=12, bad_rows=BAD))
    assert "Import 10 rows" in words_of(tried)
    imported = client.post(address(tried), follow=True)
    assert "Running" in words_of(imported) and "hx-get" in imported.content.decode()
    outbox.drain()
    done = client.get(address(imported))
    assert "10 of 10 (100%)" in words_of(done) and "Done, with rejected rows" in words_of(done)
    assert "hx-get" not in done.content.decode().split("<main")[1]
    assert Seizure.objects.filter(owner="FGR").count() == 10
    assert "log.xlsx" in words_of(client.get("/seizures/imports/"))


def test_an_import_still_says_which_columns_and_sister_files_were_not_taken(tmp_path) -> None:
    client = client_of("FGR")
    header = [name for name in HEADER if name != "ARL"] + ["SORPRESA"]
    imported = client.post(address(sent(client, write_log(tmp_path, rows=3, header=header))), follow=True)
    words = words_of(imported)
    assert "About the columns" in words
    assert "The column ARL / Armas largas is not in the file; it counts as “not recorded”." in words
    assert "The column SORPRESA is not known to the mapping and was not taken." in words
    assert "The sister file for Forces that took part was not given" in words
    spanish = words_of(client.get(address(imported), HTTP_ACCEPT_LANGUAGE="es"))
    assert "Sobre las columnas" in spanish and "The column" not in spanish


def test_an_import_that_kept_nothing_about_its_columns_opens_all_the_same(tmp_path) -> None:
    client = client_of("FGR")
    imported = address(client.post(address(sent(client, write_log(tmp_path, rows=3))), follow=True))
    job = SeizureImport.objects.get()
    del job.report["columns"]
    job.save()
    page = client.get(imported)
    assert page.status_code == 200 and "About the columns" not in words_of(page)


def test_importing_the_same_trial_twice_asks_for_the_file_again(tmp_path) -> None:
    client = client_of("FGR")
    tried = sent(client, write_log(tmp_path, rows=3))
    client.post(address(tried))
    again = client.post(address(tried), follow=True)
    assert address(again) == NEW and "no longer kept" in again.content.decode()


def test_the_file_lies_readable_by_the_process_alone_and_goes_with_the_import(tmp_path) -> None:
    client = client_of("FGR")
    tried = sent(client, write_log(tmp_path, rows=3))
    folder = settings.COTRACE_HOME / "uploads" / address(tried).rsplit("/", 1)[1]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    client.post(address(tried))
    assert not folder.exists()


def test_a_tried_log_is_nobody_elses_and_nobodys_after_an_hour(tmp_path) -> None:
    client = client_of("FGR")
    tried = address(sent(client, write_log(tmp_path, rows=3)))
    colleague = client_of("FGR", name="Otra Persona")
    assert colleague.get(tried, follow=True).redirect_chain[-1][0] == NEW
    assert colleague.get(f"{tried}/problems.csv").status_code == 404
    with clock.frozen_at(clock.now() + KEPT_FOR):
        assert client_of("FGR", name="Tercera Persona").get(NEW).status_code == 200
    later = clock.now() + KEPT_FOR
    session = client.session
    session["cotrace_seen_at"] = session["cotrace_started_at"] = int(later.timestamp())
    session.save()
    with clock.frozen_at(later):
        assert client.get(tried, follow=True).redirect_chain[-1][0] == NEW


def test_a_tried_log_can_be_deleted_at_once(tmp_path) -> None:
    client = client_of("FGR")
    tried = address(sent(client, write_log(tmp_path, rows=3)))
    assert client.post(f"{tried}/drop").status_code == 302
    assert client.get(tried).status_code == 302
    assert client.post(f"{tried}/drop").status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90\x00 nothing", "Save the table as XLSX or CSV."),
        (b"", "The submitted file is empty."),
        (b"SORPRESA\n1\n", "The file lacks columns that are needed"),
    ],
)
def test_a_file_that_is_no_log_is_refused_with_a_sentence_and_not_kept(content, said) -> None:
    before = set((settings.COTRACE_HOME / "uploads").glob("*"))
    file = SimpleUploadedFile("log.csv", content)
    response = client_of("FGR").post(NEW, {"mapping": "cide-ppd", "file": file})
    assert response.status_code == 422
    assert said in words_of(response)
    assert set((settings.COTRACE_HOME / "uploads").glob("*")) <= before


def test_another_kind_of_log_is_told_by_the_headers_of_both_languages_and_called_by_its_title(tmp_path) -> None:
    client = client_of("FGR")
    with write_log(tmp_path, rows=2).open("rb") as file:
        response = client.post(NEW, {"mapping": "cotrace-seizures", "file": file}, HTTP_ACCEPT_LANGUAGE="es")
    words = words_of(response)
    assert response.status_code == 422
    assert "Al archivo le faltan columnas necesarias: Reference / Referencia / Folio, Date / Fecha." in words
    assert "Sus columnas son las de «Registro de aseguramientos CIDE-PPD»: elija ese tipo de relación." in words


def test_a_row_is_called_by_its_number_as_the_spreadsheet_writes_it() -> None:
    problem = ProblemRead(row=3497, column="ARL", code="negative", excerpt="-2")
    values = seizure_values()
    report = SimpleNamespace(preview=[PreviewRow(row=3497, is_accepted=True, values=values)])
    assert problems_table([problem]).rows[0].cells[0] == "3497"
    assert preview_table(report, code_words()).rows[0].cells[0] == "3497"  # type: ignore[arg-type]


def test_a_hostile_file_name_is_shown_as_text(tmp_path) -> None:
    file = SimpleUploadedFile("<script>alert(1)</script>.csv", write_log(tmp_path, rows=2, suffix=".csv").read_bytes())
    response = client_of("FGR").post(NEW, {"mapping": "cide-ppd", "file": file}, follow=True)
    assert response.status_code == 200 and b"<script>alert" not in response.content


def test_a_sister_series_and_a_sister_file_are_taken(tmp_path) -> None:
    sister = SimpleUploadedFile("tabla9.csv", b"ID,KEY\n1,01\n2,16\n77,01\n")
    client = client_of("FGR")
    tried = sent(client, write_log(tmp_path, rows=3), series="A-A", with_participants=sister)
    words = words_of(tried)
    assert "Series A-A" in words and "Rows of the sister file: Forces that took part 3" in words
    assert "Forces that took part Effect 2 " in words and "Army (SEDENA) Good 3 " in words
    assert "1 key of the sister file “Forces that took part” is of no row of the log." in words
    client.post(address(tried))
    outbox.drain()
    assert Seizure.objects.filter(participants__force="MX-SEDENA", source_system="cide-ppd/A-A").count() == 1


def test_the_problems_are_a_file_with_sentences(tmp_path) -> None:
    client = client_of("FGR")
    tried = address(sent(client, write_log(tmp_path, rows=12, bad_rows={**BAD, 11: {"Municipio": 999}})))
    imported = address(client.post(tried, follow=True))
    for page in (imported,):
        rows = list(csv.DictReader(io.StringIO(client.get(f"{page}/problems.csv").content.decode("utf-8-sig"))))
        assert [(row["Row"], row["Code"], row["Effect"]) for row in rows] == [
            ("5", "date_impossible", "row rejected"),
            ("9", "negative", "row rejected"),
            ("11", "code_unknown", "value not taken"),
        ]
        assert rows[1]["What stands there"] == "'-2"
        assert rows[0]["What to do"].startswith("“5 / 13 / 2010” is not a day")


def test_an_import_of_another_agency_does_not_exist(tmp_path) -> None:
    client = client_of("FGR")
    imported = address(client.post(address(sent(client, write_log(tmp_path, rows=2))), follow=True))
    stranger = client_of("ATF")
    assert stranger.get(imported).status_code == 404
    assert stranger.get(f"{imported}/problems.csv").status_code == 404
    assert "Nothing imported yet" in words_of(stranger.get("/seizures/imports/"))


def test_the_columns_of_every_kind_of_log_are_told_before_a_file_is_chosen() -> None:
    words = words_of(client_of("FGR").get("/seizures/imports/new"))
    assert "Long guns / Armas largas" in words and "Needed. Year, month, day, as 2010-04-03." in words
    assert "DIA, MES, AÑO / ANIO" in words and "Day, month and year in a column each." in words
