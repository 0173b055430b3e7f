"""Who may not see a gun, a request, a trace or a purchaser gets the answer for what does not exist, byte for byte."""

import ast
import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client

from cotrace.exchange.permissions import ExchangePermission
from cotrace.firearms.rules.description import FirearmValues
from cotrace.firearms.services import firearm_describe
from cotrace.foundation import clock, outbox
from cotrace.foundation.errors import NotFound
from cotrace.foundation.ids import seeded_ids
from cotrace.seizures.rules.completeness import Amount, SeizureValues
from cotrace.seizures.services.record import seizure_record
from cotrace.sharing.rules.levels import Level
from cotrace.tracing.models import Inquiry, Trace, Transferee
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.selectors.requests import request_get, request_result
from cotrace.tracing.services.release import trace_release
from cotrace.tracing.services.tracer import trace_answer, trace_take
from tests.architecture.source import modules
from tests.support.world import agencies_exist, agent, memorandum, token
from tests.unit.tracing.builders import MAKER
from tests.usecases.firearms.codes import codes_exist
from tests.usecases.tracing.world import SURNAME, centre_exists, register, submit, tracer

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
OWNER = agent("FGE-SON")
NOWHERE = {"FA": "FA-TEST-0000-0000-000", "TR": "TR-TEST-0000-0000-000", "TC": "TC-TEST-0000-0000-000"}
SALE = {
    "kind": "sold_to_purchaser",
    "detail": {"purchaser": {"family_names": SURNAME, "given_names": "Avery"}, "sold_on": "2023-06-15"},
}
LINE = {"agency": {"case_number": "1"}, "crime_code": "5217", "is_criminal_investigation": True}

# (method, path with the number's place, body); the prefix says which kind of number
ROUTES: list[tuple[str, str, str, object]] = [
    ("FA", "get", "/firearms/{}", None),
    ("FA", "put", "/firearms/{}", {"type_code": "PI", "make": "X", "serial": "1"}),
    ("FA", "post", "/traces/from-firearm/{}", LINE),
    ("TR", "get", "/traces/{}", None),
    ("TR", "get", "/traces/{}/result", None),
    ("TR", "post", "/exchange/files/{}", {}),
    ("TC", "post", "/exchange/files/{}", {}),
    ("TC", "get", "/centre/traces/{}", None),
    ("TC", "post", "/centre/traces/{}/purchaser", None),
    ("TC", "post", "/centre/traces/{}/take", {}),
    ("TC", "post", "/centre/traces/{}/leave", {}),
    ("TC", "post", "/centre/traces/{}/accept", {"version": 1, "note": "long enough a note"}),
    ("TC", "post", "/centre/traces/{}/continue", {"version": 1}),
    ("TC", "post", "/centre/traces/{}/start", {"version": 1, "licensee": MAKER.number}),
    ("TC", "post", "/centre/traces/{}/answer?version=1", SALE),
    ("TC", "post", "/centre/traces/{}/ask-again", {"version": 1}),
    ("TC", "post", "/centre/traces/{}/conclude", {"version": 1, "outcome": "I1"}),
    ("TC", "post", "/centre/traces/{}/hold", {"version": 1, "is_held": True}),
    ("TC", "post", "/centre/traces/{}/release", {"version": 1}),
    ("TC", "post", "/centre/traces/{}/withhold", {"version": 1, "ground": "a ground that is long enough"}),
]


@pytest.fixture(autouse=True)
def world(db) -> None:
    with clock.frozen_at(NOON):
        agencies_exist()
        codes_exist()
        centre_exists()
        register(MAKER)


def asked(agency: str, method: str, path: str, body: object) -> tuple[int, bytes]:
    """Ask as a member of an agency with every permission; return status and body."""
    headers = {"Authorization": f"Bearer {token(agency)}"}
    send = getattr(Client(), method)
    data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    answer = send(f"/api/v1{path}", headers=headers, **data)
    return answer.status_code, answer.content


def gun_of(owner: str) -> str:
    principal = agent(owner)
    unknown = Amount(quantity=None, reason="blank")
    seizure = seizure_record(
        principal, values=SeizureValues(occurred_on=date(2026, 1, 3), amounts={}, detained=unknown)
    )
    values = FirearmValues(type_code="PI", make="Sierra Arms", serial="ABC-1234")
    return firearm_describe(principal, seizure=seizure, values=values)


def traced(owner: str = "FGE-SON") -> tuple[str, str]:
    """Trace a gun to its purchaser and release the result; return the numbers of request and trace."""
    request = submit(agency=owner)
    outbox.drain()
    trace = Trace.objects.get(sources__request=request).holding_id
    trace_take(tracer(), number=trace)
    trace_answer(tracer(), number=trace, version=trace_get(tracer(), number=trace).version, answer=SALE)
    trace_release(tracer("two"), number=trace, version=trace_get(tracer(), number=trace).version)
    outbox.drain()
    return request, trace


@pytest.mark.parametrize(("kind", "method", "path", "body"), ROUTES)
@pytest.mark.parametrize("agency", ["PD-EP", "FGR"])
def test_what_is_hidden_and_what_does_not_exist_get_the_same_answer(kind, method, path, body, agency) -> None:
    with clock.frozen_at(NOON):
        firearm = gun_of("FGE-SON")
        request, trace = traced()
        hidden = {"FA": firearm, "TR": request, "TC": trace}[kind]
        there = asked(agency, method, path.format(hidden), body)
        nowhere = asked(agency, method, path.format(NOWHERE[kind]), body)
    assert there == nowhere
    assert there[0] == 404
    assert hidden.encode() not in there[1]


LISTS = ["/traces", "/centre/traces", "/centre/traces?status=released", "/centre/licensees", "/exchange/messages"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("agency", ["PD-EP", "FGR"])
def test_lists_are_the_same_whether_others_have_records_or_not(path: str, agency: str) -> None:
    with clock.frozen_at(NOON), seeded_ids("mine"):
        submit("MINE-1", agency="FGR")
        outbox.drain()
        before = asked(agency, "get", path, None)
        with seeded_ids("others"):
            traced()
            gun_of("ICE")
        assert asked(agency, "get", path, None) == before
    assert before[0] == 200


def test_what_one_submits_does_not_depend_on_what_others_submitted() -> None:
    with clock.frozen_at(NOON):
        traced("FGE-SON")
        number = submit(agency="FGR")
        outbox.drain()
    assert request_get(agent("FGR"), number=number).number == number
    assert Trace.objects.count() == 2


def test_a_trace_is_the_centres_alone_even_under_a_memorandum_for_everything() -> None:
    with clock.frozen_at(NOON):
        request, trace = traced()
        for viewer in ("FGE-SON", "ICE"):
            memorandum(owner="ATF", viewer=viewer, category="*", level=Level.FULL)
            with pytest.raises(NotFound):
                trace_get(agent(viewer), number=trace)
            status, _ = asked(viewer, "get", f"/access/{trace}/explain", None)
            assert status == 404
        assert request_result(OWNER, number=request).purchaser is not None


def test_a_memorandum_shows_a_request_and_never_its_result() -> None:
    with clock.frozen_at(NOON):
        request, _ = traced()
        memorandum(owner="FGE-SON", viewer="ICE", category="trace_request", level=Level.FULL)
        read = request_get(agent("ICE"), number=request)
        assert read.serial == "ABC-1234" and SURNAME not in repr(read)
        with pytest.raises(NotFound):
            request_result(agent("ICE"), number=request)
        status, _ = asked("ICE", "post", f"/exchange/files/{request}", {})
    assert status == 404


def test_a_tear_line_shows_the_kind_of_gun_and_no_serial() -> None:
    with clock.frozen_at(NOON):
        request, _ = traced()
        memorandum(owner="FGE-SON", viewer="ICE", category="trace_request", level=Level.TEAR_LINE)
        read = request_get(agent("ICE"), number=request)
    assert (read.make, read.type_code) == ("Sierra Arms", "PI")
    assert (read.serial, read.document, read.has_result, read.centre_number) == (None,) * 4
    assert read.standing is not None


def tables_that_name(word: str) -> set[str]:
    """Return the tables of the whole database in which an ASCII word stands, in whatever column."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(word in str(row) for row in cursor.fetchall()):
                found.add(table)
    return found


def test_a_purchaser_stands_in_one_table_and_nowhere_else() -> None:
    with clock.frozen_at(NOON):
        traced()
    assert Inquiry.objects.get().answer is not None
    assert Transferee.objects.count() == 2
    assert tables_that_name("ez Lund") == {"tracing_transferee"}
    assert "tracing_tracerequest" in tables_that_name("ABC-1234")


READERS = {
    "cotrace.tracing.models": "gives the table its name",
    "cotrace.tracing.models.traces": "defines it",
    "cotrace.tracing.selectors.transferees": "the one reader: by record, never by person",
    "cotrace.tracing.services.walk": "writes what a licensee's answer names",
    "cotrace.tracing.services.correcting": "sets aside whom a corrected answer named",
    "cotrace.tracing.services.requests": "writes what a result names",
}


def test_only_named_modules_touch_purchasers() -> None:
    touching = {each.name for each in modules() if "Transferee" in _names(each.tree)}
    assert touching == set(READERS)


def test_nothing_below_or_beside_tracing_reads_purchasers() -> None:
    reading = {each.name for each in modules() if "purchasers_of" in _names(each.tree)}
    assert {name.split(".")[1] for name in reading} == {"tracing"}


def _names(tree: ast.Module) -> set[str]:
    found = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    found |= {alias.name for each in ast.walk(tree) if isinstance(each, ast.ImportFrom) for alias in each.names}
    return found | {each.name for each in ast.walk(tree) if isinstance(each, ast.ClassDef)}


def test_the_exchange_needs_permissions_of_its_own() -> None:
    codes = {each.value for each in ExchangePermission}
    assert codes == {"exchange.read", "exchange.export", "exchange.import"}
