"""Signing a terminal in through the JSON door, and who a token acts for."""

import pytest
from django.test import Client

from cotrace.agencies.models import ApiToken, Member
from cotrace.agencies.selectors.principals import principal_of_member
from cotrace.agencies.services.terminals import terminal_approve, terminal_deny
from cotrace.foundation.principal import Door, Principal
from tests.support.sign_in import member_exists

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


@pytest.fixture
def ana() -> Principal:
    return principal_of_member(member_exists(roles=("analyst",)), door=Door.TEST)


def ask(client: Client, **body: object) -> dict:
    answer = client.post("/api/v1/login-codes", {"terminal": "laptop", **body}, **JSON)
    assert answer.status_code == 201, answer.content
    return answer.json()


def fetch(client: Client, secret: str):
    return client.post("/api/v1/login-codes/token", {"secret": secret}, **JSON)


def test_a_terminal_is_told_what_to_show_and_how_often_to_ask(client: Client) -> None:
    asked = ask(client)
    assert set(asked) == {"code", "secret", "address", "expires_in", "interval"}
    assert (asked["address"], asked["expires_in"]) == ("http://testserver/account/terminal", 600)
    assert len(asked["code"]) == 9 and asked["code"][4] == "-"


def test_it_waits_gets_its_token_once_and_acts_with_it(client: Client, ana: Principal) -> None:
    asked = ask(client, scopes=["seizure.read"])
    waiting = fetch(client, asked["secret"])
    assert (waiting.status_code, waiting.json()["code"]) == (409, "terminal_waiting")
    terminal_approve(ana, code=asked["code"], scopes=["seizure.read"])
    given = fetch(client, asked["secret"]).json()
    assert (given["member"], given["agency"], given["scopes"]) == ("Ana Ruiz", "FGR", ["seizure.read"])
    assert fetch(client, asked["secret"]).status_code == 404
    bearer = {"headers": {"Authorization": f"Bearer {given['token']}"}}
    me = client.get("/api/v1/me", **bearer).json()
    assert (me["member"], me["agency"], me["scopes"], me["token"]) == ("Ana Ruiz", "FGR", ["seizure.read"], "laptop")
    assert client.delete("/api/v1/me/token", **bearer).status_code == 204
    assert client.get("/api/v1/me", **bearer).json()["code"] == "token_invalid"


def test_a_refused_terminal_is_told_so(client: Client, ana: Principal) -> None:
    asked = ask(client)
    terminal_deny(ana, code=asked["code"])
    answer = fetch(client, asked["secret"])
    assert (answer.status_code, answer.json()["code"]) == (409, "terminal_denied")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["body.terminal"]),
        ({"terminal": "x" * 81}, ["body.terminal"]),
        ({"terminal": "x", "scopes": "seizure.read"}, ["body.scopes"]),
        ({"terminal": "x", "scopes": ["no.such"]}, ["scopes"]),
    ],
)
def test_a_malformed_request_names_the_field_in_the_one_shape(client: Client, body: dict, fields: list[str]) -> None:
    answer = client.post("/api/v1/login-codes", body, **JSON)
    assert answer.status_code == 422
    assert set(answer.json()) == {"code", "message", "fields"}
    assert [each["field"].removeprefix("body.") for each in answer.json()["fields"]] == [
        field.removeprefix("body.") for field in fields
    ]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"secret": {"a": 1}}'])
@pytest.mark.parametrize("where", ["/api/v1/login-codes", "/api/v1/login-codes/token"])
def test_anything_else_is_refused_in_the_one_shape(client: Client, where: str, body: bytes) -> None:
    answer = client.generic("POST", where, body, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert set(answer.json()) == {"code", "message", "fields"}


def test_too_many_requests_from_one_address_are_refused(client: Client) -> None:
    for _ in range(10):
        ask(client)
    answer = client.post("/api/v1/login-codes", {"terminal": "laptop"}, **JSON)
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")


def test_sentences_come_in_the_callers_language(client: Client) -> None:
    asked = ask(client)
    answer = client.post(
        "/api/v1/login-codes/token", {"secret": asked["secret"]}, headers={"Accept-Language": "es"}, **JSON
    )
    assert answer.json()["message"] == "Nadie ha aprobado todavía esta terminal."


def test_a_token_of_a_closed_account_is_worth_nothing(client: Client, ana: Principal) -> None:
    asked = ask(client)
    terminal_approve(ana, code=asked["code"], scopes=["seizure.read"])
    token = fetch(client, asked["secret"]).json()["token"]
    Member.objects.update(is_active=False)
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert ApiToken.objects.filter(revoked_at=None).exists()
