"""What is measured can be measured: every benchmark runs, a thousandth of its size. Its figures are looked at elsewhere."""

import json
import os
import subprocess
import sys

import pytest

from benchmarks.__main__ import ALL
from cotrace.config import environment

IS_POSTGRESQL = environment.text("COTRACE_DATABASE_URL").startswith("postgres")
LINES = {
    "audit": ["audit"],
    "visibility": ["visibility"] if IS_POSTGRESQL else [],
    "pages": ["pages"],
    "tracing": ["tracing", "tracing.one_request", "tracing.in_flight", "tracing.in_flight"],
}


@pytest.mark.full
@pytest.mark.parametrize("name", ALL)
def test_a_benchmark_runs(name: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks", name],
        env={**os.environ, "COTRACE_BENCH_SHRINK": "1000"},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    said = [json.loads(line) for line in ended.stdout.splitlines() if line.startswith("{")]
    assert [each["bench"] for each in said] == LINES[name]
