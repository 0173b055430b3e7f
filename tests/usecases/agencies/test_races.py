"""However many tries come at the same moment, the count holds; what is single-use is used once."""

import threading
from collections.abc import Callable

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connections

from cotrace.agencies.models import ApiToken, Member
from cotrace.agencies.rules.tries import ACCOUNT_LIMIT
from cotrace.agencies.selectors.principals import principal_of_member
from cotrace.agencies.services.members import member_factors_reset
from cotrace.agencies.services.passwords import link_make, link_use
from cotrace.agencies.services.sign_in import From, code_try, password_try, visitor_principal
from cotrace.agencies.services.terminals import terminal_approve, terminal_ask, terminal_fetch
from cotrace.foundation.errors import CotraceError
from cotrace.foundation.principal import Door, installation_principal
from tests.support.sign_in import PASSWORD, code_now, member_exists

HERE = From(address="192.0.2.1")
AT_ONCE = 16


def at_once(act: Callable[[int], object]) -> list[object]:
    """Run `act` in many threads that start together; return what each gave, a refusal by its code."""
    gate, given = threading.Barrier(AT_ONCE), [None] * AT_ONCE

    def run(place: int) -> None:
        gate.wait()
        try:
            given[place] = act(place)
        except CotraceError as refused:
            given[place] = refused.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_no_more_than_five_passwords_are_checked_however_many_come_at_once(committed, monkeypatch) -> None:
    ana = member_exists(password=PASSWORD)
    checked: list[str] = []
    real = Member.check_password

    def counted(self: Member, raw: str) -> bool:
        right = real(self, raw)
        checked.append(raw)
        return right

    monkeypatch.setattr(Member, "check_password", counted)

    def knock(place: int) -> object:
        password = PASSWORD if place == AT_ONCE - 1 else f"wrong {place}"
        return password_try(visitor_principal(), email=ana.email, password=password, origin=HERE)

    given = at_once(knock)
    assert len([each for each in given if each is not None]) <= 1
    from cotrace.audit.models import AuditEvent

    tried = AuditEvent.objects.filter(action="session.refused", outcome="refused:credentials_wrong").count()
    assert tried <= ACCOUNT_LIMIT
    refused = AuditEvent.objects.filter(action="session.refused", outcome="refused:account_locked").count()
    assert tried + refused + len([each for each in given if each]) == AT_ONCE


def test_one_code_opens_one_session(committed) -> None:
    ana = member_exists(has_app=True)
    code = code_now()
    given = at_once(lambda _: code_try(visitor_principal(), member_id=ana.pk, code=code, origin=HERE))
    assert len([each for each in given if each]) == 1


def test_one_recovery_code_opens_one_session(committed) -> None:
    ana = member_exists(has_app=True)
    code = RecoveryCodes.activate(ana).generate_codes()[3]
    given = at_once(lambda _: code_try(visitor_principal(), member_id=ana.pk, code=code, origin=HERE))
    assert len([each for each in given if each]) == 1


def test_one_link_sets_one_password(committed) -> None:
    ana = member_exists()
    secret = link_make(installation_principal(), member=ana.pk).secret

    def use(place: int) -> str:
        origin = From(address=f"192.0.2.{place + 10}")
        link_use(visitor_principal(), secret=secret, password=f"correct horse {place} staple", origin=origin)
        return "set"

    assert at_once(use).count("set") == 1


def test_one_approved_terminal_gets_one_token(committed) -> None:
    ana = member_exists()
    who = principal_of_member(ana, door=Door.TEST, session="s")
    asked = terminal_ask(visitor_principal(), terminal="laptop", address="192.0.2.1", wanted=())
    terminal_approve(who, code=asked.code, scopes=["seizure.read"])
    given = at_once(lambda _: terminal_fetch(visitor_principal(), secret=asked.secret))
    assert given.count("not_found") == AT_ONCE - 1
    assert ApiToken.objects.filter(member=ana).count() == 1


def test_a_terminal_that_fetches_while_the_account_is_rescued_keeps_nothing(committed) -> None:
    """The token is made before the rescue reads the tokens, or not at all."""
    ana = member_exists(has_app=True)
    who = principal_of_member(ana, door=Door.TEST, session="s")
    for _ in range(6):
        asked = terminal_ask(visitor_principal(), terminal="laptop", address="192.0.2.1", wanted=())
        terminal_approve(who, code=asked.code, scopes=["seizure.read"])

        def act(place: int, secret: str = asked.secret) -> None:
            if place == 0:
                member_factors_reset(installation_principal(), member=ana.pk)
            else:
                terminal_fetch(visitor_principal(), secret=secret)

        at_once(act)
        assert not ApiToken.objects.filter(member=ana, revoked_at=None).exists()
