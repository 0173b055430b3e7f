"""A fresh clone with nothing beside it: what the first page of the README tells a person to type works."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from tests.architecture.source import ROOT
from tests.architecture.test_committed_files import every_committed_file
from tests.support.ports import free_port

ALLOWED = ("PATH", "HOME", "LANG", "TMPDIR", "PIP_CERT", "PIP_FIND_LINKS", "PIP_INDEX_URL", "SSL_CERT_FILE")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of what git keeps, and nothing else."""
    folder = tmp_path / "clone"
    for path in every_committed_file():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return folder


def run(clone: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the clone, without what this test run has around it."""
    surroundings = {name: os.environ[name] for name in ALLOWED if name in os.environ} | environment
    return subprocess.run(command, cwd=clone, env=surroundings, capture_output=True, text=True, check=False)


@pytest.mark.full
def test_setup_builds_the_command_which_migrates_and_serves(clone):
    first = run(clone, "make", "setup")
    assert first.returncode == 0, first.stderr
    assert list(clone.glob("src/cotrace/*/locale/es/LC_MESSAGES/django.mo"))

    started = time.monotonic()
    second = run(clone, "make", "setup")
    assert (second.returncode, second.stdout + second.stderr) == (0, "")
    assert time.monotonic() - started < 5

    home = str(clone / "var")
    spoken = run(clone, ".venv/bin/cotrace", "migrate", COTRACE_HOME=home, LANG="es_MX.UTF-8")
    assert (spoken.returncode, spoken.stdout) == (0, "La base de datos está al día.\n"), spoken.stderr

    port = free_port()
    site = subprocess.Popen(
        [".venv/bin/cotrace", "serve", "--port", str(port)],
        cwd=clone,
        env={"COTRACE_HOME": home, "PATH": os.environ["PATH"]},
    )
    try:
        assert answer_of(f"http://127.0.0.1:{port}/health") == {"status": "ok"}
    finally:
        site.terminate()
    assert site.wait(20) == 0


def answer_of(address: str) -> object:
    """Return what an address answers once it does."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            return httpx.get(address).json()
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"{address} never answered")


def test_a_machine_without_python_is_told_what_to_do(clone):
    result = run(clone, "scripts/setup", PYTHON="no-such-python")
    assert result.returncode == 1
    assert "no Python 3.11 or newer found" in result.stderr
    assert "apt-get install python3" in result.stderr


def test_a_broken_environment_is_built_anew(clone):
    venv = clone / ".venv" / "bin"
    venv.mkdir(parents=True)
    (venv / "python").write_text("#!/bin/sh\nexit 1\n")
    result = run(clone, "scripts/setup", PYTHON="/bin/false")
    assert "no Python 3.11 or newer found" in result.stderr


def test_the_makefile_lists_every_target(clone):
    shown = run(clone, "make", "help").stdout
    for target in ("setup", "demo", "test", "test-full", "check", "soak", "bench", "messages", "lock"):
        assert f"make {target} " in shown
