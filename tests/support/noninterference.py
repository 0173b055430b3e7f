"""Two worlds, one with and one without what the reader must not see; every route must answer alike.

The hidden half is written after the visible one, from id streams of its own, so that nothing but a
leak can make two answers differ. Only the request id may: it travels in a header.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

SECRETS = re.compile(rb'(name="csrfmiddlewaretoken" value="|/account/link/)[^"<]+')
IGNORED_HEADERS = {"X-Request-Id", "Set-Cookie"}


@dataclass(frozen=True)
class Route:
    """A named address: its placeholders, and whether it is the JSON door's."""

    name: str
    placeholders: tuple[str, ...]

    @property
    def is_api(self) -> bool:
        return self.name.startswith("api:")


@dataclass(frozen=True)
class Probe:
    """One request: which route, filled how, with what in it."""

    route: str
    method: str
    filled: tuple[tuple[str, str], ...] = ()
    query: tuple[tuple[str, str], ...] = ()
    body: str = ""
    form: tuple[tuple[str, str], ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.route, kwargs=dict(self.filled))


@dataclass(frozen=True)
class Answer:
    """What came back, byte for byte, less what the written list lets differ."""

    probe: Probe
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)


def routes() -> list[Route]:
    """Return every named route, from the resolver itself: a new one cannot be forgotten."""
    return sorted(_routes(get_resolver().url_patterns, ""), key=lambda each: each.name)


def _routes(patterns: Iterable[URLPattern | URLResolver], namespace: str) -> Iterable[Route]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _routes(pattern.url_patterns, inner)
        elif pattern.name:
            named = tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex)
            yield Route(f"{namespace}{pattern.name}", named)


@contextmanager
def undone() -> Iterable[None]:
    """Let a change happen and take it back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, probe: Probe, *, headers: Mapping[str, str]) -> Answer:
    """Send one probe and keep what came back; whatever it changed is undone."""
    keywords: dict[str, object] = {"headers": headers}
    if probe.body:
        keywords |= {"data": probe.body, "content_type": "application/json"}
    elif probe.form:
        keywords |= {"data": dict(probe.form)}
    url = probe.url
    if probe.query:
        url += "?" + "&".join(f"{key}={value}" for key, value in probe.query)
    with undone():
        response = _send(client, probe, url, keywords)
    kept = tuple(sorted((k, v) for k, v in response.headers.items() if k not in IGNORED_HEADERS))
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return Answer(probe, response.status_code, kept, SECRETS.sub(rb"\1", body))


def _send(client: Client, probe: Probe, url: str, keywords: dict[str, object]) -> HttpResponse:
    send: Callable[..., HttpResponse] = getattr(client, probe.method.lower())
    return send(url, **keywords)


def difference(here: Answer, there: Answer) -> str:
    """Return what tells two answers apart, empty where nothing does."""
    if here.status != there.status:
        return f"status {here.status} / {there.status}"
    if here.headers != there.headers:
        return f"headers {set(here.headers) ^ set(there.headers)}"
    if here.body != there.body:
        return f"bodies: {_first_difference(here.body, there.body)}"
    return ""


def _first_difference(here: bytes, there: bytes) -> str:
    at = next(
        (i for i, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), min(len(here), len(there))
    )
    return f"…{here[max(at - 60, 0) : at + 80]!r} / …{there[max(at - 60, 0) : at + 80]!r}"


def as_json(body: object) -> str:
    """Return a body as the probe sends it."""
    return json.dumps(body)
