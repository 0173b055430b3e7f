"""Roles: the shipped table, and who holds which."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cotrace.agencies.models import Member, MemberRole, Role, RolePermission
from cotrace.agencies.permissions import AgencyPermission
from cotrace.audit.services import record
from cotrace.foundation.errors import FieldProblem, Invalid, NotFound, Refused
from cotrace.foundation.principal import Principal


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
    """Give a member of one's own agency exactly these roles. Audit: role.given, role.taken, one line for each.

    Raises NotFound for another agency's member, Invalid for an unknown role, Refused for oneself: nobody gives
    themselves a role.
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
        held = set(MemberRole.objects.filter(member=found).values_list("role_id", flat=True))
        MemberRole.objects.filter(member=found, role_id__in=held - wanted).delete()
        MemberRole.objects.bulk_create(
            MemberRole(member=found, role_id=each, given_by=principal.id) for each in sorted(wanted - held)
        )
        for action, changed in (("role.given", wanted - held), ("role.taken", held - wanted)):
            for role in sorted(changed):
                record(principal, action=action, subject=str(found.pk), detail={"role": role})


def roles_exist(roles: set[str]) -> None:
    """Raise Invalid unless every code is a role of this installation."""
    known = set(Role.objects.filter(pk__in=roles).values_list("pk", flat=True))
    if roles - known:
        raise Invalid("member_incomplete", fields=(FieldProblem("roles", "role_unknown"),))
