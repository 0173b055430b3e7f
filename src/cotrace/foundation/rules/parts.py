"""Parts of a document that are declared once: what each field is called, how it is read, how it is written.

Decides nothing by itself: a frozen dataclass says of each of its fields which kind it is, and `read_part` and
`write_part` follow. What the kinds count as valid is `strict.Fields`'s. Tests: tests/unit/foundation/test_parts.py.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, TypeVar, cast

from cotrace.foundation.rules.canonical import JsonObject, JsonValue, without_blanks
from cotrace.foundation.rules.strict import Fields, day_text

Part = TypeVar("Part")
_KIND = "cotrace kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How one field of a part is read and written. `longest` is in characters, None where it is no text."""

    read: Callable[[Fields, str], object]
    write: Callable[[Any], JsonValue]
    longest: int | None = None
    name: str = ""


def line(longest: int = 200, *, form: re.Pattern[str] | None = None, is_required: bool = False) -> Any:
    """Declare a line of text; None where it is absent, an empty text where a required one is."""

    def read(source: Fields, name: str) -> str | None:
        reading = source.text if is_required else source.text_or_none
        return reading(name, longest=longest, form=form)

    kind = Kind(read=read, write=_as_it_is, longest=longest)
    return field(metadata={_KIND: kind}) if is_required else field(default=None, metadata={_KIND: kind})


def prose(longest: int = 4000) -> Any:
    """Declare a text of several lines; None where it is absent."""
    kind = Kind(read=lambda source, name: source.prose_or_none(name, longest=longest), write=_as_it_is, longest=longest)
    return field(default=None, metadata={_KIND: kind})


def day(*, name: str = "") -> Any:
    """Declare a date, YYYY-MM-DD; None where it is absent. `name` is what documents call it, where that differs."""
    kind = Kind(read=lambda source, name: source.day_or_none(name), write=day_text, name=name)
    return field(default=None, metadata={_KIND: kind})


def whole_number(*, least: int, most: int) -> Any:
    """Declare a whole number that has to be there."""
    kind = Kind(read=lambda source, name: source.number(name, least=least, most=most), write=_as_it_is)
    return field(metadata={_KIND: kind})


def code(codes: type[StrEnum], *, is_required: bool = False) -> Any:
    """Declare a code from a closed list; None where it is absent."""

    def read(source: Fields, name: str) -> StrEnum | None:
        return source.code(name, codes) if is_required else source.code_or_none(name, codes)

    kind = Kind(read=read, write=lambda value: None if value is None else str(value.value))
    return field(metadata={_KIND: kind}) if is_required else field(default=None, metadata={_KIND: kind})


def part(of: type[Part]) -> Any:
    """Declare a part of its own; None where it is absent."""
    kind = Kind(
        read=lambda source, name: read_part(source.child_or_none(name), of),
        write=lambda value: None if value is None else write_part(value),
    )
    return field(default=None, metadata={_KIND: kind})


def parts(of: type[Part], *, most: int) -> Any:
    """Declare a list of parts, at most `most` of them; empty where it is absent."""
    kind = Kind(
        read=lambda source, name: tuple(read_part(each, of) for each in source.children(name, most=most)),
        write=lambda value: [write_part(each) for each in value] or None,
    )
    return field(default=(), metadata={_KIND: kind})


def read_part(source: Fields | None, of: type[Part]) -> Part | None:
    """Read a part, noting every problem with its place; None where there is none."""
    if source is None:
        return None
    found = {each: kind.read(source, kind.name or each) for each, kind in kinds_of(of).items()}
    source.close()
    return of(**found)


def write_part(value: object) -> JsonObject:
    """Write a part, without the fields that hold nothing; reading it back gives an equal one."""
    return without_blanks(
        {kind.name or each: kind.write(getattr(value, each)) for each, kind in kinds_of(type(value)).items()}
    )


def kinds_of(of: type[object]) -> dict[str, Kind]:
    """Return the kinds of a part's fields by their names in Python."""
    return {each.name: cast(Kind, each.metadata[_KIND]) for each in fields(of)}  # type: ignore[arg-type]


def _as_it_is(value: JsonValue) -> JsonValue:
    return value
