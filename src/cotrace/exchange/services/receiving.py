"""Taking messages of other installations in: judged by the table, acted on once, refusals on record."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from cotrace.audit.services import record, record_refusal
from cotrace.exchange.models import Peer, ReceivedMessage, RefusedFile, SentMessage
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.reads import TakenFile
from cotrace.exchange.rules.acknowledgement import Disposition, parse_acknowledgement
from cotrace.exchange.rules.envelope import Envelope, MessageKind, SignedEnvelope
from cotrace.exchange.rules.judgement import Refusal, Rejected, judge_envelope
from cotrace.exchange.selectors.messages import seen_before
from cotrace.exchange.selectors.peers import known_keys, own_installation
from cotrace.foundation import clock
from cotrace.foundation.errors import Invalid, NotFound, Refused
from cotrace.foundation.principal import Principal
from cotrace.tracing.reads.messages import Receipt, RequestMessage, ResultMessage
from cotrace.tracing.reads.tables import outcome_table
from cotrace.tracing.rules.message_ids import number_of
from cotrace.tracing.rules.request_document import parse_request
from cotrace.tracing.rules.result_document import parse_result
from cotrace.tracing.services.receiving import trace_receive
from cotrace.tracing.services.requests import receipt_take, result_take

TOLERANCE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A file as it was offered: its digest, and what it claims of itself, empty where it could not be read."""

    sha256: str
    claimed_sender: str = ""
    claimed_message: str = ""


def message_take(principal: Principal, *, signed: SignedEnvelope) -> TakenFile:
    """Act on a signed file that arrived, once; its sender's key proves it, the table judges it.

    Raises Refused with the table's code, for a file that says it is from here, or for a request where the agency runs
    no centre: nothing is done, and another agency can still take the file. Invalid or Refused where the message is its
    sender's but its content cannot be taken: that is kept, so that it can be acknowledged as refused.
    Audit: exchange.taken.
    """
    principal.require(ExchangePermission.IMPORT)
    if signed.envelope.sender == own_installation():
        raise Refused("file_from_here")
    try:
        with transaction.atomic():
            _judge(principal, signed)
            number = _act(principal, signed)
            return _keep(principal, signed, number=number)
    except (Invalid, ContentRefused) as refusal:
        with transaction.atomic():
            _judge(principal, signed)
            _keep(principal, signed, code=refusal.code)
        raise


class ContentRefused(Refused):
    """A proven message whose content does not fit what we know."""


def refusal_note(principal: Principal, *, offered: Offered, code: str) -> None:
    """Keep that a file was offered and not acted on, in a transaction of its own. Audit: exchange.refused."""
    with transaction.atomic():
        RefusedFile.objects.create(
            agency=principal.agency,
            offered_by=principal.id,
            offered_at=clock.now(),
            sha256=offered.sha256,
            code=code[:60],
            claimed_sender=offered.claimed_sender[:63],
            claimed_message=offered.claimed_message[:64],
        )
        record_refusal(principal, action="exchange.refused", code=code)


def _judge(principal: Principal, signed: SignedEnvelope) -> None:
    """Judge a file with its sender's register entry locked, so that it cannot be taken twice at once."""
    sender = signed.envelope.sender
    peer = Peer.objects.select_for_update().filter(pk=sender).first()
    judged = judge_envelope(
        signed,
        known_keys=known_keys(principal),
        seen=seen_before(principal, signed=signed),
        now=clock.now(),
        me=own_installation(),
        agreement=peer.agreement if peer else "",
        tolerance=TOLERANCE,
    )
    if not isinstance(judged, Rejected):
        return
    if judged.code is Refusal.CLOCK_OUT_OF_STEP:
        raise Refused(judged.code.value, skew_s=judged.skew_s)
    raise Refused(judged.code.value)


def _act(principal: Principal, signed: SignedEnvelope) -> str:
    """Hand the content to its subject; return our number for it."""
    envelope = signed.envelope
    match envelope.kind:
        case MessageKind.TRACE_REQUEST:
            return _take_request(principal, envelope)
        case MessageKind.TRACE_RESULT:
            return _take_result(principal, envelope)
        case MessageKind.ACKNOWLEDGEMENT:
            return _take_acknowledgement(principal, envelope)


def _take_request(principal: Principal, envelope: Envelope) -> str:
    request = number_of(envelope.message_id)
    if request is None:
        raise ContentRefused("exchange_names_no_record")
    document = parse_request(envelope.payload)
    message = RequestMessage(
        message=envelope.message_id,
        request=request,
        requester=document.agency.agency_code or "",
        centre=principal.agency,
        installation=envelope.sender,
        document=document,
    )
    try:
        return trace_receive(principal, message=message).centre_number
    except NotFound:
        raise Refused("exchange_no_centre_here") from None


def _take_result(principal: Principal, envelope: Envelope) -> str:
    document = parse_result(envelope.payload)
    if envelope.in_reply_to is None or number_of(envelope.in_reply_to) != document.request_number:
        raise ContentRefused("exchange_answers_another_request")
    if document.outcome not in outcome_table():
        raise ContentRefused("exchange_outcome_unknown")
    message = ResultMessage(
        message=envelope.message_id,
        in_reply_to=envelope.in_reply_to,
        request=document.request_number,
        requester=principal.agency,
        installation="",
        document=document,
    )
    try:
        result_take(principal, message=message)
    except (NotFound, Refused) as refusal:
        raise ContentRefused("exchange_result_not_now") from refusal
    return document.request_number


def _take_acknowledgement(principal: Principal, envelope: Envelope) -> str:
    found = parse_acknowledgement(envelope.payload)
    rows = SentMessage.objects.select_for_update().filter(peer_id=envelope.sender, agency=principal.agency)
    row = rows.get(message=envelope.in_reply_to)
    if row.digest != found.message_digest:
        raise ContentRefused("exchange_acknowledges_another_message")
    row.state, row.code = found.disposition.value, found.code or ""
    row.acknowledged_at = found.received_at
    row.save(update_fields=["state", "code", "acknowledged_at"])
    if row.kind == MessageKind.TRACE_REQUEST and found.disposition is Disposition.ACCEPTED:
        receipt = Receipt(
            request=row.record, centre_number=found.number or "", received_at=found.received_at
        )
        receipt_take(principal, receipt=receipt)
    return row.record


def _keep(principal: Principal, signed: SignedEnvelope, *, number: str = "", code: str = "") -> TakenFile:
    """Write down that a message came and what became of it."""
    envelope = signed.envelope
    disposition = Disposition.REFUSED if code else Disposition.ACCEPTED
    ReceivedMessage.objects.create(
        peer_id=envelope.sender,
        agency=principal.agency,
        kind=envelope.kind,
        message=envelope.message_id,
        in_reply_to=envelope.in_reply_to or "",
        channel=envelope.channel or "",
        sequence=envelope.sequence,
        digest=signed.digest,
        attachments=[{"name": each.name, "sha256": each.sha256} for each in envelope.attachments],
        disposition=disposition,
        code=code[:60],
        number=number,
        taken_by=principal.id,
        received_at=clock.now(),
    )
    detail = {"peer": envelope.sender, "message": envelope.message_id, "code": code}
    record(principal, action="exchange.taken", subject=number, outcome=disposition.value, detail=detail)
    return TakenFile(
        peer=envelope.sender,
        message=envelope.message_id,
        kind=envelope.kind,
        disposition=disposition,
        number=number,
    )
