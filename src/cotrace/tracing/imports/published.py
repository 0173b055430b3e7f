"""ATF's published list of licensees in: a file of it is read in the cage, judged row by row, and loaded in batches.

The file is read twice: once whole, so that one that turns out unreadable leaves nothing behind, then to be written.
"""

import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from cotrace.files.imports.limits import DEFAULT_LIMITS, TableOptions
from cotrace.files.imports.mappings import load_mapping
from cotrace.files.imports.runs import RunSettings, map_file
from cotrace.files.rules.mapping import TableMapping
from cotrace.files.rules.problems import ProblemTally
from cotrace.foundation import clock
from cotrace.foundation.errors import Invalid
from cotrace.foundation.principal import Principal
from cotrace.tracing.reads.published import ListLoaded, ListReport, LoadCounts
from cotrace.tracing.rules.published_rows import JudgedRow, edition_problem, judged
from cotrace.tracing.services.published import BATCH, published_end, published_put

MAPPING = Path(__file__).parents[1] / "data" / "mappings" / "atf-ffl-list.yaml"
SETTINGS = RunSettings(options=TableOptions(delimiter="\t", may_be_cut=True))


@cache
def list_mapping() -> TableMapping:
    """Return how the columns of the list are read."""
    return load_mapping(MAPPING)


def published_try(file: Path, *, edition: str) -> ListReport:
    """Say what loading a file of the list would take and keep out, and write nothing. Needs no database. Raises Invalid."""
    problem = edition_problem(edition, today=clock.today())
    if problem is not None:
        raise Invalid(problem, edition=edition)
    tally, accepted, rows = ProblemTally(keep=DEFAULT_LIMITS.keep_problems), 0, 0
    states: set[str] = set()
    last_state, is_cut = "", False
    for row in _rows(file):
        tally.add(row.problems)
        rows, is_cut = rows + 1, row.is_short
        if row.values is not None:
            accepted, last_state = accepted + 1, row.values.state
            states.add(last_state)
    return ListReport(
        edition=edition,
        file_sha256=_digest(file),
        rows=rows,
        accepted=accepted,
        rejected=rows - accepted,
        problems=tuple(tally.kept),
        problem_totals={str(code): count for code, count in tally.totals.items()},
        states=tuple(sorted(states - ({last_state} if is_cut else set()))),
        is_cut=is_cut,
    )


def published_load(
    principal: Principal, *, file: Path, edition: str, told: Callable[[int], None] = lambda _done: None
) -> ListLoaded:
    """Load a file of the list as an edition; `told` hears how many rows are in.

    Killed at any point and run again, it adds nothing twice. Raises Denied, Invalid. Audit: trace.published_loaded.
    """
    report = published_try(file, edition=edition)
    counts, done = LoadCounts(), 0
    taken = (row.values for row in _rows(file) if row.values is not None)
    while batch := list(islice(taken, BATCH)):
        counts.add(published_put(principal, edition=edition, batch=batch))
        done += len(batch)
        told(done)
    if done != report.accepted or _digest(file) != report.file_sha256:
        raise Invalid("list_changed_meanwhile")
    published_end(principal, report=report)
    return ListLoaded(report=report, counts=counts)


def _rows(file: Path) -> Iterator[JudgedRow]:
    with map_file(file, mapping=list_mapping(), settings=SETTINGS) as table:
        yield from map(judged, table.rows)


def _digest(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
