"""Child processes of the product against a test database; each test ends what it started."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

from tests.support.databases import Engine


def environment_of(engine: Engine, **extra: str) -> dict[str, str]:
    """Return this process's environment, pointed at the database in use."""
    name = str(settings.DATABASES["default"]["NAME"])
    return {**os.environ, "COTRACE_DATABASE_URL": engine.url(name), "COTRACE_LEASE_SECONDS": "1", **extra}


@contextmanager
def command(engine: Engine, *words: str, **extra: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `cotrace WORDS…` against the database in use; kill it at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "cotrace.config.cli", *words], env=environment_of(engine, **extra)
    )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process as a power cut would."""
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)


def close_connections() -> None:
    """Let go of this process's connections, so that another can write."""
    connections.close_all()
