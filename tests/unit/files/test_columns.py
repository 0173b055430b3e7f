"""Which column of a file is which field."""

import pytest

from cotrace.files.rules.cells import RawRow
from cotrace.files.rules.columns import ColumnPlan, plan_columns
from cotrace.files.rules.mapping import parse_mapping
from cotrace.foundation.errors import Invalid

MAPPING = parse_mapping("""
name: a
title_en: A
title_es: A
source: here
identity: [source_ref]
ignored: {VEH: wording}
fields:
  - {name: source_ref, kind: text, columns: [ID]}
  - {name: occurred_on, kind: date, day: [DIA], month: [MES], year: [AÑO, ANIO], required: true}
  - {name: long_guns, kind: integer, columns: [ARL, Armas largas]}
""")


def planned(*headers: object) -> ColumnPlan:
    """Plan a file with these headers."""
    return plan_columns(MAPPING, RawRow(1, headers))


def test_columns_are_found_in_any_order_and_spelling() -> None:
    plan = planned("armas  LARGAS", " id ", "Mes", "Anio", "día", "VEH")
    assert [field.indexes for field in plan.fields] == [(1,), (4, 2, 3), (0,)]
    assert (plan.missing, plan.unknown, plan.repeated) == ((), (), ())


def test_a_missing_optional_column_is_told_once() -> None:
    assert planned("ID", "DIA", "MES", "AÑO").missing == ("ARL",)


def test_an_unknown_column_is_told_once_and_an_ignored_one_is_not() -> None:
    plan = planned("ID", "DIA", "MES", "AÑO", "ARL", "Granadas", "VEH", None, 7)
    assert plan.unknown == ("Granadas", "7")


def test_of_repeated_columns_the_first_is_read_and_the_others_told() -> None:
    plan = planned("ID", "DIA", "MES", "AÑO", "Armas largas", "armas largas", "ARL")
    assert plan.fields[2].indexes == (6,)
    assert plan.repeated == ("armas largas", "Armas largas")


def test_missing_needed_columns_are_one_error_that_names_them_all() -> None:
    with pytest.raises(Invalid) as caught:
        planned("DIA", "ARL")
    assert caught.value.code == "columns_required_missing"
    assert caught.value.params == {"columns": "ID, MES, AÑO / ANIO"}
    assert [problem.field for problem in caught.value.fields] == ["ID", "MES", "AÑO / ANIO"]
