"""One's own account: factors, tokens, terminals that wait."""

import hashlib
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings

from cotrace.agencies.models import ApiToken, LoginCode, Member, OneTimeLink
from cotrace.agencies.reads import AccountRead, FactorRead, FactorsRead, TerminalRead, TokenRead
from cotrace.agencies.rules.derived_keys import public_key
from cotrace.agencies.rules.terminal_codes import normal_code
from cotrace.agencies.selectors.contacts import contact_of
from cotrace.agencies.selectors.members import roles_of
from cotrace.foundation import clock
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal


def account_get(principal: Principal) -> AccountRead:
    """Return the principal's own account."""
    row = Member.objects.select_related("agency", "unit").get(pk=principal.id)
    return AccountRead(
        name=row.name,
        email=row.email,
        badge=row.badge,
        agency=contact_of(row.agency),
        unit=row.unit.name if row.unit else "",
        roles=roles_of([row.pk]).get(row.pk, ()),
        has_password=row.has_usable_password(),
        last_sign_in_at=row.last_login,
    )


def factors_get(principal: Principal) -> FactorsRead:
    """Return the principal's own second factors, the oldest first, and how many recovery codes are left."""
    rows = list(Authenticator.objects.filter(user_id=principal.id).order_by("created_at", "pk"))
    codes = [row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES]
    strong = [row for row in rows if row.type != Authenticator.Type.RECOVERY_CODES]
    return FactorsRead(
        has_app=any(row.type == Authenticator.Type.TOTP for row in strong),
        factors=tuple(
            FactorRead(
                id=row.pk,
                key=public_key(str(settings.SECRET_KEY), purpose="factor addresses", row=row.pk),
                kind=str(row.type),
                name=str(row.data.get("name", "")),
                added_at=row.created_at,
                used_at=row.last_used_at,
            )
            for row in strong
        ),
        codes_left=len(RecoveryCodes(codes[0]).get_unused_codes()) if codes else None,
    )


def token_list(principal: Principal) -> list[TokenRead]:
    """Return the principal's own tokens that work, the newest first."""
    rows = ApiToken.objects.filter(member_id=principal.id, revoked_at=None, expires_at__gt=clock.now())
    return [
        TokenRead(
            id=row.pk,
            name=row.name,
            scopes=tuple(row.scopes),
            made_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
        )
        for row in rows.order_by("-created_at", "pk")
    ]


def token_in_use(principal: Principal) -> TokenRead:
    """Return the token with which the principal came. Raises NotFound where it came another way."""
    kind, _, token = principal.session.partition(":")
    found = [each for each in token_list(principal) if kind == "token" and str(each.id) == token]
    if not found:
        raise NotFound
    return found[0]


def terminal_get(_principal: Principal, *, code: str) -> TerminalRead:
    """Return the terminal that waits under a code as typed. Raises NotFound: unknown, decided, run out alike."""
    digest = hashlib.sha256(normal_code(code).encode()).hexdigest()
    row = LoginCode.objects.filter(code_sha256=digest, state="waiting", expires_at__gt=clock.now()).first()
    if row is None:
        raise NotFound
    return TerminalRead(
        id=row.pk,
        terminal=row.terminal,
        address=row.address,
        wanted=tuple(row.wanted),
        made_at=row.made_at,
        expires_at=row.expires_at,
    )


def link_works(_principal: Principal, *, secret: str) -> bool:
    """Tell whether a one-time link can still set a password; says nothing of whose."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    rows = OneTimeLink.objects.filter(secret_sha256=digest, used_at=None, expires_at__gt=clock.now())
    return rows.filter(member__is_active=True).exists()


def has_factor(member: UUID) -> bool:
    """Tell whether a member has a second factor of their own (recovery codes alone are none)."""
    strong = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user_id=member, type__in=strong).exists()
