"""Asking as one reader, through every door, at a stopped clock."""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.test import Client

from cotrace.agencies.models import ApiToken, Member
from cotrace.foundation import clock
from cotrace.foundation.ids import seeded_ids
from tests.support import two_worlds
from tests.support.databases import Engine
from tests.support.noninterference import Answer, Probe, ask, routes, seeded_secrets
from tests.support.sign_in import signed_in
from tests.support.walk.acts import NOON
from tests.support.walk.probes import Who


@contextmanager
def home_of(folder: Path) -> Iterator[None]:
    """Let the product keep its files in a folder of this world's own."""
    before = settings.COTRACE_HOME
    settings.COTRACE_HOME = folder
    try:
        yield
    finally:
        settings.COTRACE_HOME = before


def member_of(who: Who) -> Member:
    """Return the reader's row, whose id is the same in both worlds."""
    return Member.objects.get(pk=two_worlds.reader_id(who.agency, who.role))


def token_of(who: Who) -> str:
    """Give a reader a token whose row is the same in both worlds."""
    secret = f"cotrace_{who.agency}_{who.role}"
    ApiToken.objects.get_or_create(
        id=uuid.uuid5(uuid.NAMESPACE_OID, secret),
        defaults={
            "member": member_of(who),
            "name": "tests",
            "secret_sha256": hashlib.sha256(secret.encode()).hexdigest(),
            "scopes": sorted(who.permissions),
            "created_at": NOON,
            "expires_at": NOON + timedelta(days=1),
        },
    )
    return secret


class Asker:
    """One reader with a session and a token, in the database that is pointed at."""

    def __init__(self, who: Who) -> None:
        self._api, self._web = (Client(raise_request_exception=False) for _ in range(2))
        self._bearer = {"Authorization": f"Bearer {token_of(who)}"}
        signed_in(self._web, member_of(who))
        Member.objects.update(last_login=NOON)
        self._readable = {each.name for each in routes() if "GET" in each.methods}

    def answer(self, probe: Probe) -> Answer:
        """Send one probe and keep what came back."""
        with seeded_ids(f"walk:{probe}"), seeded_secrets(f"walk:{probe}"):
            if probe.route.startswith("api:"):
                is_read_again = probe.route in self._readable
                return ask(self._api, probe, headers=self._bearer, rereads=is_read_again)
            return ask(self._web, probe, headers={}, rereads=False)


def answers(who: Who, asked: list[Probe]) -> list[Answer]:
    """Ask everything as one reader."""
    with clock.frozen_at(NOON), seeded_ids(f"walk:{who}"):
        asker = Asker(who)
        return [asker.answer(probe) for probe in asked]


@contextmanager
def world_in_use(engine: Engine, name: str, home: Path) -> Iterator[None]:
    """Point at a world's database and files."""
    engine.point_at(name)
    with home_of(home):
        yield
