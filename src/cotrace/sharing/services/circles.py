"""Need-to-know lists and emergency sessions."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from cotrace.agencies.selectors import member_names
from cotrace.audit.services import record
from cotrace.foundation import clock
from cotrace.foundation.errors import Denied, FieldProblem, Invalid, NotFound
from cotrace.foundation.events import publish
from cotrace.foundation.ids import new_number
from cotrace.foundation.principal import Principal
from cotrace.sharing.events import EmergencyOpened
from cotrace.sharing.models import Circle, CircleMember, EmergencySession
from cotrace.sharing.permissions import SharingPermission
from cotrace.sharing.rules.levels import Level

EMERGENCY_MINUTES_MAX = 60
REASON_CHARACTERS_MIN = 20


def circle_open(principal: Principal, *, name: str) -> str:
    """Open a circle whose first member is the principal; return its number. Audit: circle.opened."""
    principal.require(SharingPermission.CIRCLE_MANAGE)
    if not name.strip():
        raise Invalid("circle_incomplete", fields=(FieldProblem("name", "required"),))
    with transaction.atomic():
        row = Circle.objects.create(
            id=new_number("CI", origin=settings.COTRACE_INSTALLATION, owner=principal.agency),
            owner=principal.agency,
            name=name.strip(),
            created_by=principal.id,
            created_at=clock.now(),
        )
        CircleMember.objects.create(
            circle=row, member=principal.id, level=Level.FULL, added_by=principal.id, added_at=clock.now()
        )
        record(principal, action="circle.opened", subject=row.pk)
    return row.pk


def circle_add(principal: Principal, *, circle: str, member: str, level: Level = Level.FULL) -> None:
    """Add a colleague of the principal's agency to a circle that the principal sees in full.

    Raises NotFound for an outsider, Denied for a member below FULL, Invalid for oneself, a member
    already in it, or anybody who is no member of the agency. Audit: circle.member_added.
    """
    principal.require(SharingPermission.CIRCLE_MANAGE)
    with transaction.atomic():
        mine = Circle.objects.filter(pk=circle, owner=principal.agency, members__member=principal.id)
        row = mine.first()
        if row is None:
            raise NotFound
        if not row.members.filter(member=principal.id, level=Level.FULL).exists():
            raise Denied("circle_level_too_low")
        if row.members.filter(member=member).exists():
            raise Invalid("circle_incomplete", fields=(FieldProblem("member", "circle_member_known"),))
        if member not in member_names(principal, ids=[member]):
            raise Invalid("circle_incomplete", fields=(FieldProblem("member", "member_unknown"),))
        CircleMember.objects.create(
            circle=row, member=member, level=level, added_by=principal.id, added_at=clock.now()
        )
        record(principal, action="circle.member_added", subject=row.pk, detail={"member": member})


def emergency_open(principal: Principal, *, reason: str, minutes: int) -> str:
    """Open the principal's own agency's circles for at most an hour, on record; tell their owners.

    Raises Invalid for a reason under 20 characters or a time outside 1-60 minutes.
    Audit: emergency.opened, with the reason.
    """
    principal.require(SharingPermission.EMERGENCY_OPEN)
    problems: list[FieldProblem] = []
    if len(reason.strip()) < REASON_CHARACTERS_MIN:
        problems.append(FieldProblem("reason", "reason_too_short", (("minimum", REASON_CHARACTERS_MIN),)))
    if not 1 <= minutes <= EMERGENCY_MINUTES_MAX:
        problems.append(FieldProblem("minutes", "minutes_out_of_range", (("maximum", EMERGENCY_MINUTES_MAX),)))
    if problems:
        raise Invalid("emergency_incomplete", fields=tuple(problems))
    with transaction.atomic():
        row = EmergencySession.objects.create(
            id=new_number("EM", origin=settings.COTRACE_INSTALLATION, owner=principal.agency),
            member=principal.id,
            agency=principal.agency,
            reason=reason.strip(),
            opened_at=clock.now(),
            ends_at=clock.now() + timedelta(minutes=minutes),
        )
        record(principal, action="emergency.opened", subject=row.pk, detail={"reason": reason.strip()})
        publish(EmergencyOpened(session=row.pk, agency=principal.agency, member=principal.id))
    return row.pk


def emergency_close(principal: Principal) -> int:
    """Close the principal's open emergency sessions; return how many. Audit: emergency.closed."""
    with transaction.atomic():
        closed = EmergencySession.objects.filter(
            member=principal.id, closed_at=None, ends_at__gt=clock.now()
        ).update(closed_at=clock.now())
        if closed:
            record(principal, action="emergency.closed")
    return closed
