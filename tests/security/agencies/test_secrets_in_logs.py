"""The secret of a one-time link is in no record of any logger, whatever a browser does with it."""

import logging

import pytest
from django.test import Client

from cotrace.agencies.services.passwords import link_make
from cotrace.foundation.principal import installation_principal
from tests.support.sign_in import member_exists

pytestmark = pytest.mark.django_db
NEW = "seven green bottles hanging"


@pytest.fixture
def secret() -> str:
    return link_make(installation_principal(), member=member_exists().pk).secret


def told(caplog: pytest.LogCaptureFixture) -> str:
    """Return everything that was logged: words, arguments, tracebacks, whatever was put beside them."""
    return "\n".join(f"{each.getMessage()} {each.__dict__}" for each in caplog.records)


def test_a_form_without_its_token_is_refused_and_names_no_secret(secret: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    visitor = Client(enforce_csrf_checks=True)
    visitor.get(f"/account/link/{secret}")
    refused = visitor.post("/account/link", {"new": NEW, "again": NEW})
    assert refused.status_code == 403
    assert any(each.name == "django.security.csrf" for each in caplog.records), "the refusal was not logged"
    assert secret not in told(caplog)


@pytest.mark.parametrize("method", ["post", "put", "delete", "head", "options", "trace", "patch"])
def test_nothing_but_opening_is_possible_at_the_address_with_the_secret(secret, caplog, method: str) -> None:
    caplog.set_level(logging.DEBUG)
    for visitor in (Client(), Client(enforce_csrf_checks=True), Client(headers={"Origin": "https://evil.example"})):
        answer = getattr(visitor, method)(f"/account/link/{secret}")
        assert answer.status_code == 405
    assert secret not in told(caplog)


def test_a_whole_way_through_a_link_names_no_secret(secret: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    visitor = Client()
    visitor.get(f"/account/link/{secret}")
    assert visitor.post("/account/link", {"new": "short", "again": "short"}).status_code == 422
    assert visitor.post("/account/link", {"new": NEW, "again": NEW}).status_code == 302
    assert visitor.get(f"/account/link/{secret}", follow=True).status_code == 410
    assert secret not in told(caplog) and NEW not in told(caplog)
