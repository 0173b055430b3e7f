"""Reading what one's own agency sent, got and was refused."""

from cotrace.exchange.models import ReceivedMessage, RefusedFile, SentMessage
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.reads import MessageLog, ReceivedRead, RefusedRead, SentRead
from cotrace.exchange.rules.acknowledgement import Disposition
from cotrace.exchange.rules.envelope import MessageKind, SignedEnvelope
from cotrace.exchange.rules.judgement import SEQUENCE_WINDOW, Seen
from cotrace.foundation.principal import Principal

MOST_SHOWN = 100


def message_log(principal: Principal) -> MessageLog:
    """Return the newest messages of the principal's agency, and the files it offered that were refused."""
    principal.require(ExchangePermission.READ)
    sent = SentMessage.objects.filter(agency=principal.agency).order_by("-id")[:MOST_SHOWN]
    received = ReceivedMessage.objects.filter(agency=principal.agency).order_by("-id")[:MOST_SHOWN]
    refused = RefusedFile.objects.filter(agency=principal.agency).order_by("-id")[:MOST_SHOWN]
    return MessageLog(
        sent=tuple(_sent(row) for row in sent),
        received=tuple(_received(row) for row in received),
        refused=tuple(_refused(row) for row in refused),
    )


def seen_before(principal: Principal, *, signed: SignedEnvelope) -> Seen:
    """Return what a file is judged by: what came from its sender before, and what the principal's agency sent.

    A reply to another agency's message is a reply to a message that was never sent.
    """
    envelope = signed.envelope
    mine = ReceivedMessage.objects.filter(peer_id=envelope.sender)
    highest = mine.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    window = mine.filter(sequence=envelope.sequence, sequence__gt=highest - SEQUENCE_WINDOW)
    sent = SentMessage.objects.filter(peer_id=envelope.sender, agency=principal.agency).exclude(state="waiting")
    return Seen(
        messages=dict(mine.filter(message=envelope.message_id).values_list("message", "digest")),
        sequences=frozenset(window.values_list("sequence", flat=True)),
        highest_sequence=highest,
        sent=frozenset(sent.filter(message=envelope.in_reply_to or "").values_list("message", flat=True)),
    )


def _sent(row: SentMessage) -> SentRead:
    return SentRead(
        peer=row.peer_id,
        kind=MessageKind(row.kind),
        record=row.record,
        message=row.message,
        state=row.state,
        code=row.code,
        created_at=row.created_at,
        expires_at=row.expires_at,
        acknowledged_at=row.acknowledged_at,
    )


def _received(row: ReceivedMessage) -> ReceivedRead:
    return ReceivedRead(
        peer=row.peer_id,
        kind=MessageKind(row.kind),
        message=row.message,
        disposition=Disposition(row.disposition),
        code=row.code,
        number=row.number,
        received_at=row.received_at,
    )


def _refused(row: RefusedFile) -> RefusedRead:
    return RefusedRead(
        offered_at=row.offered_at,
        code=row.code,
        sha256=row.sha256,
        claimed_sender=row.claimed_sender,
        claimed_message=row.claimed_message,
    )
