"""Reading circles one is in, and emergency sessions of one's own agency."""

from datetime import datetime

from cotrace.agencies.permissions import AgencyPermission
from cotrace.agencies.selectors import colleague_names, member_names
from cotrace.agencies.selectors.holders import members_with
from cotrace.foundation import clock
from cotrace.foundation.errors import NotFound
from cotrace.foundation.ids import normal_number
from cotrace.foundation.principal import Principal
from cotrace.sharing.models import Circle, CircleMember, EmergencySession
from cotrace.sharing.permissions import SharingPermission
from cotrace.sharing.reads import CircleMemberRead, CircleRead, EmergencyRead
from cotrace.sharing.rules.levels import Level


def circle_list(principal: Principal) -> list[CircleRead]:
    """Return the circles of the principal's agency that the principal is in, by name, without other people."""
    rows = Circle.objects.filter(owner=principal.agency, members__member=principal.id)
    return [
        CircleRead(number=row.pk, name=row.name, opened_at=row.created_at, members=())
        for row in rows.order_by("name", "id")
    ]


def circle_get(principal: Principal, *, number: str) -> CircleRead:
    """Return a circle with its people. Raises NotFound for whoever is not in it."""
    row = Circle.objects.filter(
        pk=normal_number(number) or "", owner=principal.agency, members__member=principal.id
    ).first()
    if row is None:
        raise NotFound
    members = list(row.members.order_by("added_at", "id"))
    names = member_names(principal, ids=[each.member for each in members])
    return CircleRead(
        number=row.pk,
        name=row.name,
        opened_at=row.created_at,
        members=tuple(
            CircleMemberRead(
                member=each.member,
                name=names.get(each.member, ""), level=Level(each.level), added_at=each.added_at
            )
            for each in members
        ),
    )


def circle_fellows(principal: Principal, *, circle: str) -> list[str]:
    """Return the ids of those who see everything in a circle of the principal's agency, for telling them."""
    members = CircleMember.objects.filter(circle_id=circle, circle__owner=principal.agency, level=Level.FULL)
    return list(members.order_by("member").values_list("member", flat=True))


def circle_candidates(principal: Principal, *, number: str) -> dict[str, str]:
    """Return the colleagues who could still be added to a circle: names by member id. Raises NotFound."""
    principal.require(SharingPermission.CIRCLE_MANAGE)
    row = Circle.objects.filter(
        pk=normal_number(number) or "", owner=principal.agency, members__member=principal.id
    ).first()
    if row is None:
        raise NotFound
    inside = set(row.members.values_list("member", flat=True))
    return {member: name for member, name in colleague_names(principal).items() if member not in inside}


def emergency_watchers(principal: Principal, *, besides: str) -> list[str]:
    """Return the ids of those who are told of an emergency session of the principal's agency, sorted.

    They see who looked at its records, or manage its accounts. Whoever opens the session (`besides`) is not told.
    """
    watchers = {
        *members_with(SharingPermission.WHO_LOOKED, agency=principal.agency),
        *members_with(AgencyPermission.MEMBER_MANAGE, agency=principal.agency),
    }
    return sorted(watchers - {besides})


def emergency_is_watched(principal: Principal) -> bool:
    """Tell whether anybody besides the principal is told when it opens an emergency session."""
    principal.require(SharingPermission.EMERGENCY_OPEN)
    return bool(emergency_watchers(principal, besides=principal.id))


def emergency_current(principal: Principal) -> EmergencyRead | None:
    """Return the emergency session that is open now for the principal as it came, the one that ends last."""
    moment = clock.now()
    row = (
        EmergencySession.objects.filter(
            member=principal.id,
            session=principal.session,
            agency=principal.agency,
            closed_at=None,
            opened_at__lte=moment,
            ends_at__gt=moment,
        )
        .order_by("-ends_at")
        .first()
    )
    return _emergency(row, person=principal.name, moment=moment) if row else None


def emergency_get(principal: Principal, *, number: str) -> EmergencyRead:
    """Return an emergency session of the principal's agency: one's own, or any for those who watch.

    Raises NotFound for everybody else.
    """
    row = EmergencySession.objects.filter(pk=normal_number(number) or "", agency=principal.agency).first()
    watches = principal.may(SharingPermission.WHO_LOOKED) or principal.may(AgencyPermission.MEMBER_MANAGE)
    if row is None or not (watches or row.member == principal.id):
        raise NotFound
    names = member_names(principal, ids=[row.member])
    return _emergency(row, person=names.get(row.member, ""), moment=clock.now())


def _emergency(row: EmergencySession, *, person: str, moment: datetime) -> EmergencyRead:
    return EmergencyRead(
        number=row.pk,
        person=person,
        reason=row.reason,
        opened_at=row.opened_at,
        ends_at=row.ends_at,
        closed_at=row.closed_at,
        is_open=row.closed_at is None and row.opened_at <= moment < row.ends_at,
    )
