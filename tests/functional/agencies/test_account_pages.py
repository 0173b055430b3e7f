"""One's own account through the pages: what it shows, and that each act does what it says."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from cotrace.agencies.models import ApiToken, LoginCode, Member
from cotrace.agencies.selectors.sessions import session_name
from cotrace.agencies.services.sign_in import visitor_principal
from cotrace.agencies.services.terminals import NewCode, terminal_ask, terminal_fetch
from tests.support.sign_in import PASSWORD, code_now, factor_key, member_exists, signed_in

pytestmark = pytest.mark.django_db
NEW = "seven green bottles hanging"


@pytest.fixture
def ana() -> Member:
    return member_exists(password=PASSWORD, has_app=True, roles=("analyst",))


@pytest.fixture
def page(ana: Member, client: Client) -> Client:
    return signed_in(client, ana)


def text(client: Client, where: str, language: str = "en") -> str:
    answer = client.get(where, HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def an_hour_ago(client: Client) -> None:
    """Let the factors of a session be shown long ago."""
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 3600} for record in session["account_authentication_methods"]
    ]
    session.save()


def ask() -> NewCode:
    return terminal_ask(visitor_principal(), terminal="laptop", address="192.0.2.7", wanted=())


def test_the_overview_says_who_one_is_and_what_ones_roles_allow(page: Client) -> None:
    shown = text(page, "/account/")
    for expected in ("Ana Ruiz", "ana@fgr.example", "Analyst", "Import seizure logs from workbooks and text files"):
        assert expected in shown
    assert "Add members" not in shown


@pytest.mark.parametrize(
    ("where", "english", "spanish"),
    [
        ("/account/", "What your roles allow", "Lo que permiten sus funciones"),
        ("/account/factors", "Second factor", "Segundo factor"),
        ("/account/password", "New password", "Contraseña nueva"),
        ("/account/sessions", "This session</span>", "Esta sesión</span>"),
        ("/account/tokens", "Make a token", "Crear un token"),
        ("/account/terminal", "Sign a terminal in", "Iniciar sesión en una terminal"),
    ],
)
def test_every_page_speaks_both_languages(page: Client, where: str, english: str, spanish: str) -> None:
    assert english in text(page, where)
    shown = text(page, where, "es")
    assert spanish in shown and english not in shown


def test_a_changed_password_keeps_this_session_under_a_new_key_and_ends_the_others(ana: Member, page: Client) -> None:
    there, key = signed_in(Client(), ana), page.session.session_key
    done = page.post("/account/password", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert done["Location"] == "/account/password"
    assert page.get("/account/").status_code == 200
    assert page.session.session_key != key
    assert there.get("/account/").status_code == 302
    assert text(page, "/account/sessions").count("This session</span>") == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"old": "wrong", "new": NEW, "again": NEW}, "This is not your present password."),
        ({"old": PASSWORD, "new": NEW, "again": "other"}, "The two passwords are not the same."),
        ({"old": PASSWORD, "new": "short", "again": "short"}, "Use at least 12 characters."),
        ({}, "Please fill in this field."),
    ],
)
def test_a_password_that_is_refused_says_why(page: Client, given: dict[str, str], said: str) -> None:
    answer = page.post("/account/password", given)
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("where", "english", "spanish"),
    [
        ("/account/password", "Not saved: Password", "No se guardó: Contraseña"),
        ("/account/terminal", "Not accepted: Sign a terminal in", "No se aceptó: Iniciar sesión en una terminal"),
        ("/account/tokens", "Not made: Tokens", "No se creó: Tokens"),
    ],
)
def test_the_title_of_a_form_that_came_back_says_so_first(page: Client, where: str, english: str, spanish: str) -> None:
    for language, title in (("en", english), ("es", spanish)):
        assert f"<title>{title} ·" not in text(page, where, language)
        answer = page.post(where, {}, HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code == 422 and f"<title>{title} · Cotrace</title>" in answer.content.decode()


def test_sessions_are_ended_one_by_one_and_all_at_once(ana: Member, page: Client) -> None:
    others = [signed_in(Client(), ana) for _ in range(3)]
    shown = text(page, "/account/sessions")
    assert shown.count("Firefox, Linux") == 4 and "192.0.2.9" in shown
    name = session_name(others[0].session.session_key)
    assert name in shown and others[0].session.session_key not in shown
    page.post(f"/account/sessions/{name}/end")
    assert [each.get("/account/").status_code for each in others] == [302, 200, 200]
    page.post("/account/sessions/end-others")
    assert [each.get("/account/").status_code for each in others] == [302, 302, 302]
    assert page.post(f"/account/sessions/{name}/end").status_code == 404


def test_a_tokens_secret_is_shown_once(ana: Member, page: Client) -> None:
    made = page.post("/account/tokens", {"name": "script", "scopes": ["seizure.read"], "days": "30"})
    secret = re.search(r"cotrace_[\w-]{40,}", made.content.decode())[0]
    assert made.headers["Cache-Control"] == "no-store"
    shown = text(page, "/account/tokens")
    assert "script" in shown and secret not in shown
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).json()["member"] == "Ana Ruiz"
    page.post(f"/account/tokens/{ApiToken.objects.get().pk}/revoke")
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_only_ones_own_permissions_are_offered_and_accepted(page: Client) -> None:
    shown = text(page, "/account/tokens")
    assert 'value="seizure.import"' in shown and 'value="member.manage"' not in shown
    answer = page.post("/account/tokens", {"name": "x", "scopes": ["member.manage"], "days": "30"})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_permissions_are_offered_as_sentences_in_ones_language(page: Client) -> None:
    assert "Importar relaciones de aseguramientos" in text(page, "/account/tokens", "es")


def test_a_terminal_is_approved_with_what_is_left_of_its_wishes(page: Client) -> None:
    asked = ask()
    shown = page.post("/account/terminal", {"code": asked.code}).content.decode()
    assert "laptop" in shown and "192.0.2.7" in shown
    decision = {"code": asked.code, "scopes": ["seizure.read"], "decision": "approve"}
    assert page.post("/account/terminal/decide", decision)["Location"] == "/account/tokens"
    assert terminal_fetch(visitor_principal(), secret=asked.secret).token.scopes == ("seizure.read",)


@pytest.mark.parametrize("decision", ["deny", "", "maybe"])
def test_anything_but_a_yes_is_a_no(page: Client, decision: str) -> None:
    asked = ask()
    page.post("/account/terminal/decide", {"code": asked.code, "scopes": ["seizure.read"], "decision": decision})
    assert LoginCode.objects.get().state == "denied"


def test_a_yes_without_permissions_asks_again(page: Client) -> None:
    asked = ask()
    answer = page.post("/account/terminal/decide", {"code": asked.code, "decision": "approve"})
    assert answer.status_code == 422
    assert LoginCode.objects.get().state == "waiting"


def test_codes_cannot_be_guessed_on_either_page(page: Client) -> None:
    asked = ask()
    for place in range(5):
        assert page.post("/account/terminal", {"code": f"0000-000{place}"}).status_code == 422
        assert page.post("/account/terminal/decide", {"code": f"0000-000{place}"}).status_code == 302
    for where in ("/account/terminal", "/account/terminal/decide"):
        assert page.post(where, {"code": asked.code, "decision": "approve"}).status_code == 429


def test_opening_the_terminal_page_changes_nothing(page: Client) -> None:
    asked = ask()
    page.get("/account/terminal", {"code": asked.code, "decision": "approve", "scopes": "seizure.read"})
    assert page.get("/account/terminal/decide").status_code == 405
    assert LoginCode.objects.get().state == "waiting"


@pytest.mark.parametrize(
    "where", ["/account/factors/app", "/account/factors/passkey", "/account/factors/recovery-codes"]
)
def test_factors_are_changed_only_after_one_was_shown_a_moment_ago(page: Client, where: str) -> None:
    an_hour_ago(page)
    for method in (page.get, page.post):
        assert method(where)["Location"] == f"/account/again?next={where.replace('/', '%2F')}"
    answer = page.post("/account/again", {"password": "wrong", "next": where})
    assert answer.status_code == 422
    assert page.post("/account/again", {"password": PASSWORD, "next": where})["Location"] == where
    assert page.get(where).status_code in {200, 302}


def test_a_code_shows_it_is_still_one_too(page: Client) -> None:
    an_hour_ago(page)
    assert "Use a code" in text(page, "/account/again")
    answer = page.post("/account/again/code", {"code": code_now(), "next": "/account/factors/recovery-codes"})
    assert answer["Location"] == "/account/factors/recovery-codes"
    assert page.get("/account/factors/recovery-codes").status_code == 200


def test_a_token_is_made_only_after_a_factor_was_shown_a_moment_ago(page: Client) -> None:
    given = {"name": "script", "scopes": ["seizure.read"], "days": "30"}
    an_hour_ago(page)
    again = "/account/again?next=%2Faccount%2Ftokens"
    assert page.post("/account/tokens", given)["Location"] == again
    assert not ApiToken.objects.exists()
    shown = text(page, "/account/tokens")
    assert f'href="{again}"' in shown and 'name="scopes"' not in shown
    assert page.post("/account/again", {"password": PASSWORD, "next": "/account/tokens"})["Location"] == "/account/tokens"
    assert page.post("/account/tokens", given).status_code == 200
    assert ApiToken.objects.count() == 1


def test_a_terminal_is_approved_only_after_a_factor_was_shown_a_moment_ago(page: Client) -> None:
    asked = ask()
    an_hour_ago(page)
    again = "/account/again?next=%2Faccount%2Fterminal"
    decision = {"code": asked.code, "scopes": ["seizure.read"], "decision": "approve"}
    for answer in (page.get("/account/terminal"), page.post("/account/terminal", {"code": asked.code})):
        assert answer["Location"] == again
    assert page.post("/account/terminal/decide", decision)["Location"] == again
    assert LoginCode.objects.get().state == "waiting"
    page.post("/account/again/code", {"code": code_now(), "next": "/account/terminal"})
    assert page.post("/account/terminal/decide", decision)["Location"] == "/account/tokens"
    assert LoginCode.objects.get().state == "approved"


def test_a_terminal_is_refused_without_showing_anything_again(page: Client) -> None:
    asked = ask()
    an_hour_ago(page)
    page.post("/account/terminal/decide", {"code": asked.code, "decision": "deny"})
    assert LoginCode.objects.get().state == "denied"


def test_a_token_works_for_a_month_unless_another_time_is_chosen(page: Client) -> None:
    shown = text(page, "/account/tokens")
    assert re.search(r'<option value="30"\s+selected', shown) and not re.search(r'value="(7|90|365)"\s+selected', shown)


def test_new_recovery_codes_are_made_after_asking_and_shown_once(ana: Member, page: Client) -> None:
    assert "Make new recovery codes?" in text(page, "/account/factors/recovery-codes")
    assert not Authenticator.objects.filter(type="recovery_codes").exists()
    shown = page.post("/account/factors/recovery-codes").content.decode()
    assert len(re.findall(r"<code class=\"mono\">\d{10}</code>", shown)) == 10
    assert not re.search(r"\d{10}<", text(page, "/account/factors"))


def test_the_last_factor_is_not_removed(ana: Member, page: Client) -> None:
    where = f"/account/factors/{factor_key(ana)}/remove"
    assert f'href="{where}"' in text(page, "/account/factors")
    assert page.get(where).status_code == 200
    assert page.post(where).status_code == 409
    Authenticator.objects.create(user=ana, type="webauthn", data={"name": "desk", "credential": {}})
    assert page.post(where)["Location"] == "/account/factors"
    assert not Authenticator.objects.filter(type="totp").exists()


def test_anothers_factor_is_nobodys(page: Client) -> None:
    eva = member_exists(name="Eva Other", has_app=True)
    row = Authenticator.objects.get(user=eva).pk
    for factor in (factor_key(eva), str(row)):
        for where in (f"/account/factors/{factor}/remove", f"/account/factors/{factor}/name"):
            assert page.get(where).status_code == page.post(where).status_code == 404
    assert Authenticator.objects.filter(user=eva).exists()


def test_a_session_is_extended_by_post(page: Client) -> None:
    assert page.post("/account/sessions/extend").status_code == 204
    assert page.get("/account/sessions/extend").status_code == 405
