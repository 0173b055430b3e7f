"""Who reads the database, or a backup of it, acts as nobody: what lies there opens no session."""

import re
import zlib
from base64 import urlsafe_b64decode

import pytest
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore as DjangosStore
from django.contrib.sessions.models import Session
from django.core.signing import Signer
from django.db import connection
from django.test import Client

from cotrace.agencies.models import Member
from cotrace.agencies.services.passwords import link_make
from cotrace.agencies.views.session_cookie import cookie_of, session_named
from cotrace.foundation.principal import installation_principal
from tests.support.sign_in import PASSWORD, code_now, member_exists, signed_in

pytestmark = pytest.mark.django_db
COOKIE = "cotrace_session"


@pytest.fixture
def ana() -> Member:
    return member_exists(password=PASSWORD, has_app=True)


@pytest.fixture
def anas(ana: Member) -> Client:
    """Her browser, signed in through the pages."""
    client = Client()
    client.post("/account/sign-in", {"login": ana.email, "password": PASSWORD})
    client.post("/account/sign-in/second-factor", {"code": code_now()})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def with_cookie(value: str) -> Client:
    client = Client()
    client.cookies[COOKIE] = value
    return client


def words_of_database() -> set[str]:
    """Return every text that lies in any column of any table but the published code lists."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - {"reference_code", "reference_codetable"}:
            cursor.execute(f'SELECT * FROM "{table}"')
            found |= {str(cell) for row in cursor.fetchall() for cell in row if cell is not None}
    return found


def unpacked(text: str) -> str:
    """Return a text with what stands in it as base64, compressed or not: what hides words without a key."""
    found = [text]
    for part in re.split(r"[:.]", text):
        try:
            raw = urlsafe_b64decode(part + "=" * (-len(part) % 4))
        except ValueError:
            continue
        found.append(raw.decode("latin-1"))
        try:
            found.append(zlib.decompress(raw).decode("latin-1"))
        except zlib.error:
            continue
    return "\n".join(found)


def test_nothing_that_lies_in_the_database_is_a_cookie_that_opens_a_session(anas: Client) -> None:
    cookie = anas.cookies[COOKIE].value
    lying = words_of_database()
    assert session_named(cookie) in lying, "the session's name was not looked for where it is"
    assert not any(cookie in each for each in lying)
    short = [each for each in lying if len(each) <= 100]
    assert len(short) > 50
    assert not any(is_in(with_cookie(each)) for each in short)


def test_the_whole_cookie_opens_it_and_a_changed_one_does_not(anas: Client) -> None:
    cookie = anas.cookies[COOKIE].value
    name = session_named(cookie)
    assert is_in(with_cookie(cookie))
    for wrong in (name, f"{name}:", f"{name}:{'A' * 43}", cookie[:-1], cookie.upper(), f"{cookie}:x", "", ":"):
        assert not is_in(with_cookie(wrong)), wrong


def test_a_signature_made_for_anything_else_does_not_do(anas: Client) -> None:
    name = session_named(anas.cookies[COOKIE].value)
    for salt in ("", "django.core.signing.Signer", "django.contrib.sessions.SessionStore"):
        assert not is_in(with_cookie(Signer(salt=salt or None).sign(name)))


@pytest.mark.parametrize("is_named", [True, False])
def test_a_cookie_of_an_earlier_key_works_while_settings_name_that_key(anas: Client, settings, is_named: bool) -> None:
    earlier = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new one", [earlier] if is_named else []
    assert is_in(anas) is is_named
    settings.SECRET_KEY_FALLBACKS = []
    assert is_in(anas) is is_named, "the cookie was not signed anew with the present key"


def test_what_a_session_holds_cannot_be_read_in_its_row(ana: Member) -> None:
    secret = link_make(installation_principal(), member=ana.pk).secret
    visitor = Client()
    visitor.get(f"/account/link/{secret}")
    assert visitor.get("/account/link").status_code == 200
    newcomer = signed_in(Client(), member_exists(name="Eva New"), has_second_factor=False)
    newcomer.get("/account/factors/app")
    app = newcomer.session[SECRET_SESSION_KEY]
    rows = [*Session.objects.all()]
    assert len(rows) == 2 and [row.get_decoded() for row in rows] == [{}, {}]
    lying = "".join(unpacked(each) for each in words_of_database())
    assert secret not in lying and app not in lying and SECRET_SESSION_KEY not in lying


def test_what_django_itself_would_keep_is_unpacked_by_these_tests() -> None:
    kept = DjangosStore().encode({SECRET_SESSION_KEY: "JBSWY3DP", "long": "and long " * 40})
    assert "JBSWY3DP" not in kept and "JBSWY3DP" in unpacked(kept)


def test_what_one_row_holds_is_worth_nothing_in_another(anas: Client) -> None:
    """A database administrator with an account here moves somebody's session under a cookie of their own."""
    mine = signed_in(Client(), member_exists(name="Mal Admin"))
    assert is_in(mine)
    theirs = Session.objects.get(pk=session_named(anas.cookies[COOKIE].value))
    Session.objects.filter(pk=session_named(mine.cookies[COOKIE].value)).update(session_data=theirs.session_data)
    assert not is_in(mine)
    assert is_in(anas)


def test_the_list_of_sessions_and_ending_others_go_on_working(ana: Member, anas: Client) -> None:
    other = signed_in(Client(), ana)
    shown = anas.get("/account/sessions").content.decode()
    assert shown.count("<li>") >= 2 and UserSession.objects.count() == 2
    for client in (anas, other):
        assert client.cookies[COOKIE].value not in shown
    anas.post("/account/sessions/end-others")
    assert is_in(anas) and not is_in(other)


def test_every_answer_that_gives_the_cookie_gives_it_signed(ana: Member) -> None:
    client = Client()
    given = []
    for answer in (
        client.post("/account/sign-in", {"login": ana.email, "password": PASSWORD}),
        client.post("/account/sign-in/second-factor", {"code": code_now()}),
        client.get("/account/factors/passkey"),
    ):
        given += [answer.cookies[COOKIE].value] if COOKIE in answer.cookies else []
    assert len(given) >= 2
    assert all(cookie_of(session_named(each)) == each for each in given)
    left = client.post("/account/sign-out")
    assert left.cookies[COOKIE].value == ""
