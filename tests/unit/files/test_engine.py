"""What a row becomes under a mapping."""

from dataclasses import replace
from datetime import date

import pytest

from cotrace.files.rules.cells import Cell, CellError, Formula, RawRow
from cotrace.files.rules.columns import plan_columns
from cotrace.files.rules.engine import CompanionValues, MappedRow, RowContext, map_row
from cotrace.files.rules.mapping import parse_mapping
from cotrace.files.rules.problems import Code, Problem
from cotrace.files.rules.words import Reason

MAPPING = parse_mapping("""
name: a
title_en: A
title_es: A
source: here
identity: [series, source_ref]
sentinels: {"9999": no_information}
fields:
  - {name: series, kind: code, constant: A-E}
  - {name: source_ref, kind: text, columns: [ID], required: true, sentinels: {}}
  - {name: occurred_on, kind: date, day: [DIA], month: [MES], year: [AÑO]}
  - {name: found_on, kind: date, columns: [FECHA], order: dmy}
  - {name: state_code, kind: code, columns: [ESTADO], width: 2, code_list: states}
  - {name: municipio_code, kind: code, columns: [MUN], width: 3, prefix: state_code, code_list: towns, if_bad: not_recorded}
  - {name: place_code, kind: code, columns: [LUGAR], width: 5, within: state_code}
  - {name: long_guns, kind: integer, columns: [ARL], high: 1000}
  - {name: weight, kind: decimal, columns: [KG]}
  - {name: force, kind: code, columns: [CORP], codes: {"01": MX-SEDENA}}
  - {name: forces, kind: codes, columns: [CORPS], code_list: forces}
""")
HEADERS = ("ID", "DIA", "MES", "AÑO", "FECHA", "ESTADO", "MUN", "LUGAR", "ARL", "KG", "CORP", "CORPS")
PLAN = plan_columns(MAPPING, RawRow(1, HEADERS))
CONTEXT = RowContext(
    code_lists={
        "states": frozenset({"07"}),
        "towns": frozenset({"07065"}),
        "forces": frozenset({"MX-PF", "MX-SEMAR"}),
    },
    today=date(2026, 3, 2),
)
GOOD: dict[str, Cell] = {"ID": 5, "DIA": 3, "MES": 4, "AÑO": 2010, "ESTADO": 7, "MUN": 65, "ARL": 3}


def mapped(context: RowContext = CONTEXT, **cells: Cell) -> MappedRow:
    """Map one good row with these cells in place of its own."""
    told = {**GOOD, **cells}
    return map_row(RawRow(9, tuple(told.get(header) for header in HEADERS)), plan=PLAN, context=context)


def test_a_good_row_becomes_fields() -> None:
    row = mapped(FECHA="04/05/2010", KG="1,200.5", CORP=1, CORPS="mx-pf; MX-SEMAR; MX-PF", LUGAR=7065)
    assert row.is_accepted
    assert row.identity == ("A-E", "5")
    assert {name: str(value) for name, value in row.values.items()} == {
        "series": "A-E",
        "source_ref": "5",
        "occurred_on": "2010-04-03",
        "found_on": "2010-05-04",
        "state_code": "07",
        "municipio_code": "07065",
        "place_code": "07065",
        "long_guns": "3",
        "weight": "1200.5",
        "force": "MX-SEDENA",
        "forces": "('MX-PF', 'MX-SEMAR')",
    }


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (None, Reason.BLANK),
        (" ", Reason.BLANK),
        (9999, Reason.NO_INFORMATION),
        (9999.0, Reason.NO_INFORMATION),
        ("9999", Reason.NO_INFORMATION),
        ("9,999", Reason.NO_INFORMATION),
        ("No aplica", Reason.NOT_APPLICABLE),
        ("Sin información", Reason.NO_INFORMATION),
    ],
)
def test_a_blank_is_not_recorded_with_its_reason_and_never_zero(cell: Cell, reason: Reason) -> None:
    row = mapped(ARL=cell)
    assert row.is_accepted
    assert "long_guns" not in row.values
    assert row.not_recorded["long_guns"] is reason


def test_zero_is_a_value() -> None:
    assert mapped(ARL=0).values["long_guns"] == 0


def test_a_field_with_its_own_sentinels_takes_the_number() -> None:
    assert mapped(ID=9999).values["source_ref"] == "9999"


@pytest.mark.parametrize(
    ("cells", "column", "code", "shown"),
    [
        ({"ARL": Formula("=SUM(A1:A9)")}, "ARL", Code.FORMULA, "=SUM(A1:A9)"),
        ({"ARL": CellError("#REF!")}, "ARL", Code.CELL_ERROR, "#REF!"),
        ({"ARL": "tres"}, "ARL", Code.NOT_A_NUMBER, "tres"),
        ({"ARL": -3}, "ARL", Code.NEGATIVE, "-3"),
        ({"ARL": 2.5}, "ARL", Code.NOT_WHOLE, "2.5"),
        ({"ARL": 1001}, "ARL", Code.TOO_LARGE, "1001"),
        ({"ID": None}, "ID", Code.REQUIRED_MISSING, ""),
        ({"ID": "x\x07"}, "ID", Code.CONTROL_CHARACTERS, "x·"),
        ({"ID": "x" * 501}, "ID", Code.TOO_LONG, "x" * 39 + "…"),
        ({"FECHA": "03/04/10"}, "FECHA", Code.DATE_AMBIGUOUS, "03/04/10"),
        ({"DIA": 31}, "DIA / MES / AÑO", Code.DATE_IMPOSSIBLE, "31 / 4 / 2010"),
        ({"DIA": 9999}, "DIA", Code.DATE_INCOMPLETE, "9999"),
        ({"MES": Formula("=B2")}, "MES", Code.FORMULA, "=B2"),
        ({"MES": "abril"}, "MES", Code.DATE_UNREADABLE, "abril"),
        ({"AÑO": 10}, "AÑO", Code.DATE_AMBIGUOUS, "10"),
        ({"AÑO": 1810}, "DIA / MES / AÑO", Code.DATE_IMPLAUSIBLE, "3 / 4 / 1810"),
        ({"FECHA": "03/03/2026"}, "FECHA", Code.DATE_IN_FUTURE, "03/03/2026"),
        ({"FECHA": "pronto"}, "FECHA", Code.DATE_UNREADABLE, "pronto"),
        ({"ESTADO": 33}, "ESTADO", Code.CODE_UNKNOWN, "33"),
        ({"ESTADO": "Chiapas"}, "ESTADO", Code.CODE_MALFORMED, "Chiapas"),
        ({"LUGAR": 8037}, "LUGAR", Code.CODE_MISMATCH, "8037"),
        ({"CORP": 30}, "CORP", Code.CODE_UNKNOWN, "30"),
        ({"CORPS": "MX-PF, MX-XX"}, "CORPS", Code.CODE_UNKNOWN, "MX-PF, MX-XX"),
    ],
)
def test_a_bad_cell_rejects_the_row_and_says_where(
    cells: dict[str, Cell], column: str, code: Code, shown: str
) -> None:
    row = mapped(**cells)
    assert not row.is_accepted
    assert row.problems[0] == Problem(row=9, column=column, code=code, value_excerpt=shown)


def test_a_bad_cell_may_cost_only_its_field() -> None:
    row = mapped(MUN=93)
    assert row.is_accepted
    assert row.not_recorded["municipio_code"] is Reason.UNREADABLE
    assert [(problem.code, problem.level) for problem in row.problems] == [(Code.CODE_UNKNOWN, "warning")]


def test_all_problems_of_a_row_are_told() -> None:
    row = mapped(ARL="x", KG="y", ESTADO=99)
    assert [problem.column for problem in row.problems] == ["ESTADO", "ARL", "KG"]


def test_a_code_without_its_parent_is_not_recorded() -> None:
    assert mapped(ESTADO=9999).not_recorded["municipio_code"] is Reason.PARENT_MISSING


def test_a_missing_column_is_not_recorded() -> None:
    plan = plan_columns(MAPPING, RawRow(1, ("ID", "DIA", "MES")))
    row = map_row(RawRow(2, (1, 2, 3)), plan=plan, context=CONTEXT)
    assert row.not_recorded["long_guns"] is Reason.COLUMN_MISSING
    assert row.not_recorded["occurred_on"] is Reason.COLUMN_MISSING


def test_today_is_not_the_future() -> None:
    assert mapped(FECHA="02/03/2026").is_accepted


def test_a_constant_may_be_replaced() -> None:
    row = mapped(replace(CONTEXT, constants={"series": "a-a"}))
    assert row.identity == ("A-A", "5")


def test_a_companion_fills_its_field_or_the_reason() -> None:
    values = CompanionValues(codes={"5": ("MX-PF",)}, reasons={"6": Reason.UNDETERMINED})
    context = replace(CONTEXT, companions={"who": ("source_ref", values), "what": ("source_ref", None)})
    assert mapped(context).values["who"] == ("MX-PF",)
    assert mapped(context, ID="005").values["who"] == ("MX-PF",)
    assert mapped(context, ID=6).not_recorded["who"] is Reason.UNDETERMINED
    assert mapped(context, ID=7).not_recorded["who"] is Reason.COMPANION_ROW_MISSING
    assert mapped(context).not_recorded["what"] is Reason.COMPANION_MISSING


def test_a_cell_without_a_header_is_a_note() -> None:
    cells = tuple(GOOD.get(header) for header in HEADERS)
    row = map_row(RawRow(2, (*cells, "nota")), plan=PLAN, context=CONTEXT)
    assert [(problem.code, problem.value_excerpt) for problem in row.problems] == [
        (Code.CELL_WITHOUT_HEADER, "nota")
    ]
    assert row.is_accepted


def test_in_delimited_text_a_row_that_is_too_wide_is_rejected_and_a_short_one_noted() -> None:
    context = replace(CONTEXT, is_text=True)
    cells = tuple(GOOD.get(header) for header in HEADERS)
    wide = map_row(RawRow(2, (*cells, "234")), plan=PLAN, context=context)
    short = map_row(RawRow(2, cells[:9]), plan=PLAN, context=context)
    assert (wide.problems[0].code, wide.is_accepted) == (Code.ROW_TOO_WIDE, False)
    assert (short.problems[0].code, short.is_accepted) == (Code.ROW_TOO_SHORT, True)


def test_rows_that_say_the_same_have_the_same_digest() -> None:
    same = replace(mapped(ARL="3.0"), number=77)
    assert same.digest == mapped(ARL=3).digest
    assert mapped(ARL=None).digest != mapped(ARL=9999).digest != mapped(ARL=0).digest
