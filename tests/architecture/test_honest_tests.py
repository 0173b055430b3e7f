"""Tests run our own code, and all of them run: no mocks, no patches but those listed here, no silent skips. STYLE 26."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Module, constant_text, found_in, modules_of_tests, sample, say

A_LIMIT = "a limit made small, so that a few rows pass it; all that runs is ours"
TIME = "how long a licensee may take to answer, on a real connection of this machine"
REVIEWED = {
    "cotrace.config.processes.free_port": "chance: twice the port that a stranger holds, then an honest one",
    "cotrace.doors.terminal.httpx.Client": "network: the terminal reaches the site in this process",
    "cotrace.agencies.models.Member.check_password": "counted on the way; the real one answers",
    "cotrace.reference.services.record": "the template that each database is copied from begins with an empty log",
    "cotrace.tracing.subscribers.LIMITS": TIME,
    "cotrace.seizures.selectors.EXPORT_MAX": A_LIMIT,
    "cotrace.seizures.services.imports.BATCH": A_LIMIT,
    "cotrace.sharing.selectors.holdings.counted_rows.__kwdefaults__": A_LIMIT,
    "cotrace.tracing.imports.published.BATCH": A_LIMIT,
    "cotrace.tracing.selectors.queue.COUNT_CAP": A_LIMIT,
    "cotrace.tracing.selectors.queue.PAGE_SIZE": A_LIMIT,
    "cotrace.tracing.selectors.register.MOST_OFFERED": A_LIMIT,
    "cotrace.tracing.selectors.register.PAGE_SIZE": A_LIMIT,
}
"""What of ours a test replaces -> why that hides no breakage: clock, chance, mail, network, or the size of a limit."""

PATCHES = {"setattr", "delattr", "setitem", "delitem"}


def mocks(module: Module) -> list[str]:
    """Find mocks: they hide breakage."""
    findings = []
    for node in ast.walk(module.tree):
        named = []
        if isinstance(node, ast.ImportFrom):
            named = [f"{node.module or ''}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.arg) and node.arg == "mocker":
            findings.append(module.at(node, "asks for a mocker"))
        findings += [module.at(node, f"imports {name}") for name in named if _is_mocking(name)]
    return findings


def _is_mocking(name: str) -> bool:
    return f"{name}.".startswith(("unittest.mock.", "mock.", "pytest_mock."))


def replaced(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Yield what of our own code a test patches or assigns to, by its full name."""
    if "cotrace" not in module.text:
        return
    ours = _our_names(module)
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=[target, *rest]) if name in PATCHES:
                part = constant_text(rest[0]) if rest and not _is_dotted(target) else None
                found = ".".join(filter(None, (_full_name(target, ours), part)))
            case ast.Assign(targets=[ast.Attribute() as target]) | ast.AugAssign(target=ast.Attribute() as target):
                found = _full_name(target, ours)
            case ast.Call(func=ast.Name(id="patch") | ast.Attribute(attr="patch" | "object"), args=[target, *_]):
                found = _full_name(target, ours)
            case _:
                continue
        if found.startswith("cotrace."):
            yield node, found


def _our_names(module: Module) -> dict[str, str]:
    """Return what a module imported of ours: the name it uses, and the full one."""
    ours = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith("cotrace."):
            ours |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            named = [alias for alias in node.names if f"{alias.name}.".startswith("cotrace.")]
            ours |= {alias.asname or "cotrace": alias.name if alias.asname else "cotrace" for alias in named}
    return ours


def _is_dotted(target: ast.expr) -> bool:
    return "." in (constant_text(target) or "")


def _full_name(target: ast.expr, ours: dict[str, str]) -> str:
    """Return the full name of a text or of a chain of attributes whose first part is ours, empty where it is not."""
    first, *rest = (constant_text(target) or ast.unparse(target)).split(".")
    if constant_text(target) is not None:
        return ".".join((first, *rest))
    return ".".join((ours[first], *rest)) if first in ours else ""


def skips_without_issue(module: Module) -> list[str]:
    """Find tests that are skipped or expected to fail without the number of an issue or an engine that lacks it."""
    lines = module.text.splitlines()
    excuses = ("issue", "SQLite", "PostgreSQL")
    return [
        module.at(node, f"{node.attr} without an issue")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"skip", "skipif", "xfail", "importorskip"}
        and not any(excuse in line for excuse in excuses for line in lines[node.lineno - 1 : node.lineno + 2])
    ]


def test_no_mocks_and_no_silent_skips():
    findings = found_in(modules_of_tests(), mocks, skips_without_issue)
    assert not findings, say(findings)


def test_nothing_of_ours_is_replaced_but_what_was_reviewed():
    found = [(name, module.at(node, name)) for module in modules_of_tests() for node, name in replaced(module)]
    findings = [place for name, place in found if name not in REVIEWED]
    assert not findings, say(findings)
    assert not set(REVIEWED) - {name for name, _ in found}, "an allowance that nobody uses"


def test_mocks_are_found():
    for bad in (
        "from unittest.mock import patch",
        "from unittest import mock",
        "import unittest.mock",
        "import unittest.mock as helper",
        "import mock",
        "from pytest_mock import MockerFixture",
        "def test_x(mocker): ...",
    ):
        assert mocks(sample(bad)), bad
    assert not mocks(sample("import unittest\nfrom tests.mockingbird import song"))


def test_replacements_are_found():
    start = "from cotrace.sharing import selectors\nfrom cotrace.sharing.rules.levels import Level as Rank\n"
    for bad, name in (
        ("monkeypatch.setattr(selectors, 'scope_of', lambda: 1)", "cotrace.sharing.selectors.scope_of"),
        ("monkeypatch.setattr('cotrace.audit.services.record', print)", "cotrace.audit.services.record"),
        ("patched.delattr(Rank, 'ceiling')", "cotrace.sharing.rules.levels.Level.ceiling"),
        ("monkeypatch.setitem(selectors.TABLE, 'a', 1)", "cotrace.sharing.selectors.TABLE.a"),
        ("setattr(selectors, 'scope_of', print)", "cotrace.sharing.selectors.scope_of"),
        ("selectors.scope_of = print", "cotrace.sharing.selectors.scope_of"),
        ("import cotrace.doors.gate\ncotrace.doors.gate.now = print", "cotrace.doors.gate.now"),
        ("with patch.object(selectors, 'scope_of'): ...", "cotrace.sharing.selectors"),
    ):
        assert [found for _, found in replaced(sample(start + bad))] == [name], bad
    for good in (
        "monkeypatch.setattr(socket, 'getaddrinfo', print)",
        "monkeypatch.setattr('sys.stdin', print)",
        "monkeypatch.setenv('COTRACE_HOME', 'x')",
        "made = selectors.scope_of()\nmade.name = 'x'",
    ):
        assert not list(replaced(sample(start + good))), good


def test_skips_without_issue_are_found():
    assert skips_without_issue(sample("@pytest.mark.skip\ndef test_x(): ..."))
    assert not skips_without_issue(sample("pytest.skip('issue 12')"))
