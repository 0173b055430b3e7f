"""One's own second factors and sessions."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.usersessions.models import UserSession
from cryptography.fernet import InvalidToken
from django.test import Client

from cotrace.agencies.models import Member
from cotrace.agencies.selectors.account import factors_get, has_factor
from cotrace.agencies.selectors.principals import principal_of_member
from cotrace.agencies.selectors.sessions import session_list, session_name
from cotrace.agencies.services.factors import (
    app_add,
    decrypt,
    encrypt,
    factor_remove,
    passkey_add,
    passkey_rename,
    recovery_codes_make,
)
from cotrace.agencies.services.sessions import session_end_one, sessions_end_others
from cotrace.agencies.services.sign_in import From, code_try, visitor_principal
from cotrace.audit.models import AuditEvent
from cotrace.doors.gate import SEEN
from cotrace.foundation import clock
from cotrace.foundation.errors import Invalid, NotFound, Refused
from cotrace.foundation.principal import Door, Principal
from tests.support.sign_in import code_now, member_exists, signed_in

pytestmark = pytest.mark.django_db
HERE = From(address="192.0.2.1")


@pytest.fixture
def member() -> Member:
    return member_exists()


def who(member: Member, client: Client | None = None) -> Principal:
    session = session_name(client.session.session_key) if client else "s"
    found = principal_of_member(member, door=Door.WEB, session=session)
    assert found is not None
    return found


def acts(member: Member) -> list[str]:
    found = AuditEvent.objects.filter(chain="FGR", actor=str(member.pk)).order_by("id")
    return [*found.values_list("action", flat=True)]


def test_an_app_is_added_with_its_first_code_which_then_is_spent(member: Member) -> None:
    secret = generate_totp_secret()
    added = app_add(who(member), secret=secret, code=code_now(secret))
    assert len(added.codes) == 10 and len(set(added.codes)) == 10
    assert all(len(each) == 10 and each.isdigit() for each in added.codes)
    assert has_factor(member.pk)
    assert code_try(visitor_principal(), member_id=member.pk, code=code_now(secret), origin=HERE) is None
    assert acts(member) == ["factor.added", "recovery_codes.made"]


def test_a_wrong_first_code_adds_nothing(member: Member) -> None:
    with pytest.raises(Invalid):
        app_add(who(member), secret=generate_totp_secret(), code="000000")
    assert not has_factor(member.pk)


def test_there_is_one_app_at_a_time(member: Member) -> None:
    for is_first in (True, False):
        secret = generate_totp_secret()
        if is_first:
            app_add(who(member), secret=secret, code=code_now(secret))
        else:
            with pytest.raises(Refused, match="app_exists"):
                app_add(who(member), secret=secret, code=code_now(secret))


def test_recovery_codes_alone_are_no_second_factor(member: Member) -> None:
    with pytest.raises(Refused, match="factor_missing"):
        recovery_codes_make(who(member))
    assert not has_factor(member.pk)


def test_new_recovery_codes_make_the_old_ones_useless(member: Member) -> None:
    secret = generate_totp_secret()
    old = app_add(who(member), secret=secret, code=code_now(secret)).codes
    new = recovery_codes_make(who(member))
    assert not set(old) & set(new)
    assert code_try(visitor_principal(), member_id=member.pk, code=old[0], origin=HERE) is None
    assert code_try(visitor_principal(), member_id=member.pk, code=new[0], origin=HERE) is not None
    assert factors_get(who(member)).codes_left == 9


def test_the_last_factor_stays(member: Member) -> None:
    secret = generate_totp_secret()
    app = app_add(who(member), secret=secret, code=code_now(secret))
    with pytest.raises(Refused, match="factor_is_last"):
        factor_remove(who(member), factor=app.id)
    passkey = passkey_add(who(member), name="laptop", credential={})
    factor_remove(who(member), factor=app.id)
    with pytest.raises(Refused, match="factor_is_last"):
        factor_remove(who(member), factor=passkey.id)
    assert acts(member)[-1] == "factor.removed"


def test_recovery_codes_are_not_removed_as_a_factor(member: Member) -> None:
    secret = generate_totp_secret()
    app_add(who(member), secret=secret, code=code_now(secret))
    codes = Authenticator.objects.get(user=member, type=Authenticator.Type.RECOVERY_CODES)
    with pytest.raises(Refused, match="factor_is_last"):
        factor_remove(who(member), factor=codes.pk)


def test_a_passkey_gets_another_name(member: Member) -> None:
    added = passkey_add(who(member), name="laptop", credential={})
    passkey_rename(who(member), factor=added.id, name=" desk ")
    assert [each.name for each in factors_get(who(member)).factors] == ["desk"]


def test_anothers_factor_and_nobodys_are_the_same_answer(member: Member) -> None:
    added = passkey_add(who(member), name="laptop", credential={})
    eva = who(member_exists(name="Eva Other"))
    for factor in (added.id, 999_999):
        with pytest.raises(NotFound):
            factor_remove(eva, factor=factor)
        with pytest.raises(NotFound):
            passkey_rename(eva, factor=factor, name="mine")


def test_secrets_survive_a_change_of_the_installations_key_and_not_its_loss(settings) -> None:
    settings.SECRET_KEY = "first"
    kept = encrypt("JBSWY3DP")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "second", ["first"]
    assert decrypt(kept) == "JBSWY3DP"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        decrypt(kept)


def test_sessions_are_listed_with_device_address_and_last_seen(member: Member) -> None:
    here, there = signed_in(Client(), member), signed_in(Client(), member)
    here.get("/account/")
    found = session_list(who(member, here))
    assert [each.is_present for each in found] == [True, False]
    assert (found[0].device.browser, found[0].device.system, found[0].address) == ("Firefox", "Linux", "192.0.2.9")
    assert here.session.session_key not in repr(found) and there.session.session_key not in repr(found)


def test_an_idle_and_an_ended_session_are_not_listed(member: Member, stopped_clock) -> None:
    here, idle, gone = (signed_in(Client(), member) for _ in range(3))
    session = idle.session
    session[SEEN] = int((stopped_clock - timedelta(minutes=31)).timestamp())
    session.save()
    gone.session.flush()
    with clock.frozen_at(stopped_clock):
        assert [each.name for each in session_list(who(member, here))] == [session_name(here.session.session_key)]


def test_one_other_session_is_ended(member: Member) -> None:
    here, there = signed_in(Client(), member), signed_in(Client(), member)
    name = session_name(there.session.session_key)
    session_end_one(who(member, here), session=name)
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200
    with pytest.raises(NotFound):
        session_end_one(who(member, here), session=name)


def test_nobody_ends_anothers_session(member: Member) -> None:
    here = signed_in(Client(), member)
    eva = who(member_exists(name="Eva Other"))
    with pytest.raises(NotFound):
        session_end_one(eva, session=session_name(here.session.session_key))
    assert here.get("/account/").status_code == 200


def test_all_others_are_ended_at_once(member: Member) -> None:
    here, *others = (signed_in(Client(), member) for _ in range(4))
    assert sessions_end_others(who(member, here)) == 3
    assert [each.get("/account/").status_code for each in others] == [302] * 3
    assert here.get("/account/").status_code == 200
    assert UserSession.objects.count() == 1
    assert acts(member).count("session.ended") == 3
