"""`cotrace seizure` against a site that runs: import, record, list, show, correct, restrict."""

import json
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from cotrace.foundation import outbox
from cotrace.sharing.rules.levels import Level
from tests.support.at_terminal import Terminal, absent, written
from tests.support.pages import seizure_exists
from tests.support.seizure_logs import HEADER, write_log
from tests.support.world import memorandum, token

SEIZURE = {"occurred_on": "2026-02-01", "state_code": "26", "amounts": {"long_guns": {"quantity": 3}}, "place": "km 12"}


@pytest.fixture
def seizures(answering_site: str) -> Terminal:
    """Somebody of the agency that seized."""
    return Terminal(answering_site, token("FGR"), group="seizure")


def recorded(seizures: Terminal, tmp_path: Path) -> str:
    code, out, err = seizures.run("record", written(tmp_path / "seizure.json", SEIZURE))
    assert (code, err) == (0, "")
    return out.removeprefix("Recorded: ").strip()


def test_a_seizure_is_recorded_shown_and_corrected(seizures: Terminal, tmp_path: Path) -> None:
    number = recorded(seizures, tmp_path)
    assert "km 12" in seizures.run("show", number)[1] and number in seizures.run("list")[1]
    corrected = {**SEIZURE, "place": "km 21"}
    assert seizures.run("correct", number, "-", typed=json.dumps(corrected))[0] == 0
    shown = json.loads(seizures.run("show", number, "--json")[1])
    assert (shown["place"], shown["amounts"]["long_guns"]["quantity"]) == ("km 21", 3)
    assert shown["amounts"]["vehicles"] == {"quantity": None, "reason": "blank"}


def test_what_is_wrong_is_called_by_its_name(seizures: Terminal, tmp_path: Path) -> None:
    wrong = written(tmp_path / "wrong.json", {**SEIZURE, "municipio_code": "28027"})
    code, out, err = seizures.run("record", wrong)
    assert (code, out) == (2, "") and "Municipality (municipio_code)" in err
    for typed in ("[]", "{", '{"a": 1, "a": 2}'):
        code, out, err = seizures.run("record", "-", typed=typed)
        assert (code, out) == (2, "") and err.count("\n") == 1


def test_what_is_restricted_is_gone_for_colleagues_of_the_partner(seizures: Terminal, tmp_path: Path) -> None:
    number = recorded(seizures, tmp_path)
    assert seizures.run("restrict", number, "--cap", "NOTHING")[0] == 0
    assert json.loads(seizures.run("show", number, "--json")[1])["cap"] == "NOTHING"
    assert seizures.run("restrict", number, "--cap", "EVERYTHING")[0] == 2
    assert seizures.run("restrict", number, "--cap", "FULL", "--circle", absent("CI"))[0] != 0


def test_who_may_not_see_it_may_not_touch_it_either(seizures: Terminal, tmp_path: Path) -> None:
    number = recorded(seizures, tmp_path)
    stranger = replace(seizures, token=token("PD-EP"))
    document = written(tmp_path / "seizure.json", SEIZURE)
    for act, *rest in (["show"], ["correct", document], ["restrict", "--cap", "FULL"]):
        assert stranger.run(act, number, *rest) == stranger.run(act, absent("SZ"), *rest), act


def test_an_export_is_a_new_file_of_what_the_reader_may_see(seizures: Terminal, tmp_path: Path) -> None:
    number = recorded(seizures, tmp_path)
    taken, empty = tmp_path / "taken.csv", tmp_path / "empty.csv"
    code, out, err = seizures.run("export", "--state", "26", "--out", str(taken))
    assert (code, err) == (0, "") and str(taken) in out
    assert number in taken.read_text("utf-8-sig") and taken.stat().st_mode & 0o077 == 0
    assert seizures.run("export", "--until", "2025-12-31", "--out", str(empty))[0] == 0
    assert empty.read_text("utf-8-sig").count("\n") == 1
    assert replace(seizures, token=token("PD-EP")).run("export", "--out", str(taken))[0] == 1
    assert number in taken.read_text("utf-8-sig")


def test_a_seizure_reads_in_words_and_in_both_languages(seizures: Terminal, tmp_path: Path) -> None:
    number = recorded(seizures, tmp_path)
    shown = seizures.run("show", number)[1]
    assert "Long guns" in shown and "left blank" in shown and "{" not in shown and "long_guns" not in shown
    assert "Armas largas" in replace(seizures, language="es_MX.UTF-8").run("show", number)[1]


def test_a_list_says_what_it_leaves_out_and_how_to_go_on(seizures: Terminal) -> None:
    for day in range(1, 29):
        seizure_exists("FGR", occurred_on=date(2026, 1, day))
        seizure_exists("FGR", occurred_on=date(2026, 2, day))
    listed = seizures.run("list")[1]
    assert "50 of 56" in listed
    cursor = listed.rpartition("--at ")[2].strip()
    rest = seizures.run("list", "--at", cursor)[1]
    assert rest.count("SZ-") == 6 and "--at" not in rest


def test_records_seen_as_pointers_have_a_list_of_their_own(seizures: Terminal) -> None:
    memorandum(owner="FGE-SON", viewer="FGR", category="seizure", level=Level.POINTER)
    number = seizure_exists("FGE-SON", occurred_on=date(2026, 1, 2), place="km 77")
    listed = seizures.run("list")[1]
    assert number not in listed and "cotrace seizure pointers" in listed
    pointers = seizures.run("pointers")[1]
    assert number in pointers and "2026-01-02" not in pointers and "km 77" not in pointers
    assert "Guns" not in seizures.run("show", number)[1]


def test_a_dry_run_needs_no_site_and_tells_rows_and_problems(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("Folio,Fecha,Clave de entidad,Armas largas\nT-1,2025-03-02,28,3\nT-2,03/04/2025,28,1\n")
    nowhere = Terminal("http://127.0.0.1:9", "", group="seizure")
    code, out, err = nowhere.run("import", str(log), "--mapping", "cotrace-seizures", "--dry-run", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert (found["rows"], found["accepted"], found["rejected"]) == (2, 1, 1)
    assert [(each["row"], each["column"], each["code"]) for each in found["problems"]] == [(3, "Fecha", "date_ambiguous")]


def test_a_dry_run_in_words_says_which_columns_and_sister_files_are_not_taken(tmp_path: Path) -> None:
    log = write_log(tmp_path, rows=2, header=[*(name for name in HEADER if name != "ARL"), "SORPRESA"], suffix=".csv")
    nowhere = Terminal("http://127.0.0.1:9", "", group="seizure")
    code, out, err = nowhere.run("import", str(log), "--mapping", "cide-ppd", "--dry-run")
    assert (code, err) == (0, "")
    assert "The column ARL / Armas largas is not in the file; it counts as “not recorded”." in out
    assert "The column SORPRESA is not known to the mapping and was not taken." in out
    assert "The sister file for Forces that took part was not given; it counts as “not recorded”." in out
    spanish = replace(nowhere, language="es_MX.UTF-8").run("import", str(log), "--mapping", "cide-ppd", "--dry-run")[1]
    assert "SORPRESA" in spanish and "The column" not in spanish


def test_a_refused_log_names_each_missing_column_once(seizures: Terminal, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("SORPRESA\n1\n")
    for way in (["--dry-run"], []):
        code, out, err = seizures.run("import", str(log), "--mapping", "cide-ppd", *way)
        assert (code, out) == (2, "") and err.count("MES") == 1, err


def test_an_import_on_the_terminal_says_what_it_added_and_the_second_adds_nothing(seizures: Terminal, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("Folio,Fecha,Clave de entidad,Armas largas\nT-1,2025-03-02,28,3\nT-2,2025-03-04,28,1\n")
    said = [import_whole(seizures, log) for _ in range(2)]
    assert "2 added, 0 known already" in said[0] and "0 added, 2 known already" in said[1]
    assert "Armas cortas is not in the file; it counts as “not recorded”." in said[0]


def import_whole(seizures: Terminal, log: Path) -> str:
    """Type the import while a worker does what waits; return what was said."""
    is_over = threading.Event()

    def work() -> None:
        while not is_over.is_set():
            outbox.drain()
            time.sleep(0.1)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        code, out, err = seizures.run("import", str(log), "--mapping", "cotrace-seizures")
    finally:
        is_over.set()
        worker.join()
    assert code == 0, err
    return out


def test_who_sees_and_why_are_told_as_json(seizures: Terminal, tmp_path: Path) -> None:
    number = recorded(seizures, tmp_path)
    agreement = memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.TEAR_LINE)
    access = replace(seizures, group="access")
    who = json.loads(access.run("who", number, "--json")[1])
    assert {(each["agency"], each["level"], each["agreement"]) for each in who} >= {("ATF", "TEAR_LINE", agreement)}
    why = json.loads(replace(access, token=token("ATF")).run("explain", number, "--json")[1])
    assert (why["owner"], why["level"], why["grant"], why["cap"], why["agreement"]) == (
        "FGR", "TEAR_LINE", "TEAR_LINE", "FULL", agreement,
    )  # fmt: skip


def test_levels_places_and_forces_are_told_by_name_and_columns_stand_in_line(seizures: Terminal, tmp_path: Path) -> None:
    document = {**SEIZURE, "municipio_code": "26043", "participants": ["MX-GN"]}
    number = seizures.run("record", written(tmp_path / "seizure.json", document))[1].removeprefix("Recorded: ").strip()
    shown, listed = seizures.run("show", number)[1], seizures.run("list")[1]
    for words in ("Sonora", "Nogales", "National Guard", "Full"):
        assert words in shown, words
    assert "Sonora" in listed and "Full" in listed and "FULL" not in shown + listed and "26043" not in shown
    spanish = replace(seizures, language="es_MX.UTF-8").run("show", number)[1].splitlines()
    assert any(line.endswith(" Guardia Nacional (GN)") for line in spanish)
    at = next(line.index("Sonora") for line in spanish if line.endswith(" Sonora"))
    assert all(line[at - 1] == " " and line[at] != " " for line in spanish)


def test_who_sees_and_why_are_told_in_words(seizures: Terminal, tmp_path: Path) -> None:
    number = recorded(seizures, tmp_path)
    agreement = memorandum(owner="FGR", viewer="ATF", category="seizure", level=Level.TEAR_LINE)
    access = replace(seizures, group="access")
    who = access.run("who", number)[1]
    assert "Tear-line" in who and agreement in who and "Owner of the record" in who
    assert "TEAR_LINE" not in who and "owner " not in who.lower().replace("owner of the record", "")
    spanish = replace(access, language="es_MX.UTF-8").run("who", number)[1]
    assert "Corporación de origen" in spanish
    why = replace(access, token=token("ATF")).run("explain", number)[1]
    assert "Your level: Tear-line" in why and agreement in why
    assert "You see the tear-line because FGR and your agency signed a memorandum on these records." in why
    assert "You see this in full because your agency owns it." in access.run("explain", number)[1]
