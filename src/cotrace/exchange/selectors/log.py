"""One list of all that one's own agency sent, got and was refused, newest first.

Three tables are read from the same moment on and merged; where a page goes on is told by that moment alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.db.models import QuerySet

from cotrace.exchange.models import ReceivedMessage, RefusedFile, SentMessage
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.reads import Direction, LogPage, ReceivedRead, RefusedRead, SentRead
from cotrace.exchange.rules.acknowledgement import Disposition
from cotrace.exchange.rules.envelope import MessageKind
from cotrace.exchange.selectors.own import received_of, sent_of
from cotrace.exchange.selectors.rows import received_reads, refused_reads, sent_reads
from cotrace.foundation.ids import normal_number
from cotrace.foundation.principal import Principal
from cotrace.foundation.rules.moment_cursor import MomentCursor, cursor_after, cursor_of
from cotrace.sharing.reads import CappedCount
from cotrace.sharing.selectors.holdings import COUNT_CAP

PAGE_SIZE = 50

Rows: TypeAlias = QuerySet[SentMessage] | QuerySet[ReceivedMessage] | QuerySet[RefusedFile]
Found: TypeAlias = SentMessage | ReceivedMessage | RefusedFile
Read: TypeAlias = SentRead | ReceivedRead | RefusedRead

AT = {Direction.SENT: "noted_at", Direction.RECEIVED: "received_at", Direction.REFUSED: "offered_at"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """What the list is narrowed to. `state`: waiting, sent, accepted, refused. `record`: a number of one's own."""

    direction: Direction | None = None
    kind: MessageKind | None = None
    state: str = ""
    peer: str = ""
    record: str = ""


def exchange_log(principal: Principal, *, where: LogFilter, at: str = "") -> LogPage:
    """Return one page of the messages of the principal's agency and the files it was refused, newest first."""
    principal.require(ExchangePermission.READ)
    cursor = cursor_of(at)
    narrowed = {direction: rows for direction, rows in _narrowed(principal, where).items() if rows is not None}
    found = [each for direction, rows in narrowed.items() for each in _from(rows, direction, cursor)]
    found.sort(key=lambda each: (each[0], each[1], each[2].pk), reverse=True)
    skipped = cursor.shown if cursor else 0
    page = found[skipped : skipped + PAGE_SIZE]
    has_more = len(found) > skipped + PAGE_SIZE
    older = cursor_after([each[0] for each in page], before=cursor).text() if has_more else ""
    count = sum(len(rows.values_list("pk")[: COUNT_CAP + 1]) for rows in narrowed.values())
    return LogPage(
        rows=_reads([row for _, _, row in page]),
        older=older,
        count=CappedCount(number=min(count, COUNT_CAP), is_capped=count > COUNT_CAP),
    )


def _narrowed(principal: Principal, where: LogFilter) -> dict[Direction, Rows | None]:
    """Return the rows of each table that fit; None for a table in which nothing can."""
    record = normal_number(where.record) or where.record
    sent, received = sent_of(principal), received_of(principal)
    refused = RefusedFile.objects.filter(agency=principal.agency)
    if where.peer:
        sent, received = sent.filter(peer_id=where.peer), received.filter(peer_id=where.peer)
        refused = refused.filter(claimed_sender=where.peer)
    if where.kind is not None:
        sent, received = sent.filter(kind=where.kind), received.filter(kind=where.kind)
    if where.state:
        sent, received = sent.filter(state=where.state), received.filter(disposition=where.state)
    if record:
        sent, received = sent.filter(record=record), received.filter(number=record)
    is_about_messages = where.kind is not None or bool(record)
    fits_refused = where.state in {"", Disposition.REFUSED} and not is_about_messages
    tables: dict[Direction, Rows | None] = {
        Direction.SENT: sent,
        Direction.RECEIVED: None if where.state in {"waiting", "sent"} else received,
        Direction.REFUSED: refused if fits_refused else None,
    }
    wanted = tables if where.direction is None else {where.direction: tables[where.direction]}
    return dict(wanted)


def _from(
    rows: Rows, direction: Direction, cursor: MomentCursor | None
) -> Iterable[tuple[datetime, Direction, Found]]:
    name = AT[direction]
    if cursor is not None:
        rows = rows.filter(**{f"{name}__lte": cursor.at})
    most = PAGE_SIZE + 1 + (cursor.shown if cursor else 0)
    for row in rows.order_by(f"-{name}", "-pk")[:most]:
        yield getattr(row, name), direction, row


def _reads(page: Sequence[Found]) -> tuple[Read, ...]:
    """Return rows as reads, in the order given."""
    sent = [row for row in page if isinstance(row, SentMessage)]
    received = [row for row in page if isinstance(row, ReceivedMessage)]
    refused = [row for row in page if isinstance(row, RefusedFile)]
    reads: dict[tuple[type[Found], int], Read] = {
        **{(SentMessage, row.pk): read for row, read in zip(sent, sent_reads(sent), strict=True)},
        **{(ReceivedMessage, row.pk): read for row, read in zip(received, received_reads(received), strict=True)},
        **{(RefusedFile, row.pk): read for row, read in zip(refused, refused_reads(refused), strict=True)},
    }
    return tuple(reads[type(row), row.pk] for row in page)
