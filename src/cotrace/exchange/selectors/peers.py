"""Reading the register of other installations."""

from django.conf import settings

from cotrace.exchange.models import Peer, PeerKey
from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.reads import PeerKeyRead, PeerRead
from cotrace.exchange.rules.judgement import KnownKey
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import INSTALLATION_ID, Principal
from cotrace.foundation.rules.signatures import parse_public_key


def own_installation() -> str:
    """Return the code by which other installations know this one."""
    return str(settings.COTRACE_INSTALLATION).lower()


def peer_list(principal: Principal) -> tuple[PeerRead, ...]:
    """Return every other installation of the register, by code; for whoever exchanges messages, and the operator."""
    if principal.id != INSTALLATION_ID:
        principal.require(ExchangePermission.READ)
    return tuple(_peer(row) for row in Peer.objects.order_by("code").prefetch_related("keys"))


def peer_get(principal: Principal, *, code: str) -> PeerRead:
    """Return one other installation of the register. Raises NotFound."""
    principal.require(ExchangePermission.READ)
    row = Peer.objects.filter(pk=code).prefetch_related("keys").first()
    if row is None:
        raise NotFound
    return _peer(row)


def peer_name(principal: Principal, *, code: str) -> str:
    """Return what the register calls an installation; empty for one that is not in it, or to whoever may not read it."""
    if not principal.may(ExchangePermission.READ):
        return ""
    return Peer.objects.filter(pk=code).values_list("name", flat=True).first() or ""


def known_keys(principal: Principal) -> dict[str, KnownKey]:
    """Return the keys of the active peers by key id, for judging files."""
    del principal
    found: dict[str, KnownKey] = {}
    for row in PeerKey.objects.filter(peer__is_active=True):
        key = parse_public_key(row.key)
        if key is not None:
            found[key.key_id] = KnownKey(
                installation=row.peer_id,
                key=key,
                valid_from_at=row.valid_from_at,
                valid_until_at=row.valid_until_at,
            )
    return found


def _peer(row: Peer) -> PeerRead:
    return PeerRead(
        code=row.code,
        name=row.name,
        address=row.address,
        agreement=row.agreement,
        is_active=row.is_active,
        changed_at=row.changed_at,
        keys=tuple(
            PeerKeyRead(
                key_id=each.key_id,
                key=each.key,
                valid_from_at=each.valid_from_at,
                valid_until_at=each.valid_until_at,
            )
            for each in sorted(row.keys.all(), key=lambda each: each.valid_from_at)
        ),
    )
