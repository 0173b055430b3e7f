"""Signing in through the pages: password, second factor, set-up, the one-time link."""

import re
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from cotrace.agencies.models import Member
from cotrace.agencies.services.passwords import link_make
from cotrace.audit.models import AuditEvent
from cotrace.foundation.principal import installation_principal
from tests.support.sign_in import PASSWORD, code_now, member_exists, signed_in

pytestmark = pytest.mark.django_db
NEW = "seven green bottles hanging"


@pytest.fixture
def ana() -> Member:
    return member_exists(password=PASSWORD, has_app=True)


def enter(client: Client, email: str = "ana@fgr.example", password: str = PASSWORD, **more: str):
    return client.post("/account/sign-in", {"login": email, "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def secret_on(page: str) -> str:
    return "".join(re.search(r'data-copy="([A-Z2-7 ]{20,})"', page)[1].split())


def test_password_then_code_opens_the_site_where_one_wanted_to_go(ana: Member, client: Client) -> None:
    first = enter(client, next="/account/tokens")
    assert (first.status_code, first["Location"]) == (302, "/account/sign-in/second-factor")
    assert not is_in(client)
    second = client.post(first["Location"], {"code": code_now()})
    assert (second.status_code, second["Location"]) == (302, "/account/tokens")
    assert is_in(client)


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(ana: Member, client: Client, where: str) -> None:
    enter(client, next=where)
    assert client.post("/account/sign-in/second-factor", {"code": code_now()})["Location"] == "/"


@pytest.mark.parametrize("kind", ["unknown", "wrong", "locked", "closed", "no password"])
def test_every_refusal_is_the_same_page_byte_for_byte(ana: Member, client: Client, kind: str) -> None:
    expected = enter(client, password="wrong").content
    email, password = ana.email, PASSWORD
    if kind == "unknown":
        email = "who@fgr.example"
    elif kind == "wrong":
        password = "other"
    elif kind == "locked":
        for _ in range(4):
            enter(client, password="wrong")
    elif kind == "closed":
        Member.objects.update(is_active=False)
    else:
        email = member_exists(name="Leo Without").email
    answer = enter(client, email, password)
    assert answer.status_code == 422
    assert shown(answer.content) == shown(expected)


def shown(page: bytes) -> str:
    """Leave out the token against forgery and the address that was typed."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="[\w.@-]*@[\w.-]*"', "", page.decode())


def test_a_wrong_code_says_so_and_opens_nothing(ana: Member, client: Client) -> None:
    enter(client)
    answer = client.post("/account/sign-in/second-factor", {"code": "000000"})
    assert answer.status_code == 422
    assert "This code is not right" in answer.content.decode()
    assert not is_in(client)


def test_the_lock_holds_between_password_and_code_too(ana: Member, client: Client) -> None:
    enter(client)
    for _ in range(5):
        client.post("/account/sign-in/second-factor", {"code": "000000"})
    client.post("/account/sign-in/second-factor", {"code": code_now()})
    assert not is_in(client)


def test_a_recovery_code_opens_the_site(ana: Member, client: Client) -> None:
    code = RecoveryCodes.activate(ana).generate_codes()[0]
    enter(client)
    client.post("/account/sign-in/second-factor", {"code": code})
    assert is_in(client)


def test_the_second_page_alone_opens_nothing(ana: Member, client: Client) -> None:
    answer = client.post("/account/sign-in/second-factor", {"code": code_now()})
    assert (answer.status_code, answer["Location"]) == (302, "/account/sign-in")


def test_a_member_closed_between_password_and_code_stays_out(ana: Member, client: Client) -> None:
    enter(client)
    Member.objects.update(is_active=False)
    client.post("/account/sign-in/second-factor", {"code": code_now()})
    assert not is_in(client)


def test_one_can_start_over_as_somebody_else(ana: Member, client: Client) -> None:
    enter(client)
    assert client.get("/account/sign-in")["Location"] == "/account/sign-in/second-factor"
    client.post("/account/sign-out")
    assert client.get("/account/sign-in").status_code == 200


def test_signing_out_ends_the_session_and_is_on_record(ana: Member, client: Client) -> None:
    signed_in(client, ana)
    key = client.session.session_key
    assert client.post("/account/sign-out")["Location"] == "/account/sign-in"
    assert not is_in(client)
    assert not client.session.exists(key)
    assert AuditEvent.objects.filter(chain="FGR", action="session.ended", outcome="done").count() == 1
    assert client.get("/account/sign-out").status_code == 405


def test_whoever_has_no_second_factor_sets_one_up_before_anything_else(client: Client) -> None:
    ana = member_exists(password=PASSWORD)
    enter(client)
    assert client.get("/account/tokens")["Location"] == "/account/set-up"
    assert "Set up an app" in client.get("/account/set-up").content.decode()
    secret = secret_on(client.get("/account/factors/app").content.decode())
    assert client.get("/account/factors/app/picture")["Content-Type"] == "image/svg+xml"
    wrong = client.post("/account/factors/app", {"code": "000000"})
    assert wrong.status_code == 422 and secret_on(wrong.content.decode()) == secret
    assert "<title>Not set up: Set up an authenticator app" in wrong.content.decode()
    page = client.post("/account/factors/app", {"code": code_now(secret)}).content.decode()
    assert len(re.findall(r'<li><code class="mono">\d{10}</code>', page)) == 10
    assert is_in(client)
    assert Authenticator.objects.filter(user=ana, type="totp").exists()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Open it in the app of this phone"), ("es", "Abrir en la aplicación de este teléfono")]
)
def test_a_phone_opens_the_key_in_its_app_and_the_key_is_copied_without_its_gaps(
    client: Client, language: str, words: str
) -> None:
    member_exists(password=PASSWORD, language=language)
    enter(client)
    page = client.get("/account/factors/app").content.decode()
    secret = re.search(r'data-copy="([A-Z2-7]{32})"', page)[1]
    link = re.search(rf'<a class="button" href="(otpauth://totp/[^"]+)">{words}</a>', page)[1]
    assert parse_qs(urlsplit(unescape(link)).query)["secret"] == [secret]
    assert unescape(unquote(link)).startswith("otpauth://totp/") and "ana@fgr.example" in unquote(link)


def test_a_demo_account_enters_with_its_password_in_the_demo_alone(client: Client, settings) -> None:
    settings.COTRACE_DEMO = True
    member_exists(password=PASSWORD, is_demo=True)
    assert enter(client)["Location"] == "/"
    assert is_in(client)
    settings.COTRACE_DEMO = False
    assert client.get("/account/")["Location"] == "/account/set-up"


def test_another_account_of_the_demo_needs_its_second_factor(client: Client, settings) -> None:
    settings.COTRACE_DEMO = True
    member_exists(password=PASSWORD)
    enter(client)
    assert client.get("/account/")["Location"] == "/account/set-up"


def test_a_demo_account_that_set_up_a_factor_is_asked_for_it(client: Client, settings) -> None:
    settings.COTRACE_DEMO = True
    member_exists(password=PASSWORD, is_demo=True, has_app=True)
    assert enter(client)["Location"] == "/account/sign-in/second-factor"


def test_the_members_language_is_taken_unless_the_browser_chose_one(client: Client) -> None:
    member_exists(password=PASSWORD, has_app=True, language="es")
    enter(client)
    answer = client.post("/account/sign-in/second-factor", {"code": code_now()})
    assert answer.cookies["cotrace_language"].value == "es"
    other = Client()
    other.cookies["cotrace_language"] = "en"
    enter(other)
    answer = other.post("/account/sign-in/second-factor", {"code": code_now(steps=1)})
    assert "cotrace_language" not in answer.cookies


def test_a_one_time_link_leads_to_the_sign_in_page_and_then_is_spent(client: Client) -> None:
    ana = member_exists()
    secret = link_make(installation_principal(), member=ana.pk).secret
    page = client.get(f"/account/link/{secret}", follow=True)
    assert page.status_code == 200 and "Ana" not in page.content.decode()
    assert client.post("/account/link", {"new": NEW, "again": "else"}).status_code == 422
    done = client.post("/account/link", {"new": NEW, "again": NEW})
    assert done["Location"] == "/account/sign-in"
    assert enter(client, password=NEW)["Location"] == "/"
    assert client.get(f"/account/link/{secret}", follow=True).status_code == 410
    assert client.post("/account/link", {"new": NEW, "again": NEW}).status_code == 410


def test_the_secret_of_a_link_is_on_no_page_in_no_address_and_in_no_referrer(client: Client) -> None:
    ana = member_exists()
    secret = link_make(installation_principal(), member=ana.pk).secret
    taken = client.get(f"/account/link/{secret}")
    assert (taken.status_code, taken["Location"], taken.content) == (302, "/account/link", b"")
    assert taken["Referrer-Policy"] == "no-referrer"
    page = client.get(taken["Location"])
    assert page.status_code == 200 and secret not in page.content.decode() and secret not in str(page.headers)
    assert secret not in str([*Session.objects.values_list()]) + str(client.cookies)


def test_a_used_link_leaves_whatever_session_the_browser_had(client: Client) -> None:
    ana, eva = member_exists(), member_exists(name="Eva Other")
    for signed_in_as in (ana, eva):
        secret = link_make(installation_principal(), member=ana.pk).secret
        browser = signed_in(Client(), signed_in_as)
        browser.get(f"/account/link/{secret}")
        done = browser.post("/account/link", {"new": NEW, "again": NEW})
        assert done["Location"] == "/account/sign-in"
        assert browser.get("/account/").status_code == 302
        assert not UserSession.objects.filter(user=ana).exists()


def test_an_unknown_link_and_a_spent_one_are_the_same_page(client: Client) -> None:
    ana = member_exists()
    spent = link_make(installation_principal(), member=ana.pk).secret
    link_make(installation_principal(), member=ana.pk)
    one, other = (client.get(f"/account/link/{each}", follow=True) for each in (spent, "x" * 43))
    assert (one.status_code, shown(one.content)) == (410, shown(other.content))
