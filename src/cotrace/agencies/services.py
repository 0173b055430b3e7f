"""Writes of this room: members, roles, tokens."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from cotrace.agencies.models import Agency, ApiToken, Member, MemberRole, Role, RolePermission
from cotrace.agencies.permissions import AgencyPermission
from cotrace.agencies.selectors import principal_of_token
from cotrace.audit.services import record
from cotrace.foundation import clock
from cotrace.foundation.errors import FieldProblem, Invalid, NotFound
from cotrace.foundation.principal import Door, Principal

TOKEN_DAYS_MAX = 365
TOKEN_PREFIX = "cotrace_"  # noqa: S105 - marks a token, is none


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """A token just made: the only time its secret is known."""

    id: UUID
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """A role with its names and permissions, as the shipped table has it."""

    code: str
    label_en: str
    label_es: str
    permissions: tuple[str, ...]


def token_make(
    principal: Principal, *, name: str, scopes: Iterable[str], days: int = 90
) -> NewToken:
    """Make a token for the principal, with scopes it holds itself. Audit: token.made.

    Raises Invalid for an empty name, no scope, a scope not held, or a life outside 1-365 days.
    """
    principal.require(AgencyPermission.TOKEN_MAKE)
    wanted = sorted(set(scopes))
    problems: list[FieldProblem] = []
    if not name.strip():
        problems.append(FieldProblem("name", "required"))
    if not wanted or not set(wanted) <= principal.permissions:
        problems.append(FieldProblem("scopes", "scope_not_held"))
    if not 1 <= days <= TOKEN_DAYS_MAX:
        problems.append(FieldProblem("days", "days_out_of_range", (("maximum", TOKEN_DAYS_MAX),)))
    if problems:
        raise Invalid("token_incomplete", fields=tuple(problems))
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        row = ApiToken.objects.create(
            member_id=principal.id,
            name=name.strip()[:80],
            secret_sha256=hashlib.sha256(secret.encode()).hexdigest(),
            scopes=wanted,
            created_at=clock.now(),
            expires_at=clock.now() + timedelta(days=days),
        )
        record(principal, action="token.made", subject=str(row.pk), detail={"name": row.name, "scopes": wanted})
    return NewToken(id=row.pk, secret=secret)


def token_revoke(principal: Principal, *, token: UUID) -> None:
    """End one of the principal's own tokens. Raises NotFound. Audit: token.revoked."""
    with transaction.atomic():
        changed = ApiToken.objects.filter(pk=token, member_id=principal.id, revoked_at=None).update(
            revoked_at=clock.now()
        )
        if not changed:
            raise NotFound
        record(principal, action="token.revoked", subject=str(token))


def token_use(secret: str, *, door: Door) -> Principal | None:
    """Return who acts with a token and note, at most once a minute, that it was used."""
    found = principal_of_token(secret, door=door)
    if found is None:
        return None
    moment = clock.now()
    rows = ApiToken.objects.filter(pk=found.token)
    rows.filter(last_used_at=None).update(last_used_at=moment)
    rows.filter(last_used_at__lt=moment - timedelta(minutes=1)).update(last_used_at=moment)
    return found.principal


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


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """What a new account needs."""

    email: str
    name: str
    agency: str
    roles: tuple[str, ...]
    language: str = "en"
    badge: str = ""
    password: str | None = None


def member_add(principal: Principal, *, new: NewMember) -> str:
    """Add a member to the principal's own agency; the installation may add to any. Audit: member.added.

    Returns the member's id. Raises Invalid for an address already used, NotFound for an unknown agency.
    """
    if principal.agency:
        principal.require(AgencyPermission.MEMBER_MANAGE)
    if principal.agency and principal.agency != new.agency:
        raise NotFound
    agency = Agency.objects.filter(pk=new.agency).first()
    if agency is None:
        raise NotFound
    email = new.email.strip().lower()
    with transaction.atomic():
        if Member.objects.filter(email__iexact=email).exists():
            raise Invalid("member_incomplete", fields=(FieldProblem("email", "address_in_use"),))
        member = Member(
            email=email, name=new.name, agency=agency, language=new.language, badge=new.badge
        )
        member.set_password(new.password)
        member.save()
        MemberRole.objects.bulk_create(
            MemberRole(member=member, role_id=role, given_by=principal.id) for role in new.roles
        )
        record(
            principal,
            action="member.added",
            subject=str(member.pk),
            owner=new.agency,
            detail={"roles": list(new.roles)},
        )
    return str(member.pk)


def agency_put(principal: Principal, *, agency: Agency) -> None:
    """Add an agency or change what it published. The installation's act. Audit: agency.put."""
    with transaction.atomic():
        agency.save()
        record(principal, action="agency.put", subject=agency.code)
