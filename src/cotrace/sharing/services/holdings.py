"""Putting a holding on its shelf, and moving it to another."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from cotrace.foundation import clock
from cotrace.foundation.errors import Denied, Invalid
from cotrace.foundation.ids import new_number
from cotrace.foundation.principal import Principal
from cotrace.sharing.holding import holding_kind
from cotrace.sharing.models import Circle, CircleMember, Holding, Shelf
from cotrace.sharing.rules.levels import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """What decides a new holding's visibility and its place in lists."""

    kind: str
    category: str
    sort_on: date
    cap: Level = Level.FULL
    circle: str = ""
    handling: str = ""
    sensitivity: str = ""


def holding_create(principal: Principal, *, placing: Placing) -> Holding:
    """Create the holding of a new record, owned by the principal's agency.

    The caller records and publishes: a holding is never created for its own sake.
    Raises Denied without an agency, Invalid for a circle the principal is not in.
    """
    if not principal.agency:
        raise Denied("agency_missing")
    if placing.circle and not CircleMember.objects.filter(
        circle_id=placing.circle, member=principal.id, circle__owner=principal.agency
    ).exists():
        raise Invalid("circle_unknown")
    kind = holding_kind(placing.kind)
    return Holding.objects.create(
        id=new_number(kind.prefix, origin=settings.COTRACE_INSTALLATION, owner=principal.agency),
        shelf=_shelf(principal.agency, placing),
        owner=principal.agency,
        handling=placing.handling,
        sensitivity=placing.sensitivity,
        created_by=principal.id,
        created_at=clock.now(),
        sort_on=placing.sort_on,
    )


def _shelf(owner: str, placing: Placing) -> Shelf:
    shelf, _ = Shelf.objects.get_or_create(
        owner=owner,
        kind=placing.kind,
        category=placing.category,
        cap=placing.cap,
        circle=placing.circle,
    )
    return shelf


def holding_replace(principal: Principal, *, number: str, cap: Level, circle: str) -> Holding:
    """Move one of the principal's agency's holdings to the shelf of another cap and circle.

    For the owning subject's services, which have checked the permission and record the act.
    """
    holding = Holding.objects.select_related("shelf").get(pk=number, owner=principal.agency)
    if circle and not Circle.objects.filter(pk=circle, owner=principal.agency).exists():
        raise Invalid("circle_unknown")
    placing = Placing(
        kind=holding.shelf.kind,
        category=holding.shelf.category,
        sort_on=holding.sort_on,
        cap=cap,
        circle=circle,
    )
    holding.shelf = _shelf(principal.agency, placing)
    holding.save(update_fields=["shelf"])
    return holding
