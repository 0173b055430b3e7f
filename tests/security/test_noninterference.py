"""Nobody learns anything from a silence: two worlds, every route, every reader, byte for byte.

`make test` walks every list, search, count and export and a seeded tenth of the rest; `make test-full` all.
What may differ is written down here: the request id (a header), the session cookie, form tokens, and the
secret of a one-time link that the reader just made.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from cotrace.agencies.models import ApiToken, Member
from cotrace.foundation import clock
from cotrace.foundation.ids import new_number, seeded_ids
from cotrace.foundation.permissions import declared_permissions
from tests.support import two_worlds
from tests.support.noninterference import Answer, Probe, Route, as_json, ask, difference, routes
from tests.support.sign_in import signed_in

NOON = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)

OWN_ACCOUNT = ("account", "mfa_", "openid_connect", "account_")
"""Left out: one's own sessions, keys and sign-in. They read no holding; tests/security/agencies has them."""

BODIES: dict[str, list[object]] = {
    "POST api:seizure_list": [
        {"occurred_on": "2026-02-01", "state_code": "26"},
        {"occurred_on": "2026-02-01", "participants": ["MX-SEDENA"], "place": "same place"},
    ],
    "PUT api:seizure": [{"occurred_on": "2026-02-02", "place": "elsewhere"}],
    "PUT api:seizure_visibility": [{"cap": "NOTHING"}, {"cap": "FULL", "circle": "CI-TEST-0000-0000-0000"}],
    "POST api:agreement_list": [
        {
            "title_en": "x", "title_es": "x", "purposes": ["criminal_investigation"], "parties": ["ATF", "ICE"],
            "clauses": [], "starts_on": "2026-03-01", "review_on": "2027-03-01",
        }
    ],
    "POST api:firearm_list": [{"seizure": "SZ-TEST-0000-0000-0000", "serial": "AB1234", "make": "Romarm"}, {}],
    "PUT api:firearm": [{"seizure": "SZ-TEST-0000-0000-0000", "serial": "AB1234", "make": "Romarm"}, {}],
    "POST api:trace_list": [{"gun": {"serial": "AB1234", "make": "Romarm"}}, {}],
    "PUT api:centre_licensee": [{"number": "1-23-456-78-9A-12345", "name": "Synthetic Arms"}, {}],
    "POST api:agreement_sign": [{}],
    "POST api:agreement_state": [{"act": "suspend"}, {"act": "resume"}, {"act": "end"}],
}
"""Well-formed bodies of changing operations. A changing route of the JSON door without one fails a test."""

QUERIES: dict[str, list[tuple[tuple[str, str], ...]]] = {
    "api:seizure_list": [
        (("text", "km"),), (("text", "secreto"),), (("state", "26"),), (("force", "MX-SEDENA"),),
        (("since", "2026-01-04"), ("until", "2026-01-20")), (("text", "federal"), ("state", "26")),
    ],
}

CHOICES = {"act": "suspend"}
"""What stands in a placeholder that is no number."""

NO_BODY = {"api:seizure_imports", "api:seizure_dry_run", "api:login_codes", "api:login_token", "api:me_token"}
"""Take a file, or concern one's own sign-in: tests/usecases/seizures and tests/security/agencies have them."""


@pytest.fixture(scope="module")
def worlds(engine_under_test, django_db_setup, django_db_blocker) -> Iterator[tuple[str, str, list[str]]]:
    """Build both worlds once; yield their database names and every number of the fuller one."""
    before = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock(), clock.frozen_at(NOON):
        names = [engine_under_test.copy(), engine_under_test.copy()]
        numbers: list[str] = []
        for name, with_hidden in zip(names, (True, False), strict=True):
            engine_under_test.point_at(name)
            two_worlds.build(with_hidden=with_hidden)
            numbers = numbers or two_worlds.known_numbers()
        yield names[0], names[1], numbers
        for name in names:
            engine_under_test.drop(name)
        engine_under_test.point_at(before)


def token_of(agency: str) -> str:
    """Give a reader a token whose row is the same in both worlds."""
    import hashlib

    secret = f"cotrace_{agency}"
    ApiToken.objects.get_or_create(
        id=two_worlds.READERS[agency].replace("1", "4", 1),
        defaults={
            "member": Member.objects.get(pk=two_worlds.READERS[agency]),
            "name": "tests",
            "secret_sha256": hashlib.sha256(secret.encode()).hexdigest(),
            "scopes": sorted(declared_permissions()),
            "created_at": NOON,
            "expires_at": NOON + timedelta(days=1),
        },
    )
    return secret


def walked() -> list[Route]:
    return [each for each in routes() if not each.name.startswith(OWN_ACCOUNT)]


def filled(route: Route, numbers: list[str]) -> list[tuple[tuple[str, str], ...]]:
    """Return every way to fill a route's placeholders: each number there is, one there is not, and nonsense."""
    if not route.placeholders:
        return [()]
    with seeded_ids("nowhere"):
        nowhere = new_number("SZ", origin="TEST", owner="nobody")
    options = [*numbers, nowhere, "SZ-NONSENSE"]
    if route.placeholders[0] == "number":
        rest = tuple((name, CHOICES[name]) for name in route.placeholders[1:])
        return [(("number", each), *rest) for each in options]
    if route.name.startswith("member"):
        known = [*two_worlds.READERS.values(), "99999999-9999-4999-8999-999999999999"]
        return [((route.placeholders[0], each),) for each in known]
    return [tuple((name, each) for name in route.placeholders) for each in options[:3]]


def probes(numbers: list[str], *, is_full: bool) -> list[Probe]:
    """Return what is asked: every list and search, and all or a seeded tenth of the rest."""
    lists: list[Probe] = []
    rest: list[Probe] = []
    for route in walked():
        for fill in filled(route, numbers):
            target = rest if fill else lists
            target.append(Probe(route.name, "GET", fill))
            target += [Probe(route.name, "GET", fill, query) for query in QUERIES.get(route.name, [])]
            for method in ("POST", "PUT"):
                bodies = BODIES.get(f"{method} {route.name}", [])
                rest += [Probe(route.name, method, fill, body=as_json(body)) for body in bodies]
            if not route.is_api and fill:
                rest.append(Probe(route.name, "POST", fill, form=(("confirm", "yes"),)))
    if is_full:
        return lists + rest
    return lists + random.Random(20090630).sample(rest, max(len(rest) // 10, 1))


def answers(agency: str, asked: list[Probe]) -> list[Answer]:
    """Ask everything as one reader, through both doors, at a stopped clock."""
    with clock.frozen_at(NOON), seeded_ids(f"walk:{agency}"):
        api, web = Client(), Client()
        secret = token_of(agency)
        signed_in(web, Member.objects.get(pk=two_worlds.READERS[agency]))
        Member.objects.update(last_login=NOON, joined_at=NOON)
        found = []
        for probe in asked:
            is_api = probe.route.startswith("api:")
            headers = {"Authorization": f"Bearer {secret}"} if is_api else {}
            with seeded_ids(f"walk:{probe}"):
                found.append(ask(api if is_api else web, probe, headers=headers))
        return found


def compare(engine, worlds, agency: str, *, is_full: bool) -> None:
    with_hidden, without, numbers = worlds
    asked = probes(numbers, is_full=is_full)
    both = []
    for name in (with_hidden, without):
        engine.point_at(name)
        both.append(answers(agency, asked))
    wrong = [
        f"{here.probe.method} {here.probe.url}: {told}"
        for here, there in zip(*both, strict=True)
        if (told := difference(here, there))
    ]
    assert not wrong, "\n".join(wrong[:10])
    statuses = {answer.status for answer in both[0]}
    assert {200, 404} <= statuses, "a walk that finds nothing proves nothing"
    assert not any(status >= 500 for status in statuses), [a for a in both[0] if a.status >= 500][:5]


@pytest.mark.parametrize("agency", sorted(two_worlds.READERS))
def test_a_reader_cannot_tell_the_worlds_apart(engine_under_test, worlds, django_db_blocker, agency) -> None:
    with django_db_blocker.unblock():
        compare(engine_under_test, worlds, agency, is_full=False)


@pytest.mark.full
@pytest.mark.parametrize("agency", sorted(two_worlds.READERS))
def test_a_reader_cannot_tell_the_worlds_apart_on_any_route(
    engine_under_test, worlds, django_db_blocker, agency
) -> None:
    with django_db_blocker.unblock():
        compare(engine_under_test, worlds, agency, is_full=True)


def test_an_owner_does_see_the_difference_so_the_walk_can_fail(
    engine_under_test, worlds, django_db_blocker
) -> None:
    """The same comparison as a reader who may see the hidden half must find differences."""
    with django_db_blocker.unblock():
        bodies = []
        for name in worlds[:2]:
            engine_under_test.point_at(name)
            with clock.frozen_at(NOON):
                from cotrace.seizures.rules.search import SeizureFilter
                from cotrace.seizures.selectors import seizure_list
                from tests.support.world import agent

                bodies.append(len(seizure_list(agent("FGR"), where=SeizureFilter()).rows))
        assert bodies[0] > bodies[1]


def test_every_changing_route_of_the_json_door_has_a_body(db) -> None:
    from cotrace.config.permission_map import PERMISSION_MAP

    changing = {key for key in PERMISSION_MAP if key.startswith(("POST api:", "PUT api:", "DELETE api:"))}
    missing = {key for key in changing if key not in BODIES and key.split()[1] not in NO_BODY}
    assert not missing
