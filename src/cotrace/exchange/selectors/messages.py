"""Reading what one's own agency sent, got and was refused."""

from cotrace.exchange.models import Peer, ReceivedMessage, RefusedFile, SentMessage
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.reads import MessageLog, ReceivedRead, RecordExchange
from cotrace.exchange.rules.envelope import MessageKind, SignedEnvelope
from cotrace.exchange.rules.judgement import SEQUENCE_WINDOW, Seen
from cotrace.exchange.selectors.own import received_of, sent_of
from cotrace.exchange.selectors.rows import names_of, received_reads, refused_reads, sent_reads
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.holdings import holding_get
from cotrace.tracing.holding import REQUEST_KIND
from cotrace.tracing.selectors.requests import request_centre

MOST_SHOWN = 100
WAITING_MAX = 100


def message_log(principal: Principal) -> MessageLog:
    """Return the newest messages of the principal's agency, and the files it offered that were refused."""
    principal.require(ExchangePermission.READ)
    sent = sent_of(principal).order_by("-noted_at", "-id")[:MOST_SHOWN]
    received = received_of(principal).order_by("-received_at", "-id")[:MOST_SHOWN]
    refused = RefusedFile.objects.filter(agency=principal.agency).order_by("-offered_at", "-id")[:MOST_SHOWN]
    return MessageLog(
        sent=sent_reads(sent), received=received_reads(received), refused=refused_reads(refused)
    )


def record_exchange(principal: Principal, *, number: str) -> RecordExchange:
    """Return what left and what came about one record of the principal's agency. Raises NotFound, also for others'."""
    principal.require(ExchangePermission.READ)
    visible = holding_get(principal, number=number)
    if visible.owner != principal.agency or visible.level < Level.FULL:
        raise NotFound
    sent = SentMessage.objects.filter(agency=principal.agency, record=visible.id).order_by("pk")
    received = ReceivedMessage.objects.filter(agency=principal.agency, number=visible.id).order_by("received_at", "pk")
    carrying = received.exclude(kind=MessageKind.ACKNOWLEDGEMENT)
    installation = ""
    if visible.kind == REQUEST_KIND:
        installation = request_centre(principal, number=visible.id).installation
    where = {each.peer_id for each in sent} | ({installation} if installation else set())
    goes_to = installation or next(iter(sorted(where)), "")
    return RecordExchange(
        number=visible.id,
        installation=goes_to,
        installation_name=names_of([goes_to]).get(goes_to, "") if goes_to else "",
        is_peer_active=bool(where) and Peer.objects.filter(pk__in=where, is_active=True).count() == len(where),
        sent=sent_reads(sent),
        received=received_reads(carrying),
    )


def received_get(principal: Principal, *, peer: str, message: str) -> ReceivedRead:
    """Return one message that the principal's agency took. Raises NotFound."""
    principal.require(ExchangePermission.READ)
    rows = received_of(principal).filter(peer_id=peer, message=message)
    found = received_reads(rows)
    if not found:
        raise NotFound
    return found[0]


def waiting_count(principal: Principal) -> int:
    """Return how many messages of the principal's agency wait to leave as signed files, up to `WAITING_MAX`."""
    principal.require(ExchangePermission.READ)
    waiting = sent_of(principal).filter(state="waiting")
    return len(waiting.values_list("pk")[:WAITING_MAX])


def seen_before(principal: Principal, *, signed: SignedEnvelope) -> Seen:
    """Return what a file is judged by: what came from its sender before, and what the principal's agency sent.

    Numbers are compared in the file's own channel; ids of messages in all of them. A reply to another agency's
    message is a reply to a message that was never sent.
    """
    envelope = signed.envelope
    mine = ReceivedMessage.objects.filter(peer_id=envelope.sender)
    alike = mine.filter(channel=envelope.channel or "")
    highest = alike.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    window = alike.filter(sequence=envelope.sequence, sequence__gt=highest - SEQUENCE_WINDOW)
    sent = SentMessage.objects.filter(peer_id=envelope.sender, agency=principal.agency).exclude(state="waiting")
    return Seen(
        messages=dict(mine.filter(message=envelope.message_id).values_list("message", "digest")),
        sequences=frozenset(window.values_list("sequence", flat=True)),
        highest_sequence=highest,
        sent=frozenset(sent.filter(message=envelope.in_reply_to or "").values_list("message", flat=True)),
    )
