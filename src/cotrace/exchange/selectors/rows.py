"""Rows of this room's tables as reads, for its selectors."""

from collections.abc import Collection
from datetime import datetime

from cotrace.exchange.models import Peer, ReceivedMessage, RefusedFile, SentMessage
from cotrace.exchange.reads import ReceivedRead, RefusedRead, SentRead
from cotrace.exchange.rules.acknowledgement import Disposition
from cotrace.exchange.rules.envelope import MessageKind


def sent_reads(rows: Collection[SentMessage]) -> tuple[SentRead, ...]:
    """Return messages that were sent or wait, which of them a newer one replaced, and which no longer fit the register."""
    found = Peer.objects.filter(pk__in={row.peer_id for row in rows})
    named = {code: (name, agreement) for code, name, agreement in found.values_list("code", "name", "agreement")}
    newest: dict[tuple[str, str, str], int] = {}
    agencies = {row.agency for row in rows}
    alike = SentMessage.objects.filter(agency__in=agencies, record__in={row.record for row in rows})
    for pk, *thing in alike.exclude(state="waiting").values_list("pk", "peer_id", "record", "in_reply_to"):
        peer, record, in_reply_to = thing
        newest[peer, record, in_reply_to] = max(pk, newest.get((peer, record, in_reply_to), 0))
    return tuple(
        _sent(
            row,
            name=named[row.peer_id][0],
            is_superseded=row.pk < newest.get((row.peer_id, row.record, row.in_reply_to), 0),
            is_outdated=row.state != "waiting" and row.agreement != named[row.peer_id][1],
        )
        for row in rows
    )


def received_reads(rows: Collection[ReceivedMessage]) -> tuple[ReceivedRead, ...]:
    """Return messages that were taken, with when they were acknowledged."""
    answers: dict[tuple[str, str], datetime | None] = {}
    found = SentMessage.objects.filter(
        agency__in={row.agency for row in rows},
        record__in={row.message for row in rows},
        kind=MessageKind.ACKNOWLEDGEMENT,
    )
    for peer, message, at in found.order_by("pk").values_list("peer_id", "record", "created_at"):
        answers[peer, message] = at
    names = names_of({row.peer_id for row in rows})
    return tuple(
        _received(row, names.get(row.peer_id, ""), answers.get((row.peer_id, row.message))) for row in rows
    )


def refused_reads(rows: Collection[RefusedFile]) -> tuple[RefusedRead, ...]:
    """Return files that were not acted on."""
    names = names_of({row.claimed_sender for row in rows})
    return tuple(
        RefusedRead(
            offered_at=row.offered_at,
            code=row.code,
            sha256=row.sha256,
            claimed_sender=row.claimed_sender,
            claimed_name=names.get(row.claimed_sender, ""),
            claimed_message=row.claimed_message,
        )
        for row in rows
    )


def names_of(codes: Collection[str]) -> dict[str, str]:
    """Return what the register calls installations, by code; of codes that are not in it nothing."""
    return dict(Peer.objects.filter(pk__in=codes).values_list("code", "name")) if codes else {}


def _sent(row: SentMessage, *, name: str, is_superseded: bool, is_outdated: bool) -> SentRead:
    return SentRead(
        peer=row.peer_id,
        peer_name=name,
        kind=MessageKind(row.kind),
        record=row.record,
        message=row.message,
        state=row.state,
        code=row.code,
        noted_at=row.noted_at,
        created_at=row.created_at,
        expires_at=row.expires_at,
        acknowledged_at=row.acknowledged_at,
        agreement=row.agreement,
        sequence=row.sequence,
        is_superseded=is_superseded,
        is_outdated=is_outdated,
    )


def _received(row: ReceivedMessage, name: str, acknowledged_at: datetime | None) -> ReceivedRead:
    return ReceivedRead(
        peer=row.peer_id,
        peer_name=name,
        kind=MessageKind(row.kind),
        message=row.message,
        disposition=Disposition(row.disposition),
        code=row.code,
        number=row.number,
        received_at=row.received_at,
        in_reply_to=row.in_reply_to,
        digest=row.digest,
        attachments=len(row.attachments),
        acknowledged_at=acknowledged_at,
    )
