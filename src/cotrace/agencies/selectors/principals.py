"""Who acts: a member in a session, a member's token."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from cotrace.agencies.models import ApiToken, Member, MemberRole, RolePermission
from cotrace.foundation import clock
from cotrace.foundation.principal import Door, Principal

DEFAULT_PURPOSE = "criminal_investigation"
TOKEN_SESSION = "token:"  # noqa: S105 - how the session of somebody who came with a token is called; it is none


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
    whole = principal_of_member(token.member, door=door, session=f"{TOKEN_SESSION}{token.pk}")
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
