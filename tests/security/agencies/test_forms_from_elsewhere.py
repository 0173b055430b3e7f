"""No form works from another site, and no page sends anybody to one: every page of the site, from the resolver itself."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cotrace.agencies.models import Member
from tests.security.agencies.test_routes import ROUTES as ADDRESSES
from tests.support.noninterference import Route, routes
from tests.support.sign_in import PASSWORD, code_now, member_exists, signed_in

pytestmark = pytest.mark.django_db

PAGES = [each for each in routes() if not each.is_api]
ADDRESS_OF = {each.name: each.address for each in ADDRESSES}
STATES_NO_METHODS = frozenset(
    {
        "account_login", "account_reauthenticate", "mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn", "set_language",
    }
)  # fmt: skip
"""Pages of django-allauth and of Django, whose views take a POST without saying so."""
FORMS = [each for each in PAGES if "POST" in each.methods or each.name in STATES_NO_METHODS]
ZERO = "\x00"
EVIL = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example/",
    "https:///evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://testserver@evil.example/",
    "/\t/evil.example/",
    f"{ZERO}//evil.example/",
]
SITE = "http://testserver"


def by_name(route: Route) -> str:
    return route.name


@pytest.fixture
def ana() -> Member:
    return member_exists(password=PASSWORD, has_app=True)


def leaves_the_site(answer: HttpResponse) -> bool:
    """Tell whether a browser that follows the answer leaves: backslashes are slashes to it, blanks are nothing."""
    where = answer.headers.get("Location") or answer.headers.get("HX-Redirect") or ""
    seen = where.replace("\\", "/").translate({9: None, 10: None, 13: None, 0: None}).strip()
    parts = urlsplit(urljoin(f"{SITE}/here", seen))
    return bool(where) and (parts.scheme, parts.netloc) not in {("http", "testserver"), ("https", "testserver")}


def test_the_pages_with_forms_are_many_and_those_that_do_not_say_so_are_known():
    assert len(FORMS) > 40
    silent = {each.name for each in PAGES if not each.methods}
    assert silent == set(STATES_NO_METHODS)


@pytest.mark.parametrize("route", FORMS, ids=by_name)
def test_a_form_from_elsewhere_is_refused_before_anything_happens(ana: Member, route: Route) -> None:
    client = signed_in(Client(enforce_csrf_checks=True), ana)
    for headers in ({}, {"Origin": "https://evil.example"}, {"Referer": "https://evil.example/form"}):
        answer = client.post(ADDRESS_OF[route.name], {"confirm": "yes"}, headers=headers)
        assert answer.status_code == 403, headers
        assert not leaves_the_site(answer)
    assert "CsrfViewMiddleware" in str(settings.MIDDLEWARE)


@pytest.mark.parametrize("route", FORMS, ids=by_name)
def test_with_its_token_the_same_form_is_not_refused_as_foreign(ana: Member, route: Route) -> None:
    """So that the refusal above cannot come from anything else."""
    client = signed_in(Client(enforce_csrf_checks=True, raise_request_exception=False), ana)
    client.get("/account/")
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    headers = {"Origin": SITE}
    answer = client.post(ADDRESS_OF[route.name], {"csrfmiddlewaretoken": token}, headers=headers)
    assert b"csrf" not in answer.content.lower() or answer.status_code != 403


@pytest.mark.full
@pytest.mark.parametrize("is_signed_in", [True, False], ids=["signed in", "visitor"])
@pytest.mark.parametrize("route", PAGES, ids=by_name)
def test_no_page_sends_anybody_elsewhere(ana: Member, route: Route, is_signed_in: bool) -> None:
    client = Client(raise_request_exception=False)
    is_of_sign_in = route.name.startswith(("account", "mfa_", "openid_connect", "set_language"))
    for where in EVIL if is_of_sign_in else EVIL[:3]:
        if is_signed_in and "_auth_user_id" not in client.session:
            client = signed_in(Client(raise_request_exception=False), ana)
        asked = {"next": where, "redirect_to": where, "url": where}
        foreign = {"Referer": "https://evil.example/"}
        assert not leaves_the_site(client.get(ADDRESS_OF[route.name], asked, headers=foreign)), where
        assert not leaves_the_site(client.post(ADDRESS_OF[route.name], asked, headers=foreign)), where


@pytest.mark.parametrize("where", [each for each in EVIL if ZERO not in each])
def test_a_whole_sign_in_leads_home_where_it_should_lead_elsewhere(ana: Member, where: str) -> None:
    client = Client()
    client.get("/account/sign-in", {"next": where})
    first = client.post("/account/sign-in", {"login": ana.email, "password": PASSWORD, "next": where})
    assert not leaves_the_site(first)
    last = client.post(first["Location"], {"code": code_now(), "next": where})
    assert (last.status_code, last["Location"]) == (302, reverse("home"))


def test_a_sign_in_that_should_lead_to_a_zero_character_is_refused(ana: Member) -> None:
    form = {"login": ana.email, "password": PASSWORD, "next": f"{ZERO}//evil.example/"}
    assert Client().post("/account/sign-in", form).status_code == 422


def test_an_address_that_leaves_is_told_from_one_that_stays():
    def to(where: str) -> HttpResponse:
        return HttpResponse(status=302, headers={"Location": where})

    assert all(leaves_the_site(to(where)) for where in ("//evil.example", "/\\evil.example", "https://x.example/"))
    assert not any(leaves_the_site(to(where)) for where in ("/", "/account/?next=%2F%2Fevil.example", ""))
