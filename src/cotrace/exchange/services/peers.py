"""Keeping the register of other installations: the operator's acts, of which every agency is told.

Whoever enters a key decides whose signatures every agency here believes. That is nobody's in an agency to
decide for the others, and the operator cannot do it in silence: docs/decisions/0012-peers-are-the-installations.md.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cotrace.audit.services import record
from cotrace.exchange.events import PeerChanged
from cotrace.exchange.models import Peer, PeerKey
from cotrace.exchange.rules.envelope import AGREEMENT, INSTALLATION
from cotrace.exchange.selectors.peers import own_installation
from cotrace.foundation import clock
from cotrace.foundation.errors import Denied, FieldProblem, Invalid, NotFound
from cotrace.foundation.events import publish
from cotrace.foundation.principal import INSTALLATION_ID, Principal
from cotrace.foundation.rules.signatures import parse_public_key

MOST_KEYS = 5
LENGTHS = {"name": 160, "address": 200}


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


def peer_put(principal: Principal, *, values: PeerValues) -> None:
    """Enter another installation, change its entry, or switch it on again. The operator's act.

    Its key must have come by another way than its files. Raises Denied, Invalid with the fields at fault.
    Audit: exchange.peer_put, with the ids of its keys. Event: PeerChanged where keys or state changed.
    """
    _require_operator(principal)
    problems = _problems(values)
    if problems:
        raise Invalid("peer_incomplete", fields=tuple(problems))
    with transaction.atomic():
        before = _trusted(values.code)
        row, _ = Peer.objects.update_or_create(
            code=values.code,
            defaults={
                "name": values.name.strip(),
                "address": values.address,
                "agreement": values.agreement,
                "is_active": True,
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
        if _trusted(row.code) != before:
            _announce(row)


def peer_close(principal: Principal, *, code: str) -> None:
    """Switch another installation off: nothing of it is believed and nothing goes there. The operator's act.

    Raises Denied, NotFound. Audit: exchange.peer_closed. Event: PeerChanged.
    """
    _require_operator(principal)
    with transaction.atomic():
        row = Peer.objects.select_for_update().filter(pk=code).first()
        if row is None:
            raise NotFound
        if not row.is_active:
            return
        row.is_active, row.changed_at = False, clock.now()
        row.save(update_fields=["is_active", "changed_at"])
        record(principal, action="exchange.peer_closed", subject=row.code)
        _announce(row)


def peer_change_note(principal: Principal, *, peer: str) -> None:
    """Put into an agency's own log that the register changed; for the worker. Audit: exchange.peer_changed."""
    record(principal, action="exchange.peer_changed", subject=peer)


def _require_operator(principal: Principal) -> None:
    if principal.id != INSTALLATION_ID:
        raise Denied


def _trusted(code: str) -> frozenset[str]:
    """Return the ids of the keys whose signatures are, or will be, believed as this installation's."""
    rows = PeerKey.objects.filter(peer_id=code, peer__is_active=True, valid_until_at__gt=clock.now())
    return frozenset(rows.values_list("key_id", flat=True))


def _announce(row: Peer) -> None:
    publish(PeerChanged(peer=row.code, version=row.changed_at.isoformat()))


def _problems(values: PeerValues) -> list[FieldProblem]:
    found: list[FieldProblem] = []
    if not INSTALLATION.fullmatch(values.code):
        found.append(FieldProblem("code", "peer_code_malformed"))
    if values.code == own_installation():
        found.append(FieldProblem("code", "peer_is_this_installation"))
    if not values.name.strip():
        found.append(FieldProblem("name", "required"))
    found += [
        FieldProblem(name, "text_too_long", (("longest", longest),))
        for name, longest in LENGTHS.items()
        if len(getattr(values, name)) > longest
    ]
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
