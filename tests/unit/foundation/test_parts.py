"""A part of a document is declared once, read strictly and written back the same."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pytest

from cotrace.foundation.errors import Invalid
from cotrace.foundation.rules.canonical import JsonObject
from cotrace.foundation.rules.parts import (
    code,
    day,
    line,
    part,
    parts,
    prose,
    read_part,
    whole_number,
    write_part,
)
from cotrace.foundation.rules.strict import Fields


class Unit(StrEnum):
    METRES = "m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    value: int = whole_number(least=1, most=9)
    unit: Unit = code(Unit, is_required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    name: str = line(10, is_required=True)
    noted_on: date | None = day(name="noted")
    notes: str | None = prose(20)
    unit: Unit | None = code(Unit)
    length: Length | None = part(Length)
    others: tuple[Length, ...] = parts(Length, most=2)


WHOLE: JsonObject = {
    "name": "bolt", "noted": "2026-03-02", "notes": "one\ntwo", "unit": "m",
    "length": {"value": 3, "unit": "m"}, "others": [{"value": 1, "unit": "m"}],
}  # fmt: skip


def read(value: JsonObject) -> Thing | None:
    top = Fields.of({"thing": value})
    found = read_part(top.child_or_none("thing"), Thing)
    top.finish("thing_malformed")
    return found


@pytest.mark.parametrize("value", [WHOLE, {"name": "bolt"}])
def test_what_was_read_is_written_the_same(value: JsonObject) -> None:
    found = read(value)
    assert found is not None and write_part(found) == value


def test_what_is_absent_holds_nothing() -> None:
    assert read({"name": "bolt"}) == Thing(name="bolt")
    assert read_part(None, Thing) is None


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": None}, ("thing.name", "required")),
        ({"name": "x" * 11}, ("thing.name", "text_too_long")),
        ({"noted": "03/04/2024"}, ("thing.noted", "document_date_ambiguous")),
        ({"unit": "ft"}, ("thing.unit", "value_unknown")),
        ({"length": {"unit": "m"}}, ("thing.length.value", "required")),
        ({"length": {"value": 99, "unit": "m"}}, ("thing.length.value", "number_out_of_range")),
        ({"others": [{"value": 1, "unit": "m", "colour": 1}]}, ("thing.others.0.colour", "field_unknown")),
        ({"others": [{"value": 1, "unit": "m"}] * 3}, ("thing.others", "list_too_long")),
        ({"colour": "blue"}, ("thing.colour", "field_unknown")),
    ],
)
def test_what_is_wrong_is_told_with_its_place(change: JsonObject, problem: tuple[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        read({**WHOLE, **change})
    assert [(each.field, each.code) for each in refused.value.fields] == [problem]
