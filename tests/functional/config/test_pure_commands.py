"""Commands that only read, or write the one file they are told to, leave nothing else behind; keys are made when needed."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cotrace.config import environment

LOG = "Folio,Fecha,Clave de entidad\nT-001,2025-03-02,28\n"


def cotrace(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder of its own, as somebody who set nothing."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("COTRACE_")}
    command = [sys.executable, "-m", "cotrace.config.cli", *words]
    surroundings = {**kept, "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    return subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (("seizure", "import", "log.csv", "--mapping", "cotrace-seizures", "--dry-run"), set()),
        (("connector", "keygen", "dealer.key"), {"dealer.key", "dealer.key.pub"}),
        (("hooks", "--json"), set()),
        (("demo", "--help"), set()),
    ],
)
def test_a_pure_command_writes_what_it_is_told_to_and_nothing_else(tmp_path: Path, words, written) -> None:
    (tmp_path / "log.csv").write_text(LOG)
    done = cotrace(tmp_path, *words)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in tmp_path.rglob("*")} == {"log.csv", *written}


def test_what_needs_the_home_makes_it_readable_by_its_owner_alone(tmp_path: Path) -> None:
    assert cotrace(tmp_path, "migrate").returncode == 0
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700


def test_everybody_who_comes_at_once_gets_the_same_secret_key(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("COTRACE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("COTRACE_SECRET_KEY")
    start, found = threading.Barrier(8), []

    def come() -> None:
        start.wait()
        found.append(environment.secret_key())

    threads = [threading.Thread(target=come) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 8 and len(set(found)) == 1
    kept = tmp_path / "home" / "secret-key"
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
