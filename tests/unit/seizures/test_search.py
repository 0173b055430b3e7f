"""Search folds words, and reaches only as far as its fields are disclosed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotrace.seizures.rules.search import SeizureFilter, folded, search_text
from cotrace.sharing.rules.levels import Level


def test_accents_case_and_spaces_do_not_matter() -> None:
    assert folded("  Peñón   DE ÍMURIS ") == "penon de imuris"


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text) -> None:
    assert folded(folded(text)) == folded(text)


def test_empty_parts_leave_no_trace() -> None:
    assert search_text(["Ímuris", "", "km 4"]) == "imuris | km 4"


@pytest.mark.parametrize(
    ("where", "level"),
    [
        (SeizureFilter(), Level.TEAR_LINE),
        (SeizureFilter(since_on=date(2026, 1, 1)), Level.TEAR_LINE),
        (SeizureFilter(state_code="26"), Level.TEAR_LINE),
        (SeizureFilter(force="MX-SEDENA"), Level.FULL),
        (SeizureFilter(text="imuris"), Level.FULL),
        (SeizureFilter(state_code="26", text="imuris"), Level.FULL),
    ],
)
def test_a_filter_reaches_as_far_as_its_most_guarded_field(where, level) -> None:
    assert where.level == level
