"""One JSON text per value; everything else is refused with its reason."""

import pytest

from cotrace.foundation.errors import Invalid
from cotrace.foundation.rules.canonical import (
    LARGEST_NUMBER,
    JsonLimits,
    JsonValue,
    canonical_bytes,
    parse_canonical,
    parse_json,
)

LIMITS = JsonLimits(size_bytes=1000, depth=4)


def code_of(raw: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        parse_json(raw, limits=LIMITS)
    return refused.value.code


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b'{"a":1,"a":2}', "json_duplicate_key"),
        (b'{"a":{"b":1,"b":1}}', "json_duplicate_key"),
        (b"1.5", "json_not_a_whole_number"),
        (b"1e3", "json_not_a_whole_number"),
        (b"NaN", "json_not_a_whole_number"),
        (b"-Infinity", "json_not_a_whole_number"),
        (b"9007199254740992", "json_number_too_large"),
        (b"1" * 900, "json_number_too_large"),
        (b"[[[[[1]]]]]", "json_too_deep"),
        (b"[" * 900, "json_malformed"),
        (b"\xff", "json_not_utf8"),
        ('"a"'.encode("utf-16"), "json_not_utf8"),
        (b'"\\ud800"', "json_not_utf8"),
        (b'{"\\udfff":1}', "json_not_utf8"),
        (b"{'a':1}", "json_malformed"),
        (b'{"a":1} x', "json_malformed"),
        (b"", "json_malformed"),
        (b" " * 1001, "json_too_large"),
        (b'"a\nb"', "json_malformed"),
    ],
)
def test_a_text_that_is_not_our_json_is_refused_with_its_reason(raw: bytes, code: str) -> None:
    assert code_of(raw) == code


def test_a_text_nested_past_the_parser_s_own_stack_is_refused_and_not_fatal() -> None:
    raw = b"[" * 200_000 + b"]" * 200_000
    with pytest.raises(Invalid) as refused:
        parse_json(raw, limits=JsonLimits(size_bytes=1_000_000, depth=12))
    assert refused.value.code == "json_too_deep"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None, -3]}, '{"a":[true,null,-3],"b":1}'),
        ({"é": "cafe\u0301"}, '{"é":"café"}'),
        ({"\ue000": 1, "\U0001f600": 2}, '{"\U0001f600":2,"\ue000":1}'),
        ('a"\\\n\x1f/\x7f', '"a\\"\\\\\\n\\u001f/\x7f"'),
        (LARGEST_NUMBER, "9007199254740991"),
    ],
)
def test_the_canonical_text_is_the_one_of_rfc_8785(value: JsonValue, text: str) -> None:
    assert canonical_bytes(value) == text.encode("utf-8")


@pytest.mark.parametrize("value", [LARGEST_NUMBER + 1, {"e\u0301": 1, "\u00e9": 2}, "\ud800"])
def test_a_value_without_canonical_text_is_refused(value: JsonValue) -> None:
    with pytest.raises(Invalid):
        canonical_bytes(value)


@pytest.mark.parametrize(
    "raw",
    [b'{"b":1,"a":2}', b'{"a": 1}', b'{"a":1}\n', b'"\\u0041"', '"cafe\u0301"'.encode(), b"-0", b'"\\/"'],
)
def test_a_text_in_another_than_its_canonical_form_is_refused_where_it_is_signed(raw: bytes) -> None:
    parse_json(raw, limits=LIMITS)
    with pytest.raises(Invalid) as refused:
        parse_canonical(raw, limits=LIMITS)
    assert refused.value.code == "json_not_canonical"
