#!/usr/bin/env python3
"""Translations without a gettext binary: scripts/messages.py extract|compile|check.

English is the source. Each subject keeps its Spanish in src/cotrace/SUBJECT/locale/es/LC_MESSAGES/django.po.
`extract` brings the catalogs in step with the source and keeps what was translated; `compile` writes the .mo files
that Django reads (not committed); `check` says what is missing, fuzzy, left over or has other placeholders.
An entry that no source line marks, but that is looked up at run time, stays if its comment starts with `kept:`.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as babel_extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent / "src"
PACKAGE = SOURCE / "cotrace"
CATALOG = Path("locale/es/LC_MESSAGES/django.po")
HEADER = """# Spanish of Cotrace: neutral Mexican usage, usted. Terms: docs and the glossary of the project.
msgid ""
msgstr ""
"Project-Id-Version: cotrace\\n"
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%|%(.)|\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class Found:
    """One marked text: where it stands, what it says (one or two forms), and its context."""

    path: str
    line: int
    text: str | tuple[str, ...]
    context: str | None
    comments: tuple[str, ...] = ()


def messages_of_python(text: str, path: str) -> Iterator[Found]:
    """Yield the texts that gettext calls mark, the sentences of permissions, the first sentences of commands."""
    yield from _marked(text, path)
    yield from _permission_sentences(text, path)
    if "/commands" in path:
        yield from _command_sentences(text, path)


def messages_of_template(text: str, path: str) -> Iterator[Found]:
    """Yield the texts that a Django template marks."""
    from django.utils.translation.template import templatize

    lines = templatize(text, origin=path).splitlines()
    yield from _marked("\n".join(line.lstrip() for line in lines), path)


def _marked(text: str, path: str) -> Iterator[Found]:
    file = io.BytesIO(text.encode())
    tags, options = ("Translators:",), {"encoding": "utf-8"}
    for line, message, comments, context in babel_extract("python", file, KEYWORDS, tags, options):
        yield Found(path, line, message, context, tuple(comments))


def _permission_sentences(text: str, path: str) -> Iterator[Found]:
    if "PermissionEnum" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.ClassDef) or not any(
            isinstance(base, ast.Name) and base.id == "PermissionEnum" for base in node.bases
        ):
            continue
        for line in node.body:
            match line:
                case ast.Assign(value=ast.Tuple(elts=[_, ast.Constant(value=str(sentence))])):
                    yield Found(path, line.lineno, sentence, None)


def _command_sentences(text: str, path: str) -> Iterator[Found]:
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and any(_is_command(each) for each in node.decorator_list):
            first = (ast.get_docstring(node) or "").split("\n\n")[0]
            yield Found(path, node.lineno, " ".join(first.split()), None)


def _is_command(decorator: ast.expr) -> bool:
    match decorator:
        case ast.Call(func=ast.Attribute(attr="command")):
            return True
    return False


def messages_of(folder: Path) -> Iterator[Found]:
    """Yield every marked text of one subject's folder, in the order of its files."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(SOURCE).as_posix()
        if "/migrations/" in name or "/static/" in name or not path.is_file():
            continue
        if path.suffix == ".py":
            yield from messages_of_python(path.read_text(), name)
        elif "/templates/" in name and path.suffix in {".html", ".txt"}:
            yield from messages_of_template(path.read_text(), name)


def template_of(found: Iterator[Found]) -> Catalog:
    """Return a catalog of the marked texts, untranslated."""
    catalog = Catalog()
    for each in found:
        catalog.add(
            each.text, locations=[(each.path, each.line)], auto_comments=each.comments, context=each.context
        )
    return catalog


def read_catalog(path: Path) -> Catalog:
    """Return the catalog of a .po file, empty where there is none."""
    if not path.exists():
        return Catalog(locale="es")
    with path.open("rb") as file:
        return read_po(file, locale="es", abort_invalid=True)


def write_catalog(path: Path, catalog: Catalog) -> bool:
    """Write a .po file whose header never changes; return whether the file did."""
    body = io.BytesIO()
    write_po(body, catalog, width=100, omit_header=True, include_lineno=False, ignore_obsolete=True)
    text = HEADER + body.getvalue().decode().strip() + "\n"
    if path.exists() and path.read_text() == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return True


def is_kept(message: Message) -> bool:
    """Tell whether an entry stays without a marked text, because code looks it up at run time."""
    return any(comment.startswith("kept:") for comment in message.user_comments)


def merged(template: Catalog, translated: Catalog) -> Catalog:
    """Return the template's texts with the translations that exist, and the entries that are kept."""
    result = Catalog(locale="es")
    for message in template:
        if message.id:
            result[message.id] = message
            held = translated.get(message.id, message.context)
            entry = result.get(message.id, message.context)
            if held is not None and entry is not None:
                entry.string, entry.flags = held.string, held.flags | message.flags
                entry.user_comments = list(held.user_comments)
    for message in translated:
        if message.id and is_kept(message) and template.get(message.id, message.context) is None:
            result[message.id] = message
    return result


def placeholders(text: str) -> frozenset[str]:
    """Return the named placeholders of a text; `%s` and `{}` count as the placeholder without a name."""
    names = set()
    for named, positional, braced in PLACEHOLDER.findall(text):
        if positional in {"s", "d", "r"}:
            names.add("")
        elif named or braced:
            names.add(named or braced)
    return frozenset(names)


def problems_of(template: Catalog, translated: Catalog, name: str) -> Iterator[str]:
    """Yield what is wrong with one subject's Spanish, one line each."""
    for message in template:
        if not message.id:
            continue
        first = message.id if isinstance(message.id, str) else message.id[0]
        where = f"{name}: {first!r}"
        source = {
            placeholders(form) for form in ([message.id] if isinstance(message.id, str) else message.id)
        }
        if any("" in form for form in source):
            yield f"{where} has a placeholder without a name"
        held = translated.get(message.id, message.context)
        strings = _strings(held)
        if not strings or not all(strings):
            yield f"{where} has no Spanish"
        elif held is not None and held.fuzzy:
            yield f"{where} is marked fuzzy"
        elif not {placeholders(form) for form in strings} <= source | {frozenset().union(*source)}:
            yield f"{where} has other placeholders in Spanish"
    for message in translated:
        if message.id and not is_kept(message) and template.get(message.id, message.context) is None:
            yield f"{name}: {_strings_of_id(message)!r} is marked nowhere any more"


def _strings(message: Message | None) -> tuple[str, ...]:
    if message is None:
        return ()
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _strings_of_id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def conflicts(catalogs: dict[str, Catalog]) -> Iterator[str]:
    """Yield the texts that two subjects translate differently: one of the two would never be shown."""
    first: dict[tuple[str, str | None], tuple[str, tuple[str, ...]]] = {}
    for name, catalog in catalogs.items():
        for message in catalog:
            if not message.id:
                continue
            key = (_strings_of_id(message), message.context)
            known, strings = first.setdefault(key, (name, _strings(message)))
            if strings != _strings(message):
                yield f"{key[0]!r} reads differently in {known} and {name}: give one of them a context"


def subjects(package: Path = PACKAGE) -> list[Path]:
    """Return the folders of all subjects."""
    return sorted(path.parent for path in package.glob("*/__init__.py"))


def compile_all(package: Path = PACKAGE) -> int:
    """Write the .mo file of every catalog that is newer than it; return how many."""
    written = 0
    for source in sorted(package.glob(f"*/{CATALOG}")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with target.open("wb") as file:
            write_mo(file, read_catalog(source))
        written += 1
    return written


def extract_all() -> int:
    """Bring every subject's catalog in step with its source; return how many files changed."""
    changed = 0
    for folder in subjects():
        template = template_of(messages_of(folder))
        path = folder / CATALOG
        if len(template) or path.exists():
            changed += write_catalog(path, merged(template, read_catalog(path)))
    return changed


def check_all() -> list[str]:
    """Return everything that keeps the Spanish from being complete."""
    found: list[str] = []
    catalogs: dict[str, Catalog] = {}
    for folder in subjects():
        catalogs[folder.name] = read_catalog(folder / CATALOG)
        found += problems_of(template_of(messages_of(folder)), catalogs[folder.name], folder.name)
    return found + list(conflicts(catalogs))


def main() -> int:
    """Run one step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("step", choices=("extract", "compile", "check"))
    parser.add_argument("--quiet", action="store_true")
    given = parser.parse_args()
    if given.step == "check":
        found = check_all()
        print("\n".join(found) if found else "Spanish is complete.")
        return 1 if found else 0
    count = compile_all() if given.step == "compile" else extract_all()
    if not given.quiet:
        print(f"{given.step}: {count} catalogs written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
