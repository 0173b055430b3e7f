"""Things nobody may do here, and who may after all: STYLE 3, 13, 17, 26, 28, DESIGN 3 and 4."""

import ast
import subprocess
import sys

from tests.architecture.source import (
    ROOT,
    Module,
    calls,
    found_in,
    functions,
    modules,
    modules_of_tests,
    sample,
    say,
)

EDGES = {
    "cotrace.config.cli": "the outer edge of the terminal",
    "cotrace.config.worker": "the outer edge of the worker: one failed round must not end the others",
    "cotrace.files.imports.cage": "the outer edge of the caged reader: whatever broke, the parent gets a code",
    "cotrace.foundation.outbox": "the outer edge of a delivery: what failed is put back",
}
"""Module -> why it may catch what it does not know."""

BULK = {"bulk_create", "bulk_update"}
BULK_LAYERS = {"services", "migration_operations", "events", "outbox"}


def broad_excepts(module: Module) -> list[str]:
    """Find handlers that catch everything."""
    if module.name in EDGES:
        return []
    return [
        module.at(node, "catches everything")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type) and not _is_passed_on(node)
    ]


def _is_broad(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    names = {each.id for each in ast.walk(caught) if isinstance(each, ast.Name)}
    return bool(names & {"Exception", "BaseException"})


def _is_passed_on(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def signals(module: Module) -> list[str]:
    """Find Django's signals: events are how rooms hear of each other."""
    findings = []
    for node in ast.walk(module.tree):
        named = ""
        if isinstance(node, ast.ImportFrom):
            named = node.module or ""
        elif isinstance(node, ast.Import):
            named = " ".join(alias.name for alias in node.names)
        if "signals" in named.split(".") or "django.dispatch" in named:
            findings.append(module.at(node, f"imports {named}"))
    return findings


def late_lookups(module: Module) -> list[str]:
    """Find models fetched by name, which no contract sees."""
    return [module.at(call, f"calls {name}") for name, call in calls(module.tree) if name in {"get_model"}]


def request_transactions(module: Module) -> list[str]:
    """Find whole requests wrapped in one transaction."""
    return (
        [module.at(ast.Pass(lineno=1), "names ATOMIC_REQUESTS")] if "ATOMIC_REQUESTS" in module.text else []
    )


def bulk_writes(module: Module) -> list[str]:
    """Find bulk writes outside services."""
    if module.layer in BULK_LAYERS:
        return []
    return [module.at(call, f"calls {name}") for name, call in calls(module.tree) if name in BULK]


IMPURE = {"now", "utcnow", "today", "urandom", "uuid1", "uuid4", "getenv", "input", "print", "open"}


def impure_rules(module: Module) -> list[str]:
    """Find rules that look at a clock, the surroundings or chance: these come in as arguments (STYLE 6).

    A `random.Random` may come in; the module's own functions may not be used. Reading a table that ships beside the
    rules is `importlib.resources`, which is no call on this list.
    """
    if module.layer != "rules":
        return []
    findings = [
        module.at(call, f"calls {name}")
        for name, call in calls(module.tree)
        if name in IMPURE
        and not (isinstance(call.func, ast.Attribute) and name in {"open", "print", "input"})
    ]
    for node in ast.walk(module.tree):
        match node:
            case ast.Attribute(value=ast.Name(id="random"), attr=name) if name != "Random":
                findings.append(module.at(node, f"uses random.{name}"))
            case ast.Attribute(value=ast.Name(id="os"), attr="environ"):
                findings.append(module.at(node, "reads the environment"))
    return findings


def bad_module_names(module: Module) -> list[str]:
    """Find names that say nothing: STYLE 1."""
    vague = {"utils", "helper", "helpers", "manager", "managers", "info", "misc", "common"}
    parts = set(module.name.split("."))
    return [f"{module.name} says nothing with {word}" for word in sorted(vague & parts)]


def negative_questions(module: Module) -> list[str]:
    """Find functions that ask a question the wrong way round."""
    negative = ("is_not_", "has_no_", "not_", "no_", "cannot_")
    return [
        module.at(node, f"{node.name} asks a negative question")
        for node in functions(module)
        if node.name.startswith(negative) and node.returns is not None and ast.unparse(node.returns) == "bool"
    ]


def mocks(module: Module) -> list[str]:
    """Find mocks: they hide breakage."""
    findings = []
    for node in ast.walk(module.tree):
        match node:
            case ast.ImportFrom(module=str(name)) if name.startswith("unittest.mock") or name == "unittest":
                findings.append(module.at(node, f"imports {name}"))
            case ast.arg(arg="mocker"):
                findings.append(module.at(node, "asks for a mocker"))
    return findings


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


def test_nobody_catches_everything_but_the_edges():
    findings = found_in(modules(), broad_excepts)
    assert not findings, say(findings)
    assert not (set(EDGES) - {module.name for module in modules()})


def test_no_signals_and_no_late_lookups():
    findings = found_in(modules(), signals, late_lookups)
    assert not findings, say(findings)


def test_no_request_is_one_transaction():
    findings = found_in(modules(), request_transactions)
    assert not findings, say(findings)


def test_bulk_writes_stand_in_services():
    findings = found_in(modules(), bulk_writes)
    assert not findings, say(findings)


def test_rules_are_pure():
    findings = found_in(modules(), impure_rules)
    assert not findings, say(findings)


def test_names_say_something():
    findings = found_in(modules(), bad_module_names, negative_questions)
    assert not findings, say(findings)


def test_no_mocks_and_no_silent_skips():
    findings = found_in(modules_of_tests(), mocks, skips_without_issue)
    assert not findings, say(findings)


def test_bad_samples_are_found():
    assert broad_excepts(sample("try:\n    act()\nexcept Exception:\n    pass"))
    assert broad_excepts(sample("try:\n    act()\nexcept (ValueError, BaseException):\n    pass"))
    assert broad_excepts(sample("try:\n    act()\nexcept:\n    pass"))
    assert not broad_excepts(sample("try:\n    act()\nexcept ValueError:\n    pass"))
    assert not broad_excepts(sample("try:\n    act()\nexcept BaseException:\n    close()\n    raise"))
    assert signals(sample("from django.db.models.signals import post_save"))
    assert signals(sample("import django.dispatch"))
    assert late_lookups(sample("apps.get_model('a', 'B')"))
    assert request_transactions(sample("ATOMIC_REQUESTS = True"))
    assert bulk_writes(sample("Thing.objects.bulk_create([])", name="cotrace.sharing.views"))
    assert not bulk_writes(sample("Thing.objects.bulk_create([])"))
    rules = "cotrace.sharing.rules.samples"
    for bad in (
        "datetime.now()",
        "date.today()",
        "random.choice(x)",
        "os.environ['X']",
        "open('x')",
        "uuid4()",
    ):
        assert impure_rules(sample(bad, name=rules)), bad
    assert not impure_rules(sample("def roll(dice: random.Random): return dice.choice('ab')", name=rules))
    assert not impure_rules(sample("datetime.now()"))
    assert bad_module_names(sample("", name="cotrace.sharing.utils"))
    assert negative_questions(sample("def is_not_ready() -> bool: ..."))
    assert mocks(sample("from unittest.mock import patch"))
    assert mocks(sample("def test_x(mocker): ..."))
    assert skips_without_issue(sample("@pytest.mark.skip\ndef test_x(): ..."))
    assert not skips_without_issue(sample("pytest.skip('issue 12')"))


def test_ruff_refuses_a_bare_boolean_at_a_call_site(tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text('"""A sample."""\n\nprint(True)\n')
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    result = subprocess.run([*command, str(bad)], capture_output=True, text=True, check=False)
    assert "FBT003" in result.stdout
