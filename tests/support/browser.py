"""A real browser on the real site: Debian's Chromium, the product's own settings, a database whose commits are real.

    def test_a_seizure_opens(visit, member):
        page = visit("/seizures/", member=member, language="es", width=PHONE)
        ...
        assert faults(page) == []

A test fails by itself when a page it visited broke the content policy, raised a script error, asked for something that
is not there, or spoke to any other host. Take what a test provokes on purpose out of `page.problems`.
Import the fixtures in the `conftest.py` of a folder: `from tests.support.browser import chromium, site, visit`.
To look at the pages oneself: `COTRACE_PICTURES=FOLDER scripts/run-tests sqlite full -k story` keeps a picture of each.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context, copy_context
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client, override_settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)

from cotrace.agencies.models import Member
from cotrace.config.static_files import collect_static
from tests.support.sign_in import signed_in

CHROMIUM = os.environ.get("COTRACE_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PHONE, DESK = 360, 1440
IN_FULL = pytest.mark.full
LOOKING = [pytest.mark.full, pytest.mark.looks]
LANGUAGES = pytest.mark.parametrize("language", ["es", pytest.param("en", marks=IN_FULL)])
"""A story in both languages: Spanish in the short half, English in the long one."""
WINDOWS = pytest.mark.parametrize(
    ("language", "width"),
    [
        ("es", PHONE),
        pytest.param("en", DESK, marks=IN_FULL),
        pytest.param("es", DESK, marks=LOOKING),
        pytest.param("en", PHONE, marks=LOOKING),
    ],
)
"""A story whose pages look different on a phone: Spanish on a phone in the short half, the rest in the long one.

On PostgreSQL two windows are enough: each language once.
"""
LOOKS = pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [
        pytest.param("en", DESK, "light", marks=LOOKING),
        pytest.param("es", PHONE, "dark", marks=LOOKING),
    ],
)
"""Every page of a room, looked at by axe: in the long half, on SQLite."""
ALL_LOOKS = pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [
        pytest.param("en", DESK, "light", marks=LOOKING),
        pytest.param("es", PHONE, "dark", marks=LOOKING),
        pytest.param("es", DESK, "dark", marks=LOOKING),
        pytest.param("en", PHONE, "light", marks=LOOKING),
    ],
)
"""The same at every width in both languages, for rooms whose pages are the most crowded."""
LOCALES = {"en": "en-US", "es": "es-MX"}
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  window.cotraceViolation(`${event.violatedDirective} ${event.blockedURI}`));
"""
ASYNC_UNSAFE = "DJANGO_ALLOW_ASYNC_UNSAFE"


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class _Server(ThreadingMixIn, WSGIServer):
    """One thread per request, in the context of the test: a clock stopped before the site started stays stopped."""

    daemon_threads = True
    context: Context

    def process_request_thread(self, request: object, address: object) -> None:
        """Answer one request and close the thread's database connection."""
        try:
            self.context.copy().run(super().process_request_thread, request, address)
        finally:
            connections.close_all()


@contextmanager
def serving(application: Callable[..., object]) -> Iterator[str]:
    """Serve a WSGI application on a free port of this machine; the value is its address."""
    server = make_server("127.0.0.1", 0, application, _Server, _QuietHandler)
    server.context = copy_context()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site(committed: object) -> Iterator[str]:
    """The product's site over a fresh database; the value is its address."""
    del committed
    collect_static()
    with override_settings(ALLOWED_HOSTS=["127.0.0.1"]), serving(get_wsgi_application()) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process.

    Playwright keeps an event loop running in this thread, which makes Django refuse database work unless told.
    """
    before = os.environ.get(ASYNC_UNSAFE)
    os.environ[ASYNC_UNSAFE] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
    if before is None:
        del os.environ[ASYNC_UNSAFE]


class Visitor:
    """Opens pages of one site, each in a context (cookies, language, window) of its own."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.browser = browser
        self.site = site
        self.pages: list[Page] = []

    def __call__(
        self,
        address: str = "/",
        *,
        member: Member | None = None,
        language: str = "en",
        width: int = DESK,
        scheme: str = "light",
        has_script: bool = True,
    ) -> Page:
        """Open an address of the site, signed in as `member` where one is given."""
        context = self.browser.new_context(
            base_url=self.site,
            viewport={"width": width, "height": 800},
            locale=LOCALES[language],
            color_scheme=scheme,
            java_script_enabled=has_script,
            has_touch=width == PHONE,
            accept_downloads=True,
        )
        context.add_cookies([_cookie(settings.LANGUAGE_COOKIE_NAME, language, self.site)])
        if member is not None:
            context.add_cookies([_cookie(settings.SESSION_COOKIE_NAME, session_of(member), self.site)])
        return self.open(context, address)

    def open(self, context: BrowserContext, address: str) -> Page:
        """Open an address in a context that exists, and listen to what goes wrong there."""
        page = context.new_page()
        page.problems = []
        context.expose_binding(
            "cotraceViolation", lambda _source, text: page.problems.append(f"policy: {text}")
        )
        context.add_init_script(REPORT_VIOLATIONS)
        page.on("pageerror", lambda error: page.problems.append(f"script: {error}"))
        page.on("console", lambda message: page.problems.extend(_console_problem(message)))
        page.on("request", lambda request: page.problems.extend(_strange_request(request, self.site)))
        page.on("response", lambda response: page.problems.extend(_missing_piece(response)))
        self.pages.append(page)
        page.goto(self.site + address, wait_until="load")
        return page

    def close(self) -> list[str]:
        """Close everything; return the problems of every page."""
        found = []
        for page in self.pages:
            if not page.is_closed():
                page.wait_for_timeout(50)
            found += [f"{page.url}: {problem}" for problem in page.problems]
            page.context.close()
        return found


def session_of(member: Member) -> str:
    """Return the key of a new session of a member, without the sign-in page."""
    client = signed_in(Client(), member)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _cookie(name: str, value: str, site: str) -> dict[str, str]:
    return {"name": name, "value": value, "url": site}


def _console_problem(message: ConsoleMessage) -> list[str]:
    is_told_by_response = message.text.startswith("Failed to load resource")
    return [f"console: {message.text}"] if message.type == "error" and not is_told_by_response else []


def _strange_request(request: Request, site: str) -> list[str]:
    is_own = request.url.startswith((site, "data:", "blob:"))
    return [] if is_own else [f"request to {request.url}"]


def _missing_piece(response: Response) -> list[str]:
    is_piece = response.request.resource_type not in {"document", "xhr", "fetch"}
    return [f"{response.status} for {response.url}"] if is_piece and response.status >= 400 else []


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Visitor]:
    """Open pages: `visit("/", member=…, language="es", width=PHONE, scheme="dark", has_script=False)`."""
    visitor = Visitor(chromium, site)
    yield visitor
    problems = visitor.close()
    assert not problems, "\n".join(problems)


def faults(page: Page) -> list[str]:
    """Return what axe finds, what the page broke so far, and whether it is wider than its window."""
    page.wait_for_timeout(150)
    _keep_picture(page)
    found = list(page.problems)
    excess = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found += [f"wider than the window by {excess}"] if excess > 0 else []
    for violation in Axe().run(page, options=AXE_RULES).response["violations"]:
        found += [f"axe {violation['id']}: {node['target']}" for node in violation["nodes"]]
    return found


def _keep_picture(page: Page) -> None:
    """Keep the whole page as a picture where COTRACE_PICTURES names a folder, named after the test, in its order."""
    if folder := os.environ.get("COTRACE_PICTURES"):
        test = os.environ["PYTEST_CURRENT_TEST"].partition(" ")[0].removeprefix("tests/browser/").replace("/", ".")
        place = Path(folder, test.replace("test_", "").replace(".py::", "."))
        place.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=place / f"{len(list(place.iterdir())):02}.png", full_page=True)
