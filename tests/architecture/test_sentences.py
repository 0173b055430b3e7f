"""Every code a person can meet has a sentence, whose placeholders its refusal fills: STYLE 14 and 30.

That each sentence has its Spanish is test_translations' business: sentences are marked texts like all others.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cotrace.doors.sentences import known_codes, sentence
from tests.architecture.source import Module, calls, constant_text, modules, sample, say

DEFAULT_CODES = {"NotFound": "not_found", "Denied": "denied", "SignInRequired": "sign_in_required"}
PLACEHOLDER = re.compile(r"%\((\w+)\)")
RECORDERS = {"record", "record_disclosure", "record_listing", "record_refusal"}


@dataclass(frozen=True, slots=True)
class Used:
    """A code in the source: where, and the parameters given with it (None where they cannot be read off)."""

    where: str
    code: str
    params: frozenset[str] | None


def error_classes(checked: Iterable[Module]) -> set[str]:
    """Return the names of all refusals: the classes below CotraceError, however far."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for module in checked
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"CotraceError"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def codes_of(module: Module, errors: set[str]) -> Iterator[Used]:
    """Yield every code that a module raises or puts on a field."""
    for name, call in calls(module.tree):
        where = module.at(call, name)
        if name == "FieldProblem":
            given = [*call.args[1:2], *(each.value for each in call.keywords if each.arg == "code")]
            yield from (Used(where, code, _problem_params(call)) for code in _texts(given))
        elif name in errors:
            codes = list(_texts(call.args[:1])) or ([DEFAULT_CODES[name]] if name in DEFAULT_CODES else [])
            yield from (Used(where, code, _error_params(call)) for code in codes)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name) and node.exc.id in DEFAULT_CODES:
            yield Used(module.at(node, "raise"), DEFAULT_CODES[node.exc.id], frozenset())


def _texts(given: Iterable[ast.expr]) -> Iterator[str]:
    for each in given:
        match each:
            case ast.Constant(value=str(text)):
                yield text
            case ast.IfExp(body=first, orelse=second):
                yield from _texts([first, second])


def _error_params(call: ast.Call) -> frozenset[str] | None:
    names = {each.arg for each in call.keywords}
    return None if None in names else frozenset(name for name in names if name and name != "fields")


def _problem_params(call: ast.Call) -> frozenset[str] | None:
    given = [*call.args[2:3], *(each.value for each in call.keywords if each.arg == "params")]
    if not given:
        return frozenset()
    if not isinstance(given[0], ast.Tuple):
        return None
    names = [constant_text(pair.elts[0]) for pair in given[0].elts if isinstance(pair, ast.Tuple)]
    return frozenset(name for name in names if name) if all(names) else None


def without_sentence(used: Iterable[Used], known: Iterable[str]) -> list[str]:
    """Find codes that no subject has words for."""
    known = set(known)
    return sorted({f"{each.where}: {each.code} has no sentence" for each in used if each.code not in known})


def unfilled(used: Iterable[Used], templates: dict[str, str]) -> list[str]:
    """Find refusals that leave a placeholder of their sentence empty."""
    findings = []
    for each in used:
        wanted = set(PLACEHOLDER.findall(templates.get(each.code, "")))
        if each.params is not None and wanted - each.params:
            findings.append(f"{each.where}: {each.code} does not say {sorted(wanted - each.params)}")
    return findings


def actions_of(module: Module) -> Iterator[Used]:
    """Yield the code of the words for every act that a module puts on record: `act_` and its name."""
    for name, call in calls(module.tree):
        if name in RECORDERS:
            given = [each.value for each in call.keywords if each.arg == "action"]
            yield from (Used(module.at(call, name), f"act_{text}", None) for text in _texts(given))


def all_codes() -> list[Used]:
    """Return every code in the product's source."""
    errors = error_classes(modules())
    return [used for module in modules() for used in codes_of(module, errors)]


def test_every_code_has_a_sentence():
    findings = without_sentence(all_codes(), known_codes())
    assert not findings, say(findings)


def test_every_refusal_fills_its_sentence():
    templates = {code: sentence(code) for code in known_codes()}
    findings = unfilled(all_codes(), templates)
    assert not findings, say(findings)


def test_every_act_on_record_has_a_sentence():
    used = [used for module in modules() for used in actions_of(module)]
    findings = without_sentence(used, known_codes())
    assert used
    assert not findings, say(findings)


def test_forgotten_sentences_are_found():
    module = sample(
        "class Spent(Refused):\n    pass\n"
        "def act(x):\n    raise Spent('a')\n"
        "def other(x):\n    raise Denied('b' if x else 'c', place=1)\n"
        "def third(x):\n    raise Invalid('d', fields=(FieldProblem('name', 'e', (('least', 3),)),), **x)\n"
        "def fourth():\n    raise NotFound\n"
    )
    errors = error_classes(
        [module, sample("class Refused(CotraceError): ...\nclass Denied(CotraceError): ...")]
    )
    used = list(codes_of(module, errors | {"Invalid"}))
    assert {each.code: each.params for each in used} == {
        "a": frozenset(),
        "b": frozenset({"place"}),
        "c": frozenset({"place"}),
        "d": None,
        "e": frozenset({"least"}),
        "not_found": frozenset(),
    }
    assert len(without_sentence(used, {"a", "b", "c", "d", "not_found"})) == 1
    assert unfilled(used, {"a": "At %(place)s"})
    assert not unfilled(used, {"b": "At %(place)s", "e": "%(least)d", "d": "%(any)s"})
    recorded = list(actions_of(sample("record(principal, action='thing.done')")))
    assert without_sentence(recorded, {"thing.done"})
    assert not without_sentence(recorded, {"act_thing.done"})
