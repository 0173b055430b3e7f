"""Which column of a file is which field of a mapping.

Headers are compared without accents, case, spaces and signs. A missing optional column is reported
once and means "not recorded"; an unknown one is reported once; a missing required one stops the file.
Tests: tests/unit/files/test_columns.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cotrace.files.rules.cells import Cell, RawRow, excerpt
from cotrace.files.rules.mapping import Field, TableMapping
from cotrace.files.rules.texts import code_key
from cotrace.files.rules.words import Reason, header_key
from cotrace.foundation.errors import FieldProblem, Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPlan:
    """One field and the columns of this file it is read from.

    `indexes` and `headers` have one entry, three for day, month and year, none for a constant or a
    missing column. `sentinels` and `codes` are looked up by `code_key`.
    """

    field: Field
    indexes: tuple[int, ...]
    headers: tuple[str, ...]
    sentinels: Mapping[str, Reason]
    codes: Mapping[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPlan:
    """Where every field of a mapping stands in this file, and what does not fit."""

    fields: tuple[FieldPlan, ...]
    identity: tuple[str, ...]
    headers: tuple[str, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]


def plan_columns(mapping: TableMapping, header: RawRow) -> ColumnPlan:
    """Match a file's header with a mapping.

    Of columns with the same header the first is read. Raises `Invalid("columns_required_missing")`
    that names every required or identity column the file lacks, with all headers that it may have.
    """
    headers = tuple(excerpt(cell) for cell in header.cells)
    places, repeated = _places(header.cells)
    fields = tuple(_field_plan(field, mapping, places, headers) for field in mapping.fields)
    lacking = [plan.field for plan in fields if plan.field.sources and not plan.indexes]
    stop = [field for field in lacking if field.required or field.name in mapping.identity]
    if stop:
        wanted = [" / ".join(names) for field in stop for names in field.sources if _found(names, places) is None]
        problems = tuple(FieldProblem(field=name, code="column_needed") for name in wanted)
        raise Invalid("columns_required_missing", fields=problems, columns=", ".join(wanted))
    known = {header_key(name) for name in _known_names(mapping)}
    return ColumnPlan(
        fields=fields,
        identity=mapping.identity,
        headers=headers,
        missing=tuple(
            names[0] for field in lacking for names in field.sources if _found(names, places) is None
        ),
        unknown=tuple(headers[index] for key, index in places.items() if key not in known),
        repeated=repeated + _aliases_met_twice(mapping, places, headers),
    )


def _known_names(mapping: TableMapping) -> Iterable[str]:
    yield from mapping.ignored
    for field in mapping.fields:
        for names in field.sources:
            yield from names


def _places(cells: tuple[Cell, ...]) -> tuple[dict[str, int], tuple[str, ...]]:
    places: dict[str, int] = {}
    repeated = []
    for index, cell in enumerate(cells):
        key = header_key(excerpt(cell, length=200))
        if key and places.setdefault(key, index) != index:
            repeated.append(excerpt(cell))
    return places, tuple(repeated)


def _found(names: tuple[str, ...], places: Mapping[str, int]) -> int | None:
    return next((places[key] for key in map(header_key, names) if key in places), None)


def _aliases_met_twice(
    mapping: TableMapping, places: Mapping[str, int], headers: tuple[str, ...]
) -> tuple[str, ...]:
    """Name the columns that another alias of the same field has already won."""
    twice: list[str] = []
    for field in mapping.fields:
        for names in field.sources:
            met = [places[key] for key in dict.fromkeys(map(header_key, names)) if key in places]
            twice += [headers[index] for index in met[1:]]
    return tuple(twice)


def _field_plan(
    field: Field, mapping: TableMapping, places: Mapping[str, int], headers: tuple[str, ...]
) -> FieldPlan:
    found = [_found(names, places) for names in field.sources]
    indexes = tuple(index for index in found if index is not None)
    if len(indexes) < len(found):
        indexes = ()
    sentinels = mapping.sentinels if field.sentinels is None else field.sentinels
    codes = None if field.codes is None else {code_key(key): code for key, code in field.codes.items()}
    return FieldPlan(
        field=field,
        indexes=indexes,
        headers=tuple(headers[index] for index in indexes),
        sentinels={code_key(value): reason for value, reason in sentinels.items()},
        codes=codes,
    )
