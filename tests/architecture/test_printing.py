"""What commands print goes through one module, which lets nothing steer a terminal."""

import ast

from tests.architecture.source import Module, calls, found_in, modules, sample, say

PRINTERS = {
    "cotrace.doors.printing": "the one module that writes to a terminal",
}
"""Module -> why it may write to a terminal."""


def loose_printing(module: Module) -> list[str]:
    """Find what writes to a terminal besides it."""
    if module.name in PRINTERS:
        return []
    return [module.at(call, f"calls {name}") for name, call in calls(module.tree) if _prints(name, call)]


def _prints(name: str, call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return name in {"print", "echo", "secho"}
    return name in {"echo", "secho"} or (name == "write" and ast.unparse(call.func).startswith("sys.std"))


def test_nothing_else_prints() -> None:
    findings = found_in(modules(), loose_printing)
    assert not findings, say(findings)


def test_the_rule_finds_what_it_looks_for() -> None:
    bad = sample("import typer\ntyper.echo('x')\nprint('x')\nsys.stdout.write('x')\n")
    good = sample("terminal.say('x')\nfile.write('x')\nself.print('x')\n")
    assert len(loose_printing(bad)) == 3 and loose_printing(good) == []
