"""Cleaning twice is cleaning once, whatever comes in."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from cotrace.files.rules.cells import excerpt, plain_text
from cotrace.files.rules.cleaned import Bad, Recorded
from cotrace.files.rules.dates import clean_date, clean_date_parts
from cotrace.files.rules.file_names import NAME_BYTES, safe_file_name
from cotrace.files.rules.numbers import clean_decimal, clean_integer
from cotrace.files.rules.texts import clean_code, clean_text
from cotrace.files.rules.words import folded, header_key

PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=60),
    st.dates(),
    st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}", fullmatch=True),
    st.from_regex(r"-?[0-9]{1,3}(,[0-9]{3}){0,3}(\.[0-9]{1,3})?", fullmatch=True),
)


@given(PLAIN)
def test_a_cleaned_count_cleans_to_itself_as_number_and_as_text(cell: object) -> None:
    found = clean_integer(cell, high=10**9)
    if isinstance(found, Recorded):
        assert isinstance(found.value, int)
        assert 0 <= found.value <= 10**9
        assert clean_integer(found.value, high=10**9) == found == clean_integer(str(found.value), high=10**9)


@given(PLAIN)
def test_a_cleaned_amount_cleans_to_itself(cell: object) -> None:
    found = clean_decimal(cell, high=10**9)
    if isinstance(found, Recorded):
        assert isinstance(found.value, Decimal)
        again = clean_decimal(format(found.value, "f")[:40], high=10**9)
        assert isinstance(again, Recorded)


@given(PLAIN)
def test_a_cleaned_text_cleans_to_itself(cell: object) -> None:
    found = clean_text(cell, max_length=200)
    if isinstance(found, Recorded):
        assert clean_text(found.value, max_length=200) == found


@given(PLAIN, st.sampled_from([None, 2, 3, 5]))
def test_a_cleaned_code_cleans_to_itself(cell: object, width: int | None) -> None:
    found = clean_code(cell, width=width)
    if isinstance(found, Recorded):
        assert clean_code(found.value, width=width) == found
        assert width is None or len(found.value) == width


@given(PLAIN, st.sampled_from([None, "dmy", "mdy", "ymd"]), st.booleans())
def test_a_cleaned_date_cleans_to_itself(cell: object, order: str | None, is_1904: bool) -> None:
    found = clean_date(cell, order=order, is_1904=is_1904)
    if isinstance(found, Recorded):
        assert clean_date(found.value, order=order, is_1904=is_1904) == found
        assert clean_date(found.value.isoformat(), order=None, is_1904=False) == found


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_day_written_in_a_declared_order_comes_back_and_undeclared_never_as_another(day: date) -> None:
    assert clean_date(day.strftime("%d/%m/") + f"{day.year:04}", order="dmy", is_1904=False) == Recorded(day)
    assert clean_date(day.strftime("%m/%d/") + f"{day.year:04}", order="mdy", is_1904=False) == Recorded(day)
    assert clean_date_parts(day.day, str(day.month), float(day.year)) == Recorded(day)
    undeclared = clean_date(day.strftime("%d/%m/") + f"{day.year:04}", order=None, is_1904=False)
    assert undeclared == Recorded(day) or isinstance(undeclared, Bad)


@given(st.text(max_size=300))
def test_a_safe_name_is_safe_and_stays(name: str) -> None:
    safe = safe_file_name(name)
    assert safe_file_name(safe) == safe
    assert 0 < len(safe.encode()) <= NAME_BYTES + 1
    assert safe.isprintable()
    assert not set(safe) & set('/\\:*?"<>|')
    assert safe not in (".", "..")


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert header_key(header_key(text)) == header_key(text)


@given(PLAIN)
def test_an_excerpt_is_short_and_shows_everything(cell: object) -> None:
    shown = excerpt(cell)
    assert len(shown) <= 40
    assert shown.isprintable()
    if plain_text(cell).isprintable() and len(plain_text(cell)) <= 40:
        assert shown == plain_text(cell)
