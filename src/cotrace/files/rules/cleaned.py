"""What cleaning a cell can give: a value, a reason why there is none, or a problem code.

Tests: with every cleaner, tests/unit/files/.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cotrace.files.rules.problems import Code
from cotrace.files.rules.words import Reason

Value = str | int | Decimal | date | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """The cell says this."""

    value: Value


@dataclass(frozen=True, slots=True)
class NotRecorded:
    """The cell says nothing, for this reason. Never a zero."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Bad:
    """The cell says something that cannot be taken; of several cells, `part` is the one at fault."""

    code: Code
    part: int | None = None


Cleaned = Recorded | NotRecorded | Bad
