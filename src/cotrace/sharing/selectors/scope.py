"""A principal's scope: the shelves it sees, each at a level. Resolved once per act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from cotrace.foundation import clock
from cotrace.foundation.principal import Principal
from cotrace.sharing import models
from cotrace.sharing.rules.levels import (
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

    def is_emergency(self, shelf: int) -> bool:
        """Tell whether an emergency session alone shows what is on a shelf, or shows it in full."""
        seen = self.decisions.get(shelf)
        return seen is not None and seen.is_emergency


def reader_of(principal: Principal) -> Reader:
    """Return what visibility decisions need of a principal."""
    circles = models.CircleMember.objects.filter(member=principal.id).values_list("circle_id", "level")
    moment = clock.now()
    emergency = models.EmergencySession.objects.filter(
        member=principal.id,
        session=principal.session,
        agency=principal.agency,
        closed_at=None,
        opened_at__lte=moment,
        ends_at__gt=moment,
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


_SHELF = "s.id, s.owner, s.category, s.cap, s.circle"

_OWN_SQL = f"SELECT {_SHELF}, 0, '' FROM sharing_shelf s WHERE s.owner = %s AND s.kind = %s"  # noqa: S608

_GRANTED_SQL = (
    f"SELECT {_SHELF}, g.level, g.agreement_id FROM sharing_grant g "  # noqa: S608 - names are ours
    "JOIN sharing_agreement a ON a.id = g.agreement_id AND a.state = 'in_force' "
    "JOIN sharing_shelf s ON s.owner = g.owner AND s.kind = %s AND s.cap >= %s "
    "AND (g.category = s.category OR g.category = '*') "
    "WHERE g.viewer = %s AND g.owner <> g.viewer AND (g.purpose = '' OR g.purpose = %s) "
    "AND g.valid_from_at <= %s AND (g.valid_to_at IS NULL OR g.valid_to_at > %s)"
)


def _candidates(reader: Reader, kind: str, moment: datetime) -> dict[Shelf, list[GrantValue]]:
    """Return the shelves that may be visible with the grants that reach them; hidden ones cost nothing.

    The rules decide afterwards: this only leaves out what no rule could show.
    """
    at = connection.ops.adapt_datetimefield_value(moment)
    circles = tuple(circle for circle, _ in reader.circles)
    marks = ", ".join(["%s"] * len(circles))
    mine = f"s.circle IN ({marks})" if circles else "1 = 0"
    in_circle = f" AND (s.circle = '' OR {mine})"
    own = _OWN_SQL + ("" if reader.is_emergency else in_circle)
    own_values = [reader.agency, kind, *(() if reader.is_emergency else circles)]
    granted = _GRANTED_SQL + in_circle
    values = [kind, int(LISTED_FROM), reader.agency, reader.purpose, at, at, *circles]
    found: dict[Shelf, list[GrantValue]] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"{own} UNION ALL {granted}", [*own_values, *values])
        for pk, owner, category, cap, circle, level, agreement in cursor.fetchall():
            shelf = Shelf(id=pk, owner=owner, kind=kind, category=category, cap=Level(cap), circle=circle)
            grants = found.setdefault(shelf, [])
            if agreement:
                grants.append(_reaching(reader, shelf, level=level, agreement=agreement, at=moment))
    return found


def _reaching(reader: Reader, shelf: Shelf, *, level: int, agreement: str, at: datetime) -> GrantValue:
    """Return a grant that the query found to speak of this reader, shelf and moment."""
    return GrantValue(
        viewer=reader.agency,
        owner=shelf.owner,
        category=shelf.category,
        purpose="",
        level=Level(level),
        valid_from_at=at,
        valid_to_at=None,
        agreement=agreement,
    )


def scope_of(principal: Principal, *, kind: str) -> Scope:
    """Return the principal's scope over one kind of holding; empty without an agency."""
    if not principal.agency:
        return Scope(kind, {}, {})
    reader = reader_of(principal)
    moment = clock.now()
    decisions: dict[int, Decision] = {}
    owners: dict[int, str] = {}
    for shelf, grants in sorted(_candidates(reader, kind, moment).items(), key=lambda each: each[0].id):
        made = decide(reader, shelf=shelf, grants=grants, at=moment)
        if made.level >= LISTED_FROM:
            decisions[shelf.id] = made
            owners[shelf.id] = shelf.owner
    return Scope(kind, decisions, owners)


_HOLDING_SQL = (
    f"SELECT h.id, s.kind, {_SHELF}, "  # noqa: S608 - names are ours
    "(SELECT m.level FROM sharing_circlemember m WHERE m.circle_id = s.circle AND m.member = %s), "
    "(SELECT max(e.ends_at) FROM sharing_emergencysession e WHERE e.member = %s AND e.session = %s AND e.agency = s.owner "
    "AND e.closed_at IS NULL AND e.opened_at <= %s AND e.ends_at > %s), "
    "(SELECT g.level || ' ' || g.agreement_id FROM sharing_grant g "
    "JOIN sharing_agreement a ON a.id = g.agreement_id AND a.state = 'in_force' "
    "WHERE g.viewer = %s AND g.owner = s.owner AND g.category IN (s.category, '*') "
    "AND (g.purpose = '' OR g.purpose = %s) "
    "AND g.valid_from_at <= %s AND (g.valid_to_at IS NULL OR g.valid_to_at > %s) "
    "ORDER BY g.level DESC, g.agreement_id DESC LIMIT 1)"
    ", h.follows FROM sharing_holding h JOIN sharing_shelf s ON s.id = h.shelf_id WHERE h.id = %s"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingDecision:
    """A holding that exists, and what the rules decide for one reader; the caller hides what is too low."""

    id: str
    shelf: Shelf
    decision: Decision
    follows: str


def decision_on(principal: Principal, *, number: str) -> HoldingDecision | None:
    """Return the decision on one holding in one query: the per-object reading. None where it is absent."""
    moment = clock.now()
    at = connection.ops.adapt_datetimefield_value(moment)
    who, agency, purpose = principal.id, principal.agency, principal.purpose
    with connection.cursor() as cursor:
        cursor.execute(_HOLDING_SQL, [who, who, principal.session, at, at, agency, purpose, at, at, number])
        row = cursor.fetchone()
    if row is None:
        return None
    holding, kind, pk, owner, category, cap, circle, circle_level, emergency_until, grant, follows = row
    shelf = Shelf(id=pk, owner=owner, kind=kind, category=category, cap=Level(cap), circle=circle)
    reader = Reader(
        agency=agency,
        purpose=purpose,
        circles=() if circle_level is None else ((circle, Level(circle_level)),),
        is_emergency=emergency_until is not None,
    )
    level, _, agreement = (grant or "").partition(" ")
    grants = [_reaching(reader, shelf, level=int(level), agreement=agreement, at=moment)] if agreement else []
    made = decide(reader, shelf=shelf, grants=grants, at=moment)
    return HoldingDecision(id=holding, shelf=shelf, decision=made, follows=follows)
