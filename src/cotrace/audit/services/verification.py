"""Verifying the log: recompute every link, compare every signed head, name the first bad row.

Streams, so memory does not grow with the log. It trusts nothing but the installation's public key
and, better, round files that others kept: whoever owns the database can rewrite both tables and heads.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from cotrace.audit.models import AuditEvent, AuditHead, AuditPending, AuditSeal, HeadRound
from cotrace.audit.reads import Finding, VerificationReport
from cotrace.audit.rules.chain import GENESIS, PURGED, blinded_head, link_hash, round_bytes
from cotrace.audit.selectors.rows import event_columns_sql
from cotrace.audit.services.keys import audit_key
from cotrace.audit.services.record import NO_DETAIL, digest_of
from cotrace.foundation.engines import engine

CHUNK = 5000
Round = Mapping[str, object]


@dataclass(slots=True)
class _Tally:
    """Keeps the first finding of each kind per chain."""

    findings: dict[tuple[str, str], Finding] = field(default_factory=dict)
    events: int = 0

    def add(self, code: str, *, chain: str = "", position: int = 0, event: int = 0) -> None:
        self.findings.setdefault(
            (chain, code), Finding(code=code, chain=chain, position=position, event=event)
        )


def verify(*, rounds: Iterable[Round] = ()) -> VerificationReport:
    """Verify every chain; `rounds` are signed rounds that were kept elsewhere (`rounds_export`)."""
    tally = _Tally()
    chains = sorted(set(AuditSeal.objects.values_list("chain", flat=True).distinct()))
    heads = _heads(tally)
    for chain in chains:
        _verify_chain(chain, heads.pop(chain, {}), tally)
    for chain, positions in heads.items():
        tally.add("chain_cut", chain=chain, position=max(positions))
    _verify_rest(tally)
    _verify_details(tally)
    count = _verify_rounds(rounds, tally)
    findings = sorted(tally.findings.values(), key=lambda f: (f.chain, f.position, f.event, f.code))
    return VerificationReport(
        chains=len(chains),
        events=tally.events,
        pending=AuditPending.objects.count(),
        rounds=count,
        findings=tuple(findings),
    )


def _verify_chain(chain: str, heads: dict[int, str], tally: _Tally) -> None:
    """Recompute one chain from its first link; stop at its first bad one."""
    expected, head = 1, GENESIS
    for position, event_id, sealed, event in _links(chain):
        if position != expected:
            tally.add("position_missing", chain=chain, position=expected, event=event_id)
            return
        if event is None:
            tally.add("event_deleted", chain=chain, position=position, event=event_id)
            return
        head = link_hash(head, position, event)
        if head != sealed or event[1] != chain:
            tally.add("link_broken", chain=chain, position=position, event=event_id)
            return
        if heads.get(position, head) != head:
            tally.add("head_disagrees", chain=chain, position=position, event=event_id)
            return
        tally.events += 1
        expected += 1
    beyond = [position for position in heads if position >= expected]
    if beyond:
        tally.add("chain_cut", chain=chain, position=expected)


def _links(chain: str) -> Iterator[tuple[int, int, str, tuple[object, ...] | None]]:
    sql = (
        f"SELECT s.position, s.event_id, s.hash, {event_columns_sql('e')} "  # noqa: S608 - names are ours
        "FROM audit_auditseal s LEFT JOIN audit_auditevent e ON e.id = s.event_id "
        "WHERE s.chain = %s ORDER BY s.position"
    )
    for row in engine(connection).stream(connection, sql, [chain], chunk=CHUNK):
        yield row[0], row[1], row[2], None if row[3] is None else tuple(row[3:])


def _heads(tally: _Tally) -> dict[str, dict[int, str]]:
    """Return what the signed heads say by chain and position, after checking each against its round."""
    signed = {row.pk: set(row.blinded) for row in HeadRound.objects.all() if _is_signed(_as_round(row), tally)}
    found: dict[str, dict[int, str]] = {}
    for head in AuditHead.objects.order_by("id").iterator():
        opened = blinded_head(head.salt, chain=head.chain, position=head.position, head=head.hash)
        if opened != head.blinded or opened not in signed.get(head.round_id, set()):
            tally.add("head_forged", chain=head.chain, position=head.position)
            continue
        signed[head.round_id].discard(opened)
        if head.position:
            first = found.setdefault(head.chain, {}).setdefault(head.position, head.hash)
            if first != head.hash:
                tally.add("head_disagrees", chain=head.chain, position=head.position)
    if any(signed.values()):
        tally.add("head_missing")
    return found


def _as_round(row: HeadRound) -> Round:
    return {
        "installation": row.installation,
        "signed_at": row.signed_at.isoformat(),
        "blinded": row.blinded,
        "signature": row.signature,
        "key_id": row.key_id,
    }


def _is_signed(found: Round, tally: _Tally) -> bool:
    public: Ed25519PublicKey = audit_key().public
    blinded = found.get("blinded")
    if not isinstance(blinded, list):
        tally.add("round_forged")
        return False
    covered = round_bytes(str(found.get("installation")), str(found.get("signed_at")), blinded)
    try:
        public.verify(bytes.fromhex(str(found.get("signature"))), covered)
    except (InvalidSignature, ValueError):
        tally.add("round_forged")
        return False
    return True


def _verify_rounds(rounds: Iterable[Round], tally: _Tally) -> int:
    """Compare rounds that others kept with the heads that are here; return how many there were."""
    count = 0
    for found in rounds:
        count += 1
        blinded = found.get("blinded")
        if not _is_signed(found, tally) or not isinstance(blinded, list):
            continue
        here = set(AuditHead.objects.filter(blinded__in=blinded).values_list("blinded", flat=True))
        if set(blinded) - here:
            tally.add("head_missing")
        _verify_own(found, blinded, tally)
    return count


def _verify_own(found: Round, blinded: list[object], tally: _Tally) -> None:
    """Compare the head that the holder of a round can open with that holder's chain; it needs none of our heads."""
    own = found.get("own")
    if not isinstance(own, Mapping):
        return
    chain, position, head = str(own.get("chain")), own.get("position"), str(own.get("hash"))
    if not isinstance(position, int) or isinstance(position, bool):
        tally.add("round_forged")
        return
    if blinded_head(str(own.get("salt")), chain=chain, position=position, head=head) not in blinded:
        tally.add("round_forged")
        return
    sealed = AuditSeal.objects.filter(chain=chain, position=position).values_list("hash", flat=True).first()
    if sealed is None:
        tally.add("chain_cut", chain=chain, position=position)
    elif sealed != head:
        tally.add("head_disagrees", chain=chain, position=position)


def _verify_rest(tally: _Tally) -> None:
    """Find events nobody sealed or queued, and queued ones that are gone."""
    sealed = "EXISTS (SELECT 1 FROM audit_auditseal s WHERE s.event_id = e.id)"
    queued = "EXISTS (SELECT 1 FROM audit_auditpending p WHERE p.event_id = e.id)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.id, e.chain FROM audit_auditevent e WHERE NOT {sealed} AND NOT {queued} "  # noqa: S608
            "ORDER BY e.id LIMIT 1"
        )
        for event, chain in cursor.fetchall():
            tally.add("event_unsealed", chain=chain, event=event)
    gone = AuditPending.objects.exclude(event_id__in=AuditEvent.objects.values("id")).order_by("event_id")
    for event in gone.values_list("event_id", flat=True)[:1]:
        tally.add("event_deleted", event=event)


_MISSING_DETAILS = (
    "SELECT max(q.event), q.chain, max(q.position) FROM ("  # noqa: S608 - names are ours
    "SELECT e.id AS event, e.chain AS chain, s.position AS position, 0 AS purge, "
    f"CASE WHEN e.action = '{PURGED}' OR s.position IS NULL THEN '?' || e.id ELSE '#' || s.position END AS place "
    "FROM audit_auditevent e LEFT JOIN audit_auditdetail d ON d.event_id = e.id "
    "LEFT JOIN audit_auditseal s ON s.event_id = e.id WHERE d.event_id IS NULL AND e.digest <> %s "
    "UNION ALL SELECT 0, p.chain, 0, p.id, p.subject FROM audit_auditevent p "
    f"WHERE p.action = '{PURGED}' AND substr(p.subject, 1, 1) = '#'"
    ") q GROUP BY q.chain, q.place HAVING max(q.event) > max(q.purge) ORDER BY max(q.event)"
)
"""Events that had a detail and have none, though no later purge of their chain names their place.

Purges, which keep theirs, and unsealed events have no place that can be named. Grouped rather than joined: so the
time depends on how many details are gone, and on no guess of the database about it.
"""


def _verify_details(tally: _Tally) -> None:
    """Find details that were altered, and those that are gone without a purge that says so."""
    read = engine(connection).stream
    sql = (
        "SELECT d.event_id, d.salt, d.detail, e.digest, e.chain FROM audit_auditdetail d "
        "LEFT JOIN audit_auditevent e ON e.id = d.event_id ORDER BY d.event_id"
    )
    for event, salt, detail, digest, chain in read(connection, sql, [], chunk=CHUNK):
        if digest != digest_of(salt, detail):
            tally.add("detail_altered", chain=chain or "", event=event)
    for event, chain, position in read(connection, _MISSING_DETAILS, [NO_DETAIL], chunk=CHUNK):
        tally.add("detail_missing", chain=chain, position=position or 0, event=event)
