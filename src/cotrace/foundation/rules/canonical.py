"""One JSON text per value, so that two installations sign and compare the same bytes.

Decides what a well-formed JSON text is (size, depth, no duplicate keys, whole numbers only) and
what its one canonical form is: UTF-8, NFC, no blanks, keys in the order of RFC 8785.
Source: RFC 8785 without its floating-point part; docs/exchange-format.md section 2.
Tests: tests/unit/foundation/test_canonical_json.py, tests/property/foundation/test_canonical_properties.py.
"""

import json
import unicodedata
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from cotrace.foundation.errors import Invalid

JsonValue: TypeAlias = "bool | int | str | list[JsonValue] | dict[str, JsonValue] | None"
JsonObject: TypeAlias = dict[str, JsonValue]

LARGEST_NUMBER = 2**53 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLimits:
    """How large and how deep a JSON text may be."""

    size_bytes: int = 64 * 1024
    depth: int = 12


def parse_json(raw: bytes, *, limits: JsonLimits) -> JsonValue:
    """Parse a JSON text strictly.

    Raises: Invalid with json_too_large, json_not_utf8, json_malformed, json_too_deep,
    json_duplicate_key, json_not_a_whole_number or json_number_too_large.
    """
    if len(raw) > limits.size_bytes:
        raise Invalid("json_too_large")
    value = _loads(raw)
    _check(value, depth_left=limits.depth)
    return value


def parse_canonical(raw: bytes, *, limits: JsonLimits) -> JsonValue:
    """Parse a text that must already be in canonical form; else Invalid `json_not_canonical`."""
    value = parse_json(raw, limits=limits)
    if canonical_bytes(value) != raw:
        raise Invalid("json_not_canonical")
    return value


def canonical_bytes(value: JsonValue) -> bytes:
    """Write the one canonical text of a value.

    Raises: Invalid for numbers out of range, lone surrogates, and keys that become equal in NFC.
    """
    text = json.dumps(_canonical(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def without_blanks(values: JsonObject) -> JsonObject:
    """Leave out the fields that have no value: absent and null mean the same in our documents."""
    return {name: value for name, value in values.items() if value is not None}


def _loads(raw: bytes) -> JsonValue:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Invalid("json_not_utf8") from None
    try:
        value: JsonValue = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
            parse_int=_whole_number,
        )
    except RecursionError:
        raise Invalid("json_too_deep") from None
    except json.JSONDecodeError:
        raise Invalid("json_malformed") from None
    return value


def _object(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise Invalid("json_duplicate_key")
    return values


def _refuse_number(_: str) -> NoReturn:
    raise Invalid("json_not_a_whole_number")


def _whole_number(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > LARGEST_NUMBER:
        raise Invalid("json_number_too_large")
    return int(text)


def _check(value: JsonValue, *, depth_left: int) -> None:
    if depth_left < 0:
        raise Invalid("json_too_deep")
    if isinstance(value, str):
        _encodable(value)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth_left=depth_left - 1)
    elif isinstance(value, dict):
        for name, item in value.items():
            _encodable(name)
            _check(item, depth_left=depth_left - 1)


def _encodable(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Invalid("json_not_utf8") from None


def _canonical(value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        return _nfc(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST_NUMBER:
            raise Invalid("json_number_too_large")
        return value
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    if isinstance(value, dict):
        return _canonical_object(value)
    raise Invalid("json_not_a_whole_number")


def _canonical_object(values: JsonObject) -> JsonObject:
    by_name = {_nfc(name): item for name, item in values.items()}
    if len(by_name) != len(values):
        raise Invalid("json_duplicate_key")
    return {name: _canonical(by_name[name]) for name in sorted(by_name, key=_utf16)}


def _nfc(text: str) -> str:
    _encodable(text)
    return unicodedata.normalize("NFC", text)


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-be")
