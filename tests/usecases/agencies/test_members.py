"""An administrator adds, closes and helps members of their own agency, and of no other."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction

from cotrace.agencies.models import ApiToken, Member, MemberRole
from cotrace.agencies.permissions import AgencyPermission
from cotrace.agencies.selectors.locks import locks_of
from cotrace.agencies.selectors.members import member_get, member_list, role_list
from cotrace.agencies.selectors.principals import principal_of_member
from cotrace.agencies.services.members import (
    NewMember,
    address_release,
    lock_release,
    member_add,
    member_close,
    member_factors_reset,
    member_reopen,
)
from cotrace.agencies.services.roles import member_roles_set
from cotrace.agencies.services.sign_in import From, password_try, visitor_principal
from cotrace.agencies.services.terminals import terminal_approve, terminal_ask, terminal_fetch
from cotrace.agencies.services.tokens import token_make
from cotrace.audit.models import AuditEvent
from cotrace.foundation.errors import Denied, Invalid, NotFound, Refused
from cotrace.foundation.principal import Door, Principal, installation_principal
from tests.support.sign_in import PASSWORD, member_exists, roles_exist, signed_in
from tests.support.world import without

pytestmark = pytest.mark.django_db
HERE = From(address="192.0.2.1")


def who(member: Member) -> Principal:
    found = principal_of_member(Member.objects.get(pk=member.pk), door=Door.TEST, session="admin")
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
def foreigner() -> Member:
    return member_exists("ATF", name="Bob Smith", roles=("analyst",))


def new(**changes: object) -> NewMember:
    return replace(NewMember(email="eva@fgr.example", name="Eva", agency="FGR", roles=("expert",)), **changes)


def acts_of(member: UUID | str) -> list[str]:
    found = AuditEvent.objects.filter(chain="FGR", subject=str(member)).order_by("id")
    return [*found.values_list("action", flat=True)]


def test_an_administrator_adds_a_member_who_cannot_enter_before_a_link_is_used(admin: Principal) -> None:
    added = member_add(admin, new=new())
    row = Member.objects.get(pk=added)
    assert (row.agency_id, row.has_usable_password(), row.is_demo) == ("FGR", False, False)
    assert acts_of(added) == ["member.added"]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name": "  "}, "name", "required"),
        ({"email": "ADELA@fgr.example"}, "email", "address_in_use"),
        ({"roles": ("emperor",)}, "roles", "role_unknown"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_added(admin: Principal, changes, field: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        member_add(admin, new=new(**changes))
    assert [(each.field, each.code) for each in refused.value.fields] == [(field, code)]
    assert Member.objects.count() == 1


def test_nobody_adds_to_another_agency_and_the_answer_does_not_tell_whether_it_exists(admin: Principal) -> None:
    for agency in ("ATF", "NOWHERE"):
        with pytest.raises(NotFound):
            member_add(admin, new=new(agency=agency))


@pytest.mark.parametrize("is_demo_process", [True, False])
def test_nobody_but_the_installation_in_the_demo_marks_a_demo_account(admin, settings, is_demo_process) -> None:
    settings.COTRACE_DEMO = is_demo_process
    with pytest.raises(Refused, match="demo_mark_refused"):
        member_add(admin, new=new(is_demo=True))
    if is_demo_process:
        member_add(installation_principal(), new=new(is_demo=True))
    else:
        with pytest.raises(Refused, match="demo_mark_refused"):
            member_add(installation_principal(), new=new(is_demo=True))


def test_the_database_refuses_a_demo_mark_on_an_address_that_could_be_real(admin: Principal) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=admin.id).update(is_demo=True, email="adela@fgr.gob.mx")


def test_every_act_on_a_member_needs_the_permission(admin: Principal, ana: Member) -> None:
    weak = without(admin, AgencyPermission.MEMBER_MANAGE)
    for act in (member_close, member_reopen, lock_release, member_factors_reset):
        with pytest.raises(Denied):
            act(weak, member=ana.pk)
    with pytest.raises(Denied):
        member_roles_set(weak, member=ana.pk, roles=())
    with pytest.raises(Denied):
        member_list(without(admin, AgencyPermission.MEMBER_READ))


def test_another_agencys_member_and_nobodys_id_are_the_same_answer(admin: Principal, foreigner: Member) -> None:
    for target in (foreigner.pk, uuid4()):
        for act in (member_close, member_reopen, lock_release, member_factors_reset, member_get):
            with pytest.raises(NotFound):
                act(admin, member=target)
        with pytest.raises(NotFound):
            member_roles_set(admin, member=target, roles=())


def test_the_list_shows_ones_own_agency_only(admin: Principal, ana: Member, foreigner: Member) -> None:
    assert [each.name for each in member_list(admin)] == ["Adela Admin", "Ana Ruiz"]
    assert "Bob" not in repr(member_list(admin))


def test_the_list_says_who_is_locked_and_who_has_a_factor(admin: Principal, ana: Member, stopped_clock) -> None:
    for _ in range(5):
        password_try(visitor_principal(), email=ana.email, password="wrong", origin=HERE)
    adela, found = member_list(admin)
    assert (found.has_factor, adela.has_factor) == (True, False)
    assert found.locked_until_at is not None and adela.locked_until_at is None


def test_a_closed_account_loses_sessions_and_tokens_at_once(admin: Principal, ana: Member, client) -> None:
    signed_in(client, ana)
    token_make(who(ana), name="script", scopes=["seizure.read"])
    member_close(admin, member=ana.pk)
    assert not UserSession.objects.filter(user=ana).exists()
    assert not ApiToken.objects.filter(member=ana, revoked_at=None).exists()
    assert client.get("/account/").status_code == 302
    assert password_try(visitor_principal(), email=ana.email, password=PASSWORD, origin=HERE) is None
    assert {"member.closed", "session.ended"} <= set(acts_of(ana.pk))


def test_a_closed_account_can_be_opened_again_with_its_roles(admin: Principal, ana: Member) -> None:
    member_close(admin, member=ana.pk)
    member_reopen(admin, member=ana.pk)
    assert password_try(visitor_principal(), email=ana.email, password=PASSWORD, origin=HERE) == ana
    assert [each.code for each in member_get(admin, member=ana.pk).roles] == ["analyst"]


def test_nobody_closes_resets_or_promotes_themselves(admin: Principal) -> None:
    own = UUID(admin.id)
    for act in (member_close, member_factors_reset):
        with pytest.raises(Refused, match="own_account"):
            act(admin, member=own)
    with pytest.raises(Refused, match="own_account"):
        member_roles_set(admin, member=own, roles=["supervisor"])


def test_an_administrator_ends_a_lock(admin: Principal, ana: Member) -> None:
    for _ in range(5):
        password_try(visitor_principal(), email=ana.email, password="wrong", origin=HERE)
    lock_release(admin, member=ana.pk)
    assert password_try(visitor_principal(), email=ana.email, password=PASSWORD, origin=HERE) == ana
    assert "account.released" in acts_of(ana.pk)


def test_only_the_installation_ends_the_lock_of_an_address(admin: Principal) -> None:
    with pytest.raises(NotFound):
        address_release(admin, address="192.0.2.1")
    address_release(installation_principal(), address="192.0.2.1")
    assert AuditEvent.objects.filter(chain="INSTALLATION", action="address.released").count() == 1


def test_reset_factors_are_gone_with_everything_they_opened(admin: Principal, ana: Member, client) -> None:
    signed_in(client, ana)
    token_make(who(ana), name="script", scopes=["seizure.read"])
    member_factors_reset(admin, member=ana.pk)
    assert not Authenticator.objects.filter(user=ana).exists()
    assert not UserSession.objects.filter(user=ana).exists()
    assert not ApiToken.objects.filter(member=ana, revoked_at=None).exists()
    assert "factor.reset" in acts_of(ana.pk)


@pytest.mark.parametrize("act", [member_close, member_factors_reset])
def test_a_terminal_approved_before_the_rescue_fetches_nothing_after_it(admin: Principal, ana: Member, act) -> None:
    asked = terminal_ask(visitor_principal(), terminal="laptop", address="192.0.2.1", wanted=())
    terminal_approve(who(ana), code=asked.code, scopes=["seizure.read"])
    act(admin, member=ana.pk)
    with pytest.raises(Refused, match="terminal_denied"):
        terminal_fetch(visitor_principal(), secret=asked.secret)
    assert not ApiToken.objects.exists()
    assert AuditEvent.objects.filter(chain="FGR", action="terminal.denied").count() == 1


def test_what_the_installation_ends_stands_in_the_agencys_log(ana: Member, client) -> None:
    signed_in(client, ana)
    member_factors_reset(installation_principal(), member=ana.pk)
    assert {"factor.reset", "session.ended"} <= set(acts_of(ana.pk))


def test_roles_become_exactly_what_was_chosen_each_change_on_record(admin: Principal, ana: Member) -> None:
    member_roles_set(admin, member=ana.pk, roles=["expert", "recorder"])
    held = MemberRole.objects.filter(member=ana).order_by("role_id").values_list("role_id", "given_by")
    assert [*held] == [("expert", admin.id), ("recorder", admin.id)]
    assert acts_of(ana.pk)[-3:] == ["role.given", "role.given", "role.taken"]
    assert "seizure.record" in who(ana).permissions and "seizure.import" not in who(ana).permissions


def test_a_role_that_does_not_exist_changes_nothing(admin: Principal, ana: Member) -> None:
    with pytest.raises(Invalid):
        member_roles_set(admin, member=ana.pk, roles=["expert", "emperor"])
    assert [each.code for each in member_get(admin, member=ana.pk).roles] == ["analyst"]


def test_roles_are_listed_with_what_they_allow(admin: Principal) -> None:
    found = {role.code: role for role in role_list(admin)}
    assert found["agency_admin"].label("es") == "Administración de cuentas"
    assert "member.manage" in found["agency_admin"].permissions


def test_no_key_of_a_lock_names_its_account(ana: Member) -> None:
    password_try(visitor_principal(), email=ana.email, password="wrong", origin=HERE)
    assert locks_of(["ana@fgr.example"], limit=1) == {}
