"""Our own source as the architecture tests see it: parsed once, with a way to make bad samples.

Every checker takes a `Module` (or plain values) and returns findings, one line each, so that each test can prove on
a small sample that its checker finds what it is there to find.
"""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "cotrace"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One source file: dotted name, text, syntax tree."""

    name: str
    text: str
    tree: ast.Module

    @property
    def subject(self) -> str:
        """The room it lies in, "" for the package itself."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else ""

    @property
    def layer(self) -> str:
        """Its place inside the room: rules, services, … ("" for the room's __init__)."""
        parts = self.name.split(".")
        return parts[2] if len(parts) > 2 else ""

    def at(self, node: ast.AST, finding: str) -> str:
        """Return a finding with its place."""
        return f"{self.name}:{getattr(node, 'lineno', 1)} {finding}"


def sample(text: str, *, name: str = "cotrace.sharing.services.samples") -> Module:
    """Return a module that exists only in a test."""
    return Module(name, text, ast.parse(text))


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the package but migrations."""
    return tuple(_read(path) for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts)


@cache
def modules_of_tests() -> tuple[Module, ...]:
    """Return every module of the tests."""
    return tuple(_read(path) for path in sorted((ROOT / "tests").rglob("*.py")))


def _read(path: Path) -> Module:
    base = ROOT / "src" if PACKAGE in path.parents else ROOT
    parts = path.relative_to(base).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    text = path.read_text()
    return Module(name, text, ast.parse(text, filename=str(path)))


def found_in(checked: Iterable[Module], *checkers: Callable[[Module], Iterable[str]]) -> list[str]:
    """Return what the checkers find in the modules."""
    return [finding for module in checked for checker in checkers for finding in checker(module)]


def in_layers(*layers: str) -> list[Module]:
    """Return the modules of these layers of every room."""
    return [module for module in modules() if module.layer in layers]


def functions(module: Module) -> Iterator[Function]:
    """Yield every function and method, nested ones too."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def public_functions(module: Module) -> Iterator[Function]:
    """Yield the functions at module level that other modules may call."""
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


INNER_LAYERS = {"services", "selectors", "matching", "unscoped"}


def called_from_outside(checked: Iterable[Module]) -> set[tuple[str, str]]:
    """Return (room, function) of what doors and other rooms take from a room's services and selectors.

    What only its own services and selectors share among themselves is no door into a room.
    """
    found: set[tuple[str, str]] = set()
    for module in checked:
        whole: dict[str, str] = {}
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("cotrace."):
                continue
            room, *rest = node.module.split(".")[1:]
            if module.subject == room and module.layer in INNER_LAYERS:
                continue
            for alias in node.names:
                if rest and rest[0] in INNER_LAYERS:
                    found.add((room, alias.name))
                if {*rest, alias.name} & INNER_LAYERS:
                    whole[alias.asname or alias.name] = room
        for node in ast.walk(module.tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in whole
            ):
                found.add((whole[node.value.id], node.attr))
    return found


@cache
def doors_of_rooms() -> frozenset[tuple[str, str]]:
    """Return what is called from outside in the product's own source."""
    return frozenset(called_from_outside(modules()))


def entrances(module: Module) -> Iterator[Function]:
    """Yield the public functions of a module that others than its own room's services and selectors call.

    In a sample all of them count.
    """
    for node in public_functions(module):
        if module.name.endswith(".samples") or (module.subject, node.name) in doors_of_rooms():
            yield node


def calls(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call under a node with the last part of the name it calls."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            match each.func:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    yield name, each


def constant_text(node: ast.expr | None) -> str | None:
    """Return the text of a literal, None for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def fresh(code: str) -> str:
    """Return what a process of its own prints: registries of this one also hold what other tests registered."""
    prelude = "from cotrace.config import cli\ncli.set_up_django()\n"
    result = subprocess.run(
        [sys.executable, "-c", prelude + code], capture_output=True, text=True, check=True
    )
    return result.stdout


def say(findings: Iterable[str]) -> str:
    """Return findings as the message of a failed assertion."""
    return "\n" + "\n".join(findings)
