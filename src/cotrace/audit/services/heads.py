"""Signed rounds of heads, at a fixed rhythm even when nothing happened: silence says nothing."""

import secrets
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction

from cotrace.audit.models import AuditHead, AuditSeal, HeadRound
from cotrace.audit.rules.chain import blinded_head, round_bytes
from cotrace.audit.services.keys import audit_key
from cotrace.foundation import clock
from cotrace.foundation.engines import engine

RHYTHM = timedelta(hours=1)


def heads_sign() -> str:
    """Sign one round over every chain's head; return its id."""
    key = audit_key()
    with transaction.atomic(), engine(connection).only_one(connection, "audit.heads"):
        moment = clock.now()
        round_id = secrets.token_hex(16)
        heads = [_head(round_id, chain) for chain in _chains()]
        blinded = sorted(head.blinded for head in heads)
        covered = round_bytes(settings.COTRACE_INSTALLATION, moment.isoformat(), blinded)
        HeadRound.objects.create(
            id=round_id,
            installation=settings.COTRACE_INSTALLATION,
            signed_at=moment,
            blinded=blinded,
            key_id=key.id,
            signature=key.private.sign(covered).hex(),
        )
        AuditHead.objects.bulk_create(heads)
    return round_id


def heads_sign_when_due() -> int:
    """Sign a round if the last one is older than the rhythm; return how many were signed."""
    last = HeadRound.objects.order_by("-signed_at").values_list("signed_at", flat=True).first()
    if last is not None and clock.now() - last < RHYTHM:
        return 0
    heads_sign()
    return 1


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


def rounds_export() -> list[Mapping[str, object]]:
    """Return every signed round as another agency keeps it: no chain is named, no salt is told."""
    return [
        {
            "format": "cotrace-heads-1",
            "installation": row.installation,
            "signed_at": row.signed_at.isoformat(),
            "blinded": row.blinded,
            "key_id": row.key_id,
            "public_key": audit_key().public.public_bytes_raw().hex(),
            "signature": row.signature,
        }
        for row in HeadRound.objects.order_by("signed_at", "id")
    ]
