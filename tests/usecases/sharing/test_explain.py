"""Why can I see this: the same answer as opening it gives, and a look like any other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import product

import pytest

from cotrace.firearms.selectors import firearm_get, firearm_list
from cotrace.firearms.services import firearm_describe
from cotrace.foundation.errors import CotraceError, NotFound
from cotrace.foundation.principal import Principal
from cotrace.foundation.request_id import request_id
from cotrace.seizures.selectors import seizure_get
from cotrace.seizures.services.record import Visibility, seizure_restrict
from cotrace.sharing.holding import holding_kinds
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.explain import access_explain, access_looked, access_who
from cotrace.sharing.services.circles import circle_open
from cotrace.tracing.models import Trace
from cotrace.tracing.selectors.centre import own_trace
from cotrace.tracing.selectors.requests import request_get
from tests.support.pages import cast_exists, seizure_exists
from tests.support.two_worlds_tracing import gun, submitted
from tests.support.world import agent, memorandum
from tests.usecases.tracing.world import centre_exists

pytestmark = pytest.mark.django_db
OWNER, READER = agent("FGE-SON"), agent("ICE")


@dataclass(frozen=True)
class Opened:
    """A record, and the level at which opening it shows it."""

    kind: str
    number: str
    level: Callable[[Principal, str], Level]


def _trace_level(who: Principal, number: str) -> Level:
    own_trace(who, number=number)
    return Level.FULL


LEVEL_OF: dict[str, Callable[[Principal, str], Level]] = {
    "seizure": lambda who, number: seizure_get(who, number=number).level,
    "firearm": lambda who, number: firearm_get(who, number=number).level,
    "trace_request": lambda who, number: request_get(who, number=number).level,
    "trace": _trace_level,
}


@pytest.fixture(autouse=True)
def cast(db, stopped_clock) -> None:
    cast_exists()
    centre_exists()


@pytest.fixture
def records() -> list[Opened]:
    """A seizure, a gun of it, a request that follows it, one that does not, and the centre's two traces."""
    seizure = seizure_exists("FGE-SON", occurred_on=date(2024, 1, 20))
    found = [
        ("seizure", seizure),
        ("firearm", firearm_describe(OWNER, seizure=seizure, values=gun("F-1"))),
        ("trace_request", submitted(OWNER, "F-1", seizure_number=seizure)),
        ("trace_request", submitted(OWNER, "F-2")),
        *(("trace", number) for number in Trace.objects.values_list("pk", flat=True)),
    ]
    assert len(found) == 6
    return [Opened(kind, number, LEVEL_OF[kind]) for kind, number in found]


def level_opened(record: Opened, who: Principal) -> Level:
    try:
        return record.level(who, record.number)
    except NotFound:
        return Level.NOTHING


def level_explained(record: Opened, who: Principal) -> Level:
    try:
        seen = access_explain(who, number=record.number)
    except NotFound:
        return Level.NOTHING
    assert seen.level == seen.decision.level == min(seen.decision.grant, seen.decision.cap, seen.decision.circle)
    return seen.level


READERS = [agent(code) for code in ("FGE-SON", "ICE", "ATF", "FGR", "PD-EP")] + [agent("FGE-SON", name="outsider")]
GIVEN = [None, Level.POINTER, Level.TEAR_LINE, Level.FULL]


def agree(records: list[Opened]) -> None:
    for record, who in product(records, READERS):
        assert level_explained(record, who) == level_opened(record, who), (record.kind, who.id)


def test_every_kind_of_record_is_compared() -> None:
    assert {each.kind for each in holding_kinds()} - {"thing"} == set(LEVEL_OF)


@pytest.mark.parametrize("guns", GIVEN)
@pytest.mark.parametrize("seizures", GIVEN)
def test_explaining_and_opening_agree_under_any_memorandum(records, seizures, guns) -> None:
    given = {"seizure": seizures, "firearm": guns, "trace_request": guns}
    for category, level in given.items():
        if level is not None:
            memorandum(owner="FGE-SON", viewer="ICE", category=category, level=level)
    agree(records)
    seen = {each.kind: level_explained(each, READER) for each in records}
    assert seen["firearm"] == min(seizures or Level.NOTHING, guns or Level.NOTHING)
    assert seen["trace_request"] == (guns or Level.NOTHING)


@pytest.mark.parametrize("cap", [Level.NOTHING, Level.POINTER, Level.TEAR_LINE, Level.FULL])
def test_explaining_and_opening_agree_under_any_limit_of_the_owner(records, cap) -> None:
    memorandum(owner="FGE-SON", viewer="ICE", category="*", level=Level.FULL)
    seizure_restrict(OWNER, number=records[0].number, visibility=Visibility(cap=cap))
    agree(records)


def test_explaining_and_opening_agree_in_a_circle(records) -> None:
    memorandum(owner="FGE-SON", viewer="ICE", category="*", level=Level.FULL)
    circle = circle_open(OWNER, name="Few")
    seizure_restrict(OWNER, number=records[0].number, visibility=Visibility(circle=circle))
    agree(records)
    assert level_explained(records[1], agent("FGE-SON", name="outsider")) == Level.NOTHING


def test_the_guns_of_a_seizure_are_listed_at_the_level_they_are_opened_at(records) -> None:
    memorandum(owner="FGE-SON", viewer="ICE", category="seizure", level=Level.FULL)
    memorandum(owner="FGE-SON", viewer="ICE", category="firearm", level=Level.TEAR_LINE)
    listed = firearm_list(READER, seizure=records[0].number)
    assert [each.level for each in listed] == [level_opened(records[1], READER)] == [Level.TEAR_LINE]


def test_who_can_see_a_gun_is_who_can_open_it(records) -> None:
    gun_seen = records[1].number
    memorandum(owner="FGE-SON", viewer="ICE", category="firearm", level=Level.FULL)
    assert [each.agency for each in access_who(OWNER, number=gun_seen)] == ["FGE-SON"]
    number = memorandum(owner="FGE-SON", viewer="ICE", category="seizure", level=Level.TEAR_LINE)
    viewer = access_who(OWNER, number=gun_seen)[-1]
    assert (viewer.agency, viewer.level, viewer.agreement) == ("ICE", Level.TEAR_LINE, number)


def test_an_explanation_to_another_agency_is_on_record_with_the_owner(records) -> None:
    memorandum(owner="FGE-SON", viewer="ICE", category="*", level=Level.POINTER)
    for record in records[:4]:
        assert level_explained(record, READER) == Level.POINTER
        looks = access_looked(OWNER, number=record.number)
        assert [(each.agency, each.action) for each in looks if each.agency == "ICE"] == [("ICE", "access.explained")]


def test_an_explanation_to_its_owner_or_to_nobody_is_no_look(records) -> None:
    number = records[0].number
    access_explain(OWNER, number=number)
    for stranger in (READER, agent("PD-EP")):
        with pytest.raises(CotraceError):
            access_explain(stranger, number=number)
    assert access_looked(OWNER, number=number) == []


def test_one_request_that_showed_the_record_does_not_record_it_twice(records) -> None:
    memorandum(owner="FGE-SON", viewer="ICE", category="*", level=Level.FULL)
    number = records[0].number
    for name, first in (("one", seizure_get), ("two", access_explain)):
        token = request_id.set(name)
        first(READER, number=number)
        access_explain(READER, number=number)
        request_id.reset(token)
    assert [each.action for each in access_looked(OWNER, number=number)] == ["access.explained", "seizure.opened"]


def test_somebody_elses_look_is_not_ones_own(records) -> None:
    memorandum(owner="FGE-SON", viewer="ICE", category="*", level=Level.FULL)
    number = records[0].number
    token = request_id.set("one")
    seizure_get(READER, number=number)
    access_explain(agent("ICE", name="two"), number=number)
    request_id.reset(token)
    assert [each.action for each in access_looked(OWNER, number=number)] == ["access.explained", "seizure.opened"]
