"""A demo in processes of its own, and people of its cast who come to it from outside: over the network, with its password."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.support.ports import free_port

PATIENCE = 180.0
TOKEN_FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Demo:
    """A running demo: what it printed, where it is."""

    process: subprocess.Popen[str]
    home: Path
    address: str
    printed: str

    @property
    def world(self) -> dict:
        """What the build wrote down."""
        return json.loads((self.home / "world.json").read_text("utf-8"))

    @property
    def connectors(self) -> dict[str, str]:
        """The addresses of the licensees' connectors by licence number, as printed."""
        return {number: url for url, number in re.findall(r"(http://127\.0\.0\.1:\d+) +(0-00\S+)", self.printed)}

    def family(self) -> list[int]:
        """The ids of the processes below the demo's own."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(each) for each in listed.split()]

    def visitor(self, email: str) -> "Visitor":
        """Sign a member of the cast in and give them a terminal's token."""
        return Visitor(self.address, email, self.world["password"])


class Visitor:
    """A member of the cast: signs in on the page, lets a terminal act, works through the JSON API."""

    def __init__(self, address: str, email: str, password: str) -> None:
        with httpx.Client(base_url=address, follow_redirects=True, timeout=30) as browser:
            _post(browser, "/account/sign-in", {"login": email, "password": password})
            asked = browser.post("/api/v1/login-codes", json={"terminal": "tests", "scopes": []}).json()
            shown = _post(browser, "/account/terminal", {"code": asked["code"]})
            scopes = re.findall(r'name="scopes" value="([^"]+)"', shown.text)
            _post(browser, "/account/terminal/decide", {"code": asked["code"], "decision": "approve", "scopes": scopes})
            given = browser.post("/api/v1/login-codes/token", json={"secret": asked["secret"]})
        assert given.status_code == 200, given.text
        headers = {"Authorization": f"Bearer {given.json()['token']}"}
        self._api = httpx.Client(base_url=f"{address}/api/v1", headers=headers, timeout=30)

    def send(self, method: str, path: str, body: object | None = None) -> httpx.Response:
        """Send a request to the API."""
        return self._api.request(method, path, json=body)

    def get(self, path: str) -> dict:
        """Return what the API answers."""
        answer = self.send("GET", path)
        assert answer.status_code == 200, (path, answer.text)
        return answer.json()


def _post(browser: httpx.Client, path: str, form: dict[str, object]) -> httpx.Response:
    """Fill a form of a page and send it, as a browser does."""
    page = browser.get(path if not path.endswith("/decide") else "/account/terminal")
    token = TOKEN_FIELD.search(page.text)
    assert token, page.text
    answer = browser.post(path, data={**form, "csrfmiddlewaretoken": token[1]})
    assert answer.status_code == 200, (path, answer.status_code, answer.text)
    return answer


@contextmanager
def demo(home: Path, *words: str, **environment: str) -> Iterator[Demo]:
    """Run a demo in `home` on a free port until the block ends; all of its processes end with it.

    It may have ended by then, and does so here at SIGTERM.
    """
    port = free_port()
    process = start(home, "--port", str(port), *words, **environment)
    try:
        found = Demo(process, home, f"http://127.0.0.1:{port}", "")
        until(lambda: answers(found.address) or process.poll() is not None)
        assert process.poll() is None, printed(home)
        found.printed = printed(home)
        yield found
        family = found.family() if process.poll() is None else []
        process.terminate()
        process.wait(PATIENCE)
        until(lambda: not any(map(is_running, family)))
    finally:
        process.terminate()
        process.wait(PATIENCE)


def start(home: Path, *words: str, said: Path | None = None, **environment: str) -> subprocess.Popen[str]:
    """Start `cotrace demo WORDS…`; what it says goes into a file, beside its home where none is named."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("COTRACE_")}
    surroundings = {**kept, "COTRACE_HOME": str(home), "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1", **environment}
    with (said or said_in(home)).open("w") as stream:
        return subprocess.Popen(
            [sys.executable, "-m", "cotrace.config.cli", "demo", *words],
            env=surroundings,
            stdout=stream,
            stderr=stream,
            text=True,
        )


def said_in(home: Path) -> Path:
    """Where what a demo of this home says is kept."""
    return home.with_name(f"{home.name}.said")


def printed(home: Path) -> str:
    """What the last demo of this home said."""
    return said_in(home).read_text()


def answers(address: str) -> bool:
    """Tell whether the site answers."""
    try:
        return httpx.get(f"{address}/health", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition; fail when it does not come."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def is_running(pid: int) -> bool:
    """Tell whether a process is there and not just waiting to be reaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
