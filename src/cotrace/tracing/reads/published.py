"""What is told of a licensee from ATF's published list, and of a load of that list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cotrace.files.rules.problems import Problem
from cotrace.tracing.rules.trace_view import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRead:
    """A licensee as published. `edition` is the newest that lists it, `newest_edition` the newest that covers its state.

    `is_listed`: no newer edition that covers its state leaves it out. `expires` is year and month (`2016-05`). `role` is
    the place in the chain that the type of its licence suggests.
    """

    number: str
    short_number: str
    licence_type: str
    expires: str
    licence_name: str
    business_name: str
    street: str
    city: str
    state: str
    zip_code: str
    phone: str
    role: Role
    edition: str
    newest_edition: str
    is_listed: bool
    loaded_at: datetime

    @property
    def name(self) -> str:
        """Return the name it does business under."""
        return self.business_name or self.licence_name

    @property
    def address(self) -> str:
        """Return the premises in one line."""
        return f"{self.street}, {self.city}, {self.state} {self.zip_code}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReport:
    """What a file of the list holds. `rows` = `accepted` + `rejected`; `problems` are the first, `problem_totals` counts all.

    `states`: those it lists in full; `is_cut`: its last row ends early.
    """

    edition: str
    file_sha256: str
    rows: int
    accepted: int
    rejected: int
    problems: tuple[Problem, ...]
    problem_totals: Mapping[str, int]
    states: tuple[str, ...]
    is_cut: bool


@dataclass(slots=True, kw_only=True)
class LoadCounts:
    """What a load did: `kept` rows stood as they are, `newer` rows are known from a newer edition."""

    added: int = 0
    changed: int = 0
    kept: int = 0
    newer: int = 0

    def add(self, other: "LoadCounts") -> None:
        """Add the counts of a further batch."""
        self.added += other.added
        self.changed += other.changed
        self.kept += other.kept
        self.newer += other.newer


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLoaded:
    """A load of the list: what the file holds, and what became of its rows."""

    report: ListReport
    counts: LoadCounts = field(default_factory=LoadCounts)
