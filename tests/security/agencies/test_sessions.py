"""Sessions: their cookie, their key, their end."""

import time
from datetime import timedelta

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from django.test import Client

from cotrace.agencies.models import Agency, Member
from cotrace.agencies.views.requests import STARTED
from cotrace.agencies.views.session_cookie import cookie_of
from cotrace.agencies.views.steps import SESSION_SECONDS
from cotrace.audit.models import AuditEvent
from cotrace.doors.gate import SEEN
from cotrace.foundation import clock
from tests.support.sign_in import PASSWORD, code_now, member_exists, signed_in

pytestmark = pytest.mark.django_db
POLL = {"HX-Request": "true", "HX-Trigger-Name": "poll"}


@pytest.fixture
def ana() -> Member:
    return member_exists(password=PASSWORD, has_app=True)


def enter(client: Client) -> None:
    client.post("/account/sign-in", {"login": "ana@fgr.example", "password": PASSWORD})
    client.post("/account/sign-in/second-factor", {"code": code_now()})


def test_the_key_of_a_session_changes_when_its_member_is_known(ana: Member, client: Client) -> None:
    planted = client.session
    planted["planted"] = "by somebody else"
    planted.save()
    client.cookies["cotrace_session"] = cookie_of(planted.session_key)
    enter(client)
    assert client.get("/account/").status_code == 200
    assert client.session.session_key != planted.session_key
    assert not client.session.exists(planted.session_key)


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_from_elsewhere(ana: Member, client: Client) -> None:
    enter(client)
    cookie = client.cookies["cotrace_session"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["expires"]) == (True, "Lax", "", "")


def test_over_https_cookies_are_sent_over_https_alone() -> None:
    import subprocess
    import sys

    script = (
        "from cotrace.config import settings as s; "
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 3e7)"
    )
    import os

    said = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "COTRACE_HTTPS": "yes"}, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["True", "True", "True"]


@pytest.mark.parametrize("where", ["/account/sign-in", "/account/sign-out", "/account/password", "/members/add"])
def test_a_form_from_elsewhere_is_refused(ana: Member, where: str) -> None:
    client = signed_in(Client(enforce_csrf_checks=True), ana)
    assert client.post(where, {"login": "x"}).status_code == 403


def test_half_an_hour_without_a_request_locks_the_session(ana: Member, client: Client, stopped_clock) -> None:
    signed_in(client, ana)
    client.get("/account/")
    with clock.frozen_at(stopped_clock + timedelta(minutes=30)):
        assert client.get("/account/").status_code == 200
    with clock.frozen_at(stopped_clock + timedelta(minutes=60, seconds=1)):
        answer = client.get("/account/tokens")
        assert answer["Location"] == "/account/sign-in?next=%2Faccount%2Ftokens&why=session_locked"
        assert "locked after a time without activity" in client.get(answer["Location"]).content.decode()
        assert client.get("/account/").status_code == 302
    locked = AuditEvent.objects.get(chain="FGR", action="session.ended")
    assert locked.outcome == "refused:session_locked"


FORM_PAGE = "http://testserver/seizures/new?x=1"


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        (FORM_PAGE, "next=%2Fseizures%2Fnew%3Fx%3D1&"),
        ("https://evil.example/seizures/new", ""),
        ("http://testserver//evil.example/", ""),
        ("http://testserver@evil.example/", ""),
        ("", ""),
    ],
)
def test_a_form_sent_without_a_session_is_said_to_be_lost_and_leads_back_to_its_page(
    client: Client, came_from: str, back: str
) -> None:
    answer = client.post("/seizures/new", {"place": "x"}, headers={"Referer": came_from} if came_from else {})
    assert answer["Location"] == f"/account/sign-in?{back}why=form_not_kept"
    assert "what it held was not saved" in client.get(answer["Location"]).content.decode()


def test_a_form_that_stems_from_an_earlier_session_is_refused_in_the_readers_language(ana: Member) -> None:
    client = signed_in(Client(enforce_csrf_checks=True), ana)
    answer = client.post("/seizures/new", {"place": "x"}, headers={"Accept-Language": "es"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Este formulario estuvo abierto" in page and "DEBUG" not in page and "CSRF" not in page
    told = client.post("/api/v1/seizures", "{}", content_type="application/json")
    assert told.status_code == 401


def test_a_page_that_polls_does_not_keep_its_session_alive(ana: Member, client: Client, stopped_clock) -> None:
    signed_in(client, ana)
    client.get("/account/")
    for minute in range(5, 31, 5):
        with clock.frozen_at(stopped_clock + timedelta(minutes=minute)):
            assert client.get("/account/", headers=POLL).status_code == 200
    with clock.frozen_at(stopped_clock + timedelta(minutes=31)):
        answer = client.get("/account/", headers=POLL)
        assert answer.status_code == 204
        assert answer["HX-Redirect"].startswith("/account/sign-in")


def test_keep_working_keeps_the_session_alive(ana: Member, client: Client, stopped_clock) -> None:
    signed_in(client, ana)
    client.get("/account/")
    for minute in (25, 50, 75):
        with clock.frozen_at(stopped_clock + timedelta(minutes=minute)):
            assert client.post("/account/sessions/extend").status_code == 204


def test_a_session_ends_after_twelve_hours_however_busy(ana: Member, client: Client, stopped_clock) -> None:
    signed_in(client, ana)
    session = client.session
    session[STARTED] = int((stopped_clock - timedelta(seconds=SESSION_SECONDS)).timestamp())
    session[SEEN] = int(stopped_clock.timestamp())
    session.save()
    assert client.get("/account/").status_code == 200
    with clock.frozen_at(stopped_clock + timedelta(seconds=1)):
        assert client.get("/account/")["Location"] == "/account/sign-in?why=session_locked"
        assert client.get("/account/")["Location"] == "/account/sign-in?next=%2Faccount%2F"


@pytest.mark.parametrize("closing", ["account", "agency"])
def test_a_closed_account_or_agency_closes_what_was_open(ana: Member, client: Client, closing: str) -> None:
    signed_in(client, ana)
    if closing == "account":
        Member.objects.update(is_active=False)
    else:
        Agency.objects.update(is_active=False)
    answer = client.get("/account/")
    assert answer["Location"] == "/account/sign-in?next=%2Faccount%2F"
    assert client.get("/account/sign-in").status_code == 200


def test_the_factors_of_one_member_are_worth_nothing_to_another(ana: Member, client: Client) -> None:
    eva = member_exists(name="Eva Other", has_app=True)
    signed_in(client, ana)
    session = client.session
    kept = session[METHODS]
    client.force_login(eva, backend="cotrace.agencies.selectors.backend.MemberBackend")
    session = client.session
    session[METHODS], session[STARTED] = kept, int(time.time())
    session["account_authentication_methods_user"] = str(ana.pk)
    session.save()
    assert client.get("/account/")["Location"] == "/account/sign-in"


def test_a_session_from_before_the_second_factor_ends_once_there_is_one(client: Client) -> None:
    ana = member_exists(password=PASSWORD)
    signed_in(client, ana, has_second_factor=False)
    assert client.get("/account/")["Location"] == "/account/set-up"
    other = signed_in(Client(), ana, has_second_factor=False)
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(ana, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert other.get("/account/")["Location"] == "/account/sign-in"
    assert other.get("/account/factors/app")["Location"].startswith("/account/sign-in")


def test_django_lets_nobody_in_by_another_way(ana: Member, client: Client) -> None:
    from django.contrib.auth import authenticate

    assert authenticate(username=ana.email, password=PASSWORD) is None
    assert authenticate(email=ana.email, password=PASSWORD) is None
    assert not client.login(username=ana.email, password=PASSWORD)


@pytest.mark.parametrize(
    "where",
    [
        "/account/signup/",
        "/account/sign-up",
        "/accounts/login/",
        "/account/email/",
        "/account/password/reset/",
        "/account/login/code/",
        "/account/social/signup/",
    ],
)
def test_what_allauth_could_do_besides_is_not_there(client: Client, where: str) -> None:
    assert client.get(where).status_code == client.post(where).status_code == 404


def test_secrets_are_in_no_message_of_the_log(ana: Member, client: Client, caplog) -> None:
    caplog.set_level(0)
    enter(client)
    client.post("/account/sign-in", {"login": ana.email, "password": "hunter2 and more words"})
    assert PASSWORD not in caplog.text and "hunter2" not in caplog.text


def test_forwarded_addresses_count_only_through_proxies_that_settings_trust(client: Client, settings) -> None:
    from cotrace.agencies.forms import address_of

    request = client.get("/account/sign-in", headers={"X-Forwarded-For": "203.0.113.9"}).wsgi_request
    assert address_of(request) == "127.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert address_of(request) == "203.0.113.9"
