"""Passkeys through the pages: made, used to sign in, used as a second factor; anything wrong is refused."""

import json
import re
from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from cotrace.agencies.models import Member
from cotrace.agencies.services.sign_in import From, password_try, visitor_principal
from cotrace.audit.models import AuditEvent
from tests.support.passkeys import SoftwarePasskey
from tests.support.sign_in import PASSWORD, member_exists, signed_in

pytestmark = pytest.mark.django_db
AT = {"HTTP_HOST": "localhost"}
SIGN_IN, SECOND, ADD, AGAIN = (
    "/account/sign-in/passkey",
    "/account/sign-in/second-factor",
    "/account/factors/passkey",
    "/account/again/passkey",
)


@pytest.fixture
def ana() -> Member:
    return member_exists(password=PASSWORD)


def options_on(page: str) -> dict:
    return json.loads(re.search(r'id="passkey-options" type="application/json">(.*?)</script>', page)[1])


def add_passkey(member: Member, key: SoftwarePasskey | None = None, *, is_first: bool = False) -> SoftwarePasskey:
    client = signed_in(Client(**AT), member, has_second_factor=not is_first)
    key = key or SoftwarePasskey()
    answer = key.make(options_on(client.get(ADD).content.decode()))
    got = client.post(ADD, {"name": "laptop", "credential": json.dumps(answer)})
    assert got.status_code in {200, 302}, got.content
    assert Authenticator.objects.filter(user=member, type="webauthn").exists()
    return key


def use(client: Client, key: SoftwarePasskey, **more: str):
    options = client.get(SIGN_IN, headers={"Accept": "application/json"}).json()["request_options"]
    return client.post(SIGN_IN, {"credential": json.dumps(key.use(options)), **more})


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_first_passkey_is_a_second_factor_and_brings_recovery_codes(ana: Member) -> None:
    add_passkey(ana, is_first=True)
    kinds = Authenticator.objects.filter(user=ana).order_by("type").values_list("type", flat=True)
    assert [*kinds] == ["recovery_codes", "webauthn"]


def test_a_passkey_alone_signs_in_and_leads_where_one_wanted_to_go(ana: Member) -> None:
    key, client = add_passkey(ana), Client(**AT)
    assert use(client, key, next="/account/tokens")["Location"] == "/account/tokens"
    assert is_in(client)
    assert AuditEvent.objects.get(action="session.started").actor == str(ana.pk)


def test_a_passkey_is_the_second_factor_after_the_password(ana: Member) -> None:
    key, client = add_passkey(ana), Client(**AT)
    client.post("/account/sign-in", {"login": ana.email, "password": PASSWORD})
    page = client.get(SECOND).content.decode()
    client.post(SECOND, {"credential": json.dumps(key.use(options_on(page)))})
    assert is_in(client)


def test_anothers_passkey_is_no_second_factor(ana: Member) -> None:
    add_passkey(ana)
    key, client = add_passkey(member_exists(name="Eva Other")), Client(**AT)
    client.post("/account/sign-in", {"login": ana.email, "password": PASSWORD})
    page = client.get(SECOND).content.decode()
    assert client.post(SECOND, {"credential": json.dumps(key.use(options_on(page)))}).status_code == 422
    assert not is_in(client)


def test_a_passkey_that_asks_for_no_pin_is_not_accepted(ana: Member) -> None:
    key, client = add_passkey(ana), Client(**AT)
    key.is_verifying = False
    assert use(client, key)["Location"] == "/account/sign-in"
    assert not is_in(client)
    signed_in(client, ana)
    answer = SoftwarePasskey(is_verifying=False).make(options_on(client.get(ADD).content.decode()))
    assert client.post(ADD, {"name": "x", "credential": json.dumps(answer)}).status_code == 422


@pytest.mark.parametrize("origin", ["http://evil.example", "https://localhost.evil.example", "http://127.0.0.1"])
def test_an_answer_given_to_another_site_is_refused(ana: Member, origin: str) -> None:
    key, client = add_passkey(ana), Client(**AT)
    assert use(client, replace(key, origin=origin))["Location"] == "/account/sign-in"
    assert not is_in(client)


def test_an_answer_works_once_and_only_for_the_session_that_asked(ana: Member) -> None:
    key, client, other = add_passkey(ana), Client(**AT), Client(**AT)
    options = client.get(SIGN_IN, headers={"Accept": "application/json"}).json()["request_options"]
    other.get(SIGN_IN, headers={"Accept": "application/json"})
    answer = json.dumps(key.use(options))
    other.post(SIGN_IN, {"credential": answer})
    assert not is_in(other)
    client.post(SIGN_IN, {"credential": answer})
    assert is_in(client)
    client.post("/account/sign-out")
    client.post(SIGN_IN, {"credential": answer})
    assert not is_in(client)


def test_a_lock_and_a_closed_account_hold_for_passkeys(ana: Member) -> None:
    key, client = add_passkey(ana), Client(**AT)
    for _ in range(5):
        password_try(visitor_principal(), email=ana.email, password="wrong", origin=From(address="192.0.2.1"))
    use(client, key)
    assert not is_in(client)
    Member.objects.update(is_active=False)
    use(client, key)
    assert not is_in(client)
    refused = AuditEvent.objects.filter(chain="FGR", action="session.refused").order_by("-id")
    assert [event.outcome for event in refused[:2]] == ["refused:account_closed", "refused:account_locked"]


def test_a_page_where_passkeys_cannot_work_says_why(ana: Member, client: Client) -> None:
    signed_in(client, ana)
    page = client.get(ADD, HTTP_HOST="127.0.0.1").content.decode()
    assert "http://localhost" in page and "Make the passkey" not in page


MALFORMED = [
    "",
    "null",
    "[]",
    '"text"',
    "{}",
    '{"id": 1}',
    '{"id": "x", "rawId": "eA", "type": "public-key", "response": {}}',
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": "_w", "clientDataJSON": "e30"}}',
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": null, "clientDataJSON": "e30", '
    '"authenticatorData": "AA", "signature": "AA"}, "clientExtensionResults": {}}',
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": 7}',
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"attestationObject": "oA", "clientDataJSON": "e30"}}',
    "not json",
]


@pytest.mark.parametrize("answer", MALFORMED)
@pytest.mark.parametrize("where", [SIGN_IN, SECOND, ADD, AGAIN])
def test_a_malformed_answer_is_refused_and_breaks_nothing(ana: Member, where: str, answer: str) -> None:
    add_passkey(ana)
    client = Client(**AT)
    if where == SECOND:
        client.post("/account/sign-in", {"login": ana.email, "password": PASSWORD})
    elif where != SIGN_IN:
        signed_in(client, ana)
    client.get(where, headers={"Accept": "application/json"} if where == SIGN_IN else {})
    got = client.post(where, {"credential": answer, "name": "x"})
    assert (got.status_code, got.get("Location")) in {(422, None), (302, "/account/sign-in")}
    assert Authenticator.objects.filter(type="webauthn").count() == 1
