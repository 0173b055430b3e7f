"""Passwords are changed by their member, or set once through a link that an administrator hands over."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from cotrace.agencies.models import ApiToken, Member, OneTimeLink
from cotrace.agencies.selectors.account import link_works
from cotrace.agencies.selectors.principals import principal_of_member
from cotrace.agencies.selectors.sessions import session_name
from cotrace.agencies.services.members import member_close
from cotrace.agencies.services.passwords import LINK_LIFE, link_make, link_use, password_change
from cotrace.agencies.services.sign_in import From, password_try, visitor_principal
from cotrace.agencies.services.terminals import terminal_approve, terminal_ask, terminal_fetch
from cotrace.agencies.services.tokens import token_make
from cotrace.audit.models import AuditEvent
from cotrace.foundation import clock
from cotrace.foundation.errors import CotraceError, Denied, Invalid, NotFound, Refused
from cotrace.foundation.principal import Door, Principal, installation_principal
from tests.support.sign_in import PASSWORD, member_exists, signed_in

pytestmark = pytest.mark.django_db
HERE, NEW = From(address="192.0.2.1"), "seven green bottles hanging"


@pytest.fixture
def ana() -> Member:
    return member_exists(password=PASSWORD)


def who(member: Member, client: Client | None = None) -> Principal:
    session = session_name(client.session.session_key) if client else "s"
    found = principal_of_member(member, door=Door.TEST, session=session)
    assert found is not None
    return found


def opens(member: Member, password: str) -> bool:
    return password_try(visitor_principal(), email=member.email, password=password, origin=HERE) == member


def test_a_changed_password_ends_every_other_session_every_token_and_every_approval(ana: Member) -> None:
    here, there = signed_in(Client(), ana), signed_in(Client(), ana)
    token_make(who(ana), name="script", scopes=["seizure.read"])
    asked = terminal_ask(visitor_principal(), terminal="laptop", address="192.0.2.1", wanted=())
    terminal_approve(who(ana), code=asked.code, scopes=["seizure.read"])
    password_change(who(ana, here), old=PASSWORD, new=NEW, origin=HERE)
    left = UserSession.objects.filter(user=ana).values_list("session_key", flat=True)
    assert [*left] == [here.session.session_key]
    assert there.get("/account/").status_code == 302
    assert not ApiToken.objects.filter(member=ana, revoked_at=None).exists()
    with pytest.raises(Refused, match="terminal_denied"):
        terminal_fetch(visitor_principal(), secret=asked.secret)
    assert opens(ana, NEW) and not opens(ana, PASSWORD)


def test_a_wrong_old_password_changes_nothing_and_counts(ana: Member) -> None:
    for _ in range(5):
        with pytest.raises(Invalid) as refused:
            password_change(who(ana), old="wrong", new=NEW, origin=HERE)
        assert refused.value.fields[0].code == "password_wrong"
    assert not opens(ana, PASSWORD)


@pytest.mark.parametrize(
    ("weak", "codes"),
    [
        ("short", {"password_too_short"}),
        ("password1234", {"password_too_common"}),
        ("ana@fgr.example", {"password_too_similar"}),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(ana: Member, weak: str, codes: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        password_change(who(ana), old=PASSWORD, new=weak, origin=HERE)
    assert codes <= {each.code for each in refused.value.fields}
    assert opens(ana, PASSWORD)


def test_a_link_sets_a_password_once_and_ends_everything_that_was_open(ana: Member, client) -> None:
    signed_in(client, ana)
    token_make(who(ana), name="script", scopes=["seizure.read"])
    made = link_make(installation_principal(), member=ana.pk)
    link_use(visitor_principal(), secret=made.secret, password=NEW, origin=HERE)
    assert opens(ana, NEW)
    assert not UserSession.objects.filter(user=ana).exists()
    assert not ApiToken.objects.filter(member=ana, revoked_at=None).exists()
    with pytest.raises(NotFound):
        link_use(visitor_principal(), secret=made.secret, password=NEW, origin=HERE)


def test_a_terminal_approved_before_a_link_was_used_fetches_nothing_after_it(ana: Member) -> None:
    asked = terminal_ask(visitor_principal(), terminal="laptop", address="192.0.2.1", wanted=())
    terminal_approve(who(ana), code=asked.code, scopes=["seizure.read"])
    made = link_make(installation_principal(), member=ana.pk)
    link_use(visitor_principal(), secret=made.secret, password=NEW, origin=HERE)
    with pytest.raises(Refused, match="terminal_denied"):
        terminal_fetch(visitor_principal(), secret=asked.secret)
    assert not ApiToken.objects.filter(member=ana, revoked_at=None).exists()


def test_a_used_link_ends_a_lock(ana: Member) -> None:
    for _ in range(5):
        opens(ana, "wrong")
    made = link_make(installation_principal(), member=ana.pk)
    link_use(visitor_principal(), secret=made.secret, password=NEW, origin=HERE)
    assert opens(ana, NEW)


def test_a_link_runs_out_after_a_day(ana: Member, stopped_clock) -> None:
    made = link_make(installation_principal(), member=ana.pk)
    assert link_works(visitor_principal(), secret=made.secret)
    with clock.frozen_at(stopped_clock + LINK_LIFE), pytest.raises(NotFound):
        link_use(visitor_principal(), secret=made.secret, password=NEW, origin=HERE)
    with clock.frozen_at(stopped_clock + LINK_LIFE - timedelta(seconds=1)):
        assert link_works(visitor_principal(), secret=made.secret)


def test_a_new_link_makes_the_earlier_one_useless(ana: Member) -> None:
    first, second = (link_make(installation_principal(), member=ana.pk).secret for _ in range(2))
    assert [link_works(visitor_principal(), secret=each) for each in (first, second)] == [False, True]


def test_a_weak_password_leaves_the_link_unused(ana: Member) -> None:
    made = link_make(installation_principal(), member=ana.pk)
    with pytest.raises(Invalid):
        link_use(visitor_principal(), secret=made.secret, password="short", origin=HERE)
    assert link_works(visitor_principal(), secret=made.secret)


def test_a_closed_account_gets_no_link_and_its_link_stops_working(ana: Member) -> None:
    made = link_make(installation_principal(), member=ana.pk)
    member_close(installation_principal(), member=ana.pk)
    assert not link_works(visitor_principal(), secret=made.secret)
    with pytest.raises(NotFound):
        link_use(visitor_principal(), secret=made.secret, password=NEW, origin=HERE)
    with pytest.raises(NotFound):
        link_make(installation_principal(), member=ana.pk)


def test_links_are_made_for_ones_own_agency_with_the_permission(ana: Member) -> None:
    foreign = member_exists("ATF", name="Bob Smith", roles=("agency_admin",))
    with pytest.raises(NotFound):
        link_make(who(foreign), member=ana.pk)
    with pytest.raises(Denied):
        link_make(who(member_exists(name="Leo Expert", roles=("expert",))), member=ana.pk)


def test_only_the_hash_of_a_link_is_kept_and_both_acts_are_on_record(ana: Member) -> None:
    made = link_make(installation_principal(), member=ana.pk)
    assert made.secret not in str(OneTimeLink.objects.values_list())
    link_use(visitor_principal(), secret=made.secret, password=NEW, origin=HERE)
    acts = AuditEvent.objects.filter(chain="FGR", subject=str(ana.pk)).values_list("action", flat=True)
    assert {"link.made", "link.used"} <= set(acts)


def test_guessing_links_from_one_address_is_stopped(ana: Member) -> None:
    made = link_make(installation_principal(), member=ana.pk)
    codes = []
    for place in range(32):
        secret = made.secret if place == 31 else f"guess{place}"
        with pytest.raises(CotraceError) as refused:
            link_use(visitor_principal(), secret=secret, password=NEW, origin=HERE)
        codes.append(refused.value.code)
    assert codes == ["not_found"] * 30 + ["too_many_requests"] * 2
