"""Reads of this room: who acts, and what agencies published."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cotrace.agencies.models import Agency, ApiToken, Member, MemberRole, RolePermission
from cotrace.agencies.reads import AgencyContact
from cotrace.foundation import clock
from cotrace.foundation.principal import Door, Principal

DEFAULT_PURPOSE = "criminal_investigation"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPrincipal:
    """A principal that came with a token, and the token's id for its use to be noted."""

    principal: Principal
    token: UUID


def permissions_of(member: Member) -> frozenset[str]:
    """Return the permissions of a member's roles that have not ended."""
    roles = MemberRole.objects.filter(member=member).exclude(ends_on__lt=clock.today()).values("role_id")
    return frozenset(RolePermission.objects.filter(role_id__in=roles).values_list("permission", flat=True))


def principal_of_member(member: Member, *, door: Door, session: str = "") -> Principal | None:
    """Return who acts when `member` comes through `door`; None for a closed account or agency."""
    if not member.is_active or not member.agency.is_active:
        return None
    return Principal(
        id=str(member.pk),
        agency=member.agency_id,
        door=door,
        name=member.name,
        permissions=permissions_of(member),
        purpose=DEFAULT_PURPOSE,
        session=session,
        language=member.language,
    )


def principal_of_session(member_id: str, *, door: Door, session: str) -> Principal | None:
    """Return who acts in a signed-in session, None for an account that was closed since."""
    member = Member.objects.select_related("agency").filter(pk=member_id).first()
    return principal_of_member(member, door=door, session=session) if member else None


def principal_of_token(secret: str, *, door: Door) -> TokenPrincipal | None:
    """Return who acts with a token: the member, with no more than the token's scopes. None if invalid."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    moment = clock.now()
    token = (
        ApiToken.objects.select_related("member__agency")
        .filter(secret_sha256=digest, revoked_at=None, expires_at__gt=moment)
        .first()
    )
    if token is None:
        return None
    whole = principal_of_member(token.member, door=door, session=f"token:{token.pk}")
    if whole is None:
        return None
    allowed = whole.permissions & frozenset(token.scopes)
    narrowed = Principal(
        id=whole.id,
        agency=whole.agency,
        door=door,
        name=whole.name,
        permissions=allowed,
        purpose=whole.purpose,
        session=whole.session,
        language=whole.language,
    )
    return TokenPrincipal(principal=narrowed, token=token.pk)


def member_names(principal: Principal, *, ids: Iterable[str]) -> dict[str, str]:
    """Return names by member id, of the principal's own agency only: others' people are not listed."""
    wanted = [each for each in ids if _is_uuid(each)]
    rows = Member.objects.filter(pk__in=wanted, agency_id=principal.agency)
    return {str(row.pk): row.name for row in rows}


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def agency_contact(code: str) -> AgencyContact | None:
    """Return what an agency published of itself, None where it is unknown here."""
    row = Agency.objects.filter(pk=code).first()
    return _contact(row) if row else None


def agency_contacts() -> list[AgencyContact]:
    """Return every active agency's published contact, by code."""
    return [_contact(row) for row in Agency.objects.filter(is_active=True).order_by("code")]


def _contact(row: Agency) -> AgencyContact:
    return AgencyContact(
        code=row.code,
        name_en=row.name_en,
        name_es=row.name_es,
        country=row.country,
        participant=row.participant,
        liaison_name=row.liaison_name,
        liaison_phone=row.liaison_phone,
        liaison_email=row.liaison_email,
    )
