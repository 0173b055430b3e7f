"""Who gets which field of a seizure: the table people review."""

import csv
from pathlib import Path

from cotrace.seizures.rules.disclosure import FIELD_LEVELS, discloses
from cotrace.sharing.rules.levels import Level

REVIEWED = Path(__file__).parent / "disclosure.csv"


def test_the_table_is_the_one_that_was_reviewed() -> None:
    with REVIEWED.open(encoding="utf-8", newline="") as source:
        reviewed = {row["field"]: Level[row["level"]] for row in csv.DictReader(source)}
    assert reviewed == FIELD_LEVELS


def test_a_higher_level_never_discloses_less() -> None:
    for field in FIELD_LEVELS:
        seen = [discloses(level, field) for level in Level]
        assert seen == sorted(seen)


def test_below_pointer_nothing_is_disclosed() -> None:
    assert not any(discloses(Level.WATCH_DESK, field) for field in FIELD_LEVELS)
