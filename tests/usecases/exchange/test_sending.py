"""Requests and results that leave as signed files, and what comes back."""

from datetime import timedelta

import pytest

from cotrace.exchange.exports import record_file
from cotrace.exchange.imports import file_import
from cotrace.exchange.models import SentMessage
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.reads.parcels import parcels_of
from cotrace.exchange.rules.envelope import parse_file
from cotrace.exchange.selectors.messages import message_log, record_exchange
from cotrace.foundation import clock, outbox
from cotrace.foundation.errors import Denied, Invalid, NotFound, Refused
from cotrace.foundation.principal import installation_principal
from cotrace.foundation.rules.signatures import parse_public_key
from cotrace.tracing.models import RequestResult, Trace, Transferee
from cotrace.tracing.rules.message_ids import message_id
from cotrace.tracing.rules.request_document import parse_request
from cotrace.tracing.rules.result_document import parse_result
from cotrace.tracing.rules.statuses import ShownAs
from cotrace.tracing.selectors.requests import request_get, request_result
from cotrace.tracing.services.register import CentreValues, centre_put
from cotrace.tracing.services.requests import trace_submit
from tests.support.world import agencies_exist, agent, without
from tests.unit.tracing.builders import BUYER
from tests.usecases.exchange.letters import (
    AGREEMENT,
    MX,
    STRANGER,
    US,
    acknowledgement_letter,
    number,
    our_key_text,
    peer_exists,
    result_letter,
)
from tests.usecases.exchange.results import CENTRE, concluded, released
from tests.usecases.tracing.world import CALL_BACK, centre_exists, document

pytestmark = pytest.mark.django_db
ASKING = agent("FGE-SON")


@pytest.fixture(autouse=True)
def world(db, stopped_clock) -> None:
    agencies_exist()
    peer_exists(US)
    elsewhere = CentreValues(agency="NTC", call_back=CALL_BACK, installation=US, is_default=True)
    centre_put(installation_principal(), centre=elsewhere)


def submitted(serial: str = "ABC-1234") -> str:
    asked = trace_submit(ASKING, document=document(serial))
    outbox.drain()
    return asked


def shown(asked: str) -> ShownAs:
    standing = request_get(ASKING, number=asked).standing
    assert standing is not None
    return standing.shown_as


def test_a_request_to_a_centre_elsewhere_waits_and_leaves_as_a_signed_file() -> None:
    asked = submitted()
    assert [(each.record, each.state) for each in message_log(ASKING).sent] == [(asked, "waiting")]
    file = record_file(ASKING, number=asked)
    signed = parse_file(file.content)
    key = parse_public_key(our_key_text())
    assert key is not None and signed.is_signed_by(key)
    sent = signed.envelope
    assert (sent.sender, sent.recipient, sent.sequence, sent.agreement) == ("test", US, 1, AGREEMENT)
    assert parse_request(sent.payload) == document()
    assert (file.name, sent.message_id) == (f"{asked}_1.cotrace.json", message_id(asked, sending=1))
    assert message_log(ASKING).sent[0].state == "sent"


def test_the_file_is_the_same_each_time_and_messages_are_numbered_without_gaps() -> None:
    first, second = submitted(), submitted("XYZ-1")
    file = record_file(ASKING, number=first)
    other = record_file(ASKING, number=second)
    with clock.frozen_at(clock.now() + timedelta(hours=3)):
        assert record_file(ASKING, number=first) == file
    assert [parse_file(each.content).envelope.sequence for each in (file, other)] == [1, 2]


def test_the_receipt_the_result_and_nothing_else_moves_the_request() -> None:
    asked = submitted()
    sent = record_file(ASKING, number=asked).content
    assert shown(asked) is ShownAs.RECEIVED
    file_import(ASKING, content=acknowledgement_letter(sent))
    assert shown(asked) is ShownAs.IN_PROCESS
    assert request_get(ASKING, number=asked).centre_number == number("TC", "US1")
    assert message_log(ASKING).sent[0].state == "accepted"
    taken = file_import(ASKING, content=result_letter(sent, sequence=2))
    assert (taken.number, shown(asked)) == (asked, ShownAs.RESULT)
    result = request_result(ASKING, number=asked)
    assert (result.purchaser, result.outcome.code) == (BUYER, "P1")
    assert BUYER.family_names not in str(RequestResult.objects.get().document)
    assert Transferee.objects.get().record == asked


def test_a_result_whose_outcome_nobody_knows_is_refused_and_the_request_goes_on() -> None:
    asked = submitted()
    sent = record_file(ASKING, number=asked).content
    payload = parse_file(result_letter(sent)).envelope.payload
    with pytest.raises(Refused) as refusal:
        file_import(ASKING, content=result_letter(sent, payload={**payload, "outcome": "Z9"}))
    assert refusal.value.code == "exchange_outcome_unknown"
    assert not RequestResult.objects.exists() and shown(asked) is ShownAs.RECEIVED


def test_a_result_may_come_before_the_receipt() -> None:
    asked = submitted()
    sent = record_file(ASKING, number=asked).content
    file_import(ASKING, content=result_letter(sent, sequence=5))
    file_import(ASKING, content=acknowledgement_letter(sent, sequence=4))
    assert shown(asked) is ShownAs.RESULT


def test_an_answer_to_what_was_never_sent_is_refused() -> None:
    asked = submitted()
    sent = record_file(ASKING, number=asked).content
    stray = result_letter(sent, in_reply_to=message_id(number("TR", "TEST", "00000000001"), sending=1))
    for who, content in ((ASKING, stray), (agent("FGR"), result_letter(sent))):
        with pytest.raises(Refused) as refusal:
            file_import(who, content=content)
        assert refusal.value.code == "file_reply_to_unknown"
    assert shown(asked) is ShownAs.RECEIVED


def test_a_result_about_another_request_than_it_answers_is_refused() -> None:
    first, second = submitted(), submitted("XYZ-1")
    sent = [record_file(ASKING, number=each).content for each in (first, second)]
    mixed = result_letter(sent[0], in_reply_to=message_id(second, sending=1))
    with pytest.raises(Refused) as refusal:
        file_import(ASKING, content=mixed)
    assert refusal.value.code == "exchange_answers_another_request"
    assert {shown(first), shown(second)} == {ShownAs.RECEIVED}


def test_an_acknowledgement_of_other_bytes_than_were_sent_is_refused() -> None:
    asked = submitted()
    sent = record_file(ASKING, number=asked).content
    with pytest.raises(Refused) as refusal:
        file_import(ASKING, content=acknowledgement_letter(sent, message_digest="0" * 64))
    assert refusal.value.code == "exchange_acknowledges_another_message"
    assert message_log(ASKING).sent[0].state == "sent"


def test_a_message_whose_time_is_over_is_sent_again_as_a_new_one() -> None:
    asked = submitted()
    first = record_file(ASKING, number=asked)
    with clock.frozen_at(clock.now() + timedelta(days=31)):
        with pytest.raises(Refused) as refusal:
            record_file(ASKING, number=asked)
        assert refusal.value.code == "exchange_time_over"
        again = record_file(ASKING, number=asked, is_again=True)
    assert (first.message, again.message) == (f"{asked}_1", f"{asked}_2")
    assert parse_file(again.content).envelope.sequence == 2


def test_what_the_centre_has_is_not_sent_again() -> None:
    asked = submitted()
    sent = record_file(ASKING, number=asked).content
    file_import(ASKING, content=acknowledgement_letter(sent))
    with pytest.raises(Refused) as refusal:
        record_file(ASKING, number=asked, is_again=True)
    assert refusal.value.code == "trace_received_already"


def test_only_the_owner_takes_a_record_out_and_only_with_the_permission() -> None:
    asked = submitted()
    with pytest.raises(NotFound):
        record_file(agent("FGR"), number=asked)
    with pytest.raises(Denied):
        record_file(without(ASKING, ExchangePermission.EXPORT), number=asked)
    assert SentMessage.objects.get().state == "waiting"


def test_a_request_to_a_centre_here_has_nothing_to_export() -> None:
    centre_exists()
    here = trace_submit(ASKING, document=document(), centre="ATF")
    with pytest.raises(Refused) as refusal:
        record_file(ASKING, number=here)
    assert refusal.value.code == "exchange_stays_here"


def test_a_released_result_goes_back_to_where_the_request_came_from() -> None:
    trace = concluded()
    with pytest.raises(Refused) as refusal:
        record_file(CENTRE, number=trace)
    assert refusal.value.code == "exchange_stays_here"
    released(trace)
    assert [(each.record, each.state) for each in message_log(CENTRE).sent] == [(trace, "waiting")]
    sent = parse_file(record_file(CENTRE, number=trace).content).envelope
    assert (sent.recipient, sent.in_reply_to) == (MX, message_id(number("TR", "MX1"), sending=1))
    result = parse_result(sent.payload)
    assert (result.request_number, result.trace_number) == (number("TR", "MX1"), trace)
    assert result.purchaser is not None and result.purchaser.family_names == "Ortega Lund"
    again = parse_file(record_file(CENTRE, number=trace, is_again=True).content).envelope
    assert (again.message_id, again.payload) == (message_id(trace, sending=2), sent.payload)
    assert Trace.objects.count() == 1


def test_a_message_made_under_another_memorandum_is_sent_again_as_a_new_one() -> None:
    asked = submitted()
    first = record_file(ASKING, number=asked)
    peer_exists(US, agreement="MOU-2025-07")
    with pytest.raises(Refused) as refusal:
        record_file(ASKING, number=asked)
    assert refusal.value.code == "exchange_agreement_changed"
    (parcel,) = parcels_of(ASKING, record_exchange(ASKING, number=asked))
    assert (parcel.may_download, parcel.may_resend) == (False, True)
    again = record_file(ASKING, number=asked, is_again=True)
    assert (first.message, again.message) == (f"{asked}_1", f"{asked}_2")
    assert parse_file(again.content).envelope.agreement == "MOU-2025-07"
    assert record_file(ASKING, number=asked) == again


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "MX"}, "code"),
        ({"code": "test"}, "code"),
        ({"name": " "}, "name"),
        ({"agreement": "our memorandum"}, "agreement"),
        ({"keys": ()}, "keys"),
    ],
)
def test_an_installation_is_entered_only_when_complete(changes, field) -> None:
    code = changes.pop("code", "mx2")
    with pytest.raises(Invalid) as refusal:
        peer_exists(code, signer=STRANGER, **changes)
    assert field in {each.field for each in refusal.value.fields}


def test_two_installations_never_share_a_key() -> None:
    with pytest.raises(Invalid) as refusal:
        peer_exists("mx2")
    assert refusal.value.fields[0].code == "peer_key_of_another"
