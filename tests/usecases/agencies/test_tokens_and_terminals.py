"""Tokens do what their member allowed, no more; a terminal gets one after the member said so in the browser."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cotrace.agencies.models import ApiToken, LoginCode, Member, MemberRole
from cotrace.agencies.selectors.account import token_in_use, token_list
from cotrace.agencies.selectors.principals import principal_of_member
from cotrace.agencies.services.sign_in import visitor_principal
from cotrace.agencies.services.terminals import (
    CODE_LIFE,
    NewCode,
    terminal_approve,
    terminal_ask,
    terminal_deny,
    terminal_fetch,
    terminal_look,
)
from cotrace.agencies.services.tokens import token_make, token_revoke, token_use
from cotrace.agencies.services.tries import TooManyTries
from cotrace.audit.models import AuditEvent
from cotrace.foundation import clock
from cotrace.foundation.errors import Denied, Invalid, NotFound, Refused
from cotrace.foundation.principal import Door, Principal
from tests.support.sign_in import member_exists, roles_exist
from tests.support.world import without

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def every_role() -> None:
    roles_exist()


@pytest.fixture
def member() -> Member:
    return member_exists(roles=("analyst",))


@pytest.fixture
def ana(member: Member) -> Principal:
    return principal_of_member(member, door=Door.TEST, session="s")


@pytest.fixture
def bob() -> Principal:
    return principal_of_member(member_exists("ATF", name="Bob Smith"), door=Door.TEST, session="t")


def ask(*wanted: str, address: str = "192.0.2.1", terminal: str = "laptop") -> NewCode:
    return terminal_ask(visitor_principal(), terminal=terminal, address=address, wanted=wanted)


def test_a_token_acts_for_its_member_with_its_scopes_alone(ana: Principal) -> None:
    made = token_make(ana, name="script", scopes=["seizure.read"])
    found = token_use(made.secret, door=Door.API)
    assert (found.id, found.agency, found.permissions) == (ana.id, "FGR", frozenset({"seizure.read"}))


def test_a_token_loses_what_its_member_loses(ana: Principal, member: Member) -> None:
    made = token_make(ana, name="script", scopes=["seizure.read", "seizure.import"])
    MemberRole.objects.filter(member=member).update(role_id="expert")
    assert token_use(made.secret, door=Door.API).permissions == frozenset({"seizure.read"})


@pytest.mark.parametrize(
    ("name", "scopes", "days", "field"),
    [
        ("", ["seizure.read"], 30, "name"),
        ("x", [], 30, "scopes"),
        ("x", ["member.manage"], 30, "scopes"),
        ("x", ["seizure.read"], 0, "days"),
        ("x", ["seizure.read"], 366, "days"),
    ],
)
def test_a_token_is_refused_with_the_field_that_is_wrong(ana, name, scopes, days, field) -> None:
    with pytest.raises(Invalid) as refused:
        token_make(ana, name=name, scopes=scopes, days=days)
    assert [each.field for each in refused.value.fields] == [field]
    assert not ApiToken.objects.exists()


def test_a_token_runs_out_and_a_revoked_one_is_worth_nothing(ana: Principal, stopped_clock) -> None:
    made = token_make(ana, name="script", scopes=["seizure.read"], days=7)
    with clock.frozen_at(stopped_clock + timedelta(days=7)):
        assert token_use(made.secret, door=Door.API) is None
    token_revoke(ana, token=made.id)
    assert token_use(made.secret, door=Door.API) is None
    assert token_list(ana) == []


def test_nobody_revokes_anothers_token_and_the_answer_does_not_tell(ana: Principal, bob: Principal) -> None:
    made = token_make(ana, name="script", scopes=["seizure.read"])
    for token in (made.id, uuid4()):
        with pytest.raises(NotFound):
            token_revoke(bob, token=token)
    assert token_use(made.secret, door=Door.API) is not None


def test_only_the_hash_of_a_token_is_kept(ana: Principal) -> None:
    made = token_make(ana, name="script", scopes=["seizure.read"])
    assert made.secret not in str(ApiToken.objects.values_list())


def test_whoever_came_with_a_token_learns_which(ana: Principal) -> None:
    made = token_make(ana, name="script", scopes=["seizure.read"])
    assert token_in_use(token_use(made.secret, door=Door.API)).name == "script"
    with pytest.raises(NotFound):
        token_in_use(ana)


def test_an_approved_terminal_fetches_one_token_with_the_scopes_that_were_left(ana: Principal) -> None:
    asked = ask("seizure.read", "seizure.import")
    found = terminal_look(ana, code=asked.code.lower().replace("-", " "))
    assert (found.terminal, found.address, found.wanted) == ("laptop", "192.0.2.1", ("seizure.import", "seizure.read"))
    terminal_approve(ana, code=asked.code, scopes=["seizure.read"])
    given = terminal_fetch(visitor_principal(), secret=asked.secret)
    assert token_use(given.token.secret, door=Door.API).permissions == frozenset({"seizure.read"})
    assert (given.member, given.agency) == ("Ana Ruiz", "FGR")
    with pytest.raises(NotFound):
        terminal_fetch(visitor_principal(), secret=asked.secret)


def test_before_the_members_word_there_is_no_token(ana: Principal) -> None:
    asked = ask()
    with pytest.raises(Refused, match="terminal_waiting"):
        terminal_fetch(visitor_principal(), secret=asked.secret)
    terminal_deny(ana, code=asked.code)
    with pytest.raises(Refused, match="terminal_denied"):
        terminal_fetch(visitor_principal(), secret=asked.secret)
    assert not ApiToken.objects.exists()


def test_a_code_runs_out_before_and_after_approval(ana: Principal, stopped_clock) -> None:
    early, late = ask(), ask()
    terminal_approve(ana, code=late.code, scopes=["seizure.read"])
    with clock.frozen_at(stopped_clock + CODE_LIFE):
        with pytest.raises(NotFound):
            terminal_look(ana, code=early.code)
        with pytest.raises(Refused, match="terminal_code_expired"):
            terminal_fetch(visitor_principal(), secret=late.secret)


def test_a_code_is_decided_once(ana: Principal, bob: Principal) -> None:
    asked = ask()
    terminal_approve(ana, code=asked.code, scopes=["seizure.read"])
    for act in (terminal_look, terminal_deny):
        with pytest.raises(NotFound):
            act(bob, code=asked.code)
    assert terminal_fetch(visitor_principal(), secret=asked.secret).member == "Ana Ruiz"


@pytest.mark.parametrize("scopes", [[], ["member.manage"], ["seizure.export"]])
def test_nothing_is_approved_that_is_not_held_or_was_not_asked_for(ana: Principal, scopes: list[str]) -> None:
    asked = ask("seizure.read", "member.manage")
    with pytest.raises(Invalid):
        terminal_approve(ana, code=asked.code, scopes=scopes)
    assert LoginCode.objects.get().state == "waiting"


def test_whoever_may_make_no_tokens_approves_no_terminal(ana: Principal) -> None:
    asked = ask()
    weak = without(ana, "token.make")
    for act in (lambda: terminal_look(weak, code=asked.code), lambda: terminal_approve(weak, code=asked.code, scopes=["seizure.read"])):
        with pytest.raises(Denied):
            act()


def test_a_member_who_was_closed_since_gets_no_token(ana: Principal, member: Member) -> None:
    asked = ask()
    terminal_approve(ana, code=asked.code, scopes=["seizure.read"])
    Member.objects.filter(pk=member.pk).update(is_active=False)
    with pytest.raises(NotFound):
        terminal_fetch(visitor_principal(), secret=asked.secret)


def test_guessing_codes_is_stopped_after_ten(ana: Principal) -> None:
    asked = ask()
    for place in range(10):
        with pytest.raises(NotFound):
            terminal_look(ana, code=f"0000-000{place}")
    with pytest.raises(TooManyTries):
        terminal_look(ana, code=asked.code)


def test_an_address_asks_ten_times_and_no_more(ana: Principal) -> None:
    for _ in range(10):
        ask()
    with pytest.raises(TooManyTries):
        ask()
    assert ask(address="192.0.2.2")


def test_an_unknown_permission_is_refused_before_a_code_is_made(ana: Principal) -> None:
    with pytest.raises(Invalid):
        ask("everything.at.once")
    assert not LoginCode.objects.exists()


def test_a_hostile_terminal_name_is_made_harmless(ana: Principal) -> None:
    asked = ask(terminal="\x1b[31mroot\n" + "x" * 200)
    assert terminal_look(ana, code=asked.code).terminal.startswith("[31mroot x")
    assert len(terminal_look(ana, code=asked.code).terminal) == 80


def test_only_hashes_of_both_codes_are_kept(ana: Principal) -> None:
    asked = ask()
    kept = str(LoginCode.objects.values_list())
    assert asked.secret not in kept and asked.code not in kept and asked.code.replace("-", "") not in kept


def test_old_codes_are_swept(stopped_clock) -> None:
    ask()
    with clock.frozen_at(stopped_clock + 3 * CODE_LIFE):
        ask()
    assert LoginCode.objects.count() == 1


def test_both_words_and_the_token_are_on_record(ana: Principal) -> None:
    first, second = ask(), ask()
    terminal_approve(ana, code=first.code, scopes=["seizure.read"])
    terminal_deny(ana, code=second.code)
    terminal_fetch(visitor_principal(), secret=first.secret)
    acts = AuditEvent.objects.filter(chain="FGR", actor=ana.id).order_by("id").values_list("action", flat=True)
    assert [*acts] == ["terminal.approved", "terminal.denied", "token.made"]
