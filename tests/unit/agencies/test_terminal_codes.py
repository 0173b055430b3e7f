"""A code that a person copies is read the way it was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotrace.agencies.rules.terminal_codes import CODE_LENGTH, normal_code, shown_code
from cotrace.foundation.ids import CROCKFORD

codes = st.text(alphabet=CROCKFORD, min_size=CODE_LENGTH, max_size=CODE_LENGTH)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7KQX-M2VD", "7KQXM2VD"),
        ("7kqx m2vd", "7KQXM2VD"),
        (" 7KQXM2VD ", "7KQXM2VD"),
        ("oIl0-0OlI", "01100011"),
        ("", ""),
    ],
)
def test_a_typed_code_is_read(typed: str, read: str) -> None:
    assert normal_code(typed) == read


@given(codes)
def test_a_shown_code_reads_as_what_it_was(code: str) -> None:
    assert normal_code(shown_code(code)) == code
    assert normal_code(normal_code(code).lower()) == code
