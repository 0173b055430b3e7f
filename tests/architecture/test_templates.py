"""Pages carry no script and no style of their own, and every text they show is marked: STYLE 19 and 22."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from tests.architecture.source import PACKAGE, ROOT, say

INLINE = [
    ("an inline script", re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=.application/json)", re.I)),
    ("an inline style sheet", re.compile(r"<style\b", re.I)),
    ("a style attribute", re.compile(r"<[^>]*\sstyle\s*=", re.I)),
    ("an event attribute", re.compile(r"<[^>]*\son[a-z]+\s*=", re.I)),
    ("a script that htmx would evaluate", re.compile(r"hx-on[:-]|hx-vals=.js:|hx-vars", re.I)),
    ("a script address", re.compile(r"javascript:", re.I)),
]
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.S)
COMMENT = re.compile(r"\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}", re.S)
TRANSLATED = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?%\}.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.S)
WORD = re.compile(r"[^\W\d_]{2,}")
SHOWN_ATTRIBUTES = {"title", "alt", "aria-label", "aria-description", "placeholder", "summary", "label"}
UNSPOKEN = {"script", "style", "code", "kbd", "samp"}
SAME_IN_BOTH = {
    "Cotrace",
    "JSON",
    "PDF",
    "CSV",
    "XLSX",
    "English",
    "Español",
    "API",
    "TOTP",
    "UTC",
    "EN",
    "ES",
}
ATTRIBUTE = re.compile(r"""[\w-]+=("[^"]*"|'[^']*')""")


def templates() -> dict[str, str]:
    """Return the text of every page template by its path."""
    found = sorted(PACKAGE.glob("*/templates/**/*.html"))
    return {path.relative_to(ROOT).as_posix(): path.read_text() for path in found}


def inline_pieces(name: str, text: str) -> list[str]:
    """Find scripts and styles that the content policy would refuse."""
    text = COMMENT.sub("", text)
    return [f"{name} has {what}: {m[0][:60]}" for what, pattern in INLINE for m in pattern.finditer(text)]


class _Shown(HTMLParser):
    """Collects what a reader sees or hears: texts and some attributes, with their lines."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        untranslated = dict(attrs).get("translate") == "no"
        self.open.append("code" if untranslated else tag)
        for name, value in attrs:
            if name in SHOWN_ATTRIBUTES or (
                name == "value" and tag == "input" and ("type", "submit") in attrs
            ):
                self.found.append((self.getpos()[0], value or ""))
        if tag in {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}:
            self.open.pop()

    def handle_endtag(self, _tag: str) -> None:
        if self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not UNSPOKEN & set(self.open[-1:]):
            self.found.append((self.getpos()[0], data))


def unmarked_texts(name: str, text: str) -> list[str]:
    """Find texts a reader would see in English whatever their language."""
    for pattern in (COMMENT, TRANSLATED, TAG):
        text = pattern.sub(lambda match: "\n" * match[0].count("\n"), text)
    shown = _Shown()
    shown.feed(text)
    return [
        f"{name}:{line} shows {' '.join(found.split())[:60]!r} unmarked"
        for line, found in shown.found
        if set(_words(found)) - SAME_IN_BOTH
    ]


def _words(text: str) -> Iterator[str]:
    return (match[0] for match in WORD.finditer(ATTRIBUTE.sub("", text)))


def test_no_page_carries_script_or_style():
    findings = [finding for name, text in templates().items() for finding in inline_pieces(name, text)]
    assert not findings, say(findings)


def test_every_text_of_a_page_is_marked():
    findings = [finding for name, text in templates().items() for finding in unmarked_texts(name, text)]
    assert not findings, say(findings)


def test_inline_pieces_are_found():
    for bad in (
        "<script>go()</script>",
        '<p style="color: red">',
        '<button onclick="go()">',
        "<style>p {}</style>",
        '<a href="javascript:go()">',
        '<div hx-on:click="go()">',
    ):
        assert inline_pieces("bad.html", bad), bad
    good = (
        '<script src="{% static "a.js" %}" defer></script><script type="application/json" id="x">{}</script>'
    )
    assert not inline_pieces("good.html", good)


def test_unmarked_texts_are_found():
    assert unmarked_texts("bad.html", "<p>Hello there</p>")
    assert unmarked_texts("bad.html", '<img alt="A map">')
    assert unmarked_texts("bad.html", "<p>{% if x %}Yes{% endif %}</p>")
    assert unmarked_texts("bad.html", "{% translate 'ok' %}\n<p>Not marked</p>") == [
        "bad.html:2 shows 'Not marked' unmarked"
    ]
    assert not unmarked_texts(
        "good.html",
        '<p title="{% translate "Yes" %}">{% translate "Hello" %} {{ name }} · {% blocktranslate %}Hi{% endblocktranslate %}'
        "{# a note #}{% comment %}why{% endcomment %}<code>trace.submitted</code> JSON</p>",
    )
