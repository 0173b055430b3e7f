"""A principal's scope: the shelves it sees, each at a level. Resolved once per act."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from cotrace.foundation import clock
from cotrace.foundation.principal import Principal
from cotrace.sharing import models
from cotrace.sharing.rules.levels import (
    EVERY_CATEGORY,
    LISTED_FROM,
    Decision,
    GrantValue,
    Level,
    Reader,
    Shelf,
    decide,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What one principal sees of one kind of holding: decisions by shelf id, none below POINTER."""

    kind: str
    decisions: dict[int, Decision]
    owners: dict[int, str]

    def shelves(self, at_least: Level = LISTED_FROM) -> list[int]:
        """Return the ids of shelves seen at `at_least` or more: filters name the level of their field."""
        return [shelf for shelf, seen in self.decisions.items() if seen.level >= at_least]

    def level(self, shelf: int) -> Level:
        """Return the level of a shelf, NOTHING where it is out of scope."""
        seen = self.decisions.get(shelf)
        return seen.level if seen else Level.NOTHING


def reader_of(principal: Principal) -> Reader:
    """Return what visibility decisions need of a principal."""
    circles = models.CircleMember.objects.filter(member=principal.id).values_list("circle_id", "level")
    moment = clock.now()
    emergency = models.EmergencySession.objects.filter(
        member=principal.id, agency=principal.agency, closed_at=None, opened_at__lte=moment, ends_at__gt=moment
    )
    return Reader(
        agency=principal.agency,
        purpose=principal.purpose,
        circles=tuple((circle, Level(level)) for circle, level in circles),
        is_emergency=bool(principal.agency) and emergency.exists(),
    )


def _valid_now() -> Q:
    moment = clock.now()
    return Q(valid_from_at__lte=moment) & (Q(valid_to_at=None) | Q(valid_to_at__gt=moment))


def valid_grants(**which: str) -> QuerySet[models.Grant]:
    """Return the grants in force now, of agreements in force, for `viewer` or `owner`."""
    return models.Grant.objects.filter(_valid_now(), agreement__state="in_force", **which)


def grant_values(grants: Iterable[models.Grant]) -> list[GrantValue]:
    """Return grants as plain values for the rules."""
    return [
        GrantValue(
            viewer=each.viewer,
            owner=each.owner,
            category=each.category,
            purpose=each.purpose,
            level=Level(each.level),
            valid_from_at=each.valid_from_at,
            valid_to_at=each.valid_to_at,
            agreement=each.agreement_id,
        )
        for each in grants
    ]


def shelf_value(shelf: models.Shelf) -> Shelf:
    """Return a shelf as a plain value for the rules."""
    return Shelf(
        id=shelf.pk,
        owner=shelf.owner,
        kind=shelf.kind,
        category=shelf.category,
        cap=Level(shelf.cap),
        circle=shelf.circle,
    )


def _candidates(reader: Reader, kind: str) -> QuerySet[models.Shelf]:
    """Return the shelves that may be visible, by index, and no other: hidden ones cost nothing."""
    granted = valid_grants(viewer=reader.agency).filter(
        Q(category=OuterRef("category")) | Q(category=EVERY_CATEGORY),
        Q(purpose="") | Q(purpose=reader.purpose),
        owner=OuterRef("owner"),
    )
    circles = Q(circle="") | Q(circle__in=[circle for circle, _ in reader.circles])
    if reader.is_emergency:
        circles |= Q(owner=reader.agency)
    return models.Shelf.objects.filter(
        circles,
        Q(owner=reader.agency) | Q(Exists(granted), cap__gte=LISTED_FROM),
        kind=kind,
    ).order_by("id")


def scope_of(principal: Principal, *, kind: str) -> Scope:
    """Return the principal's scope over one kind of holding; empty without an agency."""
    if not principal.agency:
        return Scope(kind, {}, {})
    reader = reader_of(principal)
    by_owner: dict[str, list[GrantValue]] = {}
    for grant in grant_values(valid_grants(viewer=reader.agency).order_by("id")):
        by_owner.setdefault(grant.owner, []).append(grant)
    decisions: dict[int, Decision] = {}
    owners: dict[int, str] = {}
    moment = clock.now()
    for row in _candidates(reader, kind):
        made = decide(reader, shelf=shelf_value(row), grants=by_owner.get(row.owner, ()), at=moment)
        if made.level >= LISTED_FROM:
            decisions[row.pk] = made
            owners[row.pk] = row.owner
    return Scope(kind, decisions, owners)


def decision_on(principal: Principal, *, shelf: models.Shelf) -> Decision:
    """Return the decision on one shelf, from its owner's grants alone: the per-object reading."""
    grants = grant_values(valid_grants(viewer=principal.agency, owner=shelf.owner).order_by("id"))
    return decide(reader_of(principal), shelf=shelf_value(shelf), grants=grants, at=clock.now())


def newest_first() -> tuple[str, ...]:
    """Return the order of every list by date."""
    return ("-sort_on", "-id")


