"""A circle grows and shrinks only by those who see all of it, and nobody raises their own level."""

from datetime import date

import pytest

from cotrace.agencies.selectors import principal_of_member
from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.files.rules.words import Reason
from cotrace.foundation import outbox
from cotrace.foundation.errors import Denied, Invalid, NotFound, Refused
from cotrace.foundation.principal import Door
from cotrace.notices.models import Notice
from cotrace.seizures.rules.completeness import Amount, SeizureValues
from cotrace.seizures.rules.search import SeizureFilter
from cotrace.seizures.selectors import seizure_get, seizure_list
from cotrace.seizures.services.record import Visibility, seizure_record
from cotrace.sharing.models import CircleMember
from cotrace.sharing.permissions import SharingPermission
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.circles import circle_get, circle_list
from cotrace.sharing.services.circles import circle_add, circle_open, circle_remove
from tests.support.world import agencies_exist, member, without

pytestmark = pytest.mark.django_db
PLAIN = SeizureValues(
    occurred_on=date(2026, 2, 1), amounts={}, detained=Amount(quantity=None, reason=Reason.BLANK)
)


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


def secret_of(circle: str) -> str:
    return seizure_record(person("ana"), values=PLAIN, visibility=Visibility(circle=circle))


def sees(name: str, number: str) -> bool:
    """Tell whether somebody finds a seizure, by its number and in the list alike."""
    who = person(name)
    listed = {each.number for each in seizure_list(who, where=SeizureFilter()).rows}
    try:
        seizure_get(who, number=number)
    except NotFound:
        assert number not in listed
        return False
    assert number in listed
    return True


def test_whoever_is_taken_out_sees_nothing_from_that_moment(circle) -> None:
    circle_add(person("ana"), circle=circle, member=person("eva").id)
    number = secret_of(circle)
    assert sees("eva", number)
    circle_remove(person("ana"), circle=circle, member=person("eva").id)
    assert not sees("eva", number)
    assert circle_list(person("eva")) == []
    with pytest.raises(NotFound):
        circle_get(person("eva"), number=circle)
    with pytest.raises(Invalid):
        seizure_record(person("eva"), values=PLAIN, visibility=Visibility(circle=circle))


def test_the_removal_is_on_record_and_told_to_both_sides(circle) -> None:
    for name in ("eva", "otto"):
        circle_add(person("ana"), circle=circle, member=person(name).id)
    circle_remove(person("ana"), circle=circle, member=person("eva").id)
    outbox.drain()
    event = AuditEvent.objects.get(action="circle.member_removed")
    assert (event.chain, event.actor, event.subject) == ("FGR", person("ana").id, circle)
    assert person("eva").id in AuditDetail.objects.get(event_id=event.pk).detail
    told = set(Notice.objects.filter(code__startswith="notice_circle").values_list("recipient", "code", "page"))
    assert told == {
        (person("eva").id, "notice_circle_left", ""),
        (person("otto").id, "notice_circle_smaller", "sharing:circle"),
    }
    circle_add(person("ana"), circle=circle, member=person("eva").id)
    circle_remove(person("ana"), circle=circle, member=person("eva").id)
    outbox.drain()
    assert Notice.objects.filter(recipient=person("eva").id, code="notice_circle_left").count() == 2


def test_below_the_whole_one_takes_out_nobody_but_oneself(circle) -> None:
    with pytest.raises(Denied):
        circle_remove(person("luis"), circle=circle, member=person("ana").id)
    circle_remove(person("luis"), circle=circle, member=person("luis").id)
    outbox.drain()
    assert CircleMember.objects.filter(circle=circle).count() == 1
    assert set(Notice.objects.values_list("recipient", flat=True)) == {person("ana").id}


def test_the_last_who_sees_everything_stays_until_there_is_another(circle) -> None:
    with pytest.raises(Refused) as refusal:
        circle_remove(person("ana"), circle=circle, member=person("ana").id)
    assert refusal.value.code == "circle_needs_somebody"
    circle_add(person("ana"), circle=circle, member=person("eva").id)
    circle_remove(person("ana"), circle=circle, member=person("ana").id)
    circle_remove(person("eva"), circle=circle, member=person("luis").id)
    assert set(CircleMember.objects.values_list("member", flat=True)) == {person("eva").id}


def test_an_outsider_removes_nobody_and_whoever_is_not_inside_is_not_found(circle) -> None:
    for who, member_id in (
        (person("eva"), person("luis").id),
        (person("tom", "ATF"), person("luis").id),
        (person("ana"), person("eva").id),
        (person("ana"), "nobody"),
    ):
        with pytest.raises(NotFound):
            circle_remove(who, circle=circle, member=member_id)
    with pytest.raises(Denied):
        circle_remove(without(person("ana"), SharingPermission.CIRCLE_MANAGE), circle=circle, member=person("luis").id)
    assert CircleMember.objects.count() == 2
