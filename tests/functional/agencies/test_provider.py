"""Entering through an OpenID Connect provider that runs as a process: members who exist, and nobody else."""

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from cotrace.agencies.models import Member
from cotrace.agencies.services.sign_in import From, password_try, visitor_principal
from cotrace.audit.models import AuditEvent
from tests.support.oidc import NAME, provider, trusted
from tests.support.sign_in import PASSWORD, code_now, member_exists, signed_in

pytestmark = pytest.mark.django_db
START, BACK = "/account/sign-in/provider/provider", "/account/sign-in/provider/provider/back"
USERS = [
    {"sub": "ana-1", "email": "Ana@FGR.example", "email_verified": True, "name": "Ana at the provider"},
    {"sub": "ana-2", "email": "ana@fgr.example", "email_verified": True},
    {"sub": "liar", "email": "ana@fgr.example", "email_verified": False},
    {"sub": "stranger", "email": "who@fgr.example", "email_verified": True},
    {"sub": "nameless"},
]


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    with provider(USERS) as issuer:
        yield issuer


@pytest.fixture
def issuer(running: str) -> Iterator[str]:
    with trusted(running):
        yield running


@pytest.fixture
def ana() -> Member:
    return member_exists(has_app=True)


def go(client: Client, **data: str) -> str:
    """Leave for the provider; return where it wants one."""
    answer = client.post(START, data)
    assert answer.status_code == 302, answer.content
    return answer["Location"]


def come_back(client: Client, wanted: str, who: str):
    """Say at the provider who one is, and come back with what it gives."""
    answer = httpx.post(wanted, data={"action": "deny"} if who == "nobody" else {"sub": who})
    parts = urlsplit(answer.headers["Location"])
    assert parts.path == BACK
    return client.get(f"{parts.path}?{parts.query}")


def enter(client: Client, who: str):
    return come_back(client, go(client), who)


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_member_enters_by_a_verified_address_and_still_shows_a_second_factor(issuer: str, ana: Member) -> None:
    client = Client()
    assert NAME in client.get("/account/sign-in").content.decode()
    assert enter(client, "ana-1")["Location"] == "/account/sign-in/second-factor"
    assert not is_in(client)
    client.post("/account/sign-in/second-factor", {"code": code_now()})
    assert is_in(client)
    assert SocialAccount.objects.get().uid == "ana-1"
    assert SocialAccount.objects.get().extra_data == {}
    acts = AuditEvent.objects.filter(chain="FGR").values_list("action", flat=True)
    assert {"provider.tied", "session.started"} <= set(acts)


def test_the_request_is_tied_to_this_browser_and_code(issuer: str, ana: Member) -> None:
    asked = parse_qs(urlsplit(go(Client())).query)
    assert asked["response_type"] == ["code"]
    assert sorted(asked["scope"][0].split()) == ["email", "openid", "profile"]
    assert asked["code_challenge_method"] == ["S256"] and len(asked["state"][0]) >= 16


@pytest.mark.parametrize("who", ["liar", "stranger", "nameless", "nobody"])
def test_nobody_else_enters_and_no_account_is_made(issuer: str, ana: Member, who: str) -> None:
    client = Client()
    answer = enter(client, who)
    assert answer["Location"] == "/account/sign-in"
    assert "did not open an account here" in client.get("/account/sign-in").content.decode()
    assert not is_in(client)
    assert Member.objects.count() == 1 and not SocialAccount.objects.exists()


def test_a_member_stays_tied_to_the_first_subject(issuer: str, ana: Member) -> None:
    enter(Client(), "ana-1")
    assert enter(Client(), "ana-2")["Location"] == "/account/sign-in"
    assert enter(Client(), "ana-1")["Location"] == "/account/sign-in/second-factor"


def test_a_subject_whose_address_became_another_members_is_refused(issuer: str, ana: Member) -> None:
    enter(Client(), "ana-1")
    Member.objects.filter(pk=ana.pk).update(email="ana.old@fgr.example")
    member_exists(name="Another Ana", email="ana@fgr.example", has_app=True)
    assert enter(Client(), "ana-1")["Location"] == "/account/sign-in"


def test_a_closed_and_a_locked_account_stay_out(issuer: str) -> None:
    ana = member_exists(password=PASSWORD, has_app=True)
    for _ in range(5):
        password_try(visitor_principal(), email=ana.email, password="wrong", origin=From(address="192.0.2.1"))
    assert enter(Client(), "ana-1")["Location"] == "/account/sign-in"
    Member.objects.update(is_active=False)
    assert enter(Client(), "ana-1")["Location"] == "/account/sign-in"


def test_whoever_has_no_second_factor_sets_one_up(issuer: str) -> None:
    member_exists()
    client = Client()
    enter(client, "ana-1")
    assert client.get("/account/tokens")["Location"] == "/account/set-up"


def test_an_answer_is_worth_nothing_in_another_browser_and_the_second_time(issuer: str, ana: Member) -> None:
    client, other = Client(), Client()
    wanted = go(client)
    parts = urlsplit(httpx.post(wanted, data={"sub": "ana-1"}).headers["Location"])
    back = f"{parts.path}?{parts.query}"
    assert other.get(back)["Location"] == "/account/sign-in"
    assert client.get(back)["Location"] == "/account/sign-in/second-factor"
    again = Client()
    again.cookies = client.cookies
    assert again.get(back)["Location"] == "/account/sign-in"


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?code=x&state=x", "?error=server_error"])
def test_a_made_up_answer_leads_back_to_the_sign_in_page(issuer: str, query: str) -> None:
    assert Client().get(BACK + query)["Location"] == "/account/sign-in"


def test_an_answer_with_a_zero_character_is_refused_before_anybody_reads_it(issuer: str) -> None:
    assert Client().get(BACK + "?code=%00&state=%00").status_code == 422


def test_one_is_sent_where_one_wanted_to_go(issuer: str, ana: Member) -> None:
    client = Client()
    come_back(client, go(client, next="/account/tokens"), "ana-1")
    answer = client.post("/account/sign-in/second-factor", {"code": code_now()})
    assert answer["Location"] == "/account/tokens"


def test_whoever_is_in_already_ties_nothing(issuer: str, ana: Member) -> None:
    eva = member_exists(name="Eva Other", has_app=True)
    client = signed_in(Client(), eva)
    come_back(client, go(client, process="connect"), "ana-1")
    assert not SocialAccount.objects.filter(user=eva).exists()


def test_a_provider_that_does_not_answer_breaks_nothing(ana: Member) -> None:
    with trusted("http://127.0.0.1:9"):
        assert Client().post(START)["Location"] == "/account/sign-in"


def test_without_the_setting_there_is_no_such_way(client: Client) -> None:
    assert "provider" not in client.get("/account/sign-in").content.decode()
    assert client.post(START).status_code == client.get(BACK).status_code == 404


def test_another_providers_name_is_nothing(issuer: str, client: Client) -> None:
    assert client.post("/account/sign-in/provider/other").status_code == 404
    assert client.get(START).status_code == 405


def test_the_settings_take_the_provider_from_the_environment() -> None:
    script = (
        "from cotrace.config import settings as s; app = s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]; "
        "print(app['settings']['server_url'], app['client_id'], app['secret'], s.COTRACE_OIDC_NAME, "
        "s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    )
    extra = {
        "COTRACE_OIDC_ISSUER": "https://login.example/realm",
        "COTRACE_OIDC_CLIENT_ID": "c",
        "COTRACE_OIDC_CLIENT_SECRET": "s",
        "COTRACE_OIDC_NAME": "SSO",
    }
    said = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, **extra}, capture_output=True, text=True, check=True
    ).stdout
    assert said.strip() == "https://login.example/realm c s SSO [\"'self'\", 'https://login.example']"
