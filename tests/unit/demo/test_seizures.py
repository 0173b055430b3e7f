"""The synthetic world is the same for the same seed, and every seizure in it could be kept."""

import csv
from datetime import date
from pathlib import Path

import cotrace.reference
from cotrace.demo.rules.seizures import BEATS, synthetic_seizures
from cotrace.seizures.rules.completeness import value_problems
from cotrace.sharing.rules.levels import Level

TODAY = date(2026, 3, 2)
DATA = Path(cotrace.reference.__file__).parent / "data"


def codes(name: str) -> frozenset[str]:
    with (DATA / name).open(encoding="utf-8", newline="") as source:
        return frozenset(row["code"] for row in csv.DictReader(source))


def test_the_same_seed_gives_the_same_seizures_and_another_seed_others() -> None:
    once = synthetic_seizures(1, count=50, today=TODAY)
    assert once == synthetic_seizures(1, count=50, today=TODAY)
    assert once != synthetic_seizures(2, count=50, today=TODAY)


def test_every_seizure_is_complete_and_lies_in_its_beats_state() -> None:
    states = codes("inegi_states.csv") | codes("us_states.csv")
    municipios = codes("inegi_municipios.csv")
    for each in synthetic_seizures(1, count=400, today=TODAY):
        assert not value_problems(each.values, today=TODAY, states=states, municipios=municipios)


def test_every_owner_every_cap_and_some_restricted_ones_occur() -> None:
    drawn = synthetic_seizures(1, count=2000, today=TODAY)
    assert {each.owner for each in drawn} == {beat.owner for beat in BEATS}
    assert {each.cap for each in drawn} == set(Level) - {Level.WATCH_DESK}
    assert any(each.is_restricted for each in drawn)


def test_the_words_say_that_nothing_is_real() -> None:
    marks = ("Synthetic.", "Sintético.")
    assert all(each.values.notes.startswith(marks) for each in synthetic_seizures(1, count=50, today=TODAY))
