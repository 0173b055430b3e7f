"""Pages carry no code and no style of their own; what is vendored is what was published."""

import hashlib
import re
from pathlib import Path

import pytest

import cotrace

PACKAGE = Path(cotrace.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
SCRIPTS = sorted(path for path in PACKAGE.glob("*/static/**/*.js") if "vendor" not in path.parts)
STYLES = sorted(PACKAGE.glob("*/static/**/*.css"))

INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "htmx script": re.compile(r"hx-on|js:|javascript:|hx-trigger=\"[^\"]*\[", re.IGNORECASE),
    "style element": re.compile(r"<style", re.IGNORECASE),
    "script without src": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "unescaped value": re.compile(r"\|safe\b|\{%\s*autoescape\s+off"),
}
HTMX_4_0_1 = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_has_no_code_or_style_in_it(template: Path) -> None:
    text = template.read_text()

    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("style attribute", '<p class="x" style="color:red">'),
        ("event handler", "<a onclick='x()'>"),
        ("htmx script", '<div hx-trigger="click[ctrlKey]">'),
        ("script without src", "<script>alert(1)</script>"),
        ("unescaped value", "{{ note|safe }}"),
    ],
)
def test_the_patterns_find_what_they_forbid(what: str, text: str) -> None:
    assert INLINE[what].search(text)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_our_scripts_write_no_markup_and_run_no_text(script: Path) -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.style\b"
    )

    assert forbidden.findall(script.read_text()) == []


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_styles_load_nothing_from_elsewhere(style: Path) -> None:
    assert re.findall(r"https?://|@import|data:", style.read_text()) == []


def test_htmx_is_the_published_file() -> None:
    vendored = PACKAGE / "doors/static/doors/vendor/htmx/htmx-4.0.1.min.js"

    assert hashlib.sha256(vendored.read_bytes()).hexdigest() == HTMX_4_0_1
