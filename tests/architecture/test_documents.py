"""Documents that break when somebody forgets: settings, commands, record types, what people are told to type."""

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterable
from types import ModuleType

import pytest

from cotrace.config import cli
from cotrace.config.command_list import COMMANDS
from tests.architecture.source import ROOT, fresh, say

QUOTED = re.compile(r"(?<![\w/.-])(?:\.venv/bin/)?(make|cotrace) ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?")
SPAN = re.compile(r"```.*?```|`[^`\n]+`", re.S)
TARGET = re.compile(r"^([a-z][a-z-]*):", re.M)


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    """The script that `make docs` runs."""
    specification = importlib.util.spec_from_file_location("write_docs", ROOT / "scripts" / "write_docs.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def commands() -> set[str]:
    """Return every command and group by its words, `cotrace` left out."""
    listed = (ROOT / "docs" / "commands.md").read_text()
    return {words.removeprefix("cotrace ") for words in re.findall(r"^## (.+)$", listed, re.M)}


def strange_quotes(name: str, text: str, *, known: set[str], targets: set[str]) -> list[str]:
    """Find commands in code spans of a document that nobody could type."""
    findings = []
    for span in SPAN.findall(text):
        for tool, first, second in QUOTED.findall(span):
            if tool == "make" and first not in targets:
                findings.append(f"{name} quotes make {first}, which is no target")
            is_group = any(each.startswith(f"{first} ") for each in known)
            words = f"{first} {second}" if is_group and second else first
            if tool == "cotrace" and words not in known:
                findings.append(f"{name} quotes cotrace {words}, which is no command")
    return findings


def pages_missing(kinds: Iterable[str], there: Iterable[str]) -> list[str]:
    """Find record types that no page explains."""
    return [f"docs/records/{kind}.md is missing" for kind in sorted(set(kinds) - set(there))]


def test_settings_and_commands_are_documented_as_they_are(writer):
    pages = {"settings.md": writer.settings_page(), "commands.md": writer.commands_page()}
    stale = [name for name, text in pages.items() if (ROOT / "docs" / name).read_text() != text]
    assert not stale, f"run `make docs`: {stale}"


def test_the_pages_say_what_there_is(writer):
    settings = writer.settings_page()
    assert all(f"`{each.name}`" in settings for each in writer.environment.SETTINGS)
    page = writer.commands_page()
    assert all(f"## cotrace {name}\n" in page for name in COMMANDS)
    assert "| `--port` | Port to listen on. (`8000`) |" in page


def test_every_record_type_has_a_page():
    there = [path.stem for path in (ROOT / "docs" / "records").glob("*.md")]
    printed = fresh(
        "from cotrace.sharing.holding import holding_kinds\nfor kind in holding_kinds(): print(kind.kind)"
    )
    kinds = printed.split()
    findings = pages_missing(kinds, there)
    assert kinds
    assert not findings, say(findings)


def test_documents_quote_commands_that_exist():
    targets = set(TARGET.findall((ROOT / "Makefile").read_text()))
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    findings = [
        finding
        for path in documents
        for finding in strange_quotes(
            path.relative_to(ROOT).as_posix(), path.read_text(), known=commands(), targets=targets
        )
    ]
    assert not findings, say(findings)


def test_gaps_in_documents_are_found():
    known, targets = {"serve", "trace", "trace show"}, {"test"}

    def strange(text: str) -> list[str]:
        return strange_quotes("x.md", text, known=known, targets=targets)

    assert strange("run `make tset`")
    assert strange("run `cotrace trace shwo NUMBER`")
    assert strange("```\n.venv/bin/cotrace sreve\n```")
    assert not strange("`make test`, `cotrace serve --port 1`, `cotrace trace show NUMBER`, `cotrace trace`")
    assert not strange("cotrace is a noun here, and we make things")
    assert pages_missing(["seizure"], [])
    assert not pages_missing(["seizure"], ["seizure"])


def test_help_of_the_root_loads_no_django():
    code = "import sys\nfrom cotrace.config import cli\ncli.root(())\nprint('django' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_of_the_root_exists_and_shows_an_example(name):
    assert callable(cli.load(COMMANDS[name]))
    assert COMMANDS[name].example.startswith(f"cotrace {name}")
