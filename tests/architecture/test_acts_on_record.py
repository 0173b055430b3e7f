"""A service that writes also records: STYLE 30, DESIGN 4 (audit).

Read off the syntax tree: whatever a public service calls in its own room is followed. A service that only helps
another one, which records the act as a whole, is listed with who does. The log's own room writes nothing but the log.
"""

import ast
from collections.abc import Iterable, Iterator

from tests.architecture.source import (
    Function,
    Module,
    calls,
    entrances,
    in_layers,
    public_functions,
    sample,
    say,
)

WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
RECORDED_BY: dict[str, str] = {
    "cotrace.notices.services.notice_send": "telling is part of the act that caused it",
    "cotrace.notices.services.notice_settle": "it follows from the act that settled the cause, which is on record",
    "cotrace.sharing.services.holdings.holding_create": "the caller: no holding is made for its own sake",
    "cotrace.sharing.services.holdings.holdings_create": "the caller: no holding is made for its own sake",
    "cotrace.sharing.services.holdings.holding_replace": "the caller, which checked the permission",
    "cotrace.tracing.services.published.published_put": "published_end, once for all batches, with counts and digest",
    "cotrace.agencies.services.terminals.terminal_ask": "nothing is known of who asks; the member's word is recorded",
    "cotrace.agencies.services.terminals.terminal_look": "it counts tries; the member's word is recorded",
    "cotrace.agencies.services.tokens.token_use": "what is done with the token; this notes when it was last used",
}
"""Dotted name of a service -> who records what it does, or why nobody needs to."""


def silent_writers(checked: Iterable[Module]) -> list[str]:
    """Find public services that write and, wherever they lead in their room, record nothing."""
    checked = list(checked)
    recorders = _recorders(checked)
    findings = []
    for module in checked:
        here = _functions_by_name(checked, module.subject)
        for node in entrances(module):
            name = f"{module.name}.{node.name}"
            reached = list(_reached(node, here))
            is_writing = any(_is_write(call) for each in reached for _, call in calls(each))
            is_recording = any(called in recorders for each in reached for called, _ in calls(each))
            if is_writing and not is_recording and name not in RECORDED_BY and module.subject != "audit":
                findings.append(module.at(node, f"{node.name} writes and records nothing"))
    return findings


def _functions_by_name(checked: Iterable[Module], subject: str) -> dict[str, Function]:
    found: dict[str, Function] = {}
    for module in checked:
        if module.subject == subject:
            for node in module.tree.body:
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    found[node.name] = node
    return found


def _reached(start: Function, here: dict[str, Function]) -> Iterator[Function]:
    waiting, seen = [start], {start.name}
    while waiting:
        node = waiting.pop()
        yield node
        for name, _ in calls(node):
            if name in here and name not in seen:
                seen.add(name)
                waiting.append(here[name])


def _recorders(checked: Iterable[Module]) -> set[str]:
    return {
        alias.asname or alias.name
        for module in checked
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "cotrace.audit.services"
        for alias in node.names
        if alias.name.startswith("record")
    }


def _is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    name = call.func.attr
    if name == "update":  # a queryset's takes keywords only; a dictionary's and a digest's do not
        return bool(call.keywords) and not call.args
    if name == "delete":
        return not call.args
    return name in WRITES


def test_every_service_that_writes_records():
    findings = silent_writers(in_layers("services"))
    assert not findings, say(findings)


def test_every_exception_is_still_needed():
    there = {
        f"{module.name}.{node.name}" for module in in_layers("services") for node in public_functions(module)
    }
    assert not (set(RECORDED_BY) - there)


def test_silent_writers_are_found():
    imported = "from cotrace.audit.services import record\n"
    assert silent_writers([sample("def a(principal):\n    Thing.objects.create(name=1)")])
    assert silent_writers(
        [sample("def a(principal):\n    _b()\ndef _b():\n    rows.filter(x=1).update(y=2)")]
    )
    assert silent_writers([sample("def a(principal):\n    row.delete()")])
    assert not silent_writers(
        [sample(f"{imported}def a(principal):\n    row.save()\n    record(principal, action='x')")]
    )
    assert not silent_writers(
        [sample(f"{imported}def a(p):\n    _b()\ndef _b():\n    row.save()\n    record(1)")]
    )
    assert not silent_writers([sample("def a(principal):\n    digest.update(b'x')\n    known.update(other)")])
