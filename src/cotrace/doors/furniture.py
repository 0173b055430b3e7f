"""What a page hands to the shared components: plain values, no markup, no tables.

Views turn read models into these; `{% load doors %}` draws them (docs/design-system.md). Every text in
them is already in the reader's language.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise

Text = str | Promise
"""A text in the reader's language, or one that will be when it is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """A blank with its reason: drawn as "not recorded", never as a zero or a dash.

    Where nothing is missing from the record (it is still to come, or not shared), the reason alone is drawn.
    """

    reason: Text = ""
    is_reason_enough: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A text that opens a page of this installation."""

    text: Text
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNumber:
    """A public number, set in mono with a copy button; `url` when the reader may open the record."""

    number: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serial:
    """Characters as read from the metal: mono, unknown positions kept as `?`, with a copy button."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many there are; capped, it reads "1,000+"."""

    value: int
    is_capped: bool = False


class Tone(StrEnum):
    """What a status means to its reader. Each tone has a colour and a shape of its own."""

    NEUTRAL = "neutral"
    WAITING = "waiting"
    DONE = "done"
    ATTENTION = "attention"
    PROBLEM = "problem"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A status in words, with the shape and colour of its tone."""

    text: Text
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelBadge:
    """How much of a holding its reader gets; `code` is a name of `atoms.LEVELS`, in any case."""

    code: str


Shown = (
    Text
    | int
    | Decimal
    | date
    | datetime
    | Absent
    | Link
    | RecordNumber
    | Serial
    | Count
    | Badge
    | LevelBadge
    | None
)
"""All that `{% value %}`, facts and table cells can draw. `None` is an `Absent` without reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """One cell in the place of several columns side by side; `label` calls them by one name on a phone's card."""

    shown: Shown
    columns: int
    label: Text
    is_numeric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table. Numbers are set right-aligned."""

    label: Text
    is_numeric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table; its first cell is its heading and, with `url`, what Enter opens.

    `detail` is what a card adds to the words of that link, where the first cell alone says too little.
    """

    cells: tuple[Shown | Across, ...]
    url: str = ""
    detail: Text = ""

    @property
    def width(self) -> int:
        """How many columns its cells stand for."""
        return sum(each.columns if isinstance(each, Across) else 1 for each in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under a caption. `is_wide` gives it a scroll box of its own, for more than eight columns."""

    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    is_caption_hidden: bool = False
    is_wide: bool = False

    def __post_init__(self) -> None:
        if any(row.width != len(self.columns) for row in self.rows):
            raise ValueError("every row needs one cell per column")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where a list paged by key stands: what is on the page, of how many, and the way on."""

    shown: int
    total: Count
    newer_url: str = ""
    older_url: str = ""


class StepState(StrEnum):
    """How far one link of a chain is known."""

    DONE = "done"
    CURRENT = "current"
    WAITING = "waiting"
    GAP = "gap"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One link of a chain: who held it, since when, how well it is known, how long until the next."""

    role: Text
    party: Shown
    at: Shown = None
    state: StepState = StepState.DONE
    detail: Text = ""
    until_next: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Long work. `poll_url` answers with this same component, without `poll_url` once it has ended."""

    id: str
    label: Text
    done: int
    total: int | None
    state: Text
    poll_url: str = ""
    tone: Tone = Tone.WAITING

    @property
    def percent(self) -> int | None:
        """Whole percent done, or `None` while the total is unknown."""
        if not self.total:
            return None
        return min(100, self.done * 100 // self.total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One ground on which a reader sees something; `url` opens the agreement or the act it names."""

    sentence: Text
    source: Text = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A view of the same thing under its own address."""

    label: Text
    url: str
    is_current: bool = False
    count: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who is signed in, as the header says it."""

    name: str
    agency: Text
    roles: Text = ""
    account_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLock:
    """When the session locks, and where to ask for more time."""

    idle_seconds: int
    warn_seconds: int
    extend_url: str
    locked_url: str
