"""Every route of the site: listed, closed to visitors, closed to roles that lack its permission, one error shape.

Walks the address table itself, so that a route added tomorrow is walked too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cotrace.agencies.models import Member
from cotrace.agencies.selectors.principals import principal_of_member
from cotrace.agencies.services.roles import RoleLine, roles_load
from cotrace.agencies.services.tokens import token_make
from cotrace.agencies.views.steps import SET_UP_ROUTES
from cotrace.audit.models import AuditEvent
from cotrace.config.permission_map import PERMISSION_MAP
from cotrace.foundation.permissions import PUBLIC, SIGNED_IN, declared_permissions
from cotrace.foundation.principal import Door, installation_principal
from tests.support.sign_in import PASSWORD, member_exists, signed_in

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
SAMPLES = {"uuid": str(uuid4()), "int": "7", "slug": "provider", "str": "sample", "path": "sample"}


@dataclass(frozen=True, slots=True)
class Route:
    """A route and an address that leads to it."""

    name: str
    address: str

    def needs(self, method: str) -> str | None:
        """Return what the permission map asks for a method."""
        return PERMISSION_MAP.get(f"{method} {self.name}") or PERMISSION_MAP.get(self.name)

    @property
    def is_api(self) -> bool:
        """Tell whether the route belongs to the JSON door."""
        return self.address.startswith("/api/")


def routes(patterns: list, spaces: tuple[str, ...] = ()) -> Iterator[Route]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, (*spaces, each.namespace) if each.namespace else spaces)
        elif isinstance(each, URLPattern) and each.name:
            name = ":".join((*spaces, each.name))
            yield Route(name, reverse(name, kwargs=sample_values(each)))


def sample_values(pattern: URLPattern) -> dict[str, str]:
    """Return a value for each part of an address that varies."""
    values = {
        key: SAMPLES[type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")]
        for key, converter in pattern.pattern.converters.items()
    }
    for key, group in re.findall(r"\(\?P<(\w+)>([^()]*)\)", str(pattern.pattern)):
        if key not in values:
            tried = (*group.split("|"), *SAMPLES.values())
            values[key] = next(each for each in tried if re.fullmatch(group, each))
    return values


ROUTES = sorted(set(routes(get_resolver().url_patterns)), key=lambda route: route.name)


def closed_methods(route: Route) -> list[str]:
    """Return the methods for which a route asks for more than nothing."""
    return [method for method in METHODS if route.needs(method) not in {PUBLIC, None}]


def guarded_methods(route: Route) -> list[str]:
    """Return the methods for which a route asks for a permission."""
    return [method for method in closed_methods(route) if route.needs(method) != SIGNED_IN]


def by_name(route: Route) -> str:
    return route.name


CLOSED = [route for route in ROUTES if closed_methods(route)]
GUARDED = [route for route in ROUTES if guarded_methods(route)]


def is_error_shape(answer) -> bool:
    body = answer.json()
    return set(body) == {"code", "message", "fields"} and bool(body["code"]) and bool(body["message"])


def token_of(member: Member, scopes: list[str]) -> str:
    return token_make(principal_of_member(member, door=Door.TEST), name="t", scopes=scopes).secret


def test_there_are_routes_to_walk() -> None:
    assert len(ROUTES) > 40
    assert {route.name for route in ROUTES} >= {"home", "account_login", "member_list", "api:me"}


def test_every_route_is_listed_for_some_method() -> None:
    assert [route.name for route in ROUTES if not any(route.needs(each) for each in METHODS)] == []


def test_the_admin_of_django_is_not_there(client: Client, settings) -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert client.get("/admin/").status_code == 404


@pytest.mark.parametrize("route", CLOSED, ids=by_name)
def test_a_visitor_is_sent_to_sign_in_or_told_so(client: Client, route: Route) -> None:
    for method in closed_methods(route):
        answer = client.generic(method, route.address)
        if route.is_api:
            assert answer.status_code == 401 and is_error_shape(answer), method
        else:
            assert answer.status_code == 302, method
            assert answer["Location"].startswith("/account/sign-in"), method


def test_an_address_says_which_methods_it_takes(client: Client) -> None:
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {token_of(member_exists(roles=('analyst',)), ['seizure.read'])}"}
    split = [route for route in ROUTES if route.is_api and any(key.endswith(f" {route.name}") for key in PERMISSION_MAP)]
    assert split
    for route in split:
        answer = client.generic("PATCH", route.address, **bearer)
        assert answer.status_code == 405 and is_error_shape(answer), route.name
        assert [*answer["Allow"].split(", ")] == [each for each in sorted(METHODS) if route.needs(each)], route.name
    whole = client.generic("DELETE", reverse("api:seizure_pointers"), **bearer)
    assert whole.status_code == 405 and is_error_shape(whole) and whole["Allow"] == "GET"
    assert not AuditEvent.objects.filter(action__startswith="api:").exists()


@pytest.mark.parametrize("route", CLOSED, ids=by_name)
def test_no_route_opens_before_the_second_factor(client: Client, route: Route) -> None:
    signed_in(client, member_exists(password=PASSWORD), has_second_factor=False)
    for method in closed_methods(route):
        answer = client.generic(method, route.address)
        if route.is_api:
            assert answer.status_code == 401, method
        elif route.name in SET_UP_ROUTES:
            assert answer.status_code in {200, 204, 302, 405, 422}, method
            assert not answer.get("Location", "").startswith("/account/sign-in"), method
        else:
            assert (answer.status_code, answer["Location"]) == (302, "/account/set-up"), method


def member_without(needed: str) -> Member:
    others = tuple(sorted(set(declared_permissions()) - {needed}))
    roles_load(installation_principal(), lines=[RoleLine(code="others", label_en="x", label_es="x", permissions=others)])
    return member_exists(roles=("others",), name=f"Without {needed}", email=f"{needed}@fgr.example")


@pytest.mark.parametrize("route", GUARDED, ids=by_name)
def test_a_role_without_the_permission_is_refused_and_it_is_on_record(client: Client, route: Route) -> None:
    for needed in sorted({str(route.needs(method)) for method in guarded_methods(route)}):
        member = member_without(needed)
        with_token = {}
        if route.is_api:
            scopes = sorted(set(declared_permissions()) - {needed})
            with_token = {"headers": {"Authorization": f"Bearer {token_of(member, scopes)}"}}
        else:
            signed_in(client, member)
        for method in guarded_methods(route):
            if route.needs(method) != needed:
                continue
            answer = client.generic(method, route.address, **with_token)
            assert answer.status_code == 403, method
            assert not route.is_api or is_error_shape(answer)
            event = AuditEvent.objects.filter(chain="FGR", actor=str(member.pk)).latest("id")
            assert (event.outcome, event.action) == ("refused:permission_missing", route.name[:64])


@pytest.mark.parametrize("route", [route for route in GUARDED if route.is_api], ids=by_name)
def test_a_narrow_token_is_refused_though_its_member_may(client: Client, route: Route) -> None:
    member = member_exists()
    for method in guarded_methods(route):
        secret = token_of(member, sorted(set(declared_permissions()) - {str(route.needs(method))}))
        answer = client.generic(method, route.address, headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 403 and is_error_shape(answer), method


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer nonsense", "Basic YTpi", "nonsense", "Bearer " + "x" * 5000])
def test_a_malformed_token_is_refused_in_the_one_shape(client: Client, header: str) -> None:
    answer = client.get("/api/v1/me", headers={"Authorization": header})
    assert answer.status_code == 401 and is_error_shape(answer)


def test_a_session_opens_nothing_of_the_json_door(client: Client) -> None:
    signed_in(client, member_exists())
    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("route", [route for route in ROUTES if not route.is_api], ids=by_name)
def test_no_page_is_kept_by_a_cache_and_each_has_the_policy(client: Client, route: Route) -> None:
    signed_in(client, member_exists())
    answer = client.get(route.address)
    assert "no-store" in answer["Cache-Control"]
    policy = answer["Content-Security-Policy"]
    assert "'unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
