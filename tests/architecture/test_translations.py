"""Spanish is complete: every marked text has a translation that is not fuzzy and keeps its placeholders."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

from tests.architecture.source import ROOT, Module, calls, found_in, modules, sample, say

SHOWN_KEYWORDS = {
    *("help", "label", "help_text", "placeholder", "empty_label", "verbose_name", "epilog"),
    *("title", "hint", "heading", "lead", "kicker", "prompt"),
}
SAID = {"echo", "secho", "say", "say_lines", "say_fact", "fail", "progress", "ValidationError", "BadParameter", "confirm"}
"""Calls whose first argument a person reads."""

SAID_SECOND = {"add_error", "info", "warning", "error", "success", "debug", "add_message"}
"""Calls whose second one a person reads: a form's problem; Django's messages, which begin with the request."""

LETTERS = re.compile(r"[^\W\d_]{2,}")
UNSPOKEN = re.compile(r"\S*[/_=]\S*|^cotrace(?: [a-z-]+){1,3}$|\b[Cc]otrace\b|\bUTC\b", re.M)
"""What is the same in both languages: addresses, names of settings, a command to type, the product's name."""


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    """The script that `make messages` runs."""
    specification = importlib.util.spec_from_file_location(
        "messages_script", ROOT / "scripts" / "messages.py"
    )
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def catalog(**strings: str) -> Catalog:
    """Return a Spanish catalog of a few texts."""
    made = Catalog(locale="es")
    for text, string in strings.items():
        made.add(text, string)
    return made


def unmarked_texts(module: Module) -> list[str]:
    """Find literals that a person reads as help, label, message or line of a terminal and that nobody marked."""
    return [
        module.at(call, f"{name} shows {text!r} unmarked")
        for name, call in calls(module.tree)
        for given in _read_by_a_person(name, call)
        for text in _literals(given)
        if LETTERS.search(UNSPOKEN.sub("", text))
    ]


def _read_by_a_person(name: str, call: ast.Call) -> list[ast.expr]:
    given = [each.value for each in call.keywords if each.arg in SHOWN_KEYWORDS]
    if name in SAID:
        given += call.args[:1]
    if name in SAID_SECOND and (name == "add_error" or _is_of_messages(call.func)):
        given += call.args[1:]
    if name == "print_table" and call.args and isinstance(call.args[0], ast.List | ast.Tuple):
        given += call.args[0].elts
    return given


def _is_of_messages(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and ast.unparse(function.value).endswith("messages")


def _literals(node: ast.expr) -> Iterator[str]:
    """Yield the literal texts that an expression shows as they stand; what a call makes of its own is its business."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts) | ast.BoolOp(values=parts):
            for each in parts:
                yield from _literals(each)
        case ast.BinOp(left=left, op=ast.Mod()) | ast.Call(func=ast.Attribute(value=left, attr="format")):
            yield from _literals(left)
        case ast.BinOp(left=one, op=ast.Add(), right=two) | ast.IfExp(body=one, orelse=two):
            yield from _literals(one)
            yield from _literals(two)


def test_help_labels_and_messages_are_marked():
    findings = found_in(modules(), unmarked_texts)
    assert not findings, say(findings)


def test_unmarked_literals_are_found():
    for bad in (
        'typer.Option(help="The port.")',
        'typer.echo("Done.")',
        'forms.CharField(label="Place")',
        'terminal.say("Signed out.")',
        'say("Signed in as %(member)s." % given)',
        'say("Signed in as {}.".format(member))',
        'say(f"  {count} guns")',
        'say_lines("\\n" + "Done.")',
        'say_fact("Number", number)',
        'terminal.fail("Give one of them." if both else said, code=2)',
        'print_table([_("Number"), "Place"], rows)',
        'progress("Reading", total=2)',
        'messages.info(request, "It was saved.")',
        'messages.success(self.request, f"{name} was saved.")',
        'messages.add_message(request, messages.INFO, "It was saved.")',
        'django_messages.error(request, said or "It failed.")',
        'form.add_error("place", "Write a place.")',
        'forms.ValidationError("Write a place.", code="place")',
    ):
        assert unmarked_texts(sample(bad)), bad
    for good in (
        'typer.Option(help=_("The port."))\ntyper.echo("  ")\nx.add(help="")',
        'terminal.say(_("%(agency)s was added.") % {"agency": code})\nsay(f"  {scope}")',
        'say(f"cotrace: {error} (COTRACE_DEBUG=yes)")\nsay(f"{site()}/account/link/{secret}")',
        'messages.info(request, _("It was saved."))\nmessages.error(request, sentence("code_wrong"))',
        'log.warning("%s failed", "A listener")',
        'form.add_error("place", _("Write a place."))',
        'app.callback(epilog=_("For example:") + "\\n\\ncotrace serve")',
    ):
        assert not unmarked_texts(sample(good)), good


def test_every_text_has_its_spanish(messages):
    findings = messages.check_all()
    assert not findings, say(findings)


def test_calls_templates_and_permissions_are_extracted(messages):
    python = 'from x import gettext as _\n_("One" " text")\nngettext("%(n)s gun", "%(n)s guns", n)\npgettext("c", "Two")\n'
    found = list(messages.messages_of_python(python, "a.py"))
    assert [(each.text, each.context) for each in found] == [
        ("One text", None),
        (("%(n)s gun", "%(n)s guns"), None),
        ("Two", "c"),
    ]
    enum = 'class P(PermissionEnum):\n    READ = "thing.read", "See things"\n'
    assert [each.text for each in messages.messages_of_python(enum, "a.py")] == ["See things"]
    command = (
        'app = T()\n@app.command("x")\ndef act():\n    """Do a\n    thing.\n\n    cotrace act\n    """\n'
    )
    assert [each.text for each in messages.messages_of_python(command, "a/commands.py")] == ["Do a thing."]
    template = (
        "{% load i18n %}\n<p>\n    {% translate 'Hi' %}\n  {% blocktranslate count n=n %}{{ n }} hit"
        "{% plural %}{{ n }} hits{% endblocktranslate %}</p>"
    )
    found = list(messages.messages_of_template(template, "a.html"))
    assert [each.text for each in found] == ["Hi", ("%(n)s hit", "%(n)s hits")]


def test_what_keeps_spanish_from_being_complete_is_found(messages):
    source = catalog(Hello="")
    assert "has no Spanish" in next(messages.problems_of(source, catalog(), "x"))
    assert "has no Spanish" in next(messages.problems_of(source, catalog(Hello=""), "x"))
    fuzzy = catalog(Hello="Hola")
    fuzzy["Hello"].flags.add("fuzzy")
    assert "fuzzy" in next(messages.problems_of(source, fuzzy, "x"))
    assert "nowhere" in next(messages.problems_of(catalog(), catalog(Old="Viejo"), "x"))
    named = catalog(**{"At %(place)s": ""})
    assert "placeholders" in next(
        messages.problems_of(named, catalog(**{"At %(place)s": "En %(lugar)s"}), "x")
    )
    assert "without a name" in next(
        messages.problems_of(catalog(**{"%s at": ""}), catalog(**{"%s at": "%s en"}), "x")
    )
    assert not list(messages.problems_of(named, catalog(**{"At %(place)s": "En %(place)s"}), "x"))


def test_two_rooms_that_disagree_are_found(messages):
    assert list(messages.conflicts({"a": catalog(State="Estado"), "b": catalog(State="Entidad")}))
    assert not list(messages.conflicts({"a": catalog(State="Estado"), "b": catalog(State="Estado")}))


def test_extracting_keeps_what_was_translated_and_drops_what_is_gone(messages, tmp_path):
    kept = catalog(Hello="Hola", Gone="Ido", Table="Tabla")
    kept["Table"].user_comments.append("kept: looked up in a table")
    merged = messages.merged(catalog(Hello="", New=""), kept)
    assert {each.id: each.string for each in merged if each.id} == {
        "Hello": "Hola",
        "New": "",
        "Table": "Tabla",
    }
    path = tmp_path / "django.po"
    assert messages.write_catalog(path, merged)
    assert not messages.write_catalog(
        path, messages.merged(catalog(Hello="", New=""), messages.read_catalog(path))
    )
