"""Giving a message its place: a channel, a number in it, its times, once.

Numbers are counted for each agency here and each channel of the other installation that it answers. So an
agency, here or there, sees from a gap only that a message of its own is missing, never that somebody else's
was sent (docs/exchange-format.md, section 4).
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max

from cotrace.audit.services import record
from cotrace.exchange.models import Channel, Peer, ReceivedMessage, SentMessage
from cotrace.exchange.rules.envelope import Envelope, MessageKind
from cotrace.exchange.selectors.peers import own_installation
from cotrace.foundation import clock
from cotrace.foundation.errors import Refused
from cotrace.foundation.ids import random_hex
from cotrace.foundation.principal import Principal
from cotrace.foundation.rules.canonical import JsonObject

LIFE = timedelta(days=30)
CHANNEL_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message before it has its place in the sequence and its times."""

    peer: str
    kind: MessageKind
    record: str
    message: str
    in_reply_to: str | None
    payload: JsonObject


def letter_place(principal: Principal, *, letter: Letter) -> Envelope:
    """Give a message its place and its times, once, in the caller's transaction; return it as it travels.

    A locked peer keeps each sequence without gaps or twins. Raises Refused where the peer is not active, the
    message's time is over, or it was made under another memorandum than the register now has. Audit: exchange.prepared.
    """
    peer = Peer.objects.select_for_update().filter(pk=letter.peer, is_active=True).first()
    if peer is None:
        raise Refused("peer_unknown", peer=letter.peer)
    row = SentMessage.objects.filter(peer=peer, message=letter.message, agency=principal.agency).first()
    if row is None or row.state == "waiting":
        row = _placed(principal, peer, letter, row)
    if row.created_at is None or row.expires_at is None or row.sequence is None:
        raise Refused("exchange_content_changed")
    if row.expires_at <= clock.now():
        raise Refused("exchange_time_over")
    if row.agreement != peer.agreement:
        raise Refused("exchange_agreement_changed", agreement=peer.agreement)
    return Envelope(
        message_id=row.message,
        kind=letter.kind,
        sender=own_installation(),
        recipient=peer.code,
        channel=row.channel or None,
        sequence=row.sequence,
        created_at=row.created_at,
        expires_at=row.expires_at,
        agreement=row.agreement,
        in_reply_to=letter.in_reply_to,
        payload=letter.payload,
    )


def _placed(principal: Principal, peer: Peer, letter: Letter, waiting: SentMessage | None) -> SentMessage:
    moment = clock.now()
    channel = _channel(principal, peer, letter)
    earlier = SentMessage.objects.filter(peer=peer, channel=channel)
    highest = earlier.aggregate(highest=Max("sequence"))["highest"] or 0
    row = waiting or SentMessage(
        peer=peer, agency=principal.agency, message=letter.message, noted_at=moment
    )
    row.kind, row.record, row.in_reply_to = letter.kind, letter.record, letter.in_reply_to or ""
    row.agreement, row.state = peer.agreement, "sent"
    row.channel, row.sequence = channel, highest + 1
    row.created_at = moment.replace(microsecond=0)
    row.expires_at = row.created_at + LIFE
    row.save()
    detail = {"peer": peer.code, "message": row.message}
    record(principal, action="exchange.prepared", subject=row.record, detail=detail)
    return row


def _channel(principal: Principal, peer: Peer, letter: Letter) -> str:
    """Return the channel a message goes into; named at random at the first one, under the peer's lock."""
    answered = ReceivedMessage.objects.filter(
        peer=peer, agency=principal.agency, message=letter.in_reply_to or ""
    ).first()
    row, _ = Channel.objects.get_or_create(
        peer=peer,
        agency=principal.agency,
        answers=answered.channel if answered else "",
        defaults={"code": random_hex(CHANNEL_BYTES, owner=principal.agency)},
    )
    return row.code
