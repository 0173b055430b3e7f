"""Asking two worlds the same, and telling their answers apart byte for byte.

Routes come from the resolver and say themselves which methods they take, so that a new one cannot be
forgotten. Whatever a request changes is undone: rows by a savepoint, kept files by putting them back.
"""

import json
import os
import random
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

CHANGING = ("POST", "PUT", "PATCH", "DELETE")
SECRETS = re.compile(rb'(name="csrfmiddlewaretoken" value="|/account/link/)[^"<]+')
IGNORED_HEADERS = {"X-Request-Id", "Set-Cookie"}


@dataclass(frozen=True)
class Route:
    """A named address: its placeholders, and the methods that its view takes, none where it does not say."""

    name: str
    placeholders: tuple[str, ...]
    methods: frozenset[str]

    @property
    def is_api(self) -> bool:
        return self.name.startswith("api:")


@dataclass(frozen=True)
class Probe:
    """One request: which route, filled how, with what in it.

    `then` is a page that is posted next with the name under which a search was kept.
    """

    route: str
    method: str
    filled: tuple[tuple[str, str], ...] = ()
    query: tuple[tuple[str, str], ...] = ()
    body: str = ""
    form: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
    file: tuple[str, str, bytes] | None = None
    then: str = ""

    @property
    def url(self) -> str:
        return reverse(self.route, kwargs=dict(self.filled))


@dataclass(frozen=True)
class Part:
    """One response, less what the written list lets differ."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Answer:
    """What came back to a probe, and what could be read once it was done."""

    probe: object
    parts: tuple[Part, ...]

    @property
    def status(self) -> int:
        return self.parts[0].status

    def json(self) -> dict[str, object]:
        """Return the first response as the JSON door gave it."""
        found: dict[str, object] = json.loads(self.parts[0].body)
        return found


def routes() -> list[Route]:
    """Return every named route once, from the resolver itself."""
    found = {each.name: each for each in _routes(get_resolver().url_patterns, "")}
    return [found[name] for name in sorted(found)]


def _routes(patterns: Iterable[URLPattern | URLResolver], namespace: str) -> Iterable[Route]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _routes(pattern.url_patterns, inner)
        elif pattern.name:
            named = tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex)
            yield Route(f"{namespace}{pattern.name}", named, methods_of(pattern.callback, named))


def methods_of(view: Callable[..., HttpResponse], placeholders: tuple[str, ...]) -> frozenset[str]:
    """Ask a view with a method that nobody has; return those it says it takes, none where it says nothing."""
    try:
        answer = view(RequestFactory().generic("ASK", "/"), **dict.fromkeys(placeholders, "x"))
    except Exception:  # noqa: BLE001 - a view that runs into whatever states no methods
        return frozenset()
    named = answer.headers.get("Allow", "") if answer.status_code == 405 else ""
    return frozenset(each.strip() for each in named.split(",") if each.strip())


@contextmanager
def seeded_secrets(seed: str) -> Iterator[None]:
    """Draw what the system's own chance gives, UUIDs, salts and secrets, from a seeded stream."""
    stream = random.Random(seed)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "urandom", stream.randbytes)
        patched.setattr(random, "_urandom", stream.randbytes)
        yield


@contextmanager
def undone() -> Iterable[None]:
    """Let a change happen and take it back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def files_put_back() -> Iterable[None]:
    """Put the kept uploads back as they were, where a request kept or deleted one."""
    home = Path(settings.COTRACE_HOME)
    kept, pristine = home / "uploads", home / "uploads-pristine"
    before = _names(kept)
    if not pristine.exists():
        shutil.copytree(kept, pristine) if kept.exists() else pristine.mkdir()
    yield
    if _names(kept) != before:
        shutil.rmtree(kept)
        shutil.copytree(pristine, kept)


def _names(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*")) if folder.exists() else []


def ask(client: Client, probe: Probe, *, headers: Mapping[str, str], rereads: bool = True) -> Answer:
    """Send one probe and keep what came back; where it changed something, also what can be read afterwards."""
    cookies = {name: each.value for name, each in client.cookies.items()}
    is_changing = probe.method in CHANGING
    with undone():
        if not is_changing:
            parts = [_part(_send(client, probe, headers))]
        else:
            with files_put_back():
                response = _send(client, probe, headers)
                parts = [_part(response), *_afterwards(client, probe, response, headers, rereads)]
    _put_back(client, cookies)
    return Answer(probe, tuple(parts))


def _put_back(client: Client, cookies: Mapping[str, str]) -> None:
    """Leave a client with the cookies it came with: what they named in the database was undone."""
    for name in [name for name, each in client.cookies.items() if cookies.get(name) != each.value]:
        del client.cookies[name]
        if name in cookies:
            client.cookies[name] = cookies[name]


def _part(response: HttpResponse) -> Part:
    kept = tuple(sorted((k, v) for k, v in response.headers.items() if k not in IGNORED_HEADERS))
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return Part(response.status_code, kept, SECRETS.sub(rb"\1", body))


def _send(client: Client, probe: Probe, headers: Mapping[str, str]) -> HttpResponse:
    keywords: dict[str, object] = {"headers": headers}
    if probe.body:
        keywords |= {"data": probe.body, "content_type": "application/json"}
    elif probe.form or probe.file:
        keywords |= {"data": {name: list(value) if isinstance(value, tuple) else value for name, value in probe.form}}
        if probe.file:
            name, file_name, content = probe.file
            keywords["data"][name] = SimpleUploadedFile(file_name, content)  # type: ignore[index]
    url = probe.url
    if probe.query:
        url += "?" + urlencode(probe.query)
    send: Callable[..., HttpResponse] = getattr(client, probe.method.lower())
    return send(url, **keywords)


def _afterwards(
    client: Client, probe: Probe, response: HttpResponse, headers: Mapping[str, str], rereads: bool
) -> list[Part]:
    """Read what a change that was taken shows: the page it leads to, or its own address once more."""
    where = response.headers.get("Location", "")
    if response.status_code in {301, 302} and where.startswith("/") and not where.startswith("/account/"):
        parts = [_part(client.get(where, headers=headers))]
        if probe.then:
            kept = {key: values[0] for key, values in parse_qs(urlsplit(where).query).items()}
            parts.append(_part(client.post(reverse(probe.then), kept, headers=headers)))
        return parts
    if rereads and response.status_code in {200, 201, 204}:
        return [_part(client.get(probe.url, headers=headers))]
    return []


def difference(here: Answer, there: Answer) -> str:
    """Return what tells two answers apart, empty where nothing does."""
    if len(here.parts) != len(there.parts):
        return f"statuses {[each.status for each in here.parts]} / {[each.status for each in there.parts]}"
    return next((told for pair in zip(here.parts, there.parts, strict=True) if (told := _told_by(*pair))), "")


def _told_by(here: Part, there: Part) -> str:
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
