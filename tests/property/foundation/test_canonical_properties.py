"""The canonical text of a value is one, and reading it gives the value back."""

import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from cotrace.foundation.errors import Invalid
from cotrace.foundation.rules.canonical import (
    LARGEST_NUMBER,
    JsonLimits,
    JsonValue,
    canonical_bytes,
    parse_canonical,
    parse_json,
)

LIMITS = JsonLimits(size_bytes=10**6, depth=40)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_NUMBER, LARGEST_NUMBER) | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5),
    max_leaves=20,
)


def canonical(value: JsonValue) -> bytes:
    try:
        return canonical_bytes(value)
    except Invalid:
        assume(False)
        raise


@given(VALUES)
def test_the_canonical_text_read_and_written_again_is_the_same_text(value: JsonValue) -> None:
    raw = canonical(value)
    assert canonical_bytes(parse_canonical(raw, limits=LIMITS)) == raw


@given(VALUES)
def test_the_canonical_text_does_not_depend_on_how_accents_were_typed(value: JsonValue) -> None:
    raw = canonical(value)
    text = raw.decode("utf-8")
    assert unicodedata.normalize("NFC", text) == text


@given(st.dictionaries(TEXTS, st.integers(0, 9), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_in_which_fields_were_written_does_not_matter(
    values: dict[str, int], random: object
) -> None:
    shuffled = list(values.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first: JsonValue = dict(values)
    second: JsonValue = dict(shuffled)
    assert canonical(first) == canonical(second)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_and_never_crash(raw: bytes) -> None:
    try:
        value = parse_json(raw, limits=LIMITS)
    except Invalid:
        return
    assert parse_json(canonical(value), limits=LIMITS) is not NotImplemented
