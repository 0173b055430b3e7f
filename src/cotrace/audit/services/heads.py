"""Signed rounds of heads, at a fixed rhythm even when nothing happened: silence says nothing.

Every hour one is signed; every COTRACE_HEADS_HOURS one is handed to each agency, which keeps it elsewhere.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction

from cotrace.audit.events import RoundHanded
from cotrace.audit.models import AuditHead, AuditSeal, HeadRound, RoundHandover
from cotrace.audit.permissions import AuditPermission
from cotrace.audit.rules.chain import blinded_head, round_bytes
from cotrace.audit.services.keys import audit_key
from cotrace.audit.services.names import name_to_sign
from cotrace.audit.services.record import record_disclosure
from cotrace.foundation import clock
from cotrace.foundation.engines import engine
from cotrace.foundation.errors import NotFound
from cotrace.foundation.events import publish
from cotrace.foundation.principal import Principal

RHYTHM = timedelta(hours=1)
FORMAT = "cotrace-heads-1"

Round = Mapping[str, object]


def heads_sign() -> str:
    """Sign one round over every chain's head; return its id. Raises Refused under a name or key that is not this log's."""
    key = audit_key()
    with transaction.atomic(), engine(connection).only_one(connection, "audit.heads"):
        name = name_to_sign(key)
        moment = clock.now()
        round_id = secrets.token_hex(16)
        heads = [_head(round_id, chain) for chain in _chains()]
        blinded = sorted(head.blinded for head in heads)
        covered = round_bytes(name, moment.isoformat(), blinded)
        HeadRound.objects.create(
            id=round_id,
            installation=name,
            signed_at=moment,
            blinded=blinded,
            key_id=key.id,
            signature=key.private.sign(covered).hex(),
        )
        AuditHead.objects.bulk_create(heads)
    return round_id


def heads_sign_when_due() -> int:
    """The worker's duty: sign a round if the last one is older than the rhythm, and hand one to every agency when that is due.

    Returns how many were signed. Raises Refused under a name or key that is not this log's. Event: RoundHanded.
    """
    if not (_is_signing_due() or _is_handing_due()):
        return 0
    with transaction.atomic(), engine(connection).only_one(connection, "audit.heads"):
        is_handing_due = _is_handing_due()
        if not (_is_signing_due() or is_handing_due):
            return 0
        signed = heads_sign()
        if is_handing_due:
            RoundHandover.objects.create(round_id=signed, handed_at=clock.now())
            publish(RoundHanded(round=signed))
    return 1


def round_fetch(principal: Principal, *, number: str) -> Round:
    """Return a round that was handed over, with what opens the head of the principal's own chain; the newest for `newest`.

    Raises NotFound. Audit: audit.round_fetched.
    """
    principal.require(AuditPermission.VERIFY)
    handed = RoundHandover.objects.order_by("-handed_at")
    chosen = handed.first() if number == "newest" else handed.filter(pk=number).first()
    row = HeadRound.objects.filter(pk=chosen.pk).first() if chosen else None
    if row is None:
        raise NotFound
    record_disclosure(principal, action="audit.round_fetched", subject=row.pk)
    own = AuditHead.objects.filter(round_id=row.pk, chain=principal.agency).first()
    opening = (
        {"own": {"chain": own.chain, "position": own.position, "hash": own.hash, "salt": own.salt}} if own else {}
    )
    return {**_told(row), **opening}


def rounds_export() -> list[Round]:
    """Return every signed round as another agency keeps it: no chain is named, no salt is told."""
    return [_told(row) for row in HeadRound.objects.order_by("signed_at", "id")]


def _is_signing_due() -> bool:
    last = HeadRound.objects.order_by("-signed_at").values_list("signed_at", flat=True).first()
    return last is None or clock.now() - last >= RHYTHM


def _is_handing_due() -> bool:
    last = RoundHandover.objects.order_by("-handed_at").values_list("handed_at", flat=True).first()
    return last is None or clock.now() - last >= timedelta(hours=settings.COTRACE_HEADS_HOURS)


def _chains() -> list[str]:
    return sorted(AuditSeal.objects.filter(position=1).values_list("chain", flat=True))


def _head(round_id: str, chain: str) -> AuditHead:
    last = AuditSeal.objects.filter(chain=chain).order_by("-position").values_list("position", "hash").first()
    position, head = last or (0, "")
    salt = secrets.token_hex(16)
    return AuditHead(
        round_id=round_id,
        chain=chain,
        position=position,
        hash=head,
        salt=salt,
        blinded=blinded_head(salt, chain=chain, position=position, head=head),
    )


def _told(row: HeadRound) -> Round:
    """Return a round as its holder keeps it; the public key is told where the key that signed it is the one here."""
    key = audit_key()
    told: dict[str, object] = {
        "format": FORMAT,
        "installation": row.installation,
        "signed_at": row.signed_at.isoformat(),
        "blinded": row.blinded,
        "key_id": row.key_id,
        "signature": row.signature,
    }
    return {**told, "public_key": key.public.public_bytes_raw().hex()} if row.key_id == key.id else told
