"""Keeping the register of other installations."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cotrace.audit.services import record
from cotrace.exchange.models import Peer, PeerKey
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.rules.envelope import AGREEMENT, INSTALLATION
from cotrace.exchange.selectors.peers import own_installation
from cotrace.foundation import clock
from cotrace.foundation.errors import FieldProblem, Invalid
from cotrace.foundation.principal import Principal
from cotrace.foundation.rules.signatures import parse_public_key

MOST_KEYS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyValues:
    """A public key in one line, and the time in which it may sign."""

    key: str
    valid_from_at: datetime
    valid_until_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerValues:
    """Another installation as entered. Keys that are not named any more are forgotten."""

    code: str
    name: str
    agreement: str
    keys: tuple[KeyValues, ...]
    address: str = ""
    is_active: bool = True


def peer_put(principal: Principal, *, values: PeerValues) -> None:
    """Enter another installation, or change its entry. Its key must have come by another way than its files.

    Raises Invalid with the fields at fault. Audit: exchange.peer_put, with the ids of its keys.
    """
    principal.require(ExchangePermission.MANAGE)
    problems = _problems(values)
    if problems:
        raise Invalid("peer_incomplete", fields=tuple(problems))
    with transaction.atomic():
        row, _ = Peer.objects.update_or_create(
            code=values.code,
            defaults={
                "name": values.name.strip(),
                "address": values.address,
                "agreement": values.agreement,
                "is_active": values.is_active,
                "changed_at": clock.now(),
            },
        )
        named = {key.key_id: each for each in values.keys if (key := parse_public_key(each.key)) is not None}
        row.keys.exclude(key_id__in=named).delete()
        for key_id, each in sorted(named.items()):
            PeerKey.objects.update_or_create(
                peer=row,
                key_id=key_id,
                defaults={
                    "key": each.key,
                    "valid_from_at": each.valid_from_at,
                    "valid_until_at": each.valid_until_at,
                },
            )
        record(principal, action="exchange.peer_put", subject=row.code, detail={"keys": sorted(named)})


def _problems(values: PeerValues) -> list[FieldProblem]:
    found: list[FieldProblem] = []
    if not INSTALLATION.fullmatch(values.code):
        found.append(FieldProblem("code", "peer_code_malformed"))
    if values.code == own_installation():
        found.append(FieldProblem("code", "peer_is_this_installation"))
    if not values.name.strip():
        found.append(FieldProblem("name", "required"))
    if not AGREEMENT.fullmatch(values.agreement):
        found.append(FieldProblem("agreement", "peer_agreement_malformed"))
    if not 1 <= len(values.keys) <= MOST_KEYS:
        found.append(FieldProblem("keys", "peer_keys_missing", (("most", MOST_KEYS),)))
    for at, each in enumerate(values.keys):
        found += _key_problems(values.code, f"keys.{at}", each)
    return found


def _key_problems(peer: str, where: str, values: KeyValues) -> list[FieldProblem]:
    key = parse_public_key(values.key)
    if key is None:
        return [FieldProblem(f"{where}.key", "peer_key_malformed")]
    if PeerKey.objects.filter(key_id=key.key_id).exclude(peer_id=peer).exists():
        return [FieldProblem(f"{where}.key", "peer_key_of_another")]
    if values.valid_until_at <= values.valid_from_at:
        return [FieldProblem(f"{where}.valid_until_at", "expires_before_created")]
    return []
