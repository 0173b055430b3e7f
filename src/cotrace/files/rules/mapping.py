"""What a mapping file may say, and whether it makes sense.

A mapping tells how the columns of one kind of table become the fields of one kind of record. It is
YAML, written by people; what it says wrong is reported by place and code before any row is read.
Tests: tests/unit/files/test_mapping.py.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

import yaml
from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError

from cotrace.files.rules.dates import Order
from cotrace.files.rules.words import Reason, header_key
from cotrace.foundation.errors import FieldProblem, Invalid

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
Kind = Literal["text", "integer", "decimal", "date", "code", "codes"]
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the record and where it comes from.

    `columns` are the header and its aliases; a date may instead have `day`, `month` and `year`, any
    field a `constant`. `sentinels` (value: reason) replace the mapping's own. `prefix` names an earlier
    field whose code is put before this one, `within` one whose code this one must start with.
    `codes` turn the source's codes into ours; `code_list` names the list a code must be in.
    With `if_bad: not_recorded` a bad cell costs the field, not the row.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    name: Name
    kind: Kind
    columns: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    month: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    constant: str | None = None
    required: bool = False
    sentinels: Mapping[str, Reason] | None = None
    order: Order | None = None
    width: int | None = None
    prefix: str | None = None
    within: str | None = None
    codes: Mapping[str, str] | None = None
    code_list: str | None = None
    high: int = 10_000_000
    max_length: int = 500
    if_bad: Literal["reject", "not_recorded"] = "reject"

    @property
    def sources(self) -> tuple[tuple[str, ...], ...]:
        """The columns this field is made of, each with its aliases: none, one, or day, month, year."""
        parts = (self.day, self.month, self.year)
        return (self.columns,) if self.columns else parts if any(parts) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """A sister table with many rows for each row of the main one: the codes of `value`, by `key`.

    `joins` is the main table's field that the key repeats; `name` is the field it fills.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    name: Name
    joins: str
    key: Field
    value: Field
    ignored: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """How one kind of table becomes records. `ignored` are known columns that are not taken, and why."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    name: Name
    title_en: str
    title_es: str
    source: str
    fields: tuple[Field, ...]
    identity: tuple[str, ...] = ()
    sentinels: Mapping[str, Reason] = field(default_factory=dict)
    ignored: Mapping[str, str] = field(default_factory=dict)
    companions: tuple[Companion, ...] = ()


class _PlainLoader(yaml.BaseLoader):
    """Reads every scalar as text, so that `01` stays `01` and `NO` is not false; no aliases, no doubles."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise Invalid("mapping_alias", line=self.line + 1)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        counts = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
        for key, count in counts.items():
            if count > 1:
                raise Invalid("mapping_key_twice", key=str(key), line=node.start_mark.line + 1)
        return super().construct_mapping(node, deep=deep)


_ADAPTER = TypeAdapter(TableMapping)
_CODES = {"missing": "mapping_key_missing", "unexpected_keyword_argument": "mapping_key_unknown"}


def parse_mapping(text: str) -> TableMapping:
    """Read a mapping from YAML.

    Raises `Invalid` with one entry in `fields` for each thing wrong, placed like `fields.3.kind`.
    """
    try:
        mapping = _ADAPTER.validate_python(yaml.load(text, Loader=_PlainLoader))  # noqa: S506 (text only)
    except yaml.YAMLError as error:
        if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
            raise Invalid("mapping_not_text") from error
        raise Invalid("mapping_not_yaml", line=error.problem_mark.line + 1) from error
    except ValidationError as error:
        raise Invalid("mapping_invalid", fields=tuple(_schema_problems(error))) from error
    if problems := tuple(_sense_problems(mapping)):
        raise Invalid("mapping_invalid", fields=problems)
    return mapping


def _schema_problems(error: ValidationError) -> Iterator[FieldProblem]:
    for found in error.errors(include_url=False, include_context=False):
        place = ".".join(str(part) for part in found["loc"])
        yield FieldProblem(field=place, code=_CODES.get(found["type"], "mapping_value_wrong"))


def _sense_problems(mapping: TableMapping) -> Iterator[FieldProblem]:
    names: list[str] = []
    for number, one in enumerate(mapping.fields):
        place = f"fields.{number}"
        if one.name in names:
            yield FieldProblem(field=f"{place}.name", code="mapping_field_twice")
        yield from _source_problems(place, one)
        for key in ("prefix", "within"):
            if (other := getattr(one, key)) is not None and other not in names:
                yield FieldProblem(field=f"{place}.{key}", code="mapping_field_unknown")
        names.append(one.name)
    for number, name in enumerate(mapping.identity):
        if name not in names:
            yield FieldProblem(field=f"identity.{number}", code="mapping_field_unknown")
    for number, companion in enumerate(mapping.companions):
        place = f"companions.{number}"
        if companion.joins not in names:
            yield FieldProblem(field=f"{place}.joins", code="mapping_field_unknown")
        if companion.name in names:
            yield FieldProblem(field=f"{place}.name", code="mapping_field_twice")
        yield from _source_problems(f"{place}.key", companion.key)
        yield from _source_problems(f"{place}.value", companion.value)
        names.append(companion.name)
    yield from _header_problems(mapping)


def _source_problems(place: str, one: Field) -> Iterator[FieldProblem]:
    parts = (one.day, one.month, one.year)
    ways = [bool(one.columns), any(parts), one.constant is not None]
    if sum(ways) != 1 or (any(parts) and (one.kind != "date" or not all(parts))):
        yield FieldProblem(field=place, code="mapping_source_unclear")


def _header_problems(mapping: TableMapping) -> Iterator[FieldProblem]:
    headers = [alias for one in mapping.fields for names in one.sources for alias in names]
    counts = Counter(header_key(header) for header in [*headers, *mapping.ignored])
    for header in [*headers, *mapping.ignored]:
        if counts.pop(header_key(header), 0) > 1:
            yield FieldProblem(field=header, code="mapping_column_twice")


def code_lists_needed(mapping: TableMapping) -> frozenset[str]:
    """Return the names of the code lists a mapping compares with."""
    fields = [*mapping.fields, *(companion.value for companion in mapping.companions)]
    return frozenset(one.code_list for one in fields if one.code_list is not None)
