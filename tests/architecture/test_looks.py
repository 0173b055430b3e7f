"""Rooms that have holdings put looks on record through `sharing`, which says when an emergency session opened them.

The log's own functions know nothing of holdings: whoever calls them directly leaves the owner without the reason.
"""

import ast
from collections.abc import Iterator

from tests.architecture.source import Module, found_in, modules, sample, say

LOW = {"record_disclosure", "record_listing"}
BELOW = {"foundation", "doors", "audit", "reference", "agencies"}
"""Rooms below `sharing`, which has the functions for all others."""
ALLOWED = {
    "cotrace.sharing.services.looks": "it is the one that tells the log",
    "cotrace.sharing.selectors.log": "reading the log is no look at a holding",
    "cotrace.sharing.selectors.explain": "it tells of other agencies' records, which no emergency session opens",
    "cotrace.tracing.selectors.centre": "traces are the centre's own and in no circle",
    "cotrace.tracing.selectors.queue": "traces are the centre's own and in no circle",
    "cotrace.exchange.services.sending": "what leaves is a message; its record was opened before",
}


def unmarked_looks(module: Module) -> Iterator[str]:
    """Find imports of the log's own disclosure functions in rooms that have holdings."""
    if module.subject in BELOW or module.name in ALLOWED:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cotrace.audit"):
            for alias in node.names:
                if alias.name in LOW:
                    yield module.at(node, f"use look_record or looks_record of sharing, not {alias.name}")


def test_looks_at_holdings_are_recorded_by_sharing():
    findings = found_in(modules(), unmarked_looks)
    assert not findings, say(findings)


def test_an_unmarked_look_is_found_and_exceptions_are_still_there():
    bad = sample("from cotrace.audit.services import record_disclosure", name="cotrace.cases.selectors")
    assert list(unmarked_looks(bad))
    assert not list(unmarked_looks(sample("from cotrace.audit.services import record", name="cotrace.cases.selectors")))
    assert set(ALLOWED) <= {each.name for each in modules()}
