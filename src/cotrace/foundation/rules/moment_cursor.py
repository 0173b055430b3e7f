"""Where a list that runs backwards in time goes on, told without a row's own number.

Decides the text of that place: a moment, and how many rows of exactly that moment were shown. A row's
number would do as well and would tell an agency how many rows others wrote between two of its own.
Source: DESIGN 4 ("Invisible and nonexistent are the same answer"). Tests: tests/unit/foundation/test_moment_cursor.py.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

_FORM = "%Y%m%dT%H%M%S.%f"
MOST_ALIKE = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentCursor:
    """The list goes on at `at`, after `shown` rows of that same moment."""

    at: datetime
    shown: int

    def text(self) -> str:
        """Return the cursor as an address carries it."""
        return f"{self.at.astimezone(UTC).strftime(_FORM)}~{self.shown}"


def cursor_of(text: str) -> MomentCursor | None:
    """Read a cursor; None for what is none."""
    moment, _, shown = text.partition("~")
    if not shown.isascii() or not shown.isdecimal() or int(shown[:9]) > MOST_ALIKE:
        return None
    try:
        at = datetime.strptime(moment, _FORM).replace(tzinfo=UTC)
    except ValueError:
        return None
    return MomentCursor(at=at, shown=int(shown))


def cursor_after(moments: list[datetime], *, before: MomentCursor | None) -> MomentCursor:
    """Return where a list goes on after rows of these moments, newest first; `before` is where it began."""
    last = moments[-1]
    alike = sum(each == last for each in moments)
    if before is not None and before.at == last:
        alike += before.shown
    return MomentCursor(at=last, shown=alike)
