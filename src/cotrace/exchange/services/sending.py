"""Preparing messages to other installations; `exports` signs them and writes the files.

A file is written anew at each export, byte for byte the same: its times and its place in the sequence
are rows, its content lies with its subject, and the signature of equal bytes is equal. No copy is kept
that would outlive what it carries.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from cotrace.audit.services import record, record_disclosure
from cotrace.exchange.models import Peer, ReceivedMessage, SentMessage
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.rules.acknowledgement import (
    Acknowledgement,
    Disposition,
    acknowledgement_to_json,
)
from cotrace.exchange.rules.envelope import Envelope, MessageKind
from cotrace.exchange.selectors.peers import own_installation
from cotrace.foundation import clock
from cotrace.foundation.errors import NotFound, Refused
from cotrace.foundation.ids import new_number
from cotrace.foundation.principal import Principal
from cotrace.foundation.rules.canonical import JsonObject
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.holdings import holding_get
from cotrace.tracing.holding import REQUEST_KIND, TRACE_KIND
from cotrace.tracing.rules.request_document import request_to_json
from cotrace.tracing.rules.result_document import result_to_json
from cotrace.tracing.selectors.centre import result_sendings
from cotrace.tracing.selectors.requests import request_centre
from cotrace.tracing.services.release import result_message, result_resend
from cotrace.tracing.services.requests import request_message, request_resend

LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message before it has its place in the sequence and its times."""

    peer: str
    kind: MessageKind
    record: str
    message: str
    in_reply_to: str | None
    payload: JsonObject


def message_prepare(principal: Principal, *, number: str, is_again: bool = False) -> Envelope:
    """Return the message that carries a request or a released result of the principal's agency.

    The same each time, until it is sent `is_again` as a new one: because its time is over, or because the
    other side refused it. Raises NotFound; Refused where nothing is to go elsewhere. Audit: exchange.prepared.
    """
    principal.require(ExchangePermission.EXPORT)
    visible = holding_get(principal, number=number)
    if visible.owner != principal.agency or visible.level < Level.FULL:
        raise NotFound
    with transaction.atomic():
        letter_of = LETTERS.get(visible.kind)
        if letter_of is None:
            raise Refused("exchange_carries_no_such_record")
        return _enveloped(principal, letter_of(principal, visible.id, is_again=is_again))


def acknowledgement_prepare(principal: Principal, *, message: str) -> Envelope:
    """Return the acknowledgement of a message that the principal's agency took. Raises NotFound.

    Audit: exchange.prepared.
    """
    principal.require(ExchangePermission.EXPORT)
    with transaction.atomic():
        row = ReceivedMessage.objects.filter(message=message, agency=principal.agency).first()
        if row is None or row.kind == MessageKind.ACKNOWLEDGEMENT:
            raise NotFound
        return _enveloped(principal, _acknowledgement_letter(principal, row))


def message_leaves(principal: Principal, *, envelope: Envelope, digest: str) -> None:
    """Put on record that a message leaves, before its first byte does; the second time it must be the same.

    Raises Refused where what it carries has changed or is gone. Audit: exchange.exported.
    """
    principal.require(ExchangePermission.EXPORT)
    with transaction.atomic():
        rows = SentMessage.objects.select_for_update().filter(agency=principal.agency)
        row = rows.get(peer_id=envelope.recipient, message=envelope.message_id)
        if row.digest and row.digest != digest:
            raise Refused("exchange_content_changed")
        row.digest = digest
        row.save(update_fields=["digest"])
    record_disclosure(
        principal,
        action="exchange.exported",
        subject=row.record,
        detail={"peer": row.peer_id, "message": row.message, "digest": digest},
    )


def message_expect(principal: Principal, *, peer: str, kind: MessageKind, number: str, message: str) -> bool:
    """Note, in the caller's transaction, that a message waits to be exported; return whether that was news.

    Nothing is noted for an installation that the register does not know. Audit: exchange.expected.
    """
    if not Peer.objects.filter(pk=peer).exists():
        return False
    _, is_new = SentMessage.objects.get_or_create(
        peer_id=peer,
        message=message,
        defaults={"agency": principal.agency, "kind": kind, "record": number, "state": "waiting"},
    )
    if is_new:
        record(principal, action="exchange.expected", subject=number)
    return is_new


def _request_letter(principal: Principal, number: str, *, is_again: bool) -> Letter:
    installation = request_centre(principal, number=number).installation
    if not installation:
        raise Refused("exchange_stays_here")
    if is_again:
        request_resend(principal, number=number)
    sent = request_message(principal, number=number)
    return Letter(
        peer=installation,
        kind=MessageKind.TRACE_REQUEST,
        record=number,
        message=sent.message,
        in_reply_to=None,
        payload=request_to_json(sent.document),
    )


def _result_letter(principal: Principal, number: str, *, is_again: bool) -> Letter:
    sendings = result_sendings(principal, number=number)
    if not sendings:
        raise Refused("exchange_stays_here")
    message = sendings[-1]
    if is_again:
        message = result_resend(principal, message=message)
    sent = result_message(principal, message=message)
    return Letter(
        peer=sent.installation,
        kind=MessageKind.TRACE_RESULT,
        record=number,
        message=sent.message,
        in_reply_to=sent.in_reply_to,
        payload=result_to_json(sent.document),
    )


LETTERS: dict[str, Callable[..., Letter]] = {REQUEST_KIND: _request_letter, TRACE_KIND: _result_letter}
"""Which records travel, and what carries them."""


def _acknowledgement_letter(principal: Principal, row: ReceivedMessage) -> Letter:
    known = SentMessage.objects.filter(
        peer_id=row.peer_id, kind=MessageKind.ACKNOWLEDGEMENT, record=row.message
    ).first()
    drawn = new_number("AK", origin=settings.COTRACE_INSTALLATION, owner=principal.agency)
    acknowledgement = Acknowledgement(
        message_digest=row.digest,
        received_at=row.received_at.replace(microsecond=0),
        disposition=Disposition(row.disposition),
        code=row.code or None,
        number=row.number or None,
    )
    return Letter(
        peer=row.peer_id,
        kind=MessageKind.ACKNOWLEDGEMENT,
        record=row.message,
        message=known.message if known else drawn,
        in_reply_to=row.message,
        payload=acknowledgement_to_json(acknowledgement),
    )


def _enveloped(principal: Principal, letter: Letter) -> Envelope:
    """Give a message its place and its times, once; a locked peer keeps the sequence without gaps or twins."""
    peer = Peer.objects.select_for_update().filter(pk=letter.peer, is_active=True).first()
    if peer is None:
        raise Refused("peer_unknown", peer=letter.peer)
    row = SentMessage.objects.filter(peer=peer, message=letter.message).first()
    if row is None or row.state == "waiting":
        row = _place(principal, peer, letter, row)
    if row.created_at is None or row.expires_at is None or row.sequence is None:
        raise Refused("exchange_content_changed")
    if row.expires_at <= clock.now():
        raise Refused("exchange_time_over")
    return Envelope(
        message_id=row.message,
        kind=letter.kind,
        sender=own_installation(),
        recipient=peer.code,
        sequence=row.sequence,
        created_at=row.created_at,
        expires_at=row.expires_at,
        agreement=row.agreement,
        in_reply_to=letter.in_reply_to,
        payload=letter.payload,
    )


def _place(principal: Principal, peer: Peer, letter: Letter, waiting: SentMessage | None) -> SentMessage:
    highest = SentMessage.objects.filter(peer=peer).aggregate(highest=Max("sequence"))["highest"] or 0
    row = waiting or SentMessage(peer=peer, agency=principal.agency, message=letter.message)
    row.kind, row.record, row.in_reply_to = letter.kind, letter.record, letter.in_reply_to or ""
    row.agreement, row.state, row.sequence = peer.agreement, "sent", highest + 1
    row.created_at = clock.now().replace(microsecond=0)
    row.expires_at = row.created_at + LIFE
    row.save()
    detail = {"peer": peer.code, "message": row.message}
    record(principal, action="exchange.prepared", subject=row.record, detail=detail)
    return row
