"""What the site and the worker refuse to start with, in one line each; and files that are closed to other accounts."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.architecture.source import ROOT
from tests.support.ports import free_port
from tests.support.processes import environment_of
from tests.support.served import served as served_site

PATIENCE_S = 60


def ran(engine, *words: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """Run a command that is to end by itself."""
    return subprocess.run(
        [sys.executable, "-m", "cotrace.config.cli", *words],
        env=environment_of(engine, LC_ALL="C.UTF-8", **changed),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def served(engine, **changed: str) -> subprocess.CompletedProcess[str]:
    return ran(engine, "serve", "--port", str(free_port()), "--no-worker", **changed)


def test_neither_site_nor_worker_starts_with_debug_pages(committed) -> None:
    for done in (served(committed, COTRACE_DEBUG="yes"), ran(committed, "worker", COTRACE_DEBUG="yes")):
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == (
            "cotrace: COTRACE_DEBUG=yes shows settings and records to every visitor, so only the demo starts with it. Unset it.\n"
        )


def test_calling_the_site_a_demo_is_not_enough_with_postgresql(committed) -> None:
    script = "import cotrace.config.wsgi"
    for extra, is_refused in (({}, True), ({"COTRACE_DEMO": "yes"}, committed.name == "postgresql")):
        done = subprocess.run(
            [sys.executable, "-c", script],
            env=environment_of(committed, COTRACE_DEBUG="yes", **extra),
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert ("debug_refused" in done.stderr) is is_refused, done.stderr
        assert (done.returncode != 0) is is_refused


def test_other_commands_still_show_where_a_defect_is(committed) -> None:
    assert ran(committed, "hooks", COTRACE_DEBUG="yes").returncode == 0


def test_over_https_the_site_asks_how_many_proxies_there_are(committed) -> None:
    done = served(committed, COTRACE_HTTPS="yes")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("cotrace: COTRACE_HTTPS=yes needs a proxy") and done.stderr.count("\n") == 1


def test_the_composed_installation_names_its_proxy() -> None:
    composed = yaml.safe_load((ROOT / "compose.yaml").read_text())
    for service in ("web", "worker", "migrate"):
        settings = composed["services"][service]["environment"]
        assert (settings["COTRACE_HTTPS"], settings["COTRACE_PROXIES"]) == ("yes", "1")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


def begun(home: Path, *words: str, mask: int = 0o022) -> subprocess.CompletedProcess[str]:
    """Run a command of a small installation of its own, with everything in its home, from a shell with this mask."""
    environment = {key: each for key, each in os.environ.items() if not key.startswith("COTRACE_")}
    return subprocess.run(
        [sys.executable, "-m", "cotrace.config.cli", *words],
        env={**environment, "COTRACE_HOME": str(home), "LC_ALL": "C.UTF-8"},
        umask=mask,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def migrated(home: Path, *, mask: int = 0o022) -> subprocess.CompletedProcess[str]:
    return begun(home, "migrate", mask=mask)


def modes(home: Path) -> set[int]:
    return {stat.S_IMODE(each.lstat().st_mode) & 0o077 for each in home.rglob("*")}


def test_a_new_database_is_closed_to_other_accounts_whatever_the_mask(home: Path) -> None:
    done = migrated(home, mask=0)
    assert (done.returncode, done.stderr) == (0, "")
    assert (home / "cotrace.sqlite3").exists()
    assert modes(home) == {0}


def test_a_site_writes_nothing_that_other_accounts_can_read(committed, home: Path) -> None:
    before = os.umask(0)
    try:
        with served_site(committed, home.with_name("site.log"), COTRACE_HOME=str(home)):
            assert (home / "static").is_dir()
            assert modes(home) == {0}
    finally:
        os.umask(before)


@pytest.mark.full
def test_a_demo_writes_nothing_that_other_accounts_can_read(home: Path) -> None:
    done = begun(home, "demo", "--build-only", "--seizures", "0", mask=0)
    assert (done.returncode, done.stderr) == (0, "")
    assert len([each for each in home.rglob("*") if each.is_file()]) > 10
    assert modes(home) == {0}


def test_a_database_that_was_left_open_is_closed(home: Path) -> None:
    migrated(home)
    (home / "cotrace.sqlite3").chmod(0o644)
    migrated(home)
    assert modes(home) == {0}


@pytest.mark.parametrize("mode", [0o720, 0o702, *(pytest.param(mode, marks=pytest.mark.full) for mode in (0o770, 0o777, 0o1777))])
def test_a_home_that_others_may_write_into_is_refused_and_left_as_it_is(home: Path, mode: int) -> None:
    home.chmod(mode)
    done = migrated(home)
    assert done.returncode == 1
    assert re.fullmatch(r"cotrace: Other accounts of this machine may write into \S+/home\. Close it .*\n", done.stderr)
    assert not any(home.iterdir())


@pytest.mark.parametrize("mode", [0o755, *(pytest.param(mode, marks=pytest.mark.full) for mode in (0o750, 0o711))])
def test_a_home_that_others_may_look_into_is_warned_of(home: Path, mode: int) -> None:
    home.chmod(mode)
    done = migrated(home)
    assert done.returncode == 0
    assert re.fullmatch(r"cotrace: Other accounts of this machine can look into \S+/home\. .*\n", done.stderr)
    assert modes(home) == {0}
