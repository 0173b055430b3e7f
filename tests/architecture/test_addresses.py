"""Addresses carry public ids only: nobody counts up through rows, and no row of a database is named. STYLE 20."""

import inspect
import re
import uuid
from collections.abc import Callable, Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver, path, re_path
from django.urls.converters import IntConverter, UUIDConverter
from ninja import NinjaAPI

from cotrace.config.api import api
from tests.architecture.source import say

RANDOM_IDS = {
    "member": "drawn at random for a person, who has no number; it is what roles, circles and the log call them by",
    "token": "drawn at random for a key of one's own, which has no number; only its member sees it",
}
"""Name of a part of an address that is a UUID -> why that is a public id."""

COUNTED = re.compile(r"^\(*(?:\\d|\[0-9\])[^a-z]*$")
ROW_NAMES = {"pk", "id"}


def counted_addresses(patterns: Iterable[URLPattern | URLResolver], base: str = "") -> list[str]:
    """Find routes with a part that takes the number of a row, and UUIDs that nobody reviewed."""
    return [
        f"{address} takes {name} as {kind}"
        for address, pattern in _routes(patterns, base)
        for name, kind in _kinds(pattern)
        if name in ROW_NAMES or kind == "int" or (kind == "uuid" and name not in RANDOM_IDS)
    ]


def _routes(patterns: Iterable[URLPattern | URLResolver], base: str) -> Iterator[tuple[str, URLPattern]]:
    for each in patterns:
        address = f"{base}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, address)
        else:
            yield address, each


def _kinds(route: URLPattern) -> Iterator[tuple[str, str]]:
    """Yield each part of a route with what it takes: by its converter, its expression, or what the view says."""
    said = _annotations(route.callback)
    for name, converter in route.pattern.converters.items():
        kinds = {IntConverter: "int", UUIDConverter: "uuid"}
        yield name, next((kind for each, kind in kinds.items() if isinstance(converter, each)), said.get(name, "text"))
    for name, expression in re.findall(r"\(\?P<(\w+)>((?:[^()]|\([^()]*\))*)\)", str(route.pattern)):
        yield name, "int" if COUNTED.match(expression) else said.get(name, "text")


def _annotations(view: Callable[..., object]) -> dict[str, str]:
    kinds = {int: "int", "int": "int", uuid.UUID: "uuid", "UUID": "uuid"}
    parameters = inspect.signature(view).parameters.values()
    return {each.name: kinds[each.annotation] for each in parameters if each.annotation in kinds}


def counted_parameters(door: NinjaAPI) -> list[str]:
    """Find what operations of a JSON door take of their address as a whole number, or as a row's id beside it."""
    return [
        f"{method.upper()} {address} takes {each['name']} as {each['schema'].get('type')}"
        for address, operations in door.get_openapi_schema(path_prefix="/api/")["paths"].items()
        for method, operation in operations.items()
        for each in operation.get("parameters", ())
        if each["name"] in ROW_NAMES or (each["in"] == "path" and each["schema"].get("type") in {"integer", "number"})
    ]


def test_addresses_carry_public_ids_only():
    findings = [*counted_addresses(get_resolver().url_patterns), *counted_parameters(api)]
    assert not findings, say(findings)
    used = {name for _, route in _routes(get_resolver().url_patterns, "") for name, _ in _kinds(route)}
    assert set(RANDOM_IDS) <= used, "an allowance that nobody uses"


def test_counted_addresses_are_found():
    def view(request: object, number: int = 0, key: "uuid.UUID | str" = "") -> None: ...

    inner = [path("<int:factor>/remove", view), path("<slug:name>", view)]
    assert counted_addresses([URLResolver(path("account/", view).pattern, inner)]) == [
        "account/<int:factor>/remove takes factor as int"
    ]
    for bad in (
        path("<uuid:seizure>", view),
        path("<str:number>", view),
        path("<str:pk>", view),
        re_path(r"^rows/(?P<row>\d+)$", view),
        re_path(r"^rows/(?P<row>[0-9]{1,9})/(?P<act>end)$", view),
        re_path(r"^rows/(?P<id>[a-z]+)$", view),
    ):
        assert counted_addresses([bad]), bad
    for good in (path("<uuid:member>", view), path("<str:key>", view), re_path(r"^(?P<act>end|(?:re)?open)$", view)):
        assert not counted_addresses([good]), good


def test_counted_parameters_of_the_json_door_are_found():
    door = NinjaAPI(urls_namespace="samples", docs_url=None)

    @door.get("/rows/{row}")
    def by_row(request: object, row: int) -> None: ...

    @door.get("/named/{number}")
    def by_number(request: object, number: str, id: str = "", version: int = 0) -> None: ...

    assert counted_parameters(door) == ["GET /api/rows/{row} takes row as integer", "GET /api/named/{number} takes id as string"]
