"""An administrator makes no second self that watches the first; what they do to accounts is told to those who watch."""

from dataclasses import replace
from uuid import UUID

import pytest

from cotrace.agencies.models import Member, MemberRole
from cotrace.agencies.selectors.members import member_get
from cotrace.agencies.selectors.principals import principal_of_member
from cotrace.agencies.services.members import (
    NewMember,
    member_add,
    member_close,
    member_factors_reset,
    member_reopen,
)
from cotrace.agencies.services.passwords import link_make
from cotrace.agencies.services.roles import RoleLine, member_roles_set, role_give, role_take, roles_load
from cotrace.audit.models import AuditEvent
from cotrace.foundation import outbox
from cotrace.foundation.errors import Invalid, NotFound, Refused
from cotrace.foundation.principal import Door, Principal, installation_principal
from cotrace.notices.models import Notice
from cotrace.notices.selectors import inbox
from tests.support.sign_in import PASSWORD, member_exists, roles_exist

pytestmark = pytest.mark.django_db
NEW = NewMember(email="eva@fgr.example", name="Eva", agency="FGR", roles=("expert",))
WATCHING = ["auditor", "security_officer"]


def who(member: Member) -> Principal:
    found = principal_of_member(Member.objects.get(pk=member.pk), door=Door.WEB, session="admin")
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def every_role() -> None:
    roles_exist()


@pytest.fixture
def admin() -> Principal:
    return who(member_exists(name="Adela Admin", roles=("agency_admin",)))


@pytest.fixture
def ana() -> Member:
    return member_exists(password=PASSWORD, has_app=True, roles=("analyst",))


@pytest.fixture
def officer() -> Member:
    return member_exists(name="Ida Cruz", roles=("security_officer", "analyst"), has_app=True)


def roles_of(member: Member | str) -> list[str]:
    rows = MemberRole.objects.filter(member=getattr(member, "pk", member)).order_by("role_id")
    return [*rows.values_list("role_id", flat=True)]


def told(member: Member) -> list[tuple[str, str]]:
    """Return what a member's inbox says, and of whom."""
    while outbox.drain():
        pass
    return sorted((each.code.removeprefix("notice_account_"), each.person) for each in inbox(who(member)))


@pytest.mark.parametrize("role", WATCHING)
def test_an_administrator_gives_no_role_that_watches(admin: Principal, ana: Member, role: str) -> None:
    for act in (
        lambda: member_add(admin, new=replace(NEW, roles=("expert", role))),
        lambda: member_roles_set(admin, member=ana.pk, roles=["analyst", role]),
    ):
        with pytest.raises(Invalid) as refused:
            act()
        assert [(each.field, each.code) for each in refused.value.fields] == [("roles", "role_watches")]
    assert roles_of(ana) == ["analyst"] and not Member.objects.filter(email=NEW.email).exists()


def test_a_role_of_an_agencys_own_that_reads_the_log_is_kept_from_administrators_too(admin, ana) -> None:
    own = RoleLine(code="inspector", label_en="Inspector", label_es="Inspector", permissions=("audit.read",))
    roles_load(installation_principal(), lines=[own])
    with pytest.raises(Invalid):
        member_roles_set(admin, member=ana.pk, roles=["inspector"])


def test_an_administrator_changes_the_other_roles_of_whoever_watches_and_leaves_that_one(admin, officer) -> None:
    member_roles_set(admin, member=officer.pk, roles=["expert"])
    assert roles_of(officer) == ["expert", "security_officer"]
    member_roles_set(admin, member=officer.pk, roles=["expert", "security_officer"])
    assert roles_of(officer) == ["expert", "security_officer"]


@pytest.mark.parametrize("way_in", [link_make, member_factors_reset])
def test_an_administrator_gets_no_way_into_an_account_that_watches(admin, officer, ana, way_in) -> None:
    with pytest.raises(Refused, match="account_watches"):
        way_in(admin, member=officer.pk)
    way_in(admin, member=ana.pk)
    way_in(installation_principal(), member=officer.pk)


@pytest.mark.parametrize("role", WATCHING)
def test_an_administrator_closes_no_account_that_watches_and_opens_none_again(admin, role: str) -> None:
    watcher = member_exists(name="Leo Paz", roles=(role,), has_app=True)
    with pytest.raises(Refused, match="account_watches"):
        member_close(admin, member=watcher.pk)
    assert Member.objects.get(pk=watcher.pk).is_active
    member_close(installation_principal(), member=watcher.pk)
    with pytest.raises(Refused, match="account_watches"):
        member_reopen(admin, member=watcher.pk)
    assert not Member.objects.get(pk=watcher.pk).is_active
    member_reopen(installation_principal(), member=watcher.pk)
    assert Member.objects.get(pk=watcher.pk).is_active


def test_the_installation_gives_and_takes_every_role(ana: Member) -> None:
    role_give(installation_principal(), member=ana.pk, role="auditor")
    assert roles_of(ana) == ["analyst", "auditor"]
    role_take(installation_principal(), member=ana.pk, role="auditor")
    assert roles_of(ana) == ["analyst"]
    acts = AuditEvent.objects.filter(chain="FGR", subject=str(ana.pk), action__startswith="role.").order_by("id")
    assert [*acts.values_list("action", flat=True)] == ["role.given", "role.taken"]
    with pytest.raises(NotFound):
        role_take(installation_principal(), member=ana.pk, role="auditor")
    with pytest.raises(Invalid):
        role_give(installation_principal(), member=ana.pk, role="emperor")


def test_giving_a_role_anew_changes_nothing_and_says_nothing(ana: Member) -> None:
    role_give(installation_principal(), member=ana.pk, role="analyst")
    assert not AuditEvent.objects.filter(action="role.given").exists()


def test_nobody_but_the_installation_gives_a_role_to_a_member_of_any_agency(admin: Principal, ana: Member) -> None:
    for act in (role_give, role_take):
        with pytest.raises(NotFound):
            act(admin, member=ana.pk, role="analyst")


def test_what_an_administrator_does_to_accounts_is_told_to_those_who_watch(admin, ana, officer) -> None:
    auditor = member_exists(name="Leo Paz", roles=("auditor",))
    elsewhere = member_exists("ATF", name="Bob Smith", roles=("security_officer",))
    added = UUID(member_add(admin, new=NEW))
    link_make(admin, member=added)
    member_roles_set(admin, member=ana.pk, roles=["expert"])
    member_factors_reset(admin, member=ana.pk)
    member_close(admin, member=ana.pk)
    member_reopen(admin, member=ana.pk)
    expected = [
        ("factor.reset", "Ana Ruiz"),
        ("link.made", "Eva"),
        ("member.added", "Eva"),
        ("member.closed", "Ana Ruiz"),
        ("member.reopened", "Ana Ruiz"),
        ("role.given", "Ana Ruiz"),
    ]
    assert told(officer) == told(auditor) == expected
    assert told(elsewhere) == told(ana) == []
    assert not Notice.objects.filter(recipient=admin.id).exists()


def test_the_same_act_on_the_same_account_is_told_each_time(admin, ana, officer) -> None:
    for _ in range(3):
        link_make(admin, member=ana.pk)
    assert told(officer) == [("link.made", "Ana Ruiz")] * 3


def test_whoever_did_it_is_not_told_and_roles_only_taken_are_no_news(officer, ana) -> None:
    both = member_exists(name="Sol Both", roles=("supervisor", "agency_admin"))
    member_roles_set(who(both), member=ana.pk, roles=[])
    member_close(who(both), member=ana.pk)
    assert told(officer) == [("member.closed", "Ana Ruiz")]
    assert told(both) == []


def test_setting_an_agency_up_is_not_told_but_a_way_into_an_account_is(officer: Member) -> None:
    added = UUID(member_add(installation_principal(), new=NEW))
    assert told(officer) == []
    link_make(installation_principal(), member=added)
    assert told(officer) == [("link.made", "Eva")]


def test_the_page_of_a_member_is_offered_to_those_who_may_open_it(admin, ana, officer) -> None:
    tracer = member_exists(name="Teo Tracer", roles=("tracing_supervisor",))
    link_make(admin, member=ana.pk)
    assert told(officer) == told(tracer) == [("link.made", "Ana Ruiz")]
    assert member_get(who(officer), member=ana.pk)
    assert [each.page for each in inbox(who(officer))] == ["member_detail"]
    assert [each.page for each in inbox(who(tracer))] == [""]
