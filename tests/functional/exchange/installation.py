"""An installation of its own for tests: a database, a home, a site and a worker, each in processes of their own.

Run as a module it is the operator of that installation: it writes agencies, members, a centre, tokens and sessions
of a browser, and prints them.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.support.databases import Engine

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A running installation: where its site is, and a token and a browser's session for each of its agencies."""

    code: str
    home: Path
    url: str
    tokens: dict[str, str]
    sessions: dict[str, str]
    environment: dict[str, str]

    def api(self, agency: str, method: str, path: str, body: object | None = None) -> httpx.Response:
        """Send a request to the site as a member of an agency."""
        headers = {"Authorization": f"Bearer {self.tokens[agency]}"}
        return httpx.request(method, f"{self.url}/api/v1{path}", json=body, headers=headers, timeout=30)

    def cotrace(self, agency: str, *words: str, code: int = 0) -> str:
        """Run `cotrace WORDS…` on the terminal of a member; return what it said, on standard error if refused."""
        extra = {"COTRACE_URL": self.url, "COTRACE_TOKEN": self.tokens[agency], "LANG": "C.UTF-8"}
        done = subprocess.run(
            [sys.executable, "-m", "cotrace.config.cli", *words],
            env={**self.environment, **extra},
            cwd=self.home,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done.stderr if code else done.stdout


@contextmanager
def running(engine: Engine, home: Path, *, code: str, spec: dict[str, object]) -> Iterator[Installation]:
    """Run an installation with the world that `spec` names, and end it."""
    home.mkdir()
    database = engine.copy()
    environment = {
        **os.environ,
        "COTRACE_HOME": str(home),
        "COTRACE_INSTALLATION": code,
        "COTRACE_DATABASE_URL": engine.url(database),
        "COTRACE_SECRET_KEY": f"only for {code}",
        "DJANGO_SETTINGS_MODULE": "cotrace.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    try:
        given = _set_up(environment, spec)
        port = _free_port()
        command = ["serve", "--port", str(port), "--worker", "--threads", "2"]
        site = subprocess.Popen([sys.executable, "-m", "cotrace.config.cli", *command], env=environment)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url)
            yield Installation(code=code, home=home, url=url, environment=environment, **given)
        finally:
            site.terminate()
            site.wait(timeout=30)
    finally:
        engine.drop(database)


def until(is_true, *, seconds: float = 30) -> bool:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_true():
            return True
        time.sleep(0.1)
    return False


def _set_up(environment: dict[str, str], spec: dict[str, object]) -> dict[str, dict[str, str]]:
    command = [sys.executable, "-m", "tests.functional.exchange.installation", json.dumps(spec)]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    given: dict[str, dict[str, str]] = json.loads(done.stdout)
    return given


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait_for(url: str) -> None:
    def is_up() -> bool:
        try:
            return httpx.get(f"{url}/health", timeout=2).is_success
        except httpx.HTTPError:
            return False

    assert until(is_up), f"{url} did not come up"


def _write_world(spec: dict[str, object]) -> dict[str, dict[str, str]]:
    import django

    django.setup()
    from cotrace.agencies.views.session_cookie import cookie_of
    from cotrace.foundation.principal import installation_principal
    from cotrace.tracing.services.register import CentreValues, centre_put
    from tests.support.browser import session_of
    from tests.support.sign_in import member_exists
    from tests.support.world import agencies_exist, token
    from tests.usecases.firearms.codes import codes_exist

    agencies_exist()
    codes_exist()
    centre_put(installation_principal(), centre=CentreValues(**spec["centre"]))  # type: ignore[arg-type]
    agencies: list[str] = spec["agencies"]  # type: ignore[assignment]
    return {
        "tokens": {agency: token(agency) for agency in agencies},
        "sessions": {agency: cookie_of(session_of(member_exists(agency))) for agency in agencies},
    }


if __name__ == "__main__":
    print(json.dumps(_write_world(json.loads(sys.argv[1]))))
