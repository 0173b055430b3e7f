"""Every code that this room's rules, documents and connectors can give has its sentence in both languages."""

import re
from pathlib import Path

import pytest
from django.utils import translation

import cotrace.exchange
import cotrace.tracing
from cotrace.doors.sentences import known_codes, sentence
from cotrace.exchange.rules.judgement import Refusal
from cotrace.exchange.sentences import SENTENCES as EXCHANGE_SENTENCES
from cotrace.tracing.reads.sentences import RULE_SENTENCES
from cotrace.tracing.rules.completeness import CONTRADICTIONS, REQUIREMENTS
from cotrace.tracing.rules.connector_failures import ConnectorFailure

HOMES = [Path(next(iter(room.__path__))) for room in (cotrace.tracing, cotrace.exchange)]
RAISED = re.compile(
    r"(?:(?:Invalid|Refused|Unavailable)\(|\.problem\([^,()]+,|FieldProblem\([^,()]+,|finish\()\s*\"([a-z_]+)\""
)
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


TABLES = {**EXCHANGE_SENTENCES, **RULE_SENTENCES}
TOLD = {refusal.value for refusal in Refusal} | set(RULE_SENTENCES)


def codes_in_source() -> set[str]:
    """The codes that stand as text where rules, imports and exports refuse something."""
    files = [
        path
        for home in HOMES
        for folder in ("rules", "imports", "exports")
        for path in (home / folder).rglob("*.py")
    ]
    return {code for path in files for code in RAISED.findall(path.read_text("utf-8"))}


def test_every_code_raised_has_a_sentence() -> None:
    codes = codes_in_source()
    assert len(codes) > 40
    assert codes - known_codes() == set()


def test_every_code_of_a_table_has_a_sentence() -> None:
    codes = {rule.code for rule in (*REQUIREMENTS, *CONTRADICTIONS)}
    codes |= {failure.value for failure in ConnectorFailure} | {refusal.value for refusal in Refusal}
    assert codes - known_codes() == set()


@pytest.mark.parametrize("code", sorted(TOLD))
def test_a_sentence_is_told_in_spanish_with_its_values_filled_in(code: str) -> None:
    names = PLACEHOLDER.findall(TABLES[code])
    values = {name: f"<{name}>" for name in names}
    with translation.override("en"):
        english = sentence(code, values)
    with translation.override("es"):
        spanish = sentence(code, values)
    assert spanish != english
    assert all(value in spanish for value in values.values())
    assert "%(" not in spanish
