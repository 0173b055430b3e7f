"""Members through the pages: what an administrator does, what others see."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from cotrace.agencies.models import Member
from cotrace.agencies.services.sign_in import From, password_try, visitor_principal
from tests.support.sign_in import PASSWORD, member_exists, roles_exist, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def every_role() -> None:
    roles_exist()


@pytest.fixture
def admin(client: Client) -> Client:
    return signed_in(client, member_exists(name="Adela Admin", roles=("agency_admin",)))


@pytest.fixture
def ana() -> Member:
    return member_exists(password=PASSWORD, has_app=True, roles=("analyst",))


def text(client: Client, where: str, language: str = "en") -> str:
    answer = client.get(where, HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_the_list_shows_ones_own_agency_with_roles_in_ones_language(admin: Client, ana: Member) -> None:
    member_exists("ATF", name="Bob Smith")
    shown = text(admin, "/members/")
    assert "Ana Ruiz" in shown and "Analyst" in shown and "Bob" not in shown
    assert "Administración de cuentas" in text(admin, "/members/", "es")


def test_an_added_member_sets_a_password_with_the_link_that_is_shown_once(admin: Client) -> None:
    assert 'value="expert"' in text(admin, "/members/add")
    given = {"name": "Eva Pérez", "email": "eva@fgr.example", "language": "es", "roles": ["expert"], "badge": "17"}
    shown = admin.post("/members/add", given).content.decode()
    link = re.search(r'data-copy="(http://testserver/account/link/[\w-]{40,})"', shown)[1]
    eva = Member.objects.get(email="eva@fgr.example")
    assert "Not used yet" in text(admin, f"/members/{eva.pk}")
    assert link not in text(admin, f"/members/{eva.pk}")
    new = "seven green bottles hanging"
    evas = Client()
    assert "Volver a su ficha" in admin.post(f"/members/{eva.pk}/link", HTTP_ACCEPT_LANGUAGE="es").content.decode()
    assert evas.get(link, follow=True).status_code == 410, "a later link takes the place of the first"
    link = re.search(r'data-copy="(http[^"]+)"', admin.post(f"/members/{eva.pk}/link").content.decode())[1]
    assert evas.get(link)["Location"] == "/account/link"
    refused = evas.post("/account/link", {"new": "short", "again": "short"})
    assert refused.status_code == 422 and "<title>Not saved: Set your password" in refused.content.decode()
    assert evas.post("/account/link", {"new": new, "again": new}).status_code == 302
    assert "No second factor yet" in text(admin, f"/members/{eva.pk}")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"email": "adela@fgr.example"}, "Another account has this e-mail address."),
        ({"email": "no address"}, "Enter a valid email address."),
        ({"name": ""}, "Please fill in this field."),
        ({"roles": ["emperor"]}, "not one of the available choices"),
    ],
)
def test_a_member_that_is_refused_says_why(admin: Client, given: dict, said: str) -> None:
    whole = {"name": "Eva", "email": "eva@fgr.example", "language": "es", "roles": [], **given}
    answer = admin.post("/members/add", whole)
    assert answer.status_code == 422
    assert said in answer.content.decode() and "<title>Not saved: Add a member" in answer.content.decode()
    assert Member.objects.count() == 1


def test_roles_are_saved(admin: Client, ana: Member) -> None:
    assert re.search(r'value="analyst"[^>]*checked', text(admin, f"/members/{ana.pk}"))
    assert admin.post(f"/members/{ana.pk}/roles", {"roles": ["expert"]})["Location"] == f"/members/{ana.pk}"
    assert re.search(r'value="expert"[^>]*checked', text(admin, f"/members/{ana.pk}"))


def test_a_lock_is_shown_and_ended(admin: Client, ana: Member) -> None:
    for _ in range(5):
        password_try(visitor_principal(), email=ana.email, password="wrong", origin=From(address="192.0.2.1"))
    shown = text(admin, f"/members/{ana.pk}")
    assert "Locked until" in shown and "End the lock" in shown
    admin.post(f"/members/{ana.pk}/release")
    assert "End the lock" not in text(admin, f"/members/{ana.pk}")


def test_closing_asks_first_and_can_be_undone(admin: Client, ana: Member) -> None:
    assert "Ana Ruiz is signed out everywhere" in text(admin, f"/members/{ana.pk}/close")
    assert Member.objects.get(pk=ana.pk).is_active
    admin.post(f"/members/{ana.pk}/close")
    assert "Open the account again" in text(admin, f"/members/{ana.pk}")
    admin.post(f"/members/{ana.pk}/reopen")
    assert Member.objects.get(pk=ana.pk).is_active


def test_an_account_that_watches_is_closed_by_the_operator_alone(admin: Client) -> None:
    officer = member_exists(name="Ida Cruz", roles=("security_officer",))
    shown = text(admin, f"/members/{officer.pk}")
    assert "Close the account" not in shown and "closes it and opens it again" in shown
    for act in ("close", "reopen"):
        refused = admin.post(f"/members/{officer.pk}/{act}")
        assert refused.status_code == 409
        assert "This account watches over your agency" in refused.content.decode()
    assert Member.objects.get(pk=officer.pk).is_active


def test_resetting_factors_asks_first(admin: Client, ana: Member) -> None:
    assert "in person" in text(admin, f"/members/{ana.pk}/factors")
    assert Authenticator.objects.filter(user=ana).exists()
    admin.post(f"/members/{ana.pk}/factors")
    assert not Authenticator.objects.filter(user=ana).exists()


def test_nobody_sees_buttons_for_themselves(admin: Client) -> None:
    own = Member.objects.get(email="adela@fgr.example")
    shown = text(admin, f"/members/{own.pk}")
    assert "Save the roles" not in shown and "Close the account" not in shown
    assert admin.post(f"/members/{own.pk}/roles", {"roles": ["supervisor"]}).status_code == 409


def test_another_agencys_member_is_nobody_for_every_act(admin: Client) -> None:
    bob = member_exists("ATF", name="Bob Smith")
    nobody = "00000000-0000-4000-8000-000000000000"
    for act in ("", "/roles", "/link", "/release", "/factors", "/close", "/reopen"):
        answers = []
        for target in (bob.pk, nobody):
            method = admin.get if act == "" else admin.post
            answer = method(f"/members/{target}{act}")
            answers.append((answer.status_code, re.sub(r'value="\w{64}"', "", answer.content.decode())))
        assert answers[0][0] == 404
        assert answers[0][1].replace(str(bob.pk), nobody) == answers[1][1]
    assert Member.objects.get(pk=bob.pk).is_active


def test_a_supervisor_reads_and_changes_nothing(ana: Member) -> None:
    client = signed_in(Client(), member_exists(name="Sol Supervisor", roles=("supervisor",)))
    shown = text(client, f"/members/{ana.pk}")
    assert "Analyst" in shown and "Make a one-time link" not in shown
    assert "Add a member" not in text(client, "/members/")
    for act in ("roles", "link", "release", "factors", "close", "reopen"):
        assert client.post(f"/members/{ana.pk}/{act}").status_code == 403
