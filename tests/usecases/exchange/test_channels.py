"""Numbers of signed files are counted in channels: no agency, here or there, learns from a gap what others do."""

import pytest

from cotrace.exchange.exports import acknowledgement_file, record_file
from cotrace.exchange.imports import file_import
from cotrace.exchange.models import Channel, ReceivedMessage, SentMessage
from cotrace.exchange.rules.envelope import Envelope, parse_file
from cotrace.exchange.rules.judgement import SEQUENCE_WINDOW
from cotrace.foundation import outbox
from cotrace.foundation.errors import Refused
from cotrace.foundation.principal import installation_principal
from cotrace.tracing.rules.request_document import request_to_json
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.services.register import CentreValues, centre_put
from cotrace.tracing.services.release import trace_release
from cotrace.tracing.services.requests import trace_submit
from cotrace.tracing.services.tracer import trace_answer, trace_take
from tests.support.world import agencies_exist, agent
from tests.unit.tracing.builders import MAKER
from tests.usecases.exchange.letters import (
    MX,
    STRANGER,
    US,
    acknowledgement_letter,
    letter,
    number,
    peer_exists,
    result_letter,
)
from tests.usecases.tracing.world import CALL_BACK, centre_exists, document, register

pytestmark = pytest.mark.django_db
SONORA, FEDERAL, CENTRE = agent("FGE-SON"), agent("FGR"), agent("ATF")
SUPERVISOR = agent("ATF", name="supervisor")


@pytest.fixture(autouse=True)
def world(db, stopped_clock) -> None:
    agencies_exist()
    peer_exists(US)


@pytest.fixture
def centre_elsewhere(world) -> None:
    elsewhere = CentreValues(agency="NTC", call_back=CALL_BACK, installation=US, is_default=True)
    centre_put(installation_principal(), centre=elsewhere)


def left(principal, serial: str) -> Envelope:
    asked = trace_submit(principal, document=document(serial))
    outbox.drain()
    return parse_file(record_file(principal, number=asked).content).envelope


def place(envelope: Envelope) -> tuple[str | None, int]:
    return envelope.channel, envelope.sequence


def test_two_agencies_of_one_installation_see_independent_numbers(centre_elsewhere) -> None:
    first = [left(SONORA, "A-1"), left(FEDERAL, "B-1"), left(FEDERAL, "B-2"), left(SONORA, "A-2")]
    assert [each.sequence for each in first] == [1, 1, 2, 2]
    assert first[0].channel == first[3].channel != first[1].channel == first[2].channel
    assert all(each.channel and "FGE" not in each.channel for each in first)


def test_what_others_send_shifts_nothing_of_ones_own(centre_elsewhere) -> None:
    left(SONORA, "A-1")
    for each in range(5):
        left(FEDERAL, f"B-{each}")
    assert left(SONORA, "A-2").sequence == 2


def released(trace: str, serial: str) -> Envelope:
    trace_take(CENTRE, number=trace)
    sale = {"kind": "sold_to_purchaser", "detail": {"purchaser": {"family_names": serial}}}
    trace_answer(CENTRE, number=trace, version=trace_get(CENTRE, number=trace).version, answer=sale)
    trace_release(SUPERVISOR, number=trace, version=trace_get(CENTRE, number=trace).version)
    outbox.drain()
    return parse_file(record_file(CENTRE, number=trace).content).envelope


def asked_from_elsewhere(channel: str, sequence: int, drawn: str) -> str:
    content = letter(
        STRANGER,
        message_id=f"{number('TR', 'MX1', drawn)}_1",
        channel=channel,
        sequence=sequence,
        payload=request_to_json(document(f"S-{drawn}")),
    )
    return file_import(CENTRE, content=content).number


def test_results_and_acknowledgements_for_two_agencies_elsewhere_have_independent_numbers() -> None:
    """What the centre tells one agency of `mx1` shows nothing of what it tells another one there."""
    centre_exists()
    register(MAKER)
    peer_exists(MX, signer=STRANGER)
    traces = [
        asked_from_elsewhere("one-office", 1, "00000000001"),
        asked_from_elsewhere("other-office", 1, "00000000002"),
        asked_from_elsewhere("one-office", 2, "00000000003"),
    ]
    receipts = [
        parse_file(acknowledgement_file(CENTRE, message=f"{number('TR', 'MX1', drawn)}_1").content).envelope
        for drawn in ("00000000001", "00000000002", "00000000003")
    ]
    results = [released(each, each) for each in traces]
    assert [each.sequence for each in receipts] == [1, 1, 2]
    assert [each.sequence for each in results] == [3, 2, 4]
    channels = [each.channel for each in (*receipts, *results)]
    assert channels[0] == channels[2] == channels[3] == channels[5] != channels[1] == channels[4]
    assert Channel.objects.count() == 2


def test_a_message_keeps_its_channel_and_number_however_often_it_leaves(centre_elsewhere) -> None:
    asked = trace_submit(SONORA, document=document())
    outbox.drain()
    first = record_file(SONORA, number=asked)
    left(SONORA, "A-2")
    assert record_file(SONORA, number=asked).content == first.content
    assert SentMessage.objects.filter(record=asked).count() == 1


def test_the_same_number_in_two_channels_is_two_messages_and_in_one_is_a_replay() -> None:
    centre_exists()
    peer_exists(MX, signer=STRANGER)
    asked_from_elsewhere("one-office", 1, "00000000001")
    asked_from_elsewhere("other-office", 1, "00000000002")
    with pytest.raises(Refused) as refusal:
        asked_from_elsewhere("one-office", 1, "00000000003")
    assert refusal.value.code == "file_sequence_reused"
    assert ReceivedMessage.objects.count() == 2


def test_an_id_counts_over_all_channels_so_that_no_file_is_taken_twice_under_another_name() -> None:
    centre_exists()
    peer_exists(MX, signer=STRANGER)
    asked_from_elsewhere("one-office", 1, "00000000001")
    with pytest.raises(Refused) as refusal:
        asked_from_elsewhere("other-office", 7, "00000000001")
    assert refusal.value.code == "file_message_id_reused"


def test_the_window_of_one_channel_is_not_moved_by_another() -> None:
    centre_exists()
    peer_exists(MX, signer=STRANGER)
    asked_from_elsewhere("busy-office", SEQUENCE_WINDOW + 50, "00000000001")
    assert asked_from_elsewhere("quiet-office", 1, "00000000002")
    with pytest.raises(Refused) as refusal:
        asked_from_elsewhere("busy-office", 50, "00000000003")
    assert refusal.value.code == "file_sequence_too_old"


def test_a_file_without_a_channel_counts_in_one_of_its_own() -> None:
    centre_exists()
    peer_exists(MX, signer=STRANGER)
    asked_from_elsewhere("one-office", 1, "00000000001")
    assert file_import(CENTRE, content=letter(STRANGER, sequence=1)).number
    with pytest.raises(Refused) as refusal:
        file_import(CENTRE, content=letter(STRANGER, sequence=1, message_id=f"{number('TR', 'MX1', '00000000009')}_1"))
    assert refusal.value.code == "file_sequence_reused"


def test_answers_of_a_centre_are_taken_whatever_channel_they_come_in(centre_elsewhere) -> None:
    asked = trace_submit(SONORA, document=document())
    outbox.drain()
    sent = record_file(SONORA, number=asked).content
    file_import(SONORA, content=acknowledgement_letter(sent, sequence=1))
    assert file_import(SONORA, content=result_letter(sent, sequence=1, channel="of-the-centre")).number == asked
