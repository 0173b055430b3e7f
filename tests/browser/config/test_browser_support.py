"""The browser helper notices what it is there to notice."""

from html import escape

import pytest

from tests.support.browser import Visitor, faults, serving

pytestmark = pytest.mark.browser

POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src * data:"
GOOD = '<!doctype html><html lang="en"><head><title>A page</title></head><body><main><h1>A page</h1>{}</main></body></html>'


def page_of(body: str):
    """Return a tiny site with one page under a strict policy."""

    def application(environ, start_response):
        found = environ["PATH_INFO"] == "/"
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", POLICY)]
        start_response("200 OK" if found else "404 Not Found", headers)
        return [(GOOD.format(body) if found else "").encode()]

    return application


def problems_with(chromium, body: str, **how) -> list[str]:
    """Open the tiny page and return what the helper says when it closes."""
    with serving(page_of(body)) as address:
        visitor = Visitor(chromium, address)
        visitor("/", **how)
        return visitor.close()


def test_a_clean_page_has_no_problems(chromium):
    with serving(page_of("<p>Nothing wrong</p>")) as address:
        visitor = Visitor(chromium, address)
        assert faults(visitor("/")) == []
        assert visitor.close() == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<p style="color: red">x</p>', "policy: style-src"),
        ("<script>go()</script>", "policy: script-src"),
        ('<img alt="x" src="/missing.png">', "404 for"),
        ('<img alt="x" src="http://127.0.0.2:9/x.png">', "request to http://127.0.0.2"),
    ],
)
def test_what_a_page_must_not_do_fails_its_test(chromium, body, told):
    assert any(told in problem for problem in problems_with(chromium, body)), escape(body)


def test_axe_and_the_window_are_asked(chromium):
    with serving(page_of('<img src="data:,"><pre>' + "wide " * 300 + "</pre>")) as address:
        visitor = Visitor(chromium, address)
        found = faults(visitor("/", width=360, language="es"))
        visitor.close()
    assert any(fault.startswith("axe image-alt") for fault in found)
    assert any(fault.startswith("wider than the window") for fault in found)
