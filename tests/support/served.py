"""The real site as a process of its own against the database in use, with what it writes to its log.

    with served(engine, tmp_path / "site.log") as site:
        httpx.get(f"{site.address}/health")
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from django.conf import settings

from tests.support.databases import Engine
from tests.support.ports import free_port
from tests.support.processes import close_connections

PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Served:
    """A running site: its process, address and log file."""

    process: "subprocess.Popen[bytes]"
    address: str
    log: Path

    def said(self) -> str:
        """Return what the site and its processes wrote so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """End the web processes and the one that started them as a power cut would."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        for each in (*map(int, listed.split()), self.process.pid):
            try:
                os.kill(each, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait(timeout=PATIENCE_S)


@contextmanager
def served(engine: Engine, log: Path, *words: str, **changed: str) -> Iterator[Served]:
    """Serve the database in use on a free port until the end; `changed` are further environment variables."""
    port = free_port()
    close_connections()
    environment = {
        **os.environ,
        "COTRACE_DATABASE_URL": engine.url(str(settings.DATABASES["default"]["NAME"])),
        "PYTHONUNBUFFERED": "1",
        **changed,
    }
    command = [sys.executable, "-m", "cotrace.config.cli", "serve", "--port", str(port), "--no-worker", *words]
    with log.open("ab") as written:
        process = subprocess.Popen(command, env=environment, stdout=written, stderr=subprocess.STDOUT)
    site = Served(process, f"http://127.0.0.1:{port}", log)
    try:
        _wait_until_it_answers(site)
        yield site
    finally:
        if process.poll() is None:
            site.kill()


def _wait_until_it_answers(site: Served) -> None:
    end = time.monotonic() + PATIENCE_S
    with httpx.Client(base_url=site.address, timeout=5.0, trust_env=False) as visitor:
        while time.monotonic() < end:
            try:
                if visitor.get("/health").is_success:
                    return
            except httpx.TransportError:
                assert site.process.poll() is None, site.said()
            time.sleep(0.02)
    raise AssertionError(f"the site does not answer: {site.said()}")
