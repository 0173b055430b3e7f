"""What we depend on is locked by hash, free, declared, and explained: STYLE habits, STACK decision 10."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import ROOT, Module, modules, sample, say

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)")
ADDRESS = re.compile(r"https?:|file:|--index|--find-links|--trusted|(?<![\w.])/\w+/")
FREE = re.compile(
    r"\b(MIT|BSD|Apache|PSF|Python Software Foundation|ISC|MPL|Mozilla Public|Unlicense|0BSD|CC0|Zlib|HPND|LGPL|"
    r"GNU Lesser|Library or Lesser|Public Domain)\b",
    re.I,
)
COPYLEFT = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.I)

LICENCES_READ: dict[str, str] = {
    "axe-playwright-python": "MIT",
}
"""Package whose metadata does not say it plainly -> its licence, read in its files."""

IMPORTED_OTHERWISE: dict[str, str] = {
    "psycopg": "Django's PostgreSQL backend imports it",
    "rich": "typer's help and tables",
}
"""Direct dependency that no source line imports -> who does."""


def project() -> dict:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def direct() -> dict[str, Requirement]:
    """Return the packages that the product asks for, by name."""
    found = map(Requirement, project()["project"]["dependencies"])
    return {canonicalize_name(each.name): each for each in found}


def direct_for_tests() -> dict[str, Requirement]:
    """Return the packages that only tests and builds ask for, by name."""
    groups = project()["dependency-groups"]
    found = [Requirement(line) for name in ("test", "build") for line in groups[name]]
    return {canonicalize_name(each.name): each for each in found}


def lock(name: str) -> str:
    """Return a lock file's text."""
    return (ROOT / "requirements" / f"{name}.txt").read_text()


def pins(text: str) -> dict[str, str]:
    """Return version by package."""
    found = (PIN.match(line) for line in text.splitlines())
    return {canonicalize_name(match[1]): match[2].rstrip(";") for match in found if match}


def lock_problems(text: str) -> list[str]:
    """Find addresses, paths, and packages without a hash."""
    findings = [
        f"line {n} has an address or a path: {line}" for n, line in _lines(text) if ADDRESS.search(line)
    ]
    entries = re.split(r"\n(?=\S)", "\n".join(line for _, line in _lines(text)))
    return findings + [
        f"{PIN.match(each)[1]} has no hash"
        for each in entries
        if PIN.match(each) and "--hash=sha256:" not in each
    ]


def _lines(text: str) -> list[tuple[int, str]]:
    return [
        (number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.lstrip().startswith("#")
    ]


def unlocked(wanted: Mapping[str, Requirement], locked: Mapping[str, str]) -> list[str]:
    """Find packages that are asked for and not locked at a version that was asked for."""
    return [
        f"{name} is asked for as {requirement} and locked as {locked.get(name)}: make lock"
        for name, requirement in wanted.items()
        if name not in locked or not requirement.specifier.contains(locked[name])
    ]


def unknown_extras(requirement: Requirement, offered: Iterable[str]) -> list[str]:
    """Find extras that a package does not offer: asking for them installs nothing and says nothing."""
    known = {canonicalize_name(each) for each in offered}
    return [
        f"{requirement} has no extra {each}"
        for each in requirement.extras
        if canonicalize_name(each) not in known
    ]


def licence_of(distribution: metadata.Distribution) -> str:
    """Return what a package's metadata says of its licence."""
    found = distribution.metadata
    classifiers = [each for each in found.get_all("Classifier") or () if each.startswith("License ::")]
    said = [found.get("License-Expression"), *classifiers, (found.get("License") or "").partition("\n")[0]]
    return " | ".join(each for each in said if each)


def licence_problem(name: str, said: str) -> str:
    """Return what is wrong with a package's licence, "" where nothing is."""
    strong = re.sub(r"\bLGPL\S*|GNU (Lesser|Library or Lesser) General Public", "", said)
    if COPYLEFT.search(strong):
        return f"{name} is under {said}"
    if not FREE.search(said) and name not in LICENCES_READ:
        return f"{name} does not say its licence: {said[:80]!r}"
    return ""


def undeclared(checked: Iterable[Module], declared: set[str], owners: Mapping[str, list[str]]) -> list[str]:
    """Find imports of packages that only come along with another one."""
    findings = []
    for module in checked:
        for node, top in _imports(module.tree):
            if top in sys.stdlib_module_names or top == "cotrace":
                continue
            if not {canonicalize_name(each) for each in owners.get(top, [top])} & declared:
                findings.append(module.at(node, f"imports {top}, which pyproject.toml does not ask for"))
    return findings


def _imports(tree: ast.AST) -> list[tuple[ast.AST, str]]:
    found = []
    for node in ast.walk(tree):
        if getattr(node, "module", None) == "_typeshed":  # exists for type checkers alone
            continue
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.append((node, node.module.split(".")[0]))
        elif isinstance(node, ast.Import):
            found += [(node, alias.name.split(".")[0]) for alias in node.names]
    return found


def _owned(owners: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    return [(top, each) for top, found in owners.items() for each in found]


def test_locks_have_hashes_and_no_addresses():
    findings = [
        f"{name}: {each}" for name in ("build", "runtime", "test") for each in lock_problems(lock(name))
    ]
    assert not findings, say(findings)


def test_locks_hold_what_is_asked_for_and_agree():
    runtime, test, build = (pins(lock(name)) for name in ("runtime", "test", "build"))
    everything = {**direct(), **direct_for_tests()}
    findings = unlocked(direct(), runtime) + unlocked(everything, {**build, **test})
    assert not findings, say(findings)
    assert len(runtime) > 30
    for one, other in ((runtime, test), (build, test)):
        assert {name: one[name] for name in one if name in other} == {
            name: other[name] for name in one if name in other
        }
    assert set(runtime) <= set(test)


def test_every_extra_that_is_asked_for_is_offered():
    findings = [
        finding
        for name, requirement in {**direct(), **direct_for_tests()}.items()
        if requirement.extras
        for finding in unknown_extras(requirement, metadata.metadata(name).get_all("Provides-Extra") or ())
    ]
    assert not findings, say(findings)


def test_no_locked_package_is_under_the_gpl():
    locked = {*pins(lock("runtime")), *pins(lock("test")), *pins(lock("build"))}
    installed = {canonicalize_name(each.name): each for each in metadata.distributions()}
    findings = [
        licence_problem(name, licence_of(installed[name])) for name in sorted(locked & set(installed))
    ]
    assert not any(findings), say(filter(None, findings))
    assert len(locked & set(installed)) > 60


def test_every_import_is_declared_and_every_declaration_imported():
    owners = metadata.packages_distributions()
    findings = undeclared(modules(), set(direct()), owners)
    used = {
        canonicalize_name(owner)
        for module in modules()
        for _, top in _imports(module.tree)
        for owner in owners.get(top, [])
    }
    settings = next(module.text for module in modules() if module.name == "cotrace.config.settings")
    named = {canonicalize_name(each) for top, each in _owned(owners) if f'"{top}' in settings}
    unused = set(direct()) - used - named - set(IMPORTED_OTHERWISE)
    assert not findings, say(findings)
    assert not unused, say(unused)


def test_every_direct_dependency_is_explained():
    rows = re.findall(r"^\| `([^`]+)` \|", (ROOT / "docs" / "dependencies.md").read_text(), re.M)
    assert sorted(map(canonicalize_name, rows)) == sorted({**direct(), **direct_for_tests()})


def test_bad_locks_licences_and_imports_are_found():
    assert lock_problems("a==1 \\\n    --hash=sha256:00\nb==2\n") == ["b has no hash"]
    assert lock_problems("--index-url https://x\na==1 \\\n    --hash=sha256:00")
    assert lock_problems("a @ file:///tmp/a.whl")
    assert not lock_problems("# via cotrace\na==1 \\\n    --hash=sha256:00\n    # via b")
    assert unlocked({"a": Requirement("a>=2")}, {"a": "1"})
    assert unlocked({"a": Requirement("a>=2")}, {})
    assert unknown_extras(Requirement("a[b]"), ["c"])
    assert not unknown_extras(Requirement("a[b-c]"), ["b_c"])
    assert licence_problem("a", "GPL-3.0-or-later")
    assert licence_problem("a", "License :: OSI Approved :: GNU Affero General Public License v3")
    assert licence_problem("a", "")
    assert not licence_problem("a", "LGPL-3.0-only")
    assert not licence_problem("a", "MIT")
    assert undeclared([sample("import numpy")], set(), {"numpy": ["numpy"]})
    assert not undeclared([sample("import yaml, os")], {"pyyaml"}, {"yaml": ["PyYAML"]})
