"""Every code of this room has a sentence, and every place that raises one has its parameters."""

import ast
import re
from pathlib import Path

import cotrace.files
from cotrace.files.rules.mapping import _CODES
from cotrace.files.rules.problems import Code
from cotrace.files.rules.words import Reason
from cotrace.files.sentences import BESIDE_THEIR_CELL, REASONS, SENTENCES

ROOM = Path(cotrace.files.__path__[0])
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
IN_REPORTS = {"column_missing", "column_unknown", "column_repeated", "companion_missing"}
"""Codes of the lists in a dry run's report."""
OF_ORIGINALS = {
    *("attachment_missing_original", "attachment_changed_original", "attachment_changed_hash", "attachment_unlogged"),
}
"""Codes of what the verification of originals finds."""
SAID_OTHERWISE = {"attachment_no_file", "attachment_too_many_at_once", "picture_too_heavy"}
"""Codes that a form says, or that the darkroom tells its parent."""
OF_DOORS = {"required", "text_unseen"}
"""Codes whose sentences are everybody's."""


def raised() -> dict[str, set[str]]:
    """Every code of a refusal or `FieldProblem` in this room, with the parameters it is given."""
    found: dict[str, set[str]] = {code: set() for code in (*_CODES.values(), "mapping_value_wrong")}
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                names = {keyword.arg for keyword in node.keywords if keyword.arg} - {"fields", "code"}
                told = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "code")]
                if node.func.id in {"Invalid", "Unavailable", "Refused"}:
                    found |= {code: found.get(code, names) & names for code in _constants(told[:1])}
                elif node.func.id == "FieldProblem":
                    found |= {code: _named(told[2:]) for code in _constants(told[1:2] or told)}
    return {code: names for code, names in found.items() if code not in OF_DOORS}


def _named(nodes: list[ast.expr]) -> set[str]:
    """The names of a problem's parameters."""
    inside = (each for node in nodes for each in ast.walk(node))
    return {each.value for each in inside if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def _constants(nodes: list[ast.expr]) -> set[str]:
    """The texts an expression can be: one constant, or the two of a condition."""
    ends = [
        end
        for node in nodes
        for end in ((node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,))
    ]
    return {end.value for end in ends if isinstance(end, ast.Constant) and isinstance(end.value, str)}


def test_every_problem_of_a_row_has_a_sentence_that_says_which_row() -> None:
    for code in Code:
        names = set(PLACEHOLDER.findall(SENTENCES[code]))
        assert "row" in names
        assert names <= {"row", "column", "value"}


def test_beside_its_cell_a_problem_names_no_row_and_is_the_rest_of_its_sentence() -> None:
    assert BESIDE_THEIR_CELL.keys() == set(Code)
    for code, said in BESIDE_THEIR_CELL.items():
        assert "row" not in PLACEHOLDER.findall(said)
        assert SENTENCES[code].endswith(said[20:]), code


def test_every_reason_has_its_words() -> None:
    assert REASONS.keys() == set(Reason)


def test_every_refusal_has_a_sentence_whose_parameters_it_carries() -> None:
    codes = raised()
    assert len(codes) > 40
    for code, names in codes.items():
        assert set(PLACEHOLDER.findall(SENTENCES[code])) <= names, code


def test_no_sentence_is_left_over() -> None:
    acts = {code for code in SENTENCES if code.startswith("act_attachment.")}
    assert SENTENCES.keys() == raised().keys() | IN_REPORTS | OF_ORIGINALS | SAID_OTHERWISE | acts | set(Code)
