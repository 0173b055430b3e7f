"""Nothing is open by accident: every route is in the permission map, every permission in a role, and back."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.urls import URLPattern, URLResolver, get_resolver, path

from cotrace.agencies.imports import shipped_roles
from cotrace.agencies.services.roles import RoleLine
from cotrace.config.permission_map import PERMISSION_MAP
from cotrace.foundation.permissions import PUBLIC, SIGNED_IN, declared_permissions
from tests.architecture.source import say

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def route_names(patterns: Iterable[URLPattern | URLResolver], spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the full name of every route; one without a name yields its pattern in brackets."""
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = (*spaces, each.namespace) if each.namespace else spaces
            yield from route_names(each.url_patterns, inner)
        else:
            yield ":".join((*spaces, each.name)) if each.name else f"<{each.pattern}>"


def closed_routes(names: Iterable[str], table: dict[str, str]) -> list[str]:
    """Find routes that the map does not list: nobody can use them."""
    listed = {key.rpartition(" ")[2] for key in table}
    return [f"route {name} is not in the permission map" for name in sorted(set(names)) if name not in listed]


def stale_entries(names: Iterable[str], table: dict[str, str]) -> list[str]:
    """Find entries of the map that no route has, or whose method is none."""
    known = set(names)
    findings = []
    for key in table:
        method, _, name = key.rpartition(" ")
        if name not in known:
            findings.append(f"the permission map lists {key}, which no route has")
        if method and method not in METHODS:
            findings.append(f"the permission map lists {key}: {method} is no method")
    return findings


def unknown_permissions(table: dict[str, str], declared: Iterable[str]) -> list[str]:
    """Find permissions that the map asks for and nobody declared."""
    allowed = {*declared, PUBLIC, SIGNED_IN}
    return [
        f"{key} asks for {code}, which no subject declares"
        for key, code in table.items()
        if code not in allowed
    ]


def roleless(lines: Iterable[RoleLine], declared: Iterable[str]) -> list[str]:
    """Find permissions that no shipped role gives, and roles that give what nobody declares or nothing at all."""
    given = {permission: line.code for line in lines for permission in line.permissions}
    findings = [f"no role gives {code}" for code in sorted(set(declared) - set(given))]
    findings += [
        f"{given[code]} gives {code}, which no subject declares" for code in set(given) - set(declared)
    ]
    return findings + [f"{line.code} gives nothing" for line in lines if not line.permissions]


def test_every_permission_is_in_a_role_and_every_role_gives_declared_ones():
    findings = roleless(shipped_roles(), declared_permissions())
    assert not findings, say(findings)


def test_permissions_without_role_are_found():
    line = RoleLine(code="expert", label_en="Expert", label_es="Perita o perito", permissions=("thing.read",))
    assert roleless([line], ["thing.read", "thing.write"]) == ["no role gives thing.write"]
    assert roleless([line], []) == ["expert gives thing.read, which no subject declares"]
    assert roleless([replace(line, permissions=())], []) == ["expert gives nothing"]
    assert not roleless([line], ["thing.read"])


def test_every_route_is_in_the_permission_map():
    names = list(route_names(get_resolver().url_patterns))
    findings = closed_routes(names, PERMISSION_MAP) + stale_entries(names, PERMISSION_MAP)
    assert not findings, say(findings)


def test_the_map_asks_for_declared_permissions_only():
    findings = unknown_permissions(PERMISSION_MAP, declared_permissions())
    assert not findings, say(findings)


def test_forgotten_routes_and_stale_entries_are_found():
    patterns = [path("a", lambda request: None, name="a"), path("b", lambda request: None)]
    names = list(route_names(patterns))
    assert names == ["a", "<b>"]
    assert len(closed_routes(names, {})) == 2
    assert not closed_routes(["a"], {"POST a": "x"})
    assert stale_entries(["a"], {"b": "x"})
    assert stale_entries(["a"], {"FETCH a": "x"})
    assert unknown_permissions({"a": "thing.read"}, [])
    assert not unknown_permissions({"a": "thing.read", "b": PUBLIC}, ["thing.read"])
