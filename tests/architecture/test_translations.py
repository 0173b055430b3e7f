"""Spanish is complete: every marked text has a translation that is not fuzzy and keeps its placeholders."""

import importlib.util
import re
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

from tests.architecture.source import ROOT, Module, calls, constant_text, found_in, modules, sample, say

SHOWN_KEYWORDS = {"help", "label", "help_text", "placeholder", "empty_label", "verbose_name", "epilog"}
LETTERS = re.compile(r"[^\W\d_]{2,}")


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
    """Find literals that a person reads as help, label or message and that nobody marked."""
    findings = []
    for name, call in calls(module.tree):
        given = [each.value for each in call.keywords if each.arg in SHOWN_KEYWORDS]
        given += call.args[:1] if name in {"echo", "secho"} else []
        texts = filter(None, map(constant_text, given))
        findings += [
            module.at(call, f"{name} shows {text!r} unmarked") for text in texts if LETTERS.search(text)
        ]
    return findings


def test_help_labels_and_messages_are_marked():
    findings = found_in(modules(), unmarked_texts)
    assert not findings, say(findings)


def test_unmarked_literals_are_found():
    assert unmarked_texts(sample('typer.Option(help="The port.")'))
    assert unmarked_texts(sample('typer.echo("Done.")'))
    assert unmarked_texts(sample('forms.CharField(label="Place")'))
    assert not unmarked_texts(sample('typer.Option(help=_("The port."))\ntyper.echo("  ")\nx.add(help="")'))


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
