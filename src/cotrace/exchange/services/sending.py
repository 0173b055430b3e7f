"""Preparing messages to other installations; `exports` signs them and writes the files.

A file is written anew at each export, byte for byte the same: its times and its place in the sequence
are rows, its content lies with its subject, and the signature of equal bytes is equal. No copy is kept
that would outlive what it carries.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import F

from cotrace.audit.services import record, record_disclosure
from cotrace.exchange.models import Peer, ReceivedMessage, SentMessage
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.rules.acknowledgement import (
    Acknowledgement,
    Disposition,
    acknowledgement_to_json,
)
from cotrace.exchange.rules.envelope import Envelope, MessageKind
from cotrace.exchange.services.places import Letter, letter_place
from cotrace.foundation import clock
from cotrace.foundation.errors import Denied, NotFound, Refused
from cotrace.foundation.ids import new_number
from cotrace.foundation.principal import Principal
from cotrace.sharing.selectors.holdings import own_holding
from cotrace.tracing.holding import REQUEST_KIND, TRACE_KIND
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.messages import ResultMessage
from cotrace.tracing.rules.request_document import request_to_json
from cotrace.tracing.rules.result_document import result_to_json
from cotrace.tracing.selectors.centre import result_sendings
from cotrace.tracing.selectors.requests import request_centre
from cotrace.tracing.services.release import result_message, result_resend
from cotrace.tracing.services.requests import request_message, request_resend


def message_prepare(
    principal: Principal, *, number: str, message: str = "", is_again: bool = False
) -> Envelope:
    """Return the message that carries a request or a released result of the principal's agency.

    The same each time, until it is sent `is_again` as a new one: because its time is over, or because the
    other side refused it. `message` chooses where a result goes to several installations; the newest where it is
    empty. Raises NotFound; Refused where nothing is to go elsewhere; Denied where the result names a purchaser and
    the principal may not see one. Audit: exchange.prepared, and trace.purchaser_shown each time one leaves.
    """
    principal.require(ExchangePermission.EXPORT)
    visible = own_holding(principal, number=number)
    with transaction.atomic():
        letter_of = LETTERS.get(visible.kind)
        if letter_of is None:
            raise Refused("exchange_carries_no_such_record")
        letter = letter_of(principal, visible.id, message=message, is_again=is_again)
        return letter_place(principal, letter=letter)


def acknowledgement_prepare(principal: Principal, *, message: str, peer: str = "") -> Envelope:
    """Return the acknowledgement of a message that the principal's agency took, from `peer` where it is named.

    Raises NotFound. Audit: exchange.prepared.
    """
    principal.require(ExchangePermission.EXPORT)
    with transaction.atomic():
        rows = ReceivedMessage.objects.filter(message=message, agency=principal.agency)
        row = (rows.filter(peer_id=peer) if peer else rows).order_by("-received_at", "-pk").first()
        if row is None or row.kind == MessageKind.ACKNOWLEDGEMENT:
            raise NotFound
        return letter_place(principal, letter=_acknowledgement_letter(principal, row))


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
        defaults={
            "agency": principal.agency,
            "kind": kind,
            "record": number,
            "state": "waiting",
            "noted_at": clock.now(),
        },
    )
    if is_new:
        record(principal, action="exchange.expected", subject=number)
    return is_new


def _request_letter(principal: Principal, number: str, *, message: str, is_again: bool) -> Letter:
    installation = request_centre(principal, number=number).installation
    if not installation:
        raise Refused("exchange_stays_here")
    if is_again:
        request_resend(principal, number=number)
    sent = request_message(principal, number=number)
    if message and not is_again and message != sent.message:
        raise NotFound
    return Letter(
        peer=installation,
        kind=MessageKind.TRACE_REQUEST,
        record=number,
        message=sent.message,
        in_reply_to=None,
        payload=request_to_json(sent.document),
    )


def _result_letter(principal: Principal, number: str, *, message: str, is_again: bool) -> Letter:
    sendings = result_sendings(principal, number=number)
    if not sendings:
        raise Refused("exchange_stays_here")
    if message and message not in sendings:
        raise NotFound
    chosen = message or sendings[-1]
    if is_again:
        chosen = result_resend(principal, message=chosen)
    sent = result_message(principal, message=chosen)
    _show_purchaser(principal, number, sent)
    return Letter(
        peer=sent.installation,
        kind=MessageKind.TRACE_RESULT,
        record=number,
        message=sent.message,
        in_reply_to=sent.in_reply_to,
        payload=result_to_json(sent.document),
    )


def _show_purchaser(principal: Principal, number: str, sent: ResultMessage) -> None:
    """Put on record who takes a purchaser's name out, before the letter has its place; refuse whoever may not see it.

    A file is readable by whoever carries it, so its courier needs what the page of the purchaser asks for.
    """
    if sent.document.purchaser is None:
        return
    if not principal.may(TracePermission.TRANSFEREE):
        raise Denied("exchange_names_a_purchaser")
    record(principal, action="trace.purchaser_shown", subject=number, outcome="disclosed")


LETTERS: dict[str, Callable[..., Letter]] = {REQUEST_KIND: _request_letter, TRACE_KIND: _result_letter}
"""Which records travel, and what carries them."""


def _acknowledgement_letter(principal: Principal, row: ReceivedMessage) -> Letter:
    written = SentMessage.objects.filter(
        peer_id=row.peer_id, agency=row.agency, kind=MessageKind.ACKNOWLEDGEMENT, record=row.message
    )
    known = written.filter(expires_at__gt=clock.now(), agreement=F("peer__agreement")).last()
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
