"""Sealing: every committed event gets its place in its agency's chain, within a second, by one sealer.

All of a batch happens in one transaction, so a kill leaves either all of it or none.
"""

from collections import defaultdict

from django.db import connection, transaction

from cotrace.audit.models import AuditPending, AuditSeal
from cotrace.audit.rules.chain import GENESIS, link_hash
from cotrace.audit.selectors.rows import event_columns_sql
from cotrace.foundation.engines import engine

BATCH = 5000
_SEALS = "audit_auditseal (chain, position, event_id, hash)"


def seal_once(*, batch: int = BATCH) -> int:
    """Seal up to `batch` waiting events, oldest first; return how many. Safe when two run at once."""
    if not AuditPending.objects.exists():
        return 0
    with transaction.atomic(), engine(connection).only_one(connection, "audit.sealer"):
        rows = _waiting(batch)
        if not rows:
            return 0
        seals = _links(rows)
        engine(connection).insert_rows(connection, _SEALS, seals)
        _forget([row[0] for row in rows])
    return len(rows)


def _waiting(batch: int) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {event_columns_sql('e')} FROM audit_auditpending p "  # noqa: S608 - names are ours
            "JOIN audit_auditevent e ON e.id = p.event_id ORDER BY p.event_id LIMIT %s",
            [batch],
        )
        rows: list[tuple[object, ...]] = cursor.fetchall()
    return rows


def _head(chain: str) -> tuple[int, str]:
    last = AuditSeal.objects.filter(chain=chain).order_by("-position").values_list("position", "hash").first()
    return last or (0, GENESIS)


def _links(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Return the seals (chain, position, event id, hash) of events in order."""
    by_chain: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for row in rows:
        by_chain[str(row[1])].append(row)
    seals: list[tuple[object, ...]] = []
    for chain, events in by_chain.items():
        position, head = _head(chain)
        for event in events:
            position += 1
            head = link_hash(head, position, event)
            seals.append((chain, position, event[0], head))
    return seals


def _forget(event_ids: list[object]) -> None:
    engine(connection).delete_ids(connection, "audit_auditpending", "event_id", event_ids)
