"""Need-to-know lists and emergency sessions."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from cotrace.agencies.selectors import member_names
from cotrace.audit.services import record
from cotrace.foundation import clock
from cotrace.foundation.errors import Denied, FieldProblem, Invalid, NotFound, Refused
from cotrace.foundation.events import publish
from cotrace.foundation.ids import new_number, normal_number, random_hex
from cotrace.foundation.principal import Principal
from cotrace.sharing.events import CircleMemberRemoved, EmergencyOpened
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
        row, levels = _inside(principal, circle)
        if levels[principal.id] < Level.FULL:
            raise Denied("circle_level_too_low")
        if member in levels:
            raise Invalid("circle_incomplete", fields=(FieldProblem("member", "circle_member_known"),))
        if member not in member_names(principal, ids=[member]):
            raise Invalid("circle_incomplete", fields=(FieldProblem("member", "member_unknown"),))
        CircleMember.objects.create(
            circle=row, member=member, level=level, added_by=principal.id, added_at=clock.now()
        )
        record(principal, action="circle.member_added", subject=row.pk, detail={"member": member})


def circle_remove(principal: Principal, *, circle: str, member: str) -> None:
    """Take somebody out of a circle that the principal sees in full, or leave it oneself; it takes effect at once.

    Raises NotFound for an outsider and for whoever is not in it, Denied for a member below FULL who removes another,
    Refused for the last one who sees everything: nobody could add anybody any more.
    Audit: circle.member_removed. Event: CircleMemberRemoved.
    """
    principal.require(SharingPermission.CIRCLE_MANAGE)
    with transaction.atomic():
        row, levels = _inside(principal, normal_number(circle) or "")
        if member not in levels:
            raise NotFound
        if member != principal.id and levels[principal.id] < Level.FULL:
            raise Denied("circle_level_too_low")
        if not any(level == Level.FULL for each, level in levels.items() if each != member):
            raise Refused("circle_needs_somebody")
        row.members.filter(member=member).delete()
        record(principal, action="circle.member_removed", subject=row.pk, detail={"member": member})
        publish(
            CircleMemberRemoved(
                circle=row.pk,
                agency=principal.agency,
                member=member,
                by=principal.id,
                removal=random_hex(8, owner=principal.agency),
            )
        )


def _inside(principal: Principal, circle: str) -> tuple[Circle, dict[str, int]]:
    """Return a circle that the principal is in, held until the transaction ends, and everybody's level in it.

    Who is in it is read after the lock: somebody may have taken the principal out meanwhile. Raises NotFound.
    """
    row = Circle.objects.select_for_update().filter(pk=circle, owner=principal.agency).first()
    levels = dict(CircleMember.objects.filter(circle_id=circle).values_list("member", "level")) if row else {}
    if row is None or principal.id not in levels:
        raise NotFound
    return row, levels


def emergency_open(principal: Principal, *, reason: str, minutes: int) -> str:
    """Open the principal's own agency's circles for at most an hour, on record; tell their owners.

    They are open in the session, or for the token, that the principal came with, and in no other of the same person.

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
            session=principal.session,
            agency=principal.agency,
            reason=reason.strip(),
            opened_at=clock.now(),
            ends_at=clock.now() + timedelta(minutes=minutes),
        )
        record(principal, action="emergency.opened", subject=row.pk, detail={"reason": reason.strip()})
        publish(EmergencyOpened(session=row.pk, agency=principal.agency, member=principal.id))
    return row.pk


def emergency_close(principal: Principal) -> int:
    """Close the principal's open emergency sessions, wherever they were opened; return how many. Audit: emergency.closed."""
    with transaction.atomic():
        closed = EmergencySession.objects.filter(
            member=principal.id, closed_at=None, ends_at__gt=clock.now()
        ).update(closed_at=clock.now())
        if closed:
            record(principal, action="emergency.closed")
    return closed
