"""Roles: the shipped table, and who holds which."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cotrace.agencies.models import Member, MemberRole, Role, RolePermission
from cotrace.agencies.permissions import AgencyPermission
from cotrace.agencies.rules.watchers import kept_from_administrators
from cotrace.agencies.services.telling import account_changed
from cotrace.audit.services import record
from cotrace.foundation.errors import FieldProblem, Invalid, NotFound, Refused
from cotrace.foundation.principal import INSTALLATION_ID, Principal


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """A role with its names and permissions, as the shipped table has it."""

    code: str
    label_en: str
    label_es: str
    permissions: tuple[str, ...]


def roles_load(principal: Principal, *, lines: Iterable[RoleLine]) -> int:
    """Bring the roles of the shipped table in; return how many changed. Audit: roles.loaded.

    Roles the table does not name stay as they are: an agency may have its own.
    """
    changed = 0
    with transaction.atomic():
        for line in lines:
            role, is_new = Role.objects.update_or_create(
                code=line.code, defaults={"label_en": line.label_en, "label_es": line.label_es}
            )
            held = set(RolePermission.objects.filter(role=role).values_list("permission", flat=True))
            wanted = set(line.permissions)
            RolePermission.objects.filter(role=role, permission__in=held - wanted).delete()
            RolePermission.objects.bulk_create(
                RolePermission(role=role, permission=each) for each in sorted(wanted - held)
            )
            changed += is_new or held != wanted
        if changed:
            record(principal, action="roles.loaded", detail={"changed": changed})
    return changed


def member_roles_set(principal: Principal, *, member: UUID, roles: Iterable[str]) -> None:
    """Give a member of one's own agency exactly these roles, beside those that only the installation gives and takes.

    Raises NotFound for another agency's member, Invalid for an unknown role and for one that is not an administrator's
    to give, Refused for oneself: nobody gives themselves a role.
    Audit: role.given, role.taken, one line for each. Event: AccountChanged where a role was given.
    """
    principal.require(AgencyPermission.MEMBER_MANAGE)
    wanted = set(roles)
    with transaction.atomic():
        found = Member.objects.select_for_update().filter(pk=member, agency_id=principal.agency).first()
        if found is None:
            raise NotFound
        if str(found.pk) == principal.id:
            raise Refused("own_account")
        roles_exist(wanted)
        held = _held(found)
        refuse_watching(principal, wanted - held)
        kept = set(watching_roles(held - wanted))
        _change(principal, found, given=wanted - held, taken=held - wanted - kept)


def role_give(principal: Principal, *, member: UUID, role: str) -> None:
    """Give a member of any agency one more role. The installation's act alone; roles that watch are given no other way.

    Raises NotFound for everybody else and for an unknown member, Invalid for an unknown role.
    Audit: role.given. Event: AccountChanged.
    """
    with transaction.atomic():
        found = _of_installation(principal, member)
        roles_exist({role})
        _change(principal, found, given={role} - _held(found), taken=set())


def role_take(principal: Principal, *, member: UUID, role: str) -> None:
    """Take a role from a member of any agency. The installation's act alone. Audit: role.taken.

    Raises NotFound for everybody else, for an unknown member, and for a role that the member does not hold.
    """
    with transaction.atomic():
        found = _of_installation(principal, member)
        if role not in _held(found):
            raise NotFound
        _change(principal, found, given=set(), taken={role})


def watching_roles(roles: Iterable[str]) -> list[str]:
    """Return which of these roles watch over an agency's administrators, sorted."""
    wanted = set(roles)
    held: dict[str, list[str]] = {}
    for row in RolePermission.objects.filter(role_id__in=wanted):
        held.setdefault(row.role_id, []).append(row.permission)
    return kept_from_administrators(wanted, permissions_of=held)


def refuse_watching(principal: Principal, roles: Iterable[str]) -> None:
    """Raise Invalid where one of these roles is the installation's alone to give, and somebody else gives it."""
    if principal.id != INSTALLATION_ID and watching_roles(roles):
        raise Invalid("member_incomplete", fields=(FieldProblem("roles", "role_watches"),))


def roles_exist(roles: set[str]) -> None:
    """Raise Invalid unless every code is a role of this installation."""
    known = set(Role.objects.filter(pk__in=roles).values_list("pk", flat=True))
    if roles - known:
        raise Invalid("member_incomplete", fields=(FieldProblem("roles", "role_unknown"),))


def _of_installation(principal: Principal, member: UUID) -> Member:
    found = Member.objects.select_for_update().filter(pk=member).first()
    if found is None or principal.id != INSTALLATION_ID:
        raise NotFound
    return found


def _held(member: Member) -> set[str]:
    return set(MemberRole.objects.filter(member=member).values_list("role_id", flat=True))


def _change(principal: Principal, member: Member, *, given: set[str], taken: set[str]) -> None:
    MemberRole.objects.filter(member=member, role_id__in=taken).delete()
    MemberRole.objects.bulk_create(
        MemberRole(member=member, role_id=each, given_by=principal.id) for each in sorted(given)
    )
    for action, changed in (("role.given", given), ("role.taken", taken)):
        for role in sorted(changed):
            record(principal, action=action, subject=str(member.pk), owner=member.agency_id, detail={"role": role})
    if given:
        account_changed(principal, member=member, act="role.given")
