"""Which rows of ATF's published list are taken, and what is kept of one."""

from collections.abc import Mapping
from datetime import date

import pytest

from cotrace.files.rules.engine import MappedRow
from cotrace.files.rules.problems import Code, Problem
from cotrace.tracing.rules.published_rows import PublishedValues, edition_problem, judged

SAID = {
    "region": "5", "district": "74", "county": "141", "licence_type": "01", "expiry": "9A", "sequence": "00101",
    "licence_name": "LINDERO ARMS LLC", "street": "12 LINDERO RD", "city": "EL PASO", "state": "TX",
    "zip_code": "79901", "phone": "9155550144",
}  # fmt: skip


def row(*problems: Problem, **changes: str | None) -> MappedRow:
    said: Mapping[str, str] = {name: value for name, value in {**SAID, **changes}.items() if value is not None}
    return MappedRow(number=7, identity=(), values=said, not_recorded={}, problems=problems)


def test_a_row_is_kept_as_business_data_under_its_abbreviated_number() -> None:
    found = judged(row())
    assert found.problems == () and found.values == PublishedValues(
        key="57400101", number="5-74-141-01-9A-00101", licence_type="01", licence_name="LINDERO ARMS LLC",
        business_name="", street="12 LINDERO RD", city="EL PASO", state="TX", zip_code="79901", phone="9155550144",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"expiry": "9I"}, "Lic Xprdte"),
        ({"expiry": "A9"}, "Lic Xprdte"),
        ({"expiry": "9"}, "Lic Xprdte"),
        ({"region": "0"}, "Lic Regn"),
        ({"state": "Tx"}, "Premise State"),
        ({"state": "T"}, "Premise State"),
    ],
)
def test_a_row_with_a_wrong_part_is_rejected_at_that_part(changes: dict[str, str], column: str) -> None:
    found = judged(row(**changes))
    assert found.values is None
    assert [(each.row, each.column, each.code, each.level) for each in found.problems] == [
        (7, column, Code.CODE_MALFORMED, "error")
    ]


@pytest.mark.parametrize(("phone", "kept", "asked"), [(None, "", 0), ("915555014", "", 1), ("915-555-0144", "", 1)])
def test_a_telephone_of_other_than_ten_digits_costs_the_telephone_alone(phone, kept: str, asked: int) -> None:
    found = judged(row(phone=phone))
    assert found.values is not None and found.values.phone == kept
    assert [each.level for each in found.problems] == ["warning"] * asked


def test_a_row_that_ends_early_is_kept_out_even_where_nothing_needed_is_missing() -> None:
    early = Problem(row=7, column="", code=Code.ROW_TOO_SHORT, value_excerpt="", level="warning")
    found = judged(row(early))
    assert (found.values, found.is_short, found.problems[0].level) == (None, True, "error")


@pytest.mark.parametrize(
    ("edition", "problem"),
    [
        ("2026-03", None),
        ("2013-05", None),
        ("2026-04", "edition_to_come"),
        ("2027-01", "edition_to_come"),
        ("2026-00", "edition_malformed"),
        ("2026-3", "edition_malformed"),
        ("1999-03", "edition_malformed"),
        ("", "edition_malformed"),
    ],
)
def test_an_edition_has_come(edition: str, problem: str | None) -> None:
    assert edition_problem(edition, today=date(2026, 3, 2)) == problem
