"""A seizure log is imported once, however often it is tried and however often the worker dies."""

import shutil
from pathlib import Path

import pytest

from cotrace.foundation import outbox
from cotrace.foundation.errors import Denied, Invalid, NotFound
from cotrace.foundation.principal import installation_principal
from cotrace.reference.imports import reference_load
from cotrace.seizures.imports import LogFile, log_dry_run, log_import, mapping_named
from cotrace.seizures.models import Seizure
from cotrace.seizures.permissions import SeizurePermission
from cotrace.seizures.rules.search import SeizureFilter
from cotrace.seizures.selectors import import_get, seizure_get, seizure_list
from tests.support.seizure_logs import HEADER, write_log
from tests.support.world import agencies_exist, agent, enrolled, without


@pytest.fixture
def ready(committed, stopped_clock) -> None:
    agencies_exist()
    reference_load(installation_principal())


def log(path: Path, *, series: str = "") -> LogFile:
    return LogFile(path=path, name="log.xlsx", companions={}, series=series)


CIDE = mapping_named("cide-ppd")
OURS = mapping_named("cotrace-seizures")


def run(path: Path, *, agency: str = "FGR", series: str = "") -> str:
    number = log_import(enrolled(agency), file=log(path, series=series), mapping=CIDE)
    outbox.drain()
    return number


def test_good_rows_become_seizures_and_bad_ones_are_named(ready, tmp_path) -> None:
    path = write_log(tmp_path, rows=450, bad_rows={5: {"MES": 13}, 9: {"ARL": -2}})
    read = import_get(agent("FGR"), number=run(path))
    assert (read.rows, read.accepted, read.rejected) == (450, 448, 2)
    assert (read.added, read.repeated, read.state) == (448, 0, "done")
    assert {(each.row, each.code) for each in read.problems} == {(5, "date_impossible"), (9, "negative")}
    assert Seizure.objects.filter(owner="FGR").count() == 448


def test_importing_twice_adds_nothing_twice(ready, tmp_path) -> None:
    path = write_log(tmp_path, rows=30)
    run(path)
    again = import_get(agent("FGR"), number=run(path))
    assert (again.added, again.repeated) == (0, 30)
    assert Seizure.objects.count() == 30


@pytest.mark.parametrize("letter", ["\x1b", "\u200d", "\u202e", "\u00ad"])
def test_a_row_with_what_nobody_sees_is_rejected_by_row_column_and_code(ready, tmp_path, letter: str) -> None:
    path = tmp_path / "log.csv"
    rows = ("T-001,2025-03-02,26", f"T{letter}002,2025-03-02,26", "T-003,2025-03-02,26")
    path.write_text("\n".join(("Folio,Fecha,Clave de entidad", *rows)), encoding="utf-8")
    report = log_dry_run(log(path), mapping=OURS)
    found = [(each.row, each.column, each.code, each.value_excerpt) for each in report.problems]
    assert found == [(3, "Folio", "control_characters", "T·002")]
    number = log_import(enrolled("FGR"), file=log(path), mapping=OURS)
    outbox.drain()
    read = import_get(agent("FGR"), number=number)
    assert (read.rows, read.rejected, read.added) == (3, 1, 2)
    assert {each.source_ref for each in Seizure.objects.all()} == {"T-001", "T-003"}


def test_another_agency_importing_the_same_log_gets_its_own_seizures(ready, tmp_path) -> None:
    path = write_log(tmp_path, rows=10)
    run(path)
    other = import_get(agent("FGE-SON"), number=run(path, agency="FGE-SON"))
    assert other.added == 10


def test_a_sister_series_with_the_same_row_numbers_is_not_a_repetition(ready, tmp_path) -> None:
    path = write_log(tmp_path, rows=10)
    run(path)
    assert import_get(agent("FGR"), number=run(path, series="A-A")).added == 10


def test_9999_and_blank_are_not_recorded_and_never_zero(ready, tmp_path) -> None:
    path = write_log(tmp_path, rows=1, changes={2: {"ARL": 9999, "ARC": None, "VE": 0}})
    run(path)
    (row,) = seizure_list(agent("FGR"), where=SeizureFilter()).rows
    amounts = seizure_get(agent("FGR"), number=row.number).amounts
    assert amounts is not None
    assert amounts["long_guns"].quantity is None and amounts["long_guns"].reason == "no_information"
    assert amounts["short_guns"].quantity is None and amounts["short_guns"].reason == "blank"
    assert amounts["vehicles"].quantity == 0


def test_a_missing_column_is_not_recorded_and_an_unknown_one_is_reported(ready, tmp_path) -> None:
    header = [name for name in HEADER if name != "ARL"] + ["SORPRESA"]
    path = write_log(tmp_path, rows=3, header=header)
    report = log_dry_run(log(path), mapping=CIDE)
    assert report.accepted == 3
    assert "SORPRESA" in report.columns_unknown
    assert any("ARL" in each for each in report.columns_missing)
    run(path)
    (row, *_) = seizure_list(agent("FGR"), where=SeizureFilter()).rows
    amounts = seizure_get(agent("FGR"), number=row.number).amounts
    assert amounts is not None and amounts["long_guns"].reason == "column_missing"


def test_a_dry_run_writes_nothing(ready, tmp_path) -> None:
    path = write_log(tmp_path, rows=12, bad_rows={3: {"DIA": 31, "MES": 2}})
    report = log_dry_run(log(path), mapping=CIDE)
    assert (report.rows, report.accepted, report.rejected) == (12, 11, 1)
    assert Seizure.objects.count() == 0


def test_an_unreadable_file_leaves_nothing_behind(ready, tmp_path) -> None:
    path = tmp_path / "log.xlsx"
    path.write_bytes(b"MZ not a workbook")
    with pytest.raises(Invalid):
        log_import(enrolled("FGR"), file=log(path), mapping=CIDE)
    assert outbox.drain() == 0


def test_an_import_is_nobody_elses(ready, tmp_path) -> None:
    number = run(write_log(tmp_path, rows=2))
    with pytest.raises(NotFound):
        import_get(agent("ATF"), number=number)


def test_an_import_needs_its_permission(ready, tmp_path) -> None:
    path = write_log(tmp_path, rows=2)
    with pytest.raises(Denied):
        log_import(without(agent("FGR"), SeizurePermission.IMPORT), file=log(path), mapping=CIDE)


def test_the_shipped_copy_of_the_mapping_reads_a_csv_of_the_same_shape(ready, tmp_path) -> None:
    path = write_log(tmp_path, rows=4, suffix=".csv")
    target = tmp_path / "copy.csv"
    shutil.copy(path, target)
    assert import_get(agent("FGR"), number=run(target)).added == 4
