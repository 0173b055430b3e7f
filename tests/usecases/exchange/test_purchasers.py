"""Who takes a purchaser's name out of the centre in a signed file may see it on the page as well, and is on record."""

import json
from dataclasses import replace

import pytest
from django.test import Client

from cotrace.agencies.imports import shipped_roles
from cotrace.audit.models import AuditEvent
from cotrace.exchange.exports import record_file
from cotrace.exchange.imports import file_import
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.rules.envelope import parse_file
from cotrace.exchange.selectors.messages import message_log
from cotrace.foundation.errors import Denied
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.rules.message_ids import message_id
from cotrace.tracing.rules.result_document import parse_result
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.services.tracer import trace_conclude, trace_take
from tests.support.sign_in import member_exists, signed_in
from tests.support.world import agencies_exist, agent, token, without
from tests.usecases.exchange.letters import MX, STRANGER, letter, peer_exists
from tests.usecases.exchange.results import CENTRE, concluded, released
from tests.usecases.tracing.world import centre_exists

pytestmark = pytest.mark.django_db
SAID = "This result names the purchaser, and your role does not let you see one."


@pytest.fixture(autouse=True)
def world(db, stopped_clock) -> None:
    agencies_exist()


def looks_at_purchaser() -> list[tuple[str, str]]:
    rows = AuditEvent.objects.filter(chain="ATF", action="trace.purchaser_shown").order_by("id")
    return [(row.actor, row.subject) for row in rows]


@pytest.mark.parametrize("role", ["submitter", "national_contact"])
@pytest.mark.parametrize("is_again", [False, True])
def test_a_courier_who_may_see_no_purchaser_takes_none_out(role: str, is_again: bool) -> None:
    trace = concluded()
    released(trace)
    held = next(each.permissions for each in shipped_roles() if each.code == role)
    courier = replace(agent("ATF", name="courier"), permissions=frozenset(held) | {TracePermission.RELEASE})
    with pytest.raises(Denied) as refusal:
        record_file(courier, number=trace, is_again=is_again)
    assert refusal.value.code == "exchange_names_a_purchaser"
    assert [(each.message, each.state) for each in message_log(CENTRE).sent] == [(message_id(trace, sending=1), "waiting")]
    assert not AuditEvent.objects.filter(actor=courier.id, action__in=("exchange.prepared", "exchange.exported")).exists()
    assert looks_at_purchaser() == []


def test_each_time_a_purchaser_leaves_it_is_on_record_who_took_the_name_out() -> None:
    trace = concluded()
    released(trace)
    for _ in range(2):
        record_file(CENTRE, number=trace)
    record_file(agent("ATF", name="other"), number=trace)
    assert looks_at_purchaser() == [(CENTRE.id, trace), (CENTRE.id, trace), ("ATF:other", trace)]


def test_the_shipped_roles_that_see_a_purchaser_are_those_that_take_a_result_out() -> None:
    roles = {each.code: set(each.permissions) for each in shipped_roles()}
    needed = {TracePermission.TRANSFEREE, ExchangePermission.EXPORT}
    assert {code for code, held in roles.items() if needed <= held} == {"tracer", "tracing_supervisor"}


def test_a_result_that_names_nobody_needs_no_permission_for_names() -> None:
    centre_exists()
    peer_exists(MX, signer=STRANGER)
    trace = file_import(CENTRE, content=letter(STRANGER)).number
    trace_take(CENTRE, number=trace)
    trace_conclude(CENTRE, number=trace, version=trace_get(CENTRE, number=trace).version, outcome="M1")
    released(trace)
    sent = parse_file(record_file(without(CENTRE, TracePermission.TRANSFEREE), number=trace).content).envelope
    assert parse_result(sent.payload).purchaser is None and looks_at_purchaser() == []


def test_the_page_and_the_json_door_say_what_is_missing() -> None:
    trace = concluded()
    released(trace)
    held = [TracePermission.READ, ExchangePermission.READ, ExchangePermission.EXPORT]
    courier = Client(headers={"Authorization": f"Bearer {token('ATF', name='courier', permissions=held)}"})
    refused = courier.post(f"/api/v1/exchange/files/{trace}")
    assert refused.status_code == 403
    assert refused.json()["code"] == "exchange_names_a_purchaser" and refused.json()["message"].startswith(SAID)
    contact = signed_in(Client(), member_exists("ATF", name="Nora Contact", roles=("national_contact",), has_app=True))
    page = contact.get(f"/exchange/files/{trace}")
    assert "only somebody who may see one can take its file out" in page.content.decode()
    answer = contact.post(f"/exchange/files/{trace}", {"message": message_id(trace, sending=1)})
    assert answer.status_code == 403 and SAID in answer.content.decode()
    assert "Ortega" not in json.dumps(refused.json()) + page.content.decode() + answer.content.decode()
    assert looks_at_purchaser() == []
