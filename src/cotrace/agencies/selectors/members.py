"""Members of the principal's own agency. Others' people are not listed: not their names, not how many."""

from collections.abc import Iterable
from uuid import UUID

from allauth.mfa.models import Authenticator

from cotrace.agencies.models import Member, MemberRole, Role
from cotrace.agencies.permissions import AgencyPermission
from cotrace.agencies.reads import MemberRead, RoleRead
from cotrace.agencies.rules import tries as rules
from cotrace.agencies.rules.watchers import is_watching
from cotrace.agencies.selectors.locks import locks_of
from cotrace.foundation import clock
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import INSTALLATION_ID, Principal

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def member_list(principal: Principal) -> list[MemberRead]:
    """Return the members of the principal's agency, by name, open accounts first."""
    principal.require(AgencyPermission.MEMBER_READ)
    rows = Member.objects.filter(agency_id=principal.agency).select_related("unit")
    return _reads(rows.order_by("-is_active", "name", "email"))


def member_get(principal: Principal, *, member: UUID) -> MemberRead:
    """Return one member of the principal's agency. Raises NotFound."""
    principal.require(AgencyPermission.MEMBER_READ)
    rows = Member.objects.filter(agency_id=principal.agency, pk=member).select_related("unit")
    found = _reads(rows)
    if not found:
        raise NotFound
    return found[0]


def role_list(principal: Principal) -> list[RoleRead]:
    """Return every role of this installation with its permissions, by code."""
    principal.require(AgencyPermission.MEMBER_READ)
    return [_role(row) for row in Role.objects.order_by("code").prefetch_related("permissions")]


def member_id(principal: Principal, *, email: str) -> UUID:
    """Return the id of the member with an e-mail address, for the operator. Raises NotFound, also for all others."""
    found = Member.objects.filter(email=email.strip().lower()).first()
    if found is None or principal.id != INSTALLATION_ID:
        raise NotFound
    return found.pk


def member_names(principal: Principal, *, ids: Iterable[str]) -> dict[str, str]:
    """Return names by member id, of the principal's own agency only: others' people are not listed."""
    wanted = [each for each in ids if _is_uuid(each)]
    rows = Member.objects.filter(pk__in=wanted, agency_id=principal.agency)
    return {str(row.pk): row.name for row in rows}


def colleague_names(principal: Principal) -> dict[str, str]:
    """Return the names of the open accounts of the principal's own agency by member id, by name."""
    rows = Member.objects.filter(agency_id=principal.agency, is_active=True).order_by("name", "pk")
    return {str(row.pk): row.name for row in rows}


def roles_of(members: Iterable[UUID]) -> dict[UUID, tuple[RoleRead, ...]]:
    """Return the roles that each member holds today, by member."""
    held: dict[UUID, list[RoleRead]] = {}
    rows = MemberRole.objects.filter(member_id__in=list(members)).exclude(ends_on__lt=clock.today())
    for row in rows.select_related("role").prefetch_related("role__permissions").order_by("role_id"):
        held.setdefault(row.member_id, []).append(_role(row.role))
    return {member: tuple(roles) for member, roles in held.items()}


def _reads(found: Iterable[Member]) -> list[MemberRead]:
    rows = list(found)
    ids = [row.pk for row in rows]
    roles = roles_of(ids)
    keys = {row.pk: rules.account_key(row.email) for row in rows}
    locks = locks_of(keys.values(), limit=rules.ACCOUNT_LIMIT)
    safe = set(Authenticator.objects.filter(user__in=ids, type__in=STRONG).values_list("user_id", flat=True))
    return [
        MemberRead(
            id=row.pk,
            name=row.name,
            email=row.email,
            badge=row.badge,
            unit=row.unit.name if row.unit else "",
            is_active=row.is_active,
            is_demo=row.is_demo,
            roles=roles.get(row.pk, ()),
            has_factor=row.pk in safe,
            has_password=row.has_usable_password(),
            locked_until_at=locks.get(keys[row.pk]),
            last_sign_in_at=row.last_login,
            joined_at=row.joined_at,
        )
        for row in rows
    ]


def _role(row: Role) -> RoleRead:
    permissions = tuple(sorted(each.permission for each in row.permissions.all()))
    return RoleRead(
        code=row.code,
        label_en=row.label_en,
        label_es=row.label_es,
        permissions=permissions,
        is_watching=is_watching(permissions),
    )


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
