"""A dry run of a seizure log: counts, problems by row and column, nothing written."""

import csv
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import cotrace
from cotrace.files.imports.limits import Limits, TableOptions
from cotrace.files.imports.mappings import load_code_list, load_mapping
from cotrace.files.imports.runs import RunSettings, dry_run, map_file
from cotrace.files.rules.problems import Code
from cotrace.files.rules.words import Reason
from cotrace.foundation.errors import Invalid
from tests.support.workbooks import (
    CIDE_HEADER,
    CODE_LISTS,
    cide_row,
    write_cide,
    write_companion,
    write_workbook,
)

ROOT = Path(cotrace.__path__[0])
SHIPPED = ROOT / "seizures" / "data"
CIDE = load_mapping(SHIPPED / "mappings" / "cide-ppd.yaml")
TEMPLATE = load_mapping(SHIPPED / "mappings" / "cotrace-seizures.yaml")


def test_a_log_as_published_is_taken_with_its_sister_tables(tmp_path: Path) -> None:
    log = write_cide(
        tmp_path / "a.xlsx", [cide_row(1, ARL=3, VE=1), cide_row(2, ESTADO=7, Municipio=65), cide_row(3)]
    )
    forces = write_companion(tmp_path / "t9.xlsx", [(1, 1), (1, 5), (2, 9999), (8, 2)])
    report = dry_run(log, mapping=CIDE, companions={"participants": forces}, code_lists=CODE_LISTS)
    assert (report.rows, report.accepted, report.rejected, report.problems) == (3, 3, 0, ())
    assert (report.columns_missing, report.columns_unknown, report.columns_repeated) == ((), (), ())
    assert (report.companions_missing, report.companions[0].keys_unmatched) == (("other_items",), 1)
    first = report.preview[0]
    assert first.values == {
        "series": "A-E",
        "source_ref": "1",
        "occurred_on": date(2007, 1, 16),
        "state_code": "16",
        "municipio_code": "16015",
        "long_guns": 3,
        "vehicles": 1,
        "participants": ("MX-SEDENA", "MX-PF"),
    }
    assert report.not_recorded["long_guns"] == {Reason.NO_INFORMATION: 2}
    assert report.not_recorded["participants"] == {Reason.UNDETERMINED: 1, Reason.COMPANION_ROW_MISSING: 1}


def test_problems_name_row_column_and_code(tmp_path: Path) -> None:
    rows = [
        cide_row(1, DIA=31, MES=2),
        cide_row(2, ARL=-1),
        cide_row(3, Municipio=93),
        cide_row(4),
        cide_row(4),
        cide_row(4, ARL=1),
        cide_row(5, ESTADO=33),
    ]
    report = dry_run(write_cide(tmp_path / "a.xlsx", rows), mapping=CIDE, code_lists=CODE_LISTS)
    assert [(p.row, p.column, p.code.value) for p in report.problems] == [
        (2, "DIA / MES / AÑO", "date_impossible"),
        (3, "ARL", "negative"),
        (4, "Municipio", "code_unknown"),
        (6, "ID", "row_repeated"),
        (7, "ID", "row_conflicts"),
        (8, "ESTADO", "code_unknown"),
    ]
    assert (report.rows, report.accepted, report.rejected) == (7, 2, 5)
    assert report.problem_totals[Code.CODE_UNKNOWN] == 2
    assert report.not_recorded["long_guns"] == {Reason.NO_INFORMATION: report.accepted}


def test_a_sister_workbook_may_lack_columns_and_have_others(tmp_path: Path) -> None:
    rows = [[*cide_row(1, ARC=2), 1, 2]]
    header = [*CIDE_HEADER, "Granadas", "IO"]
    kept = [index for index, name in enumerate(header) if name not in ("ARL", "TIMESTAMP", "VEH")]
    log = write_workbook(tmp_path / "a.xlsx", [[row[index] for index in kept] for row in [header, *rows]])
    report = dry_run(log, mapping=CIDE, code_lists=CODE_LISTS)
    assert (report.accepted, report.columns_missing, report.columns_unknown) == (
        1,
        ("ARL",),
        ("Granadas", "IO"),
    )
    assert report.not_recorded["long_guns"] == {Reason.COLUMN_MISSING: 1}
    assert report.preview[0].values["short_guns"] == 2


def test_a_log_without_its_identity_is_one_clear_error(tmp_path: Path) -> None:
    log = write_cide(tmp_path / "a.xlsx", [cide_row(1)], without=frozenset({"ID", "AÑO"}))
    with pytest.raises(Invalid) as caught:
        dry_run(log, mapping=CIDE, code_lists=CODE_LISTS)
    assert (caught.value.code, caught.value.params["columns"]) == ("columns_required_missing", "ID, AÑO / ANIO")


def test_a_sister_file_that_cannot_be_taken_is_named_with_the_reason(tmp_path: Path) -> None:
    log = write_cide(tmp_path / "a.xlsx", [cide_row(1)])
    other = write_workbook(tmp_path / "b.xlsx", [("ID", "CLAVE"), (1, 1)])
    with pytest.raises(Invalid) as caught:
        dry_run(log, mapping=CIDE, companions={"participants": other}, code_lists=CODE_LISTS)
    assert (caught.value.code, caught.value.params) == ("companion_refused", {"companion": "participants"})
    why = caught.value.fields[0]
    assert (why.field, why.code, why.params) == (
        "participants",
        "columns_required_missing",
        (("columns", "KEY"),),
    )


def test_formulas_are_reported_and_their_stored_result_is_not_used(tmp_path: Path) -> None:
    path = write_cide(tmp_path / "a.xlsx", [cide_row(1), cide_row(2)])
    book = openpyxl.load_workbook(path)
    book.active.cell(row=3, column=CIDE_HEADER.index("ARL") + 1).value = "=1+1"
    book.active.cell(row=3, column=CIDE_HEADER.index("PF") + 1).value = "=1+1"
    book.save(path)
    report = dry_run(path, mapping=CIDE, code_lists=CODE_LISTS)
    assert [(p.row, p.column, p.code, p.value_excerpt) for p in report.problems] == [
        (3, "ARL", Code.FORMULA, "=1+1")
    ]
    assert (report.accepted, report.rejected) == (1, 1)


def test_a_file_with_a_header_only_has_no_rows(tmp_path: Path) -> None:
    report = dry_run(write_cide(tmp_path / "a.xlsx", []), mapping=CIDE, code_lists=CODE_LISTS)
    assert (report.rows, report.accepted, report.rejected, report.preview) == (0, 0, 0, ())


def test_listed_problems_are_capped_and_all_are_counted(tmp_path: Path) -> None:
    log = write_cide(tmp_path / "a.xlsx", [cide_row(number, ARL=-1) for number in range(1, 31)])
    report = dry_run(log, mapping=CIDE, code_lists=CODE_LISTS, limits=Limits(keep_problems=10))
    assert (len(report.problems), report.problem_totals) == (10, {Code.NEGATIVE: 30})


def test_another_table_of_the_series_is_told_apart(tmp_path: Path) -> None:
    log = write_cide(tmp_path / "a.xlsx", [cide_row(1)])
    settings = RunSettings(constants={"series": "A-A"})
    with map_file(log, mapping=CIDE, code_lists=CODE_LISTS, settings=settings) as table:
        assert [row.identity for row in table.rows] == [("A-A", "1")]


def test_the_named_sheet_is_read_else_the_first_visible_with_data(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Portada"
    hidden, shown = book.create_sheet("Oculta"), book.create_sheet("Datos")
    hidden.sheet_state = "hidden"
    for sheet, source_ref in ((hidden, 1), (shown, 2)):
        sheet.append(CIDE_HEADER)
        sheet.append(cide_row(source_ref))
    book.save(tmp_path / "a.xlsx")
    found = dry_run(tmp_path / "a.xlsx", mapping=CIDE, code_lists=CODE_LISTS)
    named = RunSettings(options=TableOptions(sheet="Oculta"))
    asked = dry_run(tmp_path / "a.xlsx", mapping=CIDE, code_lists=CODE_LISTS, settings=named)
    assert (found.table.sheet, found.preview[0].identity) == ("Datos", ("A-E", "2"))
    assert (asked.table.sheet, asked.preview[0].identity) == ("Oculta", ("A-E", "1"))
    assert found.table.sheets == ("Portada", "Oculta", "Datos")
    with pytest.raises(Invalid) as caught:
        dry_run(
            tmp_path / "a.xlsx",
            mapping=CIDE,
            settings=RunSettings(options=TableOptions(sheet="X")),
            code_lists=CODE_LISTS,
        )
    assert caught.value.code == "sheet_not_found"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"companions": {"x": Path("x")}, "code_lists": CODE_LISTS}, "companion_unknown"),
        ({"code_lists": {}}, "code_list_missing"),
        (
            {"settings": RunSettings(constants={"long_guns": "1"}), "code_lists": CODE_LISTS},
            "constant_unknown",
        ),
    ],
)
def test_names_the_mapping_does_not_know_are_refused(
    tmp_path: Path, given: dict[str, object], code: str
) -> None:
    with pytest.raises(Invalid) as caught:
        dry_run(tmp_path / "unopened.xlsx", mapping=CIDE, **given)
    assert caught.value.code == code


ENGLISH = "Reference,Date,State code,Municipality code,Long guns,Handguns,Participants,Notes"
SPANISH = (
    "Folio;Fecha;Clave de entidad;Clave de municipio;Armas largas;Armas cortas;Corporaciones;Observaciones"
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (f"{ENGLISH}\nJ-1,2010-04-03,08,08037,3,No aplica,MX-SEDENA|MX-PF,x\n", "utf-8"),
        (f"{SPANISH}\r\nJ-1;2010-04-03;8;8037;3;Sin información;MX-SEDENA, MX-PF;año\r\n", "latin-1"),
        (f"{SPANISH}\r\nJ-1;2010-04-03;8;8037;3;;mx-sedena, mx-pf;\r\n", "utf-16"),
    ],
)
def test_our_template_is_taken_in_both_languages(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    report = dry_run(path, mapping=TEMPLATE, code_lists=CODE_LISTS)
    assert (report.accepted, report.problems, report.columns_unknown) == (1, (), ())
    values = dict(report.preview[0].values)
    assert values == {
        "source_ref": "J-1",
        "occurred_on": date(2010, 4, 3),
        "state_code": "08",
        "municipio_code": "08037",
        "long_guns": 3,
        "participants": ("MX-SEDENA", "MX-PF"),
    }


def test_dates_of_a_workbook_are_taken_as_dates_and_as_serials(tmp_path: Path) -> None:
    rows = [("Folio", "Fecha"), ("1", date(2010, 4, 3)), ("2", 40271), ("3", "03/04/2010"), ("4", 2010)]
    report = dry_run(write_workbook(tmp_path / "a.xlsx", rows), mapping=TEMPLATE, code_lists=CODE_LISTS)
    assert [row.values.get("occurred_on") for row in report.preview[:2]] == [date(2010, 4, 3)] * 2
    assert [(p.row, p.code) for p in report.problems] == [(4, Code.DATE_AMBIGUOUS), (5, Code.DATE_UNREADABLE)]


def test_a_day_that_has_not_come_is_refused_when_today_is_told(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [("Folio", "Fecha"), ("1", "2026-03-03")])
    settings = RunSettings(today=date(2026, 3, 2))
    assert dry_run(path, mapping=TEMPLATE, code_lists=CODE_LISTS).accepted == 1
    assert dry_run(path, mapping=TEMPLATE, code_lists=CODE_LISTS, settings=settings).rejected == 1


def test_every_column_of_the_published_dictionary_is_known_to_the_mapping(tmp_path: Path) -> None:
    report = dry_run(write_cide(tmp_path / "a.xlsx", []), mapping=CIDE, code_lists=CODE_LISTS)
    assert len(CIDE_HEADER) == 47
    assert report.columns_unknown == ()


def test_every_force_the_mapping_can_give_has_labels_in_both_languages() -> None:
    with (SHIPPED / "participants.csv").open(encoding="utf-8", newline="") as source:
        labels = {row["code"]: row for row in csv.DictReader(source)}
    (forces,) = [companion for companion in CIDE.companions if companion.name == "participants"]
    assert set(forces.value.codes.values()) == labels.keys()
    assert all(row["label_en"] and row["label_es"] and row["source"] for row in labels.values())


def test_the_shipped_code_lists_fit_together() -> None:
    states = load_code_list(ROOT / "reference" / "data" / "inegi_states.csv")
    municipios = load_code_list(ROOT / "reference" / "data" / "inegi_municipios.csv")
    assert (len(states), len(municipios)) == (32, 2469)
    assert {code[:2] for code in municipios} == states


def test_a_dry_run_needs_no_django(tmp_path: Path) -> None:
    log = write_cide(tmp_path / "a.xlsx", [cide_row(1)])
    code = (
        "import sys; from pathlib import Path; from cotrace.files.imports.runs import dry_run;"
        "from cotrace.files.imports.mappings import load_mapping;"
        "lists = dict.fromkeys(['inegi_states', 'inegi_municipios', 'participants'], frozenset({'16', '16015'}));"
        "print(dry_run(Path(sys.argv[1]), mapping=load_mapping(Path(sys.argv[2])), code_lists=lists).accepted,"
        "[name for name in sys.modules if name.split('.')[0] == 'django'])"
    )
    arguments = [sys.executable, "-c", code, str(log), str(SHIPPED / "mappings" / "cide-ppd.yaml")]
    ran = subprocess.run(
        arguments, env={"PYTHONPATH": str(ROOT.parent)}, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "1 []\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "mapping_not_found"),
        (b"\xff\xfe", "mapping_not_text"),
        (b"a" * (1024 * 1024 + 1), "mapping_too_large"),
    ],
)
def test_a_mapping_file_that_cannot_be_read_is_refused(
    tmp_path: Path, content: bytes | None, code: str
) -> None:
    path = tmp_path / "a.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Invalid) as caught:
        load_mapping(path)
    assert caught.value.code == code
