"""Signed files that arrive: acted on once when they are what their sender signed, refused with a code otherwise."""

from datetime import timedelta

import pytest

from cotrace.audit.models import AuditEvent
from cotrace.exchange.exports import acknowledgement_file
from cotrace.exchange.imports import file_import
from cotrace.exchange.models import ReceivedMessage, RefusedFile
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.rules.acknowledgement import Disposition, parse_acknowledgement
from cotrace.exchange.rules.envelope import MessageKind, parse_file
from cotrace.exchange.selectors.messages import message_log
from cotrace.exchange.services.peers import peer_close
from cotrace.foundation import clock, outbox
from cotrace.foundation.errors import Denied, Invalid, NotFound, Refused
from cotrace.foundation.principal import installation_principal
from cotrace.foundation.rules.signatures import parse_public_key
from cotrace.tracing.models import Trace, TraceSource
from cotrace.tracing.rules.request_document import request_to_json
from tests.support.world import agencies_exist, agent, without
from tests.usecases.exchange.letters import (
    MX,
    STRANGER,
    letter,
    number,
    our_key_text,
    peer_exists,
)
from tests.usecases.tracing.world import centre_exists, document

pytestmark = pytest.mark.django_db
CENTRE = agent("ATF")


@pytest.fixture(autouse=True)
def world(db, stopped_clock) -> None:
    agencies_exist()
    centre_exists()
    peer_exists(MX)


def refused(content: bytes) -> str:
    """Offer a file that must be refused; return the code."""
    before = ReceivedMessage.objects.count(), Trace.objects.count()
    with pytest.raises((Refused, Invalid)) as refusal:
        file_import(CENTRE, content=content)
    assert (ReceivedMessage.objects.count(), Trace.objects.count()) == before
    kept = RefusedFile.objects.latest("pk")
    assert (kept.code, kept.agency) == (refusal.value.code, "ATF")
    return refusal.value.code


def test_a_request_from_elsewhere_becomes_a_trace_like_one_from_here() -> None:
    taken = file_import(CENTRE, content=letter())
    trace = Trace.objects.get()
    assert (taken.kind, taken.number) == (MessageKind.TRACE_REQUEST, trace.holding_id)
    source = TraceSource.objects.get()
    assert (source.installation, source.requester, source.request) == (MX, "MXCHIH001", number("TR", "MX1"))
    assert outbox.drain() > 0


def test_a_file_counts_once_and_its_replay_is_refused_and_kept() -> None:
    content = letter()
    file_import(CENTRE, content=content)
    assert refused(content) == "file_already_received"
    assert Trace.objects.count() == 1


def test_the_same_request_sent_anew_gets_the_same_trace() -> None:
    first = file_import(CENTRE, content=letter())
    again = file_import(CENTRE, content=letter(message_id=f"{number('TR', 'MX1')}_2", sequence=2))
    assert again.number == first.number and Trace.objects.count() == 1


def test_an_altered_file_is_refused_wherever_it_was_altered() -> None:
    content = letter()
    for old, new in ((b"ABC-1234", b"ABC-1235"), (b'"sequence":1', b'"sequence":2'), (b"mx1", b"mx2")):
        assert old in content
        code = refused(content.replace(old, new))
        assert code in {"file_altered", "file_sender_unknown", "json_not_canonical", "envelope_malformed"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sender": "mx9"}, "file_sender_unknown"),
        ({"recipient": "us2"}, "file_wrong_recipient"),
        ({"agreement": "NO-SUCH-MEMORANDUM"}, "file_agreement_differs"),
    ],
)
def test_a_file_from_or_for_somebody_else_is_refused(changes, code) -> None:
    assert refused(letter(**changes)) == code


def test_a_file_is_taken_once_both_registers_name_one_memorandum() -> None:
    content = letter(agreement="MOU-2025-07")
    assert refused(content) == "file_agreement_differs"
    peer_exists(MX, agreement="MOU-2025-07")
    assert file_import(CENTRE, content=content).number


def test_an_acknowledgement_is_written_anew_where_the_memorandum_changed() -> None:
    taken = file_import(CENTRE, content=letter())
    first = acknowledgement_file(CENTRE, message=taken.message)
    assert acknowledgement_file(CENTRE, message=taken.message) == first
    peer_exists(MX, agreement="MOU-2025-07")
    again = acknowledgement_file(CENTRE, message=taken.message)
    assert again.message != first.message
    assert parse_file(again.content).envelope.agreement == "MOU-2025-07"
    assert acknowledgement_file(CENTRE, message=taken.message) == again


def test_a_file_signed_with_an_unknown_key_is_refused() -> None:
    assert refused(letter(STRANGER)) == "file_key_unknown"


def test_an_installation_that_was_switched_off_is_unknown() -> None:
    content = letter()
    peer_close(installation_principal(), code=MX)
    assert refused(content) == "file_sender_unknown"
    peer_exists(MX)
    assert file_import(CENTRE, content=content).number


def test_clocks_out_of_step_are_told_with_the_seconds(stopped_clock) -> None:
    content = letter()
    with clock.frozen_at(stopped_clock - timedelta(minutes=25)):
        with pytest.raises(Refused) as refusal:
            file_import(CENTRE, content=content)
        assert (refusal.value.code, refusal.value.params["skew_s"]) == ("file_clock_out_of_step", 1500)
    with clock.frozen_at(stopped_clock - timedelta(minutes=9)):
        assert file_import(CENTRE, content=content).number


def test_an_expired_file_is_refused(stopped_clock) -> None:
    content = letter()
    with clock.frozen_at(stopped_clock + timedelta(days=31)):
        assert refused(content) == "file_expired"


def test_a_second_message_under_an_id_or_a_number_is_refused() -> None:
    file_import(CENTRE, content=letter())
    other = request_to_json(document("XYZ-9"))
    assert refused(letter(payload=other, sequence=2)) == "file_message_id_reused"
    assert refused(letter(message_id=f"{number('TR', 'MX1', '00000000001')}_1")) == "file_sequence_reused"


def test_files_may_overtake_each_other() -> None:
    numbers = [number("TR", "MX1", f"0000000000{each}") for each in range(4)]
    for sequence in (3, 1, 2):
        content = letter(
            message_id=f"{numbers[sequence]}_1", sequence=sequence, payload=request_to_json(document(f"A-{sequence}"))
        )
        file_import(CENTRE, content=content)
    assert Trace.objects.count() == 3


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "json_malformed"),
        (b"{}", "envelope_malformed"),
        (b"\x00" * 10, "json_malformed"),
        (b'{"format":"cotrace-exchange","version":2}', "exchange_version_unknown"),
        (b"[" * 5000, "json_too_deep"),
        (b" " * (1024 * 1024 + 1), "json_too_large"),
    ],
)
def test_what_is_no_such_file_is_refused_with_its_reason(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_a_proven_message_that_cannot_be_taken_is_kept_and_can_be_acknowledged_as_refused() -> None:
    incomplete = request_to_json(document(crime_code=None))
    with pytest.raises(Invalid) as refusal:
        file_import(CENTRE, content=letter(payload=incomplete))
    assert refusal.value.code == "trace_request_incomplete"
    row = ReceivedMessage.objects.get()
    assert (row.disposition, row.code) == ("refused", "trace_request_incomplete")
    signed = parse_file(acknowledgement_file(CENTRE, message=row.message).content)
    found = parse_acknowledgement(signed.envelope.payload)
    assert (found.disposition, found.code) == (Disposition.REFUSED, "trace_request_incomplete")
    assert Trace.objects.count() == 0


def test_a_message_that_names_no_record_is_refused_as_content() -> None:
    with pytest.raises(Refused) as refusal:
        file_import(CENTRE, content=letter(message_id="message-0123456789"))
    assert refusal.value.code == "exchange_names_no_record"


def test_an_acknowledgement_is_signed_by_us_and_the_same_each_time() -> None:
    taken = file_import(CENTRE, content=letter())
    first = acknowledgement_file(CENTRE, message=taken.message)
    assert acknowledgement_file(CENTRE, message=taken.message) == first
    signed = parse_file(first.content)
    key = parse_public_key(our_key_text())
    assert key is not None and signed.is_signed_by(key)
    found = parse_acknowledgement(signed.envelope.payload)
    assert (found.number, found.message_digest) == (taken.number, parse_file(letter()).digest)
    assert (signed.envelope.recipient, signed.envelope.in_reply_to) == (MX, taken.message)


def test_an_agency_without_a_centre_takes_no_requests_and_leaves_them_for_the_one_that_has() -> None:
    content = letter()
    with pytest.raises(Refused) as refusal:
        file_import(agent("PD-EP"), content=content)
    assert refusal.value.code == "exchange_no_centre_here"
    assert [(each.agency, each.code) for each in RefusedFile.objects.all()] == [("PD-EP", "exchange_no_centre_here")]
    assert ReceivedMessage.objects.count() == 0
    assert file_import(CENTRE, content=content).number


def test_only_the_agency_that_took_a_message_sees_and_acknowledges_it() -> None:
    taken = file_import(CENTRE, content=letter())
    assert message_log(agent("FGR")).received == ()
    with pytest.raises(NotFound):
        acknowledgement_file(agent("FGR"), message=taken.message)
    assert [each.message for each in message_log(CENTRE).received] == [taken.message]


def test_importing_needs_its_permission_and_refusals_are_in_the_log() -> None:
    with pytest.raises(Denied):
        file_import(without(CENTRE, ExchangePermission.IMPORT), content=letter())
    refused(letter(STRANGER))
    assert AuditEvent.objects.filter(action="exchange.refused", outcome="refused:file_key_unknown").count() == 1
