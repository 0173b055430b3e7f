"""A level in a draft speaks of owners who can have such records, and a base fills in no more than it gives."""

import pytest

from cotrace.sharing.rules.agreements import Clause
from cotrace.sharing.rules.directions import Category, levels_between, pairs_of
from cotrace.sharing.rules.levels import Level

ANY = Category(kind="seizure")
CENTRE = Category(kind="trace", keepers=frozenset({"ATF"}))


@pytest.mark.parametrize(
    ("direction", "others", "pairs"),
    [
        ("theirs", ["ATF", "ICE"], {("FGR", "ATF"), ("FGR", "ICE")}),
        ("ours", ["ATF", "ICE"], {("ATF", "FGR"), ("ICE", "FGR")}),
        ("among", ["ATF", "ICE"], {("ATF", "ICE"), ("ICE", "ATF")}),
        ("among", ["ATF"], set()),
    ],
)
def test_a_direction_speaks_of_every_pair_of_owner_and_viewer(direction, others, pairs) -> None:
    assert set(pairs_of(direction, category=ANY, us="FGR", others=others)) == pairs


@pytest.mark.parametrize(
    ("direction", "pairs"), [("theirs", []), ("ours", [("ATF", "FGR")]), ("among", [("ATF", "ICE")])]
)
def test_records_that_few_agencies_keep_are_shared_by_those_alone(direction, pairs) -> None:
    assert pairs_of(direction, category=CENTRE, us="FGR", others=["ATF", "ICE"]) == pairs


def clause(viewer: str, level: Level, category: str = "seizure") -> Clause:
    return Clause(owner="FGR", viewer=viewer, category=category, level=level)


@pytest.mark.parametrize(
    ("clauses", "levels"),
    [
        ([], {Level.NOTHING}),
        ([clause("ATF", Level.FULL), clause("ICE", Level.FULL)], {Level.FULL}),
        ([clause("ATF", Level.FULL)], {Level.FULL, Level.NOTHING}),
        ([clause("ATF", Level.FULL, "*"), clause("ATF", Level.POINTER), clause("ICE", Level.FULL)], {Level.FULL}),
        ([clause("ATF", Level.FULL, "trace"), clause("ICE", Level.FULL, "trace")], {Level.NOTHING}),
    ],
)
def test_what_clauses_give_between_pairs_is_one_level_where_all_are_alike(clauses, levels) -> None:
    assert levels_between(clauses, category="seizure", pairs=[("FGR", "ATF"), ("FGR", "ICE")]) == levels
