"""An agency's machine takes each round by itself; a wrong COTRACE_INSTALLATION signs nothing; the operator can rename."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.exchange.installation import Installation, running, until
from tests.usecases.tracing.world import CALL_BACK


@pytest.fixture
def installation(engine_under_test, tmp_path: Path) -> Iterator[Installation]:
    spec = {"centre": {"agency": "ATF", "call_back": CALL_BACK}, "agencies": ["ATF", "FGR"]}
    with running(engine_under_test, tmp_path / "home", code="MX1", spec=spec) as found:
        assert until(lambda: bool(found.api("FGR", "GET", "/audit/heads").json())), "the worker hands one over at once"
        yield found


def operator(installation: Installation, *words: str, code: str) -> subprocess.CompletedProcess[str]:
    environment = {**installation.environment, "COTRACE_INSTALLATION": code, "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-m", "cotrace.config.cli", *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_round_is_taken_once_kept_and_verified(installation: Installation, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    first = installation.cotrace("FGR", "audit", "heads", "fetch", str(kept)).strip()
    assert installation.cotrace("FGR", "audit", "heads", "fetch", str(kept)).strip() == first
    assert [str(each) for each in kept.iterdir()] == [first]
    found = json.loads(Path(first).read_text())
    assert found[0]["installation"] == "MX1" and "ATF" not in Path(first).read_text()
    fetched = {agency: installation.api(agency, "GET", "/audit/heads").json()[0]["fetched_at"] for agency in ("FGR", "ATF")}
    assert fetched["FGR"] and fetched["ATF"] is None
    assert installation.api("FGR", "GET", "/audit/heads/nonsense").status_code == 404
    done = operator(installation, "audit", "verify", "--heads", first, "--json", code="MX1")
    report = json.loads(done.stdout)
    assert (done.returncode, report["rounds"], report["is_intact"]) == (0, 1, True), done.stdout


@pytest.mark.full
def test_a_wrong_name_signs_nothing_until_the_operator_binds_it(installation: Installation, tmp_path: Path) -> None:
    out = tmp_path / "heads.json"
    wrong = operator(installation, "audit", "heads", "export", str(out), code="LOCAL")
    assert wrong.returncode == 1 and "this log is signed as MX1" in wrong.stderr and "LOCAL" in wrong.stderr
    assert not out.exists()
    assert operator(installation, "audit", "heads", "sign-as", "MX2", code="LOCAL").returncode == 1
    assert operator(installation, "audit", "heads", "sign-as", "MX2", code="MX2").returncode == 0
    assert operator(installation, "audit", "heads", "export", str(out), code="MX2").returncode == 0
    assert [each["installation"] for each in json.loads(out.read_text())][-1] == "MX2"
