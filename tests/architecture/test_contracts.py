"""importlinter.ini holds what it promises: each contract breaks on a bad import, and names every room."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, modules

NOT_INSIDE = {"config", "demo", "doors", "foundation"}
"""Rooms whose inside is of their own kind."""

BAD_IMPORTS = [
    ("sharing/reads.py", "from cotrace.seizures import models", "Subjects are stacked"),
    ("sharing/reads.py", "from cotrace.sharing import services", "Inside every subject"),
    ("sharing/rules/levels.py", "from django.db import models", "Rules know no Django and no I/O"),
    ("sharing/rules/levels.py", "import secrets", "Rules take time, chance and surroundings as arguments"),
    ("sharing/views.py", "from cotrace.sharing.models import Holding", "Doors never touch tables"),
    ("sharing/surprise.py", "x = 1", "Inside every subject"),
    ("surprise/__init__.py", "x = 1", "Subjects are stacked"),
    (
        "sharing/services/samples.py",
        "from cotrace.notices import unscoped",
        "Unscoped reads have named readers",
    ),
]


def contracts(folder: Path) -> str:
    """Return what import-linter says about the source under a folder."""
    lint = Path(sys.executable).with_name("lint-imports")
    command = [lint, "--config", ROOT / "importlinter.ini", "--no-cache"]
    environment = {"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    ).stdout


@pytest.fixture
def copied(tmp_path) -> Path:
    """A copy of the source to break."""
    shutil.copytree(
        PACKAGE, tmp_path / "cotrace", ignore=shutil.ignore_patterns("static", "templates", "data")
    )
    return tmp_path


def test_every_room_stands_in_the_contract_of_its_inside():
    parser = configparser.ConfigParser()
    parser.read(ROOT / "importlinter.ini")
    named = {name.split(".")[1] for name in parser["importlinter:contract:inside"]["containers"].split()}
    rooms = {module.subject for module in modules() if module.subject}
    assert rooms - NOT_INSIDE == named


@pytest.mark.parametrize(("path", "line", "contract"), BAD_IMPORTS)
def test_a_bad_import_breaks_its_contract(copied, path, line, contract):
    target = copied / "cotrace" / path
    target.parent.mkdir(exist_ok=True)
    before = target.read_text() if target.exists() else ""
    target.write_text(f"{before}\n{line}\n")
    if "unscoped" in line:
        (copied / "cotrace" / "notices" / "unscoped.py").write_text('"""A sample."""\n')
    assert f"{contract} BROKEN" in contracts(copied)
