"""Passwords and codes: who gets in, who is locked, what is written."""

import hashlib
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cotrace.agencies.models import Agency, Member
from cotrace.agencies.rules.tries import ACCOUNT_LIMIT, ADDRESS_LIMIT, LOCK, account_key, address_key
from cotrace.agencies.selectors.principals import principal_of_member
from cotrace.agencies.services import tries
from cotrace.agencies.services.sign_in import (
    From,
    code_try,
    entry_refusal,
    password_confirm,
    password_try,
    session_start,
    visitor_principal,
)
from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.audit.services.record import INSTALLATION_CHAIN
from cotrace.foundation import clock
from cotrace.foundation.principal import Door
from tests.support.sign_in import PASSWORD, TOTP_SECRET, code_now, member_exists

pytestmark = pytest.mark.django_db

HERE, THERE = From(address="192.0.2.1", device="Firefox"), From(address="192.0.2.2")
WRONG = "wrong horse battery staple"


def knock(email: str, password: str, origin: From = HERE) -> Member | None:
    return password_try(visitor_principal(), email=email, password=password, origin=origin)


def fail(email: str, *, times: int, origin: From = HERE) -> None:
    for _ in range(times):
        assert knock(email, WRONG, origin) is None


@pytest.fixture
def ana() -> Member:
    return member_exists(password=PASSWORD, has_app=True)


def test_the_right_password_names_its_member_whatever_the_case_of_the_address(ana: Member) -> None:
    assert knock("Ana@FGR.example ", PASSWORD) == ana


@pytest.mark.parametrize("email", ["ana@fgr.example", "nobody@fgr.example", ""])
def test_a_wrong_password_and_an_unknown_account_name_nobody(ana: Member, email: str) -> None:
    assert knock(email, WRONG) is None


def test_the_fifth_wrong_try_locks_the_account_from_everywhere(ana: Member, stopped_clock) -> None:
    fail(ana.email, times=ACCOUNT_LIMIT)
    assert knock(ana.email, PASSWORD) is None
    assert knock(ana.email, PASSWORD, THERE) is None
    with clock.frozen_at(stopped_clock + LOCK):
        assert knock(ana.email, PASSWORD) == ana


def test_four_wrong_tries_lock_nothing(ana: Member) -> None:
    fail(ana.email, times=ACCOUNT_LIMIT - 1)
    assert knock(ana.email, PASSWORD) == ana


def test_a_refused_try_does_not_make_the_lock_longer(ana: Member, stopped_clock) -> None:
    fail(ana.email, times=ACCOUNT_LIMIT)
    with clock.frozen_at(stopped_clock + LOCK - timedelta(seconds=1)):
        assert knock(ana.email, PASSWORD) is None
    with clock.frozen_at(stopped_clock + LOCK):
        assert knock(ana.email, PASSWORD) == ana


def test_a_right_password_alone_does_not_forget_the_wrong_ones(ana: Member) -> None:
    fail(ana.email, times=ACCOUNT_LIMIT - 1)
    assert knock(ana.email, PASSWORD) == ana
    fail(ana.email, times=1)
    assert knock(ana.email, PASSWORD) is None


def test_a_finished_sign_in_forgets_the_wrong_ones(ana: Member) -> None:
    fail(ana.email, times=ACCOUNT_LIMIT - 1)
    who = principal_of_member(ana, door=Door.WEB, session="s")
    session_start(who, factors=("password", "totp"), origin=HERE)
    fail(ana.email, times=ACCOUNT_LIMIT - 1)
    assert knock(ana.email, PASSWORD) == ana


def test_wrong_codes_and_wrong_passwords_are_counted_together(ana: Member) -> None:
    fail(ana.email, times=2)
    for _ in range(3):
        assert code_try(visitor_principal(), member_id=ana.pk, code="000000", origin=HERE) is None
    assert knock(ana.email, PASSWORD) is None
    assert code_try(visitor_principal(), member_id=ana.pk, code=code_now(), origin=HERE) is None


def test_an_address_that_tries_many_accounts_is_locked_for_all(ana: Member) -> None:
    for place in range(ADDRESS_LIMIT):
        fail(f"someone{place}@fgr.example", times=1)
    assert knock(ana.email, PASSWORD) is None
    assert knock(ana.email, PASSWORD, THERE) == ana


def test_an_unknown_account_locks_like_a_known_one(ana: Member) -> None:
    fail("nobody@fgr.example", times=ACCOUNT_LIMIT + 1)
    outcomes = AuditEvent.objects.filter(chain=INSTALLATION_CHAIN, action="session.refused")
    assert [*outcomes.order_by("id").values_list("outcome", flat=True)] == [
        *["refused:credentials_wrong"] * ACCOUNT_LIMIT,
        "refused:account_locked",
    ]


def count(email: str, *, times: int) -> None:
    """Count tries of an account as made, without the cost of a hash."""
    limits = {account_key(email): ACCOUNT_LIMIT, address_key(HERE.address): ADDRESS_LIMIT}
    for _ in range(times):
        assert tries.take(limits)


def steps_of(email: str, password: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Count what a try costs: password hashes computed, statements sent."""
    hashes: list[int] = []
    real = hashlib.scrypt

    def counted(*args: object, **named: object) -> bytes:
        hashes.append(1)
        return real(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(hashlib, "scrypt", counted)
    with CaptureQueriesContext(connection) as sent:
        assert knock(email, password) is None
    monkeypatch.setattr(hashlib, "scrypt", real)
    return len(hashes), len(sent)


def test_every_refusal_costs_the_same_hash_and_the_same_statements(real_hashes, ana: Member, monkeypatch) -> None:
    closed = member_exists(name="Eva Closed", password=PASSWORD)
    Member.objects.filter(pk=closed.pk).update(is_active=False)
    without = member_exists(name="Leo Without")
    locked = member_exists(name="Luz Locked", password=PASSWORD)
    for email in (locked.email, "unknown-and-locked@fgr.example"):
        count(email, times=ACCOUNT_LIMIT)
    for email in (ana.email, "unknown@fgr.example", without.email, closed.email):
        count(email, times=1)
    costs = {
        "wrong password": steps_of(ana.email, WRONG, monkeypatch),
        "unknown account": steps_of("unknown@fgr.example", WRONG, monkeypatch),
        "no password set yet": steps_of(without.email, WRONG, monkeypatch),
        "locked, right password": steps_of(locked.email, PASSWORD, monkeypatch),
        "locked, wrong password": steps_of(locked.email, WRONG, monkeypatch),
        "locked and unknown": steps_of("unknown-and-locked@fgr.example", WRONG, monkeypatch),
        "closed, right password": steps_of(closed.email, PASSWORD, monkeypatch),
    }
    assert len(set(costs.values())) == 1, costs
    assert costs["wrong password"][0] == 1


def test_the_first_try_of_an_account_costs_the_same_whether_it_exists(real_hashes, ana: Member, monkeypatch) -> None:
    count("before@fgr.example", times=1)
    known, unknown = (steps_of(email, WRONG, monkeypatch) for email in (ana.email, "unknown@fgr.example"))
    assert known == unknown


def test_a_closed_account_and_one_of_a_closed_agency_stay_out(ana: Member) -> None:
    Agency.objects.filter(pk="FGR").update(is_active=False)
    assert knock(ana.email, PASSWORD) is None
    assert entry_refusal(Member.objects.get(pk=ana.pk)) == "account_closed"


def test_a_locked_account_may_not_enter_by_a_passkey_either(ana: Member) -> None:
    fail(ana.email, times=ACCOUNT_LIMIT)
    assert entry_refusal(ana) == "account_locked"


def test_each_code_of_the_app_works_once(ana: Member) -> None:
    code = code_now()
    assert code_try(visitor_principal(), member_id=ana.pk, code=code, origin=HERE) is not None
    assert code_try(visitor_principal(), member_id=ana.pk, code=code, origin=HERE) is None


def test_an_earlier_code_is_refused_after_a_later_one(ana: Member) -> None:
    assert code_try(visitor_principal(), member_id=ana.pk, code=code_now(steps=1), origin=HERE) is not None
    assert code_try(visitor_principal(), member_id=ana.pk, code=code_now(), origin=HERE) is None


@pytest.mark.parametrize("steps", [-3, 3])
def test_a_code_far_from_now_is_refused(ana: Member, steps: int) -> None:
    assert code_try(visitor_principal(), member_id=ana.pk, code=code_now(steps=steps), origin=HERE) is None


def test_a_recovery_code_works_once(ana: Member) -> None:
    code = RecoveryCodes.activate(ana).generate_codes()[0]
    found = code_try(visitor_principal(), member_id=ana.pk, code=f" {code[:5]} {code[5:]} ", origin=HERE)
    assert found is not None and found.type == Authenticator.Type.RECOVERY_CODES
    assert code_try(visitor_principal(), member_id=ana.pk, code=code, origin=HERE) is None


def test_the_apps_secret_is_not_in_the_database_in_the_clear(ana: Member) -> None:
    kept = Authenticator.objects.get(user=ana).data["secret"]
    assert TOTP_SECRET not in kept
    assert len(kept) > 80


def test_ones_own_password_is_asked_under_the_same_count(ana: Member) -> None:
    who = principal_of_member(ana, door=Door.WEB, session="s")
    assert password_confirm(who, password=PASSWORD, origin=HERE)
    for _ in range(ACCOUNT_LIMIT):
        assert not password_confirm(who, password=WRONG, origin=HERE)
    assert not password_confirm(who, password=PASSWORD, origin=HERE)


def test_refusals_and_the_lock_stand_in_the_chain_of_the_members_agency(ana: Member) -> None:
    fail(ana.email, times=ACCOUNT_LIMIT + 1)
    events = AuditEvent.objects.filter(chain="FGR", subject=str(ana.pk)).exclude(action="member.added")
    assert [(event.action, event.outcome) for event in events.order_by("id")] == [
        *[("session.refused", "refused:credentials_wrong")] * ACCOUNT_LIMIT,
        ("account.locked", "done"),
        ("session.refused", "refused:account_locked"),
    ]
    assert {event.actor for event in events} == {"visitor"}
    detail = AuditDetail.objects.get(event_id=events.order_by("id")[0].pk).detail
    assert "192.0.2.1" in detail and "Firefox" in detail and WRONG not in detail


def test_a_started_session_says_with_which_factors(ana: Member) -> None:
    who = principal_of_member(ana, door=Door.WEB, session="abc")
    session_start(who, factors=("password", "totp"), origin=HERE)
    event = AuditEvent.objects.get(action="session.started")
    assert (event.chain, event.actor, event.session) == ("FGR", str(ana.pk), "abc")
    assert '"factors": ["password", "totp"]' in AuditDetail.objects.get(event_id=event.pk).detail


def test_a_password_check_takes_its_time(real_hashes, ana: Member) -> None:
    began = time.perf_counter()
    knock("nobody@fgr.example", WRONG)
    assert time.perf_counter() - began > 0.02
