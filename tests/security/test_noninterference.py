"""Nobody learns anything from a silence: two worlds, every route, every reader, byte for byte.

The readers: the widest one of each agency, and one holder of each set of permissions that a shipped role gives.
`make test` walks every list, search, count and export and a seeded tenth of the rest, on both databases. `make test-full`
walks every object as the widest readers, on SQLite; `make soak` walks every object as every reader, on both.
That nothing is left out is the matter of test_walk_is_whole.py.

What may differ is written down here: the request id (a header), the session cookie, form tokens, and the secret of
a one-time link that the reader just made. And what is disclosed on purpose: a tracing centre sees what it is asked
to trace, so what is hidden from it is asked of others (tests/support/two_worlds_tracing.py).
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from cotrace.config import environment
from cotrace.foundation import clock
from tests.support import two_worlds
from tests.support.databases import Engine
from tests.support.noninterference import Answer, difference
from tests.support.walk.acts import NOON
from tests.support.walk.asking import answers, world_in_use
from tests.support.walk.probes import Who, probes
from tests.support.walk.terminal import said_by, spoken
from tests.support.walk.things import Things

WIDEST = [Who(agency, "everything") for agency in sorted(two_worlds.READERS)]
CENTRE_ROLES = ("tracer", "tracing_supervisor")
HOLDERS = [
    Who("ATF" if role in CENTRE_ROLES else sorted(two_worlds.READERS)[place % 3], role)
    for place, role in enumerate(two_worlds.role_sets())
]

IS_POSTGRESQL = environment.text("COTRACE_DATABASE_URL").startswith("postgres")
LISTS_OF_HOLDERS = [pytest.param(who, marks=pytest.mark.full) for who in HOLDERS]
WHOLE_WALKS = [pytest.param(who, marks=pytest.mark.soak if IS_POSTGRESQL else pytest.mark.full) for who in WIDEST]


@dataclass(frozen=True)
class Worlds:
    """Both worlds: database, folder and objects; the one with the hidden half first."""

    engine: Engine
    names: tuple[str, str]
    homes: tuple[Path, Path]
    things: tuple[Things, Things]


@pytest.fixture(scope="module")
def worlds(engine_under_test, django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Worlds]:
    """Build both worlds once, each with a database and a folder of its own; the signing keys are the same."""
    before = settings.DATABASES["default"]["NAME"]
    homes = (tmp_path_factory.mktemp("with"), tmp_path_factory.mktemp("without"))
    with django_db_blocker.unblock(), clock.frozen_at(NOON):
        names = (engine_under_test.copy(), engine_under_test.copy())
        built = []
        for name, home, with_hidden in zip(names, homes, (True, False), strict=True):
            with world_in_use(engine_under_test, name, home):
                if built:
                    shutil.copytree(homes[0], home, ignore=shutil.ignore_patterns("uploads*"), dirs_exist_ok=True)
                built.append(two_worlds.build(with_hidden=with_hidden))
        yield Worlds(engine_under_test, names, homes, (built[0], built[1]))
        for name in names:
            engine_under_test.drop(name)
        engine_under_test.point_at(before)


def in_both(worlds: Worlds, asking) -> list[list[Answer]]:
    """Ask the same in both worlds."""
    found = []
    for name, home in zip(worlds.names, worlds.homes, strict=True):
        with world_in_use(worlds.engine, name, home):
            found.append(asking())
    return found


def compare(worlds: Worlds, who: Who, *, is_full: bool) -> None:
    """Walk both worlds as one reader; fail with what tells them apart."""
    asked = probes(worlds.things[0], who, is_full=is_full)
    here, there = in_both(worlds, lambda: answers(who, asked))
    wrong = [
        f"{one.probe.method} {one.probe.url} {dict(one.probe.query) or ''}{one.probe.body}{one.probe.form}: {told}"
        for one, other in zip(here, there, strict=True)
        if (told := difference(one, other))
    ]
    assert not wrong, f"{len(wrong)} of {len(here)}:\n" + "\n".join(wrong[:10])
    statuses = Counter(answer.status for answer in here)
    assert statuses[200] and statuses[404 if who.is_widest else 403], "a walk that finds nothing proves nothing"
    broken = sorted({f"{one.probe.method} {one.probe.url}" for one in here if one.parts[-1].status >= 500})
    assert not broken, broken[:10]


def name_of(who: Who) -> str:
    return f"{who.agency}-{who.role}"


@pytest.mark.parametrize("who", [*WIDEST, *LISTS_OF_HOLDERS], ids=name_of)
def test_a_reader_cannot_tell_the_worlds_apart(worlds, django_db_blocker, who) -> None:
    with django_db_blocker.unblock():
        compare(worlds, who, is_full=False)


@pytest.mark.parametrize("who", [*WHOLE_WALKS, *(pytest.param(who, marks=pytest.mark.soak) for who in HOLDERS)], ids=name_of)
def test_a_reader_cannot_tell_the_worlds_apart_on_any_route(worlds, django_db_blocker, who) -> None:
    with django_db_blocker.unblock():
        compare(worlds, who, is_full=True)


def compare_terminals(worlds: Worlds, who: Who, folder: Path, *, is_full: bool) -> None:
    """Type the same in both worlds; fail with what tells them apart."""
    lines = spoken(worlds.things[0], who, is_full=is_full)
    here, there = in_both(worlds, lambda: said_by(who, lines, folder=folder))
    wrong = [f"{one.probe}: {told}" for one, other in zip(here, there, strict=True) if (told := difference(one, other))]
    assert not wrong, "\n".join(wrong[:10])
    assert {0, 3} <= {each.status for each in here}, "a walk that finds nothing proves nothing"


@pytest.mark.parametrize("who", WIDEST, ids=name_of)
def test_nor_on_the_terminal(worlds, django_db_blocker, tmp_path, who) -> None:
    with django_db_blocker.unblock():
        compare_terminals(worlds, who, tmp_path, is_full=False)


@pytest.mark.parametrize("who", WHOLE_WALKS, ids=name_of)
def test_nor_on_the_terminal_with_any_object(worlds, django_db_blocker, tmp_path, who) -> None:
    with django_db_blocker.unblock():
        compare_terminals(worlds, who, tmp_path, is_full=True)


def test_what_is_visible_has_the_same_numbers_in_both_worlds(worlds) -> None:
    full, bare = worlds.things
    assert [each for each in full if each.seen_by] == list(bare)


def test_an_owner_does_see_the_difference_so_the_walk_can_fail(worlds, django_db_blocker) -> None:
    """The same comparison as a reader of another agency, who may see the hidden half, must find differences."""
    who = Who("FGE-SON", "everything")
    with django_db_blocker.unblock():
        asked = probes(worlds.things[0], who, is_full=False)
        here, there = in_both(worlds, lambda: answers(Who("FGR", "everything"), asked))
    told = {one.probe.route for one, other in zip(here, there, strict=True) if difference(one, other)}
    assert {"api:seizure_list", "api:trace_list", "api:exchange_messages", "seizures:list"} <= told
