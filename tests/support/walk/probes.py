"""What is asked, of whom: every route filled with what is there, hidden, not there and nonsense.

The widest reader of an agency is asked with every object there is. Whoever holds one role is asked with one
visible, one hidden and one nonexistent object; where the role lacks a route's permission, once.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cotrace.config.permission_map import PERMISSION_MAP
from cotrace.foundation.ids import new_number, seeded_ids
from cotrace.foundation.permissions import PUBLIC, SIGNED_IN, declared_permissions
from tests.support.noninterference import Probe, Route, as_json, routes
from tests.support.two_worlds import role_sets
from tests.support.walk.acts import Act
from tests.support.walk.acts_json import json_acts
from tests.support.walk.acts_pages import page_acts
from tests.support.walk.kinds import (
    FORMS,
    FURTHER,
    HOLDINGS,
    KINDS,
    ON_PURPOSE,
    OWN_ACCOUNT,
    PREFIXES,
    QUERIES,
)
from tests.support.walk.things import Thing, Things

SEED = 20090630


@dataclass(frozen=True, slots=True)
class Who:
    """A reader: an agency, and a role or "everything"."""

    agency: str
    role: str

    @property
    def is_widest(self) -> bool:
        return self.role == "everything"

    @property
    def permissions(self) -> frozenset[str]:
        return frozenset(declared_permissions()) if self.is_widest else role_sets()[self.role]

    def may(self, method: str, route: str) -> bool:
        """Tell whether the permission map lets this reader through."""
        needed = PERMISSION_MAP.get(f"{method} {route}") or PERMISSION_MAP.get(route)
        return needed in (PUBLIC, SIGNED_IN) or needed in self.permissions


def walked() -> list[Route]:
    """Return the routes that are walked."""
    return [each for each in routes() if not each.name.startswith(OWN_ACCOUNT)]


def every_act() -> list[Act]:
    """Return every act there is, through both doors."""
    return [*json_acts(), *page_acts()]


def absent(kind: str) -> list[Thing]:
    """Return a well-formed name that no object of the kind has, and nonsense."""
    if kind in FORMS:
        name = FORMS[kind]
    else:
        with seeded_ids("nowhere"):
            name = new_number(PREFIXES[kind], origin="TEST", owner="nobody")
    nonsense = [] if kind == "member" else [Thing(name=f"{kind}.nonsense", number="SZ-NONSENSE")]
    return [Thing(name=f"{kind}.nowhere", number=name), *nonsense]


class Fills:
    """What addresses and bodies are filled with, for one reader of one pair of worlds: all there is, or a few."""

    def __init__(self, things: Things, who: Who, *, is_whole: bool) -> None:
        self._things, self._who, self._is_whole = things, who, is_whole

    def of(self, kind: str, *, salt: str = "") -> list[Thing]:
        """Return objects of a kind for this reader; `salt` chooses among the hidden ones."""
        known = [each for each in self._things if each.kind in (HOLDINGS if kind == "holding" else (kind,))]
        if self._is_whole:
            return [*known, *self._stranger(kind), *absent(kind)]
        seen = [each for each in known if self._who.agency in each.seen_by]
        hidden = [each for each in known if not each.seen_by]
        chosen = random.Random(f"{SEED}:{self._who}:{kind}:{salt}")
        return [*seen[:1], *(chosen.sample(hidden, 1) if hidden else ()), absent(kind)[0]]

    def _stranger(self, kind: str) -> list[Thing]:
        """Return a hidden object of another kind: its number must read as nonexistent here, too."""
        other = "seizure.capped0" if kind not in {"seizure", "holding"} else "circle.secret"
        return [] if kind == "member" else [self._things[other]]


def reads(route: Route, fills: Fills) -> Iterator[Probe]:
    """Yield what is read of a route."""
    if "GET" not in route.methods:
        return
    for filled in _addresses(route, fills):
        yield Probe(route.name, "GET", filled)
    for query in QUERIES.get(route.name, []):
        for asked in _queries(query, fills):
            for filled in _addresses(route, fills):
                yield Probe(route.name, "GET", filled, asked)


def _queries(query: tuple[tuple[str, str], ...], fills: Fills) -> Iterator[tuple[tuple[str, str], ...]]:
    named = [value[1:-1] for _, value in query if value.startswith("{")]
    if not named:
        yield query
        return
    for each in fills.of(named[0]):
        yield tuple((key, each.number if value.startswith("{") else value) for key, value in query)


def _addresses(route: Route, fills: Fills) -> list[tuple[tuple[str, str], ...]]:
    if not route.placeholders:
        return [()]
    kind = KINDS.get(route.name)
    if kind is None:
        return []
    further = FURTHER.get(route.name, ())
    return [((route.placeholders[0], each.number), *further) for each in fills.of(kind, salt=route.name)]


def sent(act: Act, route: Route, things: Things, fills: Fills) -> Iterator[Probe]:
    """Yield an act on every object, and on its own visible object with every object that its body can name."""
    own_named = things[act.refers].number if act.refers else ""
    own_on = things[act.on] if act.on else None
    targets = fills.of(KINDS.get(act.route, ""), salt=act.key) if act.on else [None]
    for target in targets:
        yield probe_of(act, route, target, own_named)
    if act.refers:
        for each in fills.of(things[act.refers].kind, salt=f"{act.key}:named"):
            if each.number != own_named:
                yield probe_of(act, route, own_on, each.number)


def probe_of(act: Act, route: Route, on: Thing | None, named: str) -> Probe:
    """Return the request of an act on one object."""
    thing = on or Thing(name="nothing.at_all", number="")
    form = act.form(thing, named) if act.form else {}
    query = act.query(thing, named) if act.query else {}
    if not (act.json or act.form or act.file or route.is_api):
        form = {"confirm": "yes"}
    return Probe(
        act.route,
        act.method,
        ((route.placeholders[0], thing.number), *act.further) if route.placeholders else (),
        query=tuple((key, str(value)) for key, value in query.items()),  # type: ignore[attr-defined]
        body=as_json(act.json(thing, named)) if act.json else "",
        form=tuple(form.items()),  # type: ignore[attr-defined]
        file=act.file,
        then=act.then,
    )


def probes(things: Things, who: Who, *, is_full: bool) -> list[Probe]:
    """Return what one reader is asked: every list, search, count and export, and all or a seeded tenth of the rest."""
    fills = Fills(things, who, is_whole=who.is_widest)
    few = Fills(things, who, is_whole=False)
    lists: list[Probe] = []
    rest: list[Probe] = []
    acts: dict[str, list[Act]] = {}
    for act in every_act():
        acts.setdefault(act.route, []).append(act)
    for route in walked():
        if who.agency in ON_PURPOSE.get(route.name, ()):
            continue
        is_list = not route.placeholders
        asked = _allowed(who, "GET", route, reads(route, fills))
        listed = _allowed(who, "GET", route, reads(route, few)) if is_list else []
        lists += listed
        rest += [each for each in asked if each not in listed]
        for act in acts.get(route.name, []):
            is_search = is_list and (bool(act.then) or route.name.endswith(("export", ":list")))
            made = _allowed(who, act.method, route, sent(act, route, things, fills))
            (lists if is_search else rest).extend(made)
    if is_full:
        return lists + rest
    tenth = max(len(rest) // 10, 1)
    return lists + random.Random(f"{SEED}:{who}").sample(rest, tenth)


def _allowed(who: Who, method: str, route: Route, made: Iterable[Probe]) -> list[Probe]:
    """Return the probes; only the first where the reader's role stops at the gate, before any view runs."""
    found = list(made)
    return found if who.may(method, route.name) else found[:1]


