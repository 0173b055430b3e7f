"""Things nobody may do here, and who may after all: STYLE 3, 13, 17, 26, 28, DESIGN 3 and 4."""

import ast
import subprocess
import sys
from collections.abc import Collection

from tests.architecture.source import (
    ROOT,
    Module,
    calls,
    found_in,
    functions,
    modules,
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

BULK = {"bulk_create", "bulk_update", "abulk_create", "abulk_update"}
BULK_OF_QUERYSETS = {"update", "delete", "aupdate", "adelete"}
QUERYSET_STEPS = {"all", "annotate", "distinct", "exclude", "filter", "order_by", "select_for_update", "using"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
BULK_MODULES = {
    "cotrace.foundation.events": "publishing is part of the service that calls it: the deliveries of its one event",
    "cotrace.foundation.outbox": "the foundation has no services: a delivery is leased, done or put back by its id and lease",
    "cotrace.foundation.backlog": "the foundation has no services: retrying, which its caller records, and sweeping deliveries",
}
"""Module outside the services -> why it may write many rows at once. None of them holds a record."""


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
    """Find bulk writes outside services: those named so, and `update` and `delete` of querysets."""
    if module.layer == "services" or module.name in BULK_MODULES:
        return []
    return writes_of_many_rows(module)


def writes_of_many_rows(module: Module) -> list[str]:
    """Find the bulk writes of a module, wherever it lies."""
    findings = [module.at(call, f"calls {name}") for name, call in calls(module.tree) if name in BULK]
    if not any(f".{name}(" in module.text for name in BULK_OF_QUERYSETS):
        return findings
    for scope in (module.tree, *functions(module)):
        named = {} if scope is module.tree else _named_querysets(module, scope)
        findings += [
            module.at(call, f"calls {name} of {ast.unparse(call.func.value)[:60]}")
            for name, call in calls(scope)
            if name in BULK_OF_QUERYSETS
            and isinstance(call.func, ast.Attribute)
            and _is_queryset(call.func.value, named)
        ]
    return list(dict.fromkeys(findings))


def _named_querysets(module: Module, function: ast.AST) -> set[str]:
    """Return the names that hold a queryset in a function: by what they are given, or by their annotation."""
    named = {each.name for each in functions(module) if _says_queryset(each.returns)}
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_queryset(value, named):
                named.add(name)
            case ast.arg(arg=name, annotation=annotation) if _says_queryset(annotation):
                named.add(name)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation) if _says_queryset(annotation):
                named.add(name)
    return named


def _says_queryset(annotation: ast.expr | None) -> bool:
    return annotation is not None and any(each in ast.unparse(annotation) for each in ("QuerySet", "Manager["))


def _is_queryset(node: ast.expr, named: Collection[str]) -> bool:
    match node:
        case ast.Name(id=name) | ast.Call(func=ast.Name(id=name)):
            return name in named
        case ast.Attribute(attr=name):
            return name in MANAGERS or name.endswith("_set")
        case ast.Call(func=ast.Attribute(attr=name, value=value)):
            return name in QUERYSET_STEPS or _is_queryset(value, named)
        case ast.Subscript(value=value):
            return _is_queryset(value, named)
    return False


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
    allowed = [module for module in modules() if module.name in BULK_MODULES]
    assert len(allowed) == len(BULK_MODULES)
    assert all(map(writes_of_many_rows, allowed)), "an allowance that nobody uses"


def test_rules_are_pure():
    findings = found_in(modules(), impure_rules)
    assert not findings, say(findings)


def test_names_say_something():
    findings = found_in(modules(), bad_module_names, negative_questions)
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


def test_bulk_writes_are_found():
    view = "cotrace.sharing.views"
    for bad in (
        "Thing.objects.bulk_create([])",
        "Thing.objects.update(state='closed')",
        "Thing.objects.filter(pk=1).update(state='closed')",
        "Thing.objects.select_for_update().exclude(pk=1)[:5].delete()",
        "member.tokens.all().delete()",
        "member.token_set.update(state='closed')",
        "def close():\n    old = Thing.objects.filter(pk=1)\n    old.delete()",
        "def close(old: QuerySet[Thing]):\n    old.order_by('pk').delete()",
        "def old() -> 'QuerySet[Thing]': ...\ndef close():\n    old().delete()",
    ):
        assert bulk_writes(sample(bad, name=view)), bad
        assert not bulk_writes(sample(bad)), bad
        assert not bulk_writes(sample(bad, name="cotrace.foundation.outbox")), bad
        assert bulk_writes(sample(bad, name="cotrace.sharing.events")), bad
    for good in ("known.update(a=1)", "row.delete()", "@router.delete('/x')\ndef act(): ...", "attrs.update({})"):
        assert not bulk_writes(sample(good, name=view)), good


def test_ruff_refuses_a_bare_boolean_at_a_call_site(tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text('"""A sample."""\n\nprint(True)\n')
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    result = subprocess.run([*command, str(bad)], capture_output=True, text=True, check=False)
    assert "FBT003" in result.stdout
