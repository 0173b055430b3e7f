"""What is written to a table comes back from it: in memory, as CSV and as a workbook."""

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cotrace.files.imports.runs import map_file
from cotrace.files.rules.cells import RawRow
from cotrace.files.rules.columns import plan_columns
from cotrace.files.rules.engine import MappedRow, RowContext, map_row
from cotrace.files.rules.mapping import parse_mapping
from cotrace.files.rules.words import Reason, not_recorded_word
from tests.support.workbooks import write_workbook

MAPPING = parse_mapping("""
name: a
title_en: A
title_es: A
source: here
identity: [source_ref]
sentinels: {"9999": no_information}
fields:
  - {name: source_ref, kind: text, columns: [ID], required: true, sentinels: {}}
  - {name: occurred_on, kind: date, columns: [FECHA], order: ymd, required: true}
  - {name: state_code, kind: code, columns: [ESTADO], width: 2, code_list: states}
  - {name: long_guns, kind: integer, columns: [ARL]}
  - {name: forces, kind: codes, columns: [CORPS], code_list: forces}
""")
HEADER = ("ID", "FECHA", "ESTADO", "ARL", "CORPS")
STATES = [f"{number:02}" for number in range(1, 33)]
FORCES = ["MX-SEDENA", "MX-SEMAR", "MX-PF"]
CONTEXT = RowContext(code_lists={"states": frozenset(STATES), "forces": frozenset(FORCES)})

WORDS = st.text(alphabet="abcñáÑ 0123456789.,;'\"-", min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
)
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "source_ref": WORDS.filter(
                lambda text: not_recorded_word(text) is None and not text.startswith("=")
            ),
            "occurred_on": st.dates(min_value=date(1930, 1, 1), max_value=date(2099, 12, 31)),
        },
        optional={
            "state_code": st.sampled_from(STATES),
            "long_guns": st.integers(0, 9_998),
            "forces": st.lists(st.sampled_from(FORCES), min_size=1, unique=True).map(tuple),
        },
    ),
    unique_by=lambda record: record["source_ref"],
    max_size=8,
)
BLANKS = st.sampled_from([None, 9999, "9999", "No aplica", "Sin información", "sin determinar", "N/A", " "])


def cells(record: dict[str, object], blank: object) -> list[object]:
    """Write a record as a row, with `blank` where it says nothing."""
    names = ("source_ref", "occurred_on", "state_code", "long_guns", "forces")
    found = [record.get(name, blank) for name in names]
    return ["; ".join(cell) if isinstance(cell, tuple) else cell for cell in found]


def told(rows: list[MappedRow]) -> list[dict[str, object]]:
    """Return what rows say, and see that no blank has become a value."""
    for row in rows:
        assert row.is_accepted, row.problems
        assert row.values.keys() | row.not_recorded.keys() == {field.name for field in MAPPING.fields}
        assert not row.values.keys() & row.not_recorded.keys()
        assert Reason.UNREADABLE not in row.not_recorded.values()
    return [dict(row.values) for row in rows]


@given(RECORDS, BLANKS)
def test_records_written_as_cells_come_back(records: list[dict[str, object]], blank: object) -> None:
    plan = plan_columns(MAPPING, RawRow(1, HEADER))
    rows = [RawRow(number, tuple(cells(record, blank))) for number, record in enumerate(records, start=2)]
    assert told([map_row(raw, plan=plan, context=CONTEXT) for raw in rows]) == records


@settings(max_examples=12, deadline=None)
@given(
    RECORDS,
    BLANKS,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_records_written_as_text_come_back(
    records: list[dict[str, object]], blank: object, encoding: str, delimiter: str
) -> None:
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([HEADER, *(cells(record, blank) for record in records)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(page.getvalue().encode(encoding))
        with map_file(path, mapping=MAPPING, code_lists=CONTEXT.code_lists) as table:
            assert told(list(table.rows)) == records


@settings(max_examples=12, deadline=None)
@given(RECORDS, BLANKS)
def test_records_written_as_a_workbook_come_back(records: list[dict[str, object]], blank: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_workbook(
            Path(folder) / "a.xlsx", [HEADER, *(cells(record, blank) for record in records)]
        )
        with map_file(path, mapping=MAPPING, code_lists=CONTEXT.code_lists) as table:
            assert told(list(table.rows)) == records
