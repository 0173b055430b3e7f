"""The same decision in words: who can see this, and why can I."""

from collections.abc import Collection
from functools import reduce

from cotrace.agencies.selectors import member_names
from cotrace.audit.selectors import is_shown_already, looks_at
from cotrace.audit.services import record_disclosure
from cotrace.foundation import clock
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal
from cotrace.sharing import models
from cotrace.sharing.holding import holding_kind
from cotrace.sharing.permissions import SharingPermission
from cotrace.sharing.reads import LookRow, VisibleHolding, WhoRow
from cotrace.sharing.rules.levels import LISTED_FROM, GrantValue, Level, Reader, Shelf, decide, least_of
from cotrace.sharing.selectors.holdings import holding_get
from cotrace.sharing.selectors.scope import grant_values, shelf_value, valid_grants


def access_explain(principal: Principal, *, number: str) -> VisibleHolding:
    """Return the holding with the decision that lets the principal see it. Raises NotFound.

    Audit: access.explained, in both chains, of another agency's record that this request has not shown already.
    """
    principal.require(SharingPermission.EXPLAIN)
    seen = holding_get(principal, number=number)
    if seen.owner != principal.agency and not is_shown_already(principal, subject=seen.id, owner=seen.owner):
        record_disclosure(principal, action="access.explained", subject=seen.id, owner=seen.owner)
    return seen


def access_who(principal: Principal, *, number: str) -> list[WhoRow]:
    """Return everyone who can see a holding, widest first; for its owner alone.

    Raises NotFound for every other agency, visible or not: who else may see is the owner's to know.
    """
    principal.require(SharingPermission.EXPLAIN)
    holding = _own(principal, number)
    shelves = _shelves(holding)
    circle = shelves[0].circle
    rows = _circle_rows(principal, circle) if circle else [_owner_row(holding.owner)]
    grants = grant_values(valid_grants(owner=holding.owner).order_by("viewer", "id"))
    viewers = sorted({each.viewer for each in grants})
    rows += [row for viewer in viewers if (row := _viewer_row(viewer, shelves, grants)) is not None]
    return rows


def _shelves(holding: VisibleHolding) -> list[Shelf]:
    """Return the shelf of a holding and, where it is a part of another, that one's: its readers need both."""
    row = models.Holding.objects.select_related("shelf").get(pk=holding.id)
    found = [shelf_value(row.shelf)]
    if holding_kind(holding.kind).is_part:
        found.append(shelf_value(models.Shelf.objects.get(holdings=row.follows)))
    return found


def access_looked(principal: Principal, *, number: str, limit: int = 200) -> list[LookRow]:
    """Return who looked at a holding, newest first, in which emergency session; for its owner alone. Raises NotFound.

    Of another agency's look neither person nor case is told: THREAT_MODEL, "What may be learned".
    """
    principal.require(SharingPermission.WHO_LOOKED)
    holding = _own(principal, number)
    events = looks_at(principal, subject=holding.id, limit=limit)
    names = member_names(principal, ids=[each.actor for each in events])
    reasons = _reasons(principal, {each.under for each in events if each.under})
    return [
        LookRow(
            at=each.at,
            agency=each.actor_agency,
            person=names.get(each.actor, ""),
            action=each.action,
            door=each.door,
            purpose=each.purpose,
            case=each.case if each.actor_agency == principal.agency else "",
            emergency=each.under,
            reason=reasons.get(each.under, ""),
        )
        for each in events
    ]


def _reasons(principal: Principal, sessions: Collection[str]) -> dict[str, str]:
    """Return what the emergency sessions of the principal's agency were opened for, by number."""
    if not sessions:
        return {}
    rows = models.EmergencySession.objects.filter(agency=principal.agency, pk__in=sessions)
    return dict(rows.values_list("pk", "reason"))


def _own(principal: Principal, number: str) -> VisibleHolding:
    holding = holding_get(principal, number=number)
    if holding.owner != principal.agency:
        raise NotFound
    return holding


def _owner_row(owner: str) -> WhoRow:
    return WhoRow(
        reason="owner", agency=owner, person="", level=Level.FULL, limited_by="", agreement="", until_at=None
    )


def _circle_rows(principal: Principal, circle: str) -> list[WhoRow]:
    members = list(models.CircleMember.objects.filter(circle_id=circle).order_by("-level", "id"))
    names = member_names(principal, ids=[each.member for each in members])
    return [
        WhoRow(
            reason="circle",
            agency="",
            person=names.get(each.member, ""),
            level=Level(each.level),
            limited_by="circle",
            agreement="",
            until_at=None,
        )
        for each in members
    ]


def _viewer_row(viewer: str, shelves: list[Shelf], grants: list[GrantValue]) -> WhoRow | None:
    best: WhoRow | None = None
    for purpose in sorted({each.purpose for each in grants if each.viewer == viewer}):
        reader = Reader(agency=viewer, purpose=purpose)
        made = reduce(least_of, [decide(reader, shelf=each, grants=grants, at=clock.now()) for each in shelves])
        if made.level < LISTED_FROM or (best is not None and best.level >= made.level):
            continue
        until = next((g.valid_to_at for g in grants if g.agreement == made.agreement), None)
        best = WhoRow(
            reason="agreement",
            agency=viewer,
            person="",
            level=made.level,
            limited_by="cap" if made.cap < made.grant else "agreement",
            agreement=made.agreement,
            until_at=until,
        )
    return best
