"""A circle grows only by those who see all of it, and nobody raises their own level."""

import pytest

from cotrace.agencies.selectors import principal_of_member
from cotrace.foundation.errors import Denied, Invalid, NotFound
from cotrace.foundation.principal import Door
from cotrace.sharing.models import CircleMember
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.circles import circle_add, circle_open
from tests.support.world import agencies_exist, member

pytestmark = pytest.mark.django_db


def person(name: str, agency: str = "FGR"):
    found = principal_of_member(member(agency, name=name), door=Door.TEST)
    assert found is not None
    return found


@pytest.fixture
def circle(db, stopped_clock) -> str:
    agencies_exist()
    number = circle_open(person("ana"), name="Operación reservada")
    circle_add(person("ana"), circle=number, member=person("luis").id, level=Level.POINTER)
    return number


def test_a_member_below_full_cannot_raise_their_own_level(circle) -> None:
    with pytest.raises(Denied):
        circle_add(person("luis"), circle=circle, member=person("luis").id, level=Level.FULL)
    assert CircleMember.objects.get(member=person("luis").id).level == Level.POINTER


def test_a_member_below_full_adds_nobody(circle) -> None:
    with pytest.raises(Denied):
        circle_add(person("luis"), circle=circle, member=person("eva").id)


def test_adding_somebody_again_changes_nothing(circle) -> None:
    with pytest.raises(Invalid):
        circle_add(person("ana"), circle=circle, member=person("luis").id, level=Level.FULL)
    assert CircleMember.objects.get(member=person("luis").id).level == Level.POINTER


def test_an_outsider_finds_no_circle_and_a_stranger_is_never_added(circle) -> None:
    with pytest.raises(NotFound):
        circle_add(person("eva"), circle=circle, member=person("eva").id)
    with pytest.raises(Invalid):
        circle_add(person("ana"), circle=circle, member=person("agent", "ATF").id)
