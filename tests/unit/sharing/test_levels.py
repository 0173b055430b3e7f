"""The level is the least of grant, cap and circle; nothing is the default."""

from datetime import UTC, datetime, timedelta

import pytest

from cotrace.sharing.rules.levels import GrantValue, Level, Reader, Shelf, decide

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def shelf(*, cap: Level = Level.FULL, circle: str = "") -> Shelf:
    return Shelf(id=1, owner="FGR", kind="seizure", category="seizure", cap=cap, circle=circle)


def grant(**changes: object) -> GrantValue:
    values: dict[str, object] = {
        "viewer": "ATF",
        "owner": "FGR",
        "category": "seizure",
        "purpose": "",
        "level": Level.TEAR_LINE,
        "valid_from_at": NOW - timedelta(days=1),
        "valid_to_at": NOW + timedelta(days=1),
        "agreement": "AG-1",
    }
    return GrantValue(**(values | changes))  # type: ignore[arg-type]


def level(reader: Reader, on: Shelf, *grants: GrantValue) -> Level:
    return decide(reader, shelf=on, grants=grants, at=NOW).level


ATF = Reader(agency="ATF", purpose="criminal_investigation")
FGR = Reader(agency="FGR", purpose="criminal_investigation")


def test_the_owner_sees_all_of_it_whatever_the_cap() -> None:
    assert level(FGR, shelf(cap=Level.NOTHING)) == Level.FULL


def test_without_a_grant_another_agency_sees_nothing() -> None:
    assert level(ATF, shelf()) == Level.NOTHING


def test_without_an_agency_nobody_sees_anything() -> None:
    assert level(Reader(agency="", purpose=""), shelf(), grant(viewer="", owner="")) == Level.NOTHING


@pytest.mark.parametrize("cap", list(Level))
@pytest.mark.parametrize("granted", list(Level))
def test_a_viewer_gets_the_least_of_grant_and_cap(cap: Level, granted: Level) -> None:
    assert level(ATF, shelf(cap=cap), grant(level=granted)) == min(cap, granted)


@pytest.mark.parametrize(
    "unfitting",
    [
        {"viewer": "ICE"},
        {"owner": "SEDENA"},
        {"category": "trace"},
        {"purpose": "immigration"},
        {"valid_from_at": NOW + timedelta(seconds=1)},
        {"valid_to_at": NOW},
    ],
)
def test_a_grant_that_speaks_of_something_else_gives_nothing(unfitting: dict[str, object]) -> None:
    assert level(ATF, shelf(), grant(**unfitting)) == Level.NOTHING


def test_an_outsider_of_the_circle_sees_nothing_even_in_the_owners_agency() -> None:
    assert level(FGR, shelf(circle="CI-1")) == Level.NOTHING
    assert level(ATF, shelf(circle="CI-1"), grant(level=Level.FULL)) == Level.NOTHING


def test_a_circle_member_sees_at_most_the_circles_level() -> None:
    insider = Reader(agency="FGR", purpose="", circles=(("CI-1", Level.POINTER),))
    assert level(insider, shelf(circle="CI-1")) == Level.POINTER


def test_an_emergency_opens_circles_of_ones_own_agency_and_of_no_other() -> None:
    own = Reader(agency="FGR", purpose="", is_emergency=True)
    foreign = Reader(agency="ATF", purpose="", is_emergency=True)
    assert decide(own, shelf=shelf(circle="CI-1"), grants=[], at=NOW).is_emergency
    assert level(own, shelf(circle="CI-1")) == Level.FULL
    assert level(foreign, shelf(circle="CI-1"), grant(level=Level.FULL)) == Level.NOTHING


def test_the_best_of_several_grants_counts_and_is_named() -> None:
    made = decide(ATF, shelf=shelf(), grants=[grant(), grant(level=Level.FULL, agreement="AG-2")], at=NOW)
    assert (made.level, made.agreement) == (Level.FULL, "AG-2")
