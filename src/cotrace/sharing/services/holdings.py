"""Putting a holding on its shelf, and moving it to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from cotrace.foundation import clock
from cotrace.foundation.errors import Denied, Invalid
from cotrace.foundation.ids import new_number
from cotrace.foundation.principal import Principal
from cotrace.sharing.holding import holding_kind
from cotrace.sharing.models import CircleMember, Holding, Shelf
from cotrace.sharing.rules.levels import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """What decides a new holding's visibility and its place in lists."""

    kind: str
    category: str
    sort_on: date
    follows: str = ""
    cap: Level = Level.FULL
    circle: str = ""
    handling: str = ""
    sensitivity: str = ""


def holding_create(principal: Principal, *, placing: Placing) -> Holding:
    """Create the holding of one new record; see `holdings_create`."""
    return holdings_create(principal, placings=[placing])[0]


def holdings_create(principal: Principal, *, placings: Sequence[Placing]) -> list[Holding]:
    """Create the holdings of new records, owned by the principal's agency.

    The caller records and publishes: a holding is never created for its own sake.
    Raises Denied without an agency, Invalid for a circle the principal is not in.
    """
    if not principal.agency:
        raise Denied("agency_missing")
    for circle in {each.circle for each in placings if each.circle}:
        _require_circle(principal, circle)
    shelves = {key: _shelf(principal.agency, key) for key in dict.fromkeys(map(_shelf_key, placings))}
    moment = clock.now()
    return Holding.objects.bulk_create(
        Holding(
            id=_new_number(principal, each),
            shelf=shelves[_shelf_key(each)],
            owner=principal.agency,
            handling=each.handling,
            sensitivity=each.sensitivity,
            created_by=principal.id,
            created_at=moment,
            sort_on=each.sort_on,
            follows=each.follows,
        )
        for each in placings
    )


def _require_circle(principal: Principal, circle: str) -> None:
    mine = CircleMember.objects.filter(
        circle_id=circle, member=principal.id, circle__owner=principal.agency
    )
    if not mine.exists():
        raise Invalid("circle_unknown")


def _new_number(principal: Principal, placing: Placing) -> str:
    prefix = holding_kind(placing.kind).prefix
    return new_number(prefix, origin=settings.COTRACE_INSTALLATION, owner=principal.agency)


ShelfKey = tuple[str, str, int, str]


def _shelf_key(placing: Placing) -> ShelfKey:
    return placing.kind, placing.category, int(placing.cap), placing.circle


def _shelf(owner: str, key: ShelfKey) -> Shelf:
    kind, category, cap, circle = key
    shelf, _ = Shelf.objects.get_or_create(owner=owner, kind=kind, category=category, cap=cap, circle=circle)
    return shelf


def placing_following(
    principal: Principal, *, leader: str, kind: str, category: str, sort_on: date | None = None
) -> Placing:
    """Return the placing of a new record that is seen by whoever sees `leader`, now and after it moved.

    `leader` is the number of a holding of the principal's agency; its row is held until the caller's
    transaction ends, so that it cannot move in between. `sort_on` is the leader's where none is given.
    """
    held = _locked(principal, leader)
    return Placing(
        kind=kind,
        category=category,
        sort_on=sort_on or held.sort_on,
        follows=held.pk,
        cap=Level(held.shelf.cap),
        circle=held.shelf.circle,
    )


def _locked(principal: Principal, number: str) -> Holding:
    rows = Holding.objects.select_for_update(of=("self",)).select_related("shelf")
    return rows.get(pk=number, owner=principal.agency)


def holding_replace(principal: Principal, *, number: str, cap: Level, circle: str) -> int:
    """Move a holding of the principal's agency, and all that follow it, to the shelves of another cap and circle.

    Returns how many followed. For the owning subject's services, which have checked the permission and
    record the act; in their transaction.
    """
    if circle:
        _require_circle(principal, circle)
    _move(_locked(principal, number), cap, circle)
    followers = Holding.objects.select_related("shelf").filter(owner=principal.agency, follows=number)
    for each in followers:
        _move(each, cap, circle)
    return len(followers)


def _move(holding: Holding, cap: Level, circle: str) -> None:
    key = (holding.shelf.kind, holding.shelf.category, int(cap), circle)
    holding.shelf = _shelf(holding.owner, key)
    holding.save(update_fields=["shelf"])
