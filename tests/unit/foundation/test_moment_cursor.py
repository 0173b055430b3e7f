"""A list goes on where it stopped, also where many rows are of one moment, and no row's number is told."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from cotrace.foundation.rules.moment_cursor import MomentCursor, cursor_after, cursor_of

NOON = datetime(2026, 3, 2, 18, 0, 0, 123456, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_cursor_comes_back_as_it_was_written_whatever_its_zone() -> None:
    local = NOON.astimezone(timezone(timedelta(hours=-6)))
    assert MomentCursor(at=local, shown=3).text() == "20260302T180000.123456~3"
    assert cursor_of(MomentCursor(at=local, shown=3).text()) == MomentCursor(at=NOON, shown=3)


@pytest.mark.parametrize(
    "text",
    ["", "~", "x~1", "20260302T180000.123456", "20260302T180000.123456~", "20260302T180000.123456~-1",
     "20260302T180000.123456~²", "20261302T180000.123456~1", "20260302T180000.123456~99999999999999"],
)  # fmt: skip
def test_what_is_no_cursor_is_none(text: str) -> None:
    assert cursor_of(text) is None


def test_rows_of_one_moment_are_counted_across_pages() -> None:
    first = cursor_after([NOON, NOON - SECOND, NOON - SECOND], before=None)
    assert first == MomentCursor(at=NOON - SECOND, shown=2)
    second = cursor_after([NOON - SECOND, NOON - SECOND], before=first)
    assert second == MomentCursor(at=NOON - SECOND, shown=4)
    assert cursor_after([NOON - SECOND, NOON - 2 * SECOND], before=second).shown == 1
