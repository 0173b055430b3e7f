"""A request never carries a gun out of its circle; files about a hidden record are hidden with it; results say what was taken."""

import json
from dataclasses import replace

import pytest

from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.exchange.selectors.log import LogFilter, exchange_log
from cotrace.exchange.selectors.messages import message_log, waiting_count
from cotrace.firearms.services import firearm_describe
from cotrace.foundation import outbox
from cotrace.foundation.errors import Invalid, NotFound, Refused
from cotrace.foundation.principal import Principal, installation_principal
from cotrace.notices.selectors import inbox
from cotrace.seizures.services.record import Visibility, seizure_record
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.circles import circle_open, emergency_close, emergency_open
from cotrace.sharing.services.looks import OPENED
from cotrace.tracing.models import Trace, TraceRequest
from cotrace.tracing.selectors.noticed import guns_noticed
from cotrace.tracing.selectors.requests import request_get, request_result
from cotrace.tracing.services.register import CentreValues, centre_put
from cotrace.tracing.services.release import trace_release
from cotrace.tracing.services.requests import trace_submit, trace_submit_firearm
from cotrace.tracing.services.tracer import trace_answer, trace_conclude, trace_take
from tests.support.pages import cast_exists, seizure_values
from tests.support.two_worlds_tracing import gun
from tests.support.world import agent, enrolled, memorandum
from tests.unit.tracing.builders import DEALER, MAKER
from tests.usecases.exchange.letters import peer_exists
from tests.usecases.tracing.test_tracer_acts import SOLD
from tests.usecases.tracing.world import centre_exists, document, register, submit

pytestmark = pytest.mark.django_db
INSIDER, OUTSIDER = agent("FGE-SON", name="insider"), agent("FGE-SON", name="outsider")
DETAILS = {
    "crime_code": "5212", "is_criminal_investigation": True, "agency": {"case_number": "CI-2024/118"},
    "recovery": {"city": "Nogales", "state": "Sonora", "country": "MX", "date": "2026-02-01"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def world(db) -> None:
    cast_exists()
    centre_exists()
    memorandum(owner="FGE-SON", viewer="ATF", category="*", level=Level.FULL)


@pytest.fixture
def seizure() -> str:
    """A seizure that a circle of one person alone sees, shared under no lower cap."""
    circle = circle_open(INSIDER, name="Operación reservada")
    return seizure_record(INSIDER, values=seizure_values(notes="source"), visibility=Visibility(circle=circle))


@pytest.fixture
def hidden_gun(seizure: str) -> str:
    return firearm_describe(INSIDER, seizure=seizure, values=gun("SECRET-1"))


@pytest.mark.parametrize("named", ["", "SZ-NONSENSE", "own", None])
@pytest.mark.parametrize("who", ["insider", "outsider"])
def test_a_request_says_no_other_seizure_than_its_guns(hidden_gun: str, named: str | None, who: str) -> None:
    asks = agent("FGE-SON", name=who)
    if named == "own":
        named = seizure_record(asks, values=seizure_values(notes="mine"), visibility=None)
    with pytest.raises(Invalid if who == "insider" else NotFound):
        trace_submit_firearm(asks, firearm=hidden_gun, details={**DETAILS, "seizure_number": named})
    assert not TraceRequest.objects.exists()


def test_a_request_for_a_gun_of_a_circle_stays_in_the_circle(hidden_gun: str) -> None:
    number = trace_submit_firearm(INSIDER, firearm=hidden_gun, details=DETAILS)
    assert request_get(INSIDER, number=number).serial == "SECRET-1"
    for other in (OUTSIDER, agent("ATF", name="x")):
        with pytest.raises(NotFound):
            request_get(other, number=number)


def test_an_emergency_session_reads_a_gun_and_sends_it_nowhere(hidden_gun: str) -> None:
    emergency_open(OUTSIDER, reason="A colleague was shot at near Caborca", minutes=1)
    try:
        with pytest.raises(Refused) as refused:
            trace_submit_firearm(OUTSIDER, firearm=hidden_gun, details=DETAILS)
    finally:
        emergency_close(OUTSIDER)
    assert refused.value.code == "emergency_reads_only"
    assert not TraceRequest.objects.exists()


def test_a_gun_that_an_emergency_session_alone_names_beside_a_notice_is_marked_so_in_the_log(hidden_gun: str) -> None:
    number = trace_submit_firearm(INSIDER, firearm=hidden_gun, details=DETAILS)
    assert guns_noticed(OUTSIDER, numbers=[number]) == {}
    emergency_open(OUTSIDER, reason="A colleague was shot at near Caborca", minutes=1)
    try:
        assert guns_noticed(OUTSIDER, numbers=[number])[number].gun.serial == "SECRET-1"
    finally:
        emergency_close(OUTSIDER)
    looks = AuditEvent.objects.filter(chain="FGE-SON", action="trace.noticed", actor=OUTSIDER.id)
    assert [json.loads(AuditDetail.objects.get(pk=each.pk).detail)[OPENED] for each in looks] == [[number]]


def sent_elsewhere(asks: Principal, seizure: str) -> str:
    """Submit a request from a circle to a centre that works elsewhere; return its number."""
    peer_exists("us1")
    away = CentreValues(agency="ATF-US", call_back="+1", installation="us1", is_default=True)
    centre_put(installation_principal(), centre=away)
    number = trace_submit(asks, document=document("SECRET-1", seizure_number=seizure))
    outbox.drain()
    return number


def told(member: Principal) -> list[str]:
    return [each.subject for each in inbox(member, limit=50)]


def test_files_about_a_hidden_record_are_hidden_with_it() -> None:
    inside, outside = enrolled("FGE-SON", name="inside"), enrolled("FGE-SON", name="outside")
    before = waiting_count(outside)
    circle = circle_open(inside, name="Otra")
    seizure = seizure_record(inside, values=seizure_values(notes="x"), visibility=Visibility(circle=circle))
    number = sent_elsewhere(inside, seizure)
    with pytest.raises(NotFound):
        request_get(outside, number=number)
    seen = [list(guns_noticed(each, numbers=[number])) for each in (inside, outside)]
    assert seen == [[number], []], "a notice says nothing of it either"
    assert [each.record for each in exchange_log(outside, where=LogFilter()).rows] == []
    assert exchange_log(outside, where=LogFilter(record=number)).count.number == 0
    assert not message_log(outside).sent and waiting_count(outside) == before == 0
    assert number not in told(outside)
    assert [each.record for each in exchange_log(inside, where=LogFilter()).rows] == [number]
    assert waiting_count(inside) == 1 and number in told(inside)


def test_what_a_circle_submitted_is_no_answer_to_an_outsider_who_submits_the_same(seizure: str) -> None:
    trace_submit(INSIDER, document=document("SECRET-1", seizure_number=seizure))
    assert trace_submit(OUTSIDER, document=document("SECRET-1", seizure_number=seizure))
    with pytest.raises(Refused):
        trace_submit(INSIDER, document=document("SECRET-1", seizure_number=seizure))


def test_a_purchaser_that_the_tracer_did_not_take_stays_at_the_centre() -> None:
    register(MAKER, DEALER)
    number = submit()
    outbox.drain()
    trace = Trace.objects.get()
    first, second = agent("ATF", name="a"), agent("ATF", name="b")

    def version() -> int:
        return int(Trace.objects.get().version)

    trace_take(first, number=trace.pk)
    late = {**SOLD, "detail": {**SOLD["detail"], "sold_on": "2025-01-01"}}
    trace_answer(first, number=trace.pk, version=version(), answer=late)
    trace_conclude(first, number=trace.pk, version=version(), outcome="D1")
    trace_release(second, number=trace.pk, version=version())
    outbox.drain()
    result = request_result(replace(agent("FGE-SON"), name="x"), number=number)
    assert (result.outcome.code, result.purchaser, result.purchased_on) == ("D1", None, None)
