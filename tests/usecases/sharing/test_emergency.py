"""An emergency session: opened with permission and reason, for a time, told to its owner; every look under it says so."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from cotrace.agencies.permissions import AgencyPermission
from cotrace.agencies.selectors import principal_of_member
from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.audit.services.sealing import seal_once
from cotrace.audit.services.verification import verify
from cotrace.firearms.selectors import firearm_get, firearm_list
from cotrace.firearms.services import firearm_describe
from cotrace.foundation import clock, outbox
from cotrace.foundation.errors import Denied, Invalid, NotFound
from cotrace.foundation.principal import Door, Principal, installation_principal
from cotrace.notices.models import Notice
from cotrace.reference.imports import reference_load
from cotrace.seizures.rules.search import SeizureFilter
from cotrace.seizures.selectors import seizure_export, seizure_get, seizure_list
from cotrace.seizures.services.record import Visibility, seizure_record
from cotrace.sharing.models import EmergencySession
from cotrace.sharing.permissions import SharingPermission
from cotrace.sharing.reads import LookRow
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.circles import emergency_current, emergency_get
from cotrace.sharing.selectors.explain import access_looked
from cotrace.sharing.services.circles import circle_open, emergency_close, emergency_open
from tests.support.pages import seizure_values
from tests.support.two_worlds_tracing import gun
from tests.support.world import agencies_exist, member, memorandum, without

pytestmark = pytest.mark.django_db
REASON = "A colleague was shot at near Caborca"


def person(name: str, agency: str = "FGR", **what: object) -> Principal:
    found = principal_of_member(member(agency, name=name, **what), door=Door.TEST)
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def world(db, stopped_clock) -> None:
    agencies_exist()
    reference_load(installation_principal())


@pytest.fixture
def insider() -> Principal:
    return person("ana")


@pytest.fixture
def watch() -> Principal:
    return person("luis")


@pytest.fixture
def secret(insider: Principal) -> str:
    """A seizure that only Ana's circle sees."""
    circle = circle_open(insider, name="Operación reservada")
    return seizure_record(insider, values=seizure_values(), visibility=Visibility(circle=circle))


def looks(insider: Principal, number: str) -> list[LookRow]:
    return [each for each in access_looked(insider, number=number) if each.person != "FGR ana"]


def test_without_permission_or_a_reason_or_a_time_within_the_hour_nothing_opens(watch, secret) -> None:
    with pytest.raises(Denied):
        emergency_open(without(watch, SharingPermission.EMERGENCY_OPEN), reason=REASON, minutes=10)
    for reason, minutes, field in (("  because I say  ", 10, "reason"), (REASON, 0, "minutes"), (REASON, 61, "minutes")):
        with pytest.raises(Invalid) as refusal:
            emergency_open(watch, reason=reason, minutes=minutes)
        assert [each.field for each in refusal.value.fields] == [field]
    assert not EmergencySession.objects.exists() and not AuditEvent.objects.filter(action="emergency.opened").exists()
    with pytest.raises(NotFound):
        seizure_get(watch, number=secret)


def test_it_opens_the_agencys_own_records_for_its_time_and_no_longer(watch, secret, stopped_clock) -> None:
    emergency_open(watch, reason=REASON, minutes=10)
    assert seizure_get(watch, number=secret).number == secret
    with clock.frozen_at(stopped_clock + timedelta(minutes=9, seconds=59)):
        assert seizure_get(watch, number=secret).number == secret
    with clock.frozen_at(stopped_clock + timedelta(minutes=10)):
        assert emergency_current(watch) is None
        with pytest.raises(NotFound):
            seizure_get(watch, number=secret)
        assert seizure_list(watch, where=SeizureFilter()).rows == ()


def test_it_is_closed_at_once_by_whoever_opened_it(watch, secret) -> None:
    emergency_open(watch, reason=REASON, minutes=10)
    assert emergency_close(watch) == 1
    with pytest.raises(NotFound):
        seizure_get(watch, number=secret)
    assert AuditEvent.objects.filter(action="emergency.closed", chain="FGR").count() == 1


def test_it_counts_in_the_session_that_opened_it_and_in_no_other_of_the_same_person(watch, secret) -> None:
    """Whoever holds a token of hers, or another browser, sees no more because she opened one."""
    here, there, token = (replace(watch, session=name) for name in ("desk", "phone", "token:17"))
    number = emergency_open(here, reason=REASON, minutes=10)
    assert seizure_get(here, number=secret).number == secret
    assert [row.number for row in seizure_list(here, where=SeizureFilter()).rows] == [secret]
    for other in (there, token, watch):
        with pytest.raises(NotFound):
            seizure_get(other, number=secret)
        assert seizure_list(other, where=SeizureFilter()).rows == ()
        assert emergency_current(other) is None
    assert emergency_current(here).number == number
    assert emergency_close(there) == 1
    with pytest.raises(NotFound):
        seizure_get(here, number=secret)


def test_it_opens_nothing_for_colleagues_nor_of_another_agency(watch, insider) -> None:
    stranger = person("tom", "ATF")
    circle = circle_open(stranger, name="Theirs")
    theirs = seizure_record(
        stranger, values=seizure_values(participants=()), visibility=Visibility(circle=circle)
    )
    memorandum(owner="ATF", viewer="FGR", category="seizure", level=Level.FULL)
    number = emergency_open(watch, reason=REASON, minutes=10)
    with pytest.raises(NotFound):
        seizure_get(watch, number=theirs)
    with pytest.raises(NotFound):
        emergency_get(stranger, number=number)
    plain = person("eva", permissions=[SharingPermission.EXPLAIN])
    with pytest.raises(NotFound):
        emergency_get(plain, number=number)


def test_those_who_watch_over_the_agency_are_told_and_nobody_else(watch, insider) -> None:
    keeper = person("iris", permissions=[SharingPermission.WHO_LOOKED])
    chief = person("otto", permissions=[AgencyPermission.MEMBER_MANAGE])
    person("eva", permissions=[SharingPermission.EXPLAIN])
    person("tom", "ATF")
    number = emergency_open(watch, reason=REASON, minutes=10)
    outbox.drain()
    told = Notice.objects.filter(code="notice_emergency_opened", subject=number)
    assert set(told.values_list("recipient", flat=True)) == {insider.id, keeper.id, chief.id}
    assert set(told.values_list("page", flat=True)) == {"sharing:emergency_session"}
    assert emergency_get(keeper, number=number).reason == REASON
    assert REASON not in str(list(Notice.objects.values())), "a reason is read on its page, not in a notice"


def test_the_owner_reads_the_session_and_its_reason_of_every_look_under_it(watch, insider, secret) -> None:
    firearm = firearm_describe(insider, seizure=secret, values=gun("F-1"))
    number = emergency_open(watch, reason=REASON, minutes=10)
    seizure_get(watch, number=secret)
    seizure_list(watch, where=SeizureFilter())
    seizure_list(watch, where=SeizureFilter(text="imuris"))
    seizure_export(watch, where=SeizureFilter())
    firearm_list(watch, seizure=secret)
    firearm_get(watch, number=firearm)
    found = looks(insider, secret)
    assert [each.action for each in found] == [
        "seizure.exported", "seizure.listed", "seizure.listed", "seizure.opened",
    ]  # fmt: skip
    assert {(each.person, each.emergency, each.reason) for each in found} == {("FGR luis", number, REASON)}
    guns = looks(insider, firearm)
    assert [each.action for each in guns] == ["firearm.opened", "firearm.listed"]
    assert {(each.emergency, each.reason) for each in guns} == {(number, REASON)}


def test_a_look_that_needed_no_session_is_not_marked_though_one_is_open(watch, insider, secret) -> None:
    plain = seizure_record(insider, values=seizure_values(place="elsewhere"))
    emergency_open(watch, reason=REASON, minutes=10)
    seizure_get(watch, number=plain)
    seizure_list(watch, where=SeizureFilter())
    found = looks(insider, plain)
    assert [(each.action, each.emergency, each.reason) for each in found] == [("seizure.opened", "", "")]


def test_of_two_sessions_each_look_names_its_own(watch, insider, secret, stopped_clock) -> None:
    first = emergency_open(watch, reason=REASON, minutes=10)
    seizure_get(watch, number=secret)
    with clock.frozen_at(stopped_clock + timedelta(hours=2)):
        second = emergency_open(watch, reason="The convoy has reached the warehouse", minutes=10)
        seizure_get(watch, number=secret)
    assert [each.emergency for each in looks(insider, secret)] == [second, first]
    assert [each.reason for each in looks(insider, secret)] == ["The convoy has reached the warehouse", REASON]


def test_the_mark_is_under_the_seal_of_the_log_and_cannot_be_taken_away(watch, insider, secret) -> None:
    emergency_open(watch, reason=REASON, minutes=10)
    seizure_get(watch, number=secret)
    while seal_once():
        pass
    assert verify().is_intact
    opened = AuditEvent.objects.get(action="seizure.opened", actor=watch.id)
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditDetail.objects.filter(event_id=opened.pk).update(detail="{}")
    assert looks(insider, secret)[0].reason == REASON
