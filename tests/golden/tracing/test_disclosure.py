"""Which field of a trace request each level discloses, as reviewed in disclosure.txt."""

from dataclasses import fields
from pathlib import Path

from cotrace.tracing.reads.requests import RequestRead
from cotrace.tracing.rules.disclosure import FIELD_LEVELS

REVIEWED = Path(__file__).parent / "disclosure.txt"
OWNERS_ALONE = {"level", "centre", "centre_installation", "centre_number", "has_result"}


def test_the_table_is_the_reviewed_one() -> None:
    lines = [f"{field} {level.name}" for field, level in sorted(FIELD_LEVELS.items())]
    assert lines == REVIEWED.read_text("utf-8").splitlines()


def test_every_field_of_the_read_model_has_its_level() -> None:
    assert {each.name for each in fields(RequestRead)} - OWNERS_ALONE == set(FIELD_LEVELS)
