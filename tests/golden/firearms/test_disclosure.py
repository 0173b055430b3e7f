"""Which field of a gun each level discloses, as reviewed in disclosure.txt; every field of the read model is decided."""

from dataclasses import fields
from pathlib import Path

from cotrace.firearms.reads import FirearmRead
from cotrace.firearms.rules.disclosure import FIELD_LEVELS

REVIEWED = Path(__file__).parent / "disclosure.txt"


def test_the_table_is_the_reviewed_one() -> None:
    lines = [f"{field} {level.name}" for field, level in sorted(FIELD_LEVELS.items())]
    assert lines == REVIEWED.read_text("utf-8").splitlines()


def test_every_field_of_the_read_model_has_its_level() -> None:
    assert {each.name for each in fields(FirearmRead)} - {"level"} == set(FIELD_LEVELS)
