"""A licensee's records file is read line by line, and each problem names its column."""

import pytest

from cotrace.tracing.rules.answers import (
    GapReason,
    Pending,
    RecordIncomplete,
    ShippedTo,
    SoldToPurchaser,
)
from cotrace.tracing.rules.record_rows import column_problems, parse_row

SOLD = {
    "serial": "ABC-1234",
    "make": "Sierra Arms",
    "acquired_on": "2023-02-03",
    "supplier_number": "5-74-000-01-9A-00002",
    "disposition": "sold_to_purchaser",
    "disposed_on": "2023-06-15",
    "family_names": "Ortega Lund",
    "city": "El Paso",
    "document_type": "driver licence",
}


def problems(cells: dict[str, str]) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in parse_row(cells)[1]]


def test_a_sale_gives_the_purchaser_and_how_the_gun_came_in() -> None:
    row, found = parse_row(SOLD)
    assert found == ()
    assert isinstance(row.answer, SoldToPurchaser)
    assert row.answer.purchaser.family_names == "Ortega Lund"
    assert row.answer.purchaser.address is not None
    assert row.answer.purchaser.document is not None
    assert row.acquisition is not None
    assert row.acquisition.supplier is not None


def test_a_shipment_needs_no_purchaser_and_shows_none() -> None:
    row, found = parse_row({**SOLD, "disposition": "shipped_to", "to_number": "1-00-0001"})
    assert found == ()
    assert isinstance(row.answer, ShippedTo)


def test_a_blank_disposition_is_a_gap_in_the_book() -> None:
    row, found = parse_row({"serial": "1", "disposition": " "})
    assert found == ()
    assert row.answer == RecordIncomplete(reason=GapReason.DISPOSITION_MISSING)


def test_a_line_can_ask_for_time() -> None:
    row, found = parse_row({"serial": "1", "disposition": "pending", "retry_after_s": "600"})
    assert found == ()
    assert row.answer == Pending(retry_after_s=600)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"serial": ""}, [("serial", "required")]),
        ({"family_names": ""}, [("family_names", "required")]),
        ({"disposed_on": "06/15/2023"}, [("disposed_on", "document_date_ambiguous")]),
        ({"disposition": "sold"}, [("disposition", "value_unknown")]),
        ({"disposition": "several_guns"}, [("disposition", "value_unknown")]),
        ({"disposition": "shipped_to"}, [("to_number", "required")]),
        ({"disposition": "stolen_or_lost"}, [("loss_place", "required")]),
        ({"disposition": "exported"}, [("export_country", "required")]),
        (
            {"disposition": "sold_to_agency"},
            [("agency_kind", "required"), ("agency_name", "required")],
        ),
        (
            {"disposition": "pending", "retry_after_s": "-5"},
            [("retry_after_s", "number_out_of_range")],
        ),
        ({"supplier_number": "??"}, [("supplier_number", "form_wrong")]),
    ],
)
def test_a_wrong_cell_is_named_by_its_column(change: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert problems({**SOLD, **change}) == expected


def test_missing_unknown_and_repeated_columns_are_named() -> None:
    found = column_problems(("make", "make", "colour"))
    assert [(problem.field, problem.code) for problem in found] == [
        ("serial", "record_column_missing"),
        ("disposition", "record_column_missing"),
        ("colour", "record_column_unknown"),
        ("make", "record_column_twice"),
    ]
