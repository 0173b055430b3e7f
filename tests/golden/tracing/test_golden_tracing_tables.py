"""The tables people at a tracing centre review. A changed table is changed here on purpose or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cotrace.tracing.reads.tables import outcome_table, status_table
from cotrace.tracing.rules.connector_failures import AFTER
from cotrace.tracing.rules.outcomes import ANSWER_OUTCOMES, CLOSED_OUTCOMES
from cotrace.tracing.rules.statuses import REQUEST_TRANSITIONS, TRACE_TRANSITIONS
from cotrace.tracing.rules.time_to_crime import BAND_ENDS
from cotrace.tracing.rules.trace_view import ACCEPTABLE, WaitReason
from cotrace.tracing.rules.walk import FINDING_REASONS, SERIAL_OUTCOMES

HERE = Path(__file__).parent


def answer_outcomes() -> list[str]:
    """Which final answer, by whom, ends a trace how."""
    rows = [
        f"{kind} | {detail or '-'} | {role} | {conclusion.outcome} | {conclusion.look_first or '-'}"
        for (kind, detail, role), conclusion in ANSWER_OUTCOMES.items()
    ]
    closed = [
        f"licensee closed | - | {role} | {code} | licensee_closed" for role, code in CLOSED_OUTCOMES.items()
    ]
    serial = [
        f"serial {condition} | - | before any call | {code} | -"
        for condition, code in SERIAL_OUTCOMES.items()
    ]
    return ["answer | detail | who | outcome | a tracer looks first", *rows, *closed, *serial]


def transitions() -> list[str]:
    """Which act leads a request or a trace from where to where."""
    requests = [
        f"request | {source} | {act} | {target}" for (source, act), target in REQUEST_TRANSITIONS.items()
    ]
    traces = [f"trace | {source} | {act} | {target}" for (source, act), target in TRACE_TRANSITIONS.items()]
    return ["object | from | act | to", *sorted(requests), *sorted(traces)]


def outcomes() -> list[str]:
    """What people read about each outcome."""
    lines = []
    for outcome in outcome_table().values():
        lines += [
            f"{outcome.code} ({outcome.last_point})",
            f"  en {outcome.label_en} -> {outcome.unblock_en}",
            f"  es {outcome.label_es} -> {outcome.unblock_es}",
        ]
    return lines


def statuses() -> list[str]:
    """What people read about each status, and what the requester is shown."""
    return [
        f"{status.object} | {status.code} | {status.label_en} | {status.label_es} | {status.shown_as}"
        for status in status_table().values()
    ]


def stops() -> list[str]:
    """Why the walk stops, and whether a tracer can wave it through; what a failed call leads to."""
    reasons = [
        f"stop | {reason} | {'a tracer can accept it' if reason in ACCEPTABLE else 'only the register or a hand can mend it'}"
        for reason in WaitReason
    ]
    findings = [f"finding | {finding} | {reason}" for finding, reason in FINDING_REASONS.items()]
    failures = [f"failure | {failure} | {after}" for failure, after in AFTER.items()]
    bands = [f"band | {band} | ends before {months} months" for months, band in BAND_ENDS]
    return [*reasons, *findings, *failures, *bands]


@pytest.mark.parametrize("table", [answer_outcomes, transitions, outcomes, statuses, stops])
def test_a_reviewed_table_is_as_it_was_reviewed(table: Callable[[], list[str]], tmp_path: Path) -> None:
    name = f"{table.__name__}.txt"
    found = "\n".join(table()) + "\n"
    (tmp_path / name).write_text(found, "utf-8")
    reviewed = (HERE / name).read_text("utf-8")
    assert found == reviewed, (
        f"review {tmp_path / name} and, if it is right, put it in the place of {HERE / name}"
    )
