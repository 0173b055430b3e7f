"""A sentence is translated whole: none is joined from pieces whose order Spanish may not share. STYLE 22."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import Module, calls, constant_text, found_in, functions, modules, sample, say
from tests.architecture.test_templates import templates

GETTEXT = {
    f"{prefix}gettext{suffix}" for prefix in ("", "n", "p", "np") for suffix in ("", "_lazy", "_noop")
} | {"_"}
UNCHANGING = {"format", "strip", "capitalize", "upper", "lower"}
WORD = re.compile(r"[^\W\d_]{2,}")
SAME_IN_BOTH = {"cotrace"}
SENTENCE = re.compile(r"[.!?…]”?\s*$")
MARKED = (
    r"""\{%\s*translate\s+(?:"(?P<{0}d>[^"]*)"|'(?P<{0}s>[^']*)')(?:(?!\bas\b)[^%])*%\}"""
    r"""|\{%\s*blocktranslate\b(?:(?!\basvar\b)[^%])*%\}(?P<{0}b>(?:(?!\{%\s*endblocktranslate).)*)\{%\s*endblocktranslate\s*%\}"""
)
ADJACENT = re.compile(
    rf"(?:{MARKED.replace('{0}', 'one')})[^<>{{}}\w]*(?:\{{\{{[^}}]*\}}\}}[^<>{{}}\w]*)?(?={MARKED.replace('{0}', 'two')})",
    re.S,
)


def joined_fragments(module: Module) -> list[str]:
    """Find sums, f-strings and joins that set a translated piece beside a word or beside another piece.

    Whole sentences may follow each other.
    """
    if "gettext" not in module.text:
        return []
    found = _glued(module, module.tree, {})
    for each in functions(module):
        if named := _named_pieces(each):
            found += _glued(module, each, named)
    return list(dict.fromkeys(found))


def _named_pieces(function: ast.AST) -> dict[str, str]:
    """Return the names in a function that hold a translated piece, with its text."""
    named: dict[str, str] = {}
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                text = _translated(value, {})
                if text is not None:
                    named[name] = text
    return named


def _glued(module: Module, scope: ast.AST, named: dict[str, str]) -> list[str]:
    return [
        module.at(node, f"joins {ast.unparse(node)[:90]}")
        for node in ast.walk(scope)
        if _is_glue(list(_parts(node)), named)
    ]


def _parts(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what a sum, an f-string or a join with spaces sets side by side."""
    match node:
        case ast.BinOp(op=ast.Add()):
            for side in (node.left, node.right):
                yield from list(_parts(side)) or [side]
        case ast.JoinedStr(values=values):
            yield from (each.value if isinstance(each, ast.FormattedValue) else each for each in values)
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(glue)), attr="join"), args=[listed]):
            if not glue.strip() and isinstance(listed, ast.List | ast.Tuple):
                yield from listed.elts


def _is_glue(parts: list[ast.expr], named: dict[str, str]) -> bool:
    pieces = [text for each in parts if (text := _translated(each, named)) is not None]
    if not pieces:
        return False
    words = {word for each in parts for word in WORD.findall(constant_text(each) or "")}
    is_told_in_fragments = len(pieces) > 1 and not all(map(SENTENCE.search, pieces))
    return is_told_in_fragments or bool(words - SAME_IN_BOTH)


def _translated(node: ast.expr, named: dict[str, str]) -> str | None:
    """Return the text of a translated piece as it stands in the source, None where a node is none."""
    match node:
        case ast.Name(id=name):
            return named.get(name)
        case ast.BinOp(left=left, op=ast.Mod()):
            return _translated(left, named)
        case ast.IfExp(body=body, orelse=other):
            first = _translated(body, named)
            return _translated(other, named) if first is None else first
        case ast.Call(func=ast.Name(id="str"), args=[inner]):
            return _translated(inner, named)
        case ast.Call(func=ast.Attribute(value=inner, attr=name)) if name in UNCHANGING:
            return _translated(inner, named)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if name in GETTEXT:
            texts = [text for each in args if (text := constant_text(each)) is not None]
            return texts[-1] if texts else ""
    return None


def loose_ends(module: Module) -> list[str]:
    """Find marked texts that begin or end with a space: something is hung on to them."""
    return [
        module.at(call, f"marks {text!r}, to which something is joined")
        for name, call in calls(module.tree)
        if name in GETTEXT
        for text in filter(None, map(constant_text, call.args))
        if text.startswith(" ") or text.endswith(" ")
    ]


def fragments_of_page(name: str, text: str) -> list[str]:
    """Find two marked texts of a template that stand in one line of text, with at most a value between them."""
    findings = []
    for match in ADJACENT.finditer(text):
        groups = {key: value for key, value in match.groupdict().items() if value is not None}
        one, two = (next(v for k, v in groups.items() if k.startswith(side)) for side in ("one", "two"))
        if not (SENTENCE.search(one.strip()) and SENTENCE.search(two.strip())):
            line = text.count("\n", 0, match.start()) + 1
            findings.append(f"{name}:{line} joins {one.strip()[:40]!r} and {two.strip()[:40]!r}")
    return findings


def test_no_sentence_of_the_source_is_joined_from_fragments():
    findings = found_in(modules(), joined_fragments, loose_ends)
    assert not findings, say(findings)


def test_no_sentence_of_a_page_is_joined_from_fragments():
    findings = [finding for name, text in templates().items() for finding in fragments_of_page(name, text)]
    assert not findings, say(findings)


def test_joined_fragments_are_found():
    start = "from x import gettext as _\n"
    for bad in (
        '_("Sold to") + " " + name + " " + _("on that day")',
        '_("Sold to %(name)s") % known + ngettext("once", "often", n)',
        """f"{_('Sold')} to {name}" """,
        """f"{_('Sold to')} {name} {_('on')} {day}" """,
        '"Reason: " + _("unknown")',
        '" ".join([_("Sold to"), name, str(_("today"))])',
        'def told():\n    said = _("Sold to")\n    return f"{said} {name} {_(TODAY)}"',
        'def told():\n    said = _("Sold to") if x else _("Bought")\n    return said + _("today")',
    ):
        assert joined_fragments(sample(start + bad)), bad
    for good in (
        '"\\n" + _("Sold.") + "\\n"',
        '"cotrace: " + _("Sold.")',
        """f"{_('Reported.')} {_('Found on %(day)s.') % known}" """,
        """f"{_('Number')}: {number}" """,
        '", ".join([_("Pistol"), _("Rifle")])',
        '" ".join(_(each) for each in lines)',
    ):
        assert not joined_fragments(sample(start + good)), good
    assert loose_ends(sample('_("Sold to ") + name'))
    assert not loose_ends(sample('_("Sold to %(name)s")'))


def test_joined_fragments_of_pages_are_found():
    for bad in (
        '<p>{% translate "Sold to" %} {{ name }} {% translate "on that day" %}</p>',
        "{% translate 'Sold' %}\n{% blocktranslate %}to {{ name }}{% endblocktranslate %}",
        '{% blocktranslate trimmed %}Sold{% endblocktranslate %}, {% translate "today" %}',
        '{% translate "One" %}{% translate "Two" %} {% translate "Three" %}',
    ):
        assert fragments_of_page("bad.html", bad), bad
    for good in (
        '<dt>{% translate "Sold" %}</dt><dd>{% translate "today" %}</dd>',
        '{% translate "Sold" as heading %}{% translate "All that was sold." as lead %}',
        '{% translate "Sold." %} {% translate "It is final." %}',
        '{% translate "Sold" %}{% if x %}{% translate "today" %}{% endif %}',
    ):
        assert not fragments_of_page("good.html", good), good
