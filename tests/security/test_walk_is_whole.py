"""The walk of the two worlds leaves nothing out: every route, changing method, search and command is in it.

And what it sends is meant: each act reaches its visible object and has its intended outcome there, so that a
request which stops at its form cannot pass for one that found nothing.
"""

from html import unescape
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.urls import reverse

from cotrace.config.api import api
from cotrace.doors.sentences import sentence
from cotrace.foundation import clock
from tests.support import two_worlds
from tests.support.noninterference import CHANGING, Answer, Probe, routes
from tests.support.pages import TAGS
from tests.support.walk.acts import NOON, Act
from tests.support.walk.asking import Asker, world_in_use
from tests.support.walk.kinds import APART, FURTHER, KINDS, OWN_ACCOUNT, QUERIES, STATES_NO_METHODS
from tests.support.walk.probes import Who, every_act, probe_of, walked
from tests.support.walk.terminal import SILENT, SPOKEN, leaves
from tests.support.walk.things import Things

ACTS = every_act()
BY_NAME = {each.name: each for each in routes()}


@pytest.fixture(scope="module")
def world(engine_under_test, django_db_setup, django_db_blocker, tmp_path_factory):
    """Build the world without the hidden half, and yield its objects and its askers by agency."""
    before = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock(), clock.frozen_at(NOON):
        name = engine_under_test.copy()
        with world_in_use(engine_under_test, name, tmp_path_factory.mktemp("world")):
            things = two_worlds.build(with_hidden=False)
            yield things, {agency: Asker(Who(agency, "everything")) for agency in two_worlds.READERS}
        engine_under_test.drop(name)
        engine_under_test.point_at(before)


def outcome_of(act: Act, answer: Answer) -> int | str:
    """Return what an act came to: its status, or the code of its refusal where that is what is meant."""
    first = answer.parts[0]
    if isinstance(act.outcome, int) or first.status < 400:
        return first.status
    if act.route.startswith("api:"):
        return answer.json()["code"]
    said = unescape(first.body.decode())
    return act.outcome if sentence(act.outcome).partition("%(")[0] in said else f"{first.status} without its sentence"


def said_by(answer: Answer) -> str:
    """Return the words of an answer, without what every page has around them."""
    text = answer.parts[0].body.decode(errors="replace")
    main = text[text.find("<main") : text.find("<footer")] if "<main" in text else text
    return " ".join(unescape(TAGS.sub(" ", main)).split())


@pytest.mark.parametrize("act", ACTS, ids=lambda act: f"{act.key} {act.on or '-'} {act.outcome}")
def test_an_act_reaches_what_is_visible(world, django_db_blocker, act) -> None:
    things, askers = world
    on = things[act.on] if act.on else None
    named = things[act.refers].number if act.refers else ""
    with django_db_blocker.unblock(), clock.frozen_at(NOON):
        answer = askers[act.by].answer(probe_of(act, BY_NAME[act.route], on, named))
    assert outcome_of(act, answer) == act.outcome, said_by(answer)[:1500]
    assert act.outcome not in (400, 422, "input_malformed"), "an outcome of the form says nothing about the object"
    for further in answer.parts[1:]:
        assert further.status < 500
    if isinstance(act.outcome, int) and act.outcome == 302:
        assert answer.parts[1].status == 200, "what a form leads to is a page"


def test_every_address_says_what_it_names() -> None:
    silent = [each.name for each in walked() if each.placeholders and each.name not in KINDS]
    assert not silent, f"say in tests/support/walk/kinds.py, KINDS, what these addresses name: {silent}"
    assert not set(KINDS) - set(BY_NAME), "KINDS names routes that are gone"


def test_every_view_says_which_methods_it_takes() -> None:
    silent = [each.name for each in walked() if not each.methods and each.name not in STATES_NO_METHODS]
    assert not silent, f"decorate these views with the methods they take: {silent}"


def test_every_changing_request_has_an_act() -> None:
    """The methods come from the views themselves, not from how the permission map is keyed."""
    sent = {each.key for each in ACTS}
    there = {f"{method} {each.name}" for each in walked() for method in CHANGING if method in each.methods}
    missing = sorted(there - sent - set(APART))
    assert not missing, (
        "write an Act that reaches a visible object in tests/support/walk/acts_json.py or acts_pages.py: "
        + ", ".join(missing)
    )
    assert sent <= there, f"acts on what is gone: {sorted(sent - there)}"
    assert set(APART) <= there


def test_every_search_is_asked_with_each_of_its_parts() -> None:
    """What narrows or turns the pages of a list can tell as much as the list."""
    unasked = []
    for path, operations in api.get_openapi_schema()["paths"].items():
        read = operations.get("get", {})
        parts = {each["name"] for each in read.get("parameters", ()) if each["in"] == "query"}
        name = next((each.name for each in walked() if _is_at(each, path)), "")
        asked = {key for query in QUERIES.get(name, ()) for key, _ in query}
        unasked += [f"{name}: {part}" for part in sorted(parts - asked)]
    assert not unasked, f"ask these in tests/support/walk/kinds.py, QUERIES: {unasked}"


def _is_at(route, path: str) -> bool:
    if not route.is_api:
        return False
    return unquote(reverse(route.name, kwargs={name: f"{{{name}}}" for name in route.placeholders})) == path


def test_every_query_is_read_as_it_is_meant(world, django_db_blocker) -> None:
    """Each way to narrow a list works for somebody, so that a misspelt one cannot pass for one that finds nothing."""
    things, askers = world
    works: dict[tuple[str, tuple[str, ...]], bool] = {}
    with django_db_blocker.unblock(), clock.frozen_at(NOON):
        for name, queries in QUERIES.items():
            where = BY_NAME[name]
            for query in queries:
                filled = tuple((key, _filled(value, things)) for key, value in query)
                number = _seen_first(things, KINDS[name]) if where.placeholders else ""
                address = ((where.placeholders[0], number), *FURTHER.get(name, ())) if where.placeholders else ()
                statuses = {asker.answer(Probe(name, "GET", address, filled)).status for asker in askers.values()}
                asked = (name, tuple(key for key, _ in query))
                works[asked] = works.get(asked, False) or any(status < 400 for status in statuses)
    assert not [asked for asked, is_read in works.items() if not is_read]


def _seen_first(things: Things, kind: str) -> str:
    """Return an object that has what is asked for: of requests, one with a result."""
    return things["trace_request.released"].number if kind == "trace_request" else things.of(kind)[0].number


def _filled(value: str, things: Things) -> str:
    return things.of(value[1:-1])[0].number if value.startswith("{") else value


def test_every_command_is_typed_or_shows_no_record() -> None:
    there = set(leaves())
    apart = {each for each in there for known in SILENT if each == known or each.startswith(f"{known} ")}
    missing = sorted(there - set(SPOKEN) - apart)
    assert not missing, f"say in tests/support/walk/terminal.py how these are typed, or why not: {missing}"
    assert set(SPOKEN) <= there
    assert not apart & set(SPOKEN)


def test_what_is_left_out_is_ones_own_account() -> None:
    left_out = [name for name in BY_NAME if name.startswith(OWN_ACCOUNT)]
    holding = [name for name in left_out if any(word in name for word in ("seizure", "trace", "firearm", "case"))]
    assert left_out and not holding
