"""Pages carry no script and no style of their own, and every text they show is marked: STYLE 19 and 22."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from inspect import signature
from itertools import zip_longest

from django.template.base import Token, TokenType

from cotrace.doors.templatetags import doors
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
SHOWN_ARGUMENTS = SHOWN_ATTRIBUTES | {"caption", "heading", "hint", "kicker", "lead", "message", "reason", "text", "words"}
"""Arguments of template tags that a person reads."""

PAGE_TAG = re.compile(r"\{%\s*(?!(?:block)?trans(?:late)?\b)(\w+.*?)\s*%\}")
SHOWN_FILTER = re.compile(r"""\{\{[^}]*?\|\s*(?:default|default_if_none|yesno|add|pluralize):("[^"]*"|'[^']*')""")
INSIDE_ATTRIBUTE = re.compile(r"""\s([\w-]+)=(?:"[^"<>]*|'[^'<>]*)$""")
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


def unmarked_arguments(name: str, text: str) -> list[str]:
    """Find literals that a tag or a filter is given to show: `title="Hello"` where `title=_("Hello")` is meant."""
    text = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    given = [(tag.start(), each) for tag in PAGE_TAG.finditer(text) for each in _shown_arguments(tag[1])]
    filters = SHOWN_FILTER.finditer(text)
    given += [(match.start(), match[1]) for match in filters if _is_read_at(text[: match.start()])]
    return [
        f"{name}:{text.count(chr(10), 0, at) + 1} gives {each} to be shown unmarked"
        for at, each in given
        if each[0] in "\"'" and set(WORD.findall(each)) - SAME_IN_BOTH
    ]


def _is_read_at(before: str) -> bool:
    """Tell whether what follows is read: it stands in no attribute, or in one that a person reads."""
    attribute = INSIDE_ATTRIBUTE.search(before)
    return attribute is None or attribute[1] in SHOWN_ATTRIBUTES


def _shown_arguments(contents: str) -> Iterator[str]:
    """Yield what a tag gives to arguments that a person reads, by name or by place."""
    tag, *given = Token(TokenType.BLOCK, contents).split_contents()
    for place, each in zip_longest(_places(tag)[: len(given)], given, fillvalue=""):
        named, is_named, value = each.partition("=") if re.match(r"\w+=", each) else (place, "", each)
        if named in SHOWN_ARGUMENTS or (tag == "firstof" and not is_named):
            yield value


def _places(tag: str) -> list[str]:
    """Return the names of a component's arguments in their order; a tag that is none of ours has none."""
    component = getattr(doors, tag, None)
    if component is None or not callable(component):
        return []
    return [each for each in signature(component).parameters if each not in {"context", "content"}]


def _words(text: str) -> Iterator[str]:
    return (match[0] for match in WORD.finditer(ATTRIBUTE.sub("", text)))


def test_no_page_carries_script_or_style():
    findings = [finding for name, text in templates().items() for finding in inline_pieces(name, text)]
    assert not findings, say(findings)


def test_every_text_of_a_page_is_marked():
    findings = [finding for name, text in templates().items() for finding in unmarked_texts(name, text)]
    assert not findings, say(findings)


def test_every_argument_of_a_page_is_marked():
    findings = [finding for name, text in templates().items() for finding in unmarked_arguments(name, text)]
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


def test_unmarked_arguments_are_found():
    for bad in (
        '{% page_header title="Hello" %}{% endpage_header %}',
        "{% page_header _('Hello') lead='All of them.' %}",
        '{% panel title="Roles of %(name)s" id="roles" %}',
        '{% fact "Place" read.place %}',
        '{% post_button "Sign out" out_url look="quiet" %}',
        '{% badge text="new" %}',
        '{% callout kind="info" title="Beware" %}',
        '{% include "a/b.html" with route="a:b" label="Look again" %}',
        '{% with heading="Seizures" %}',
        '{% firstof name "Nobody" %}',
        '<p>{{ name|default:"not recorded" }}</p>',
        "{{ is_open|yesno:'open,closed' }}",
        '<p title="{{ name|default:"nobody" }}">',
    ):
        assert unmarked_arguments("bad.html", bad), bad
    for good in (
        '{% page_header title=_("Hello") lead=read.name %}',
        '{% panel title=title id="roles" %}{% post_button _("Sign out") out_url look="quiet" %}',
        '{% translate "Hello" as heading %}{% badge "PDF" tone="neutral" %}',
        '{% include "a/label.html" %}{% url "a:label" number=read.number %}{% icon "success" %}',
        "<a class=\"badge badge--{{ tone|default:'info' }}\" href=\"{{ home|default:'/' }}\">{% comment %}{% badge \"new\" %}{% endcomment %}</a>",
    ):
        assert not unmarked_arguments("good.html", good), good
    assert unmarked_arguments("bad.html", '\n{% badge "new" %}') == ['bad.html:2 gives "new" to be shown unmarked']
