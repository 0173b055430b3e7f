"""Tokens for the API and the terminal: made once, kept as a hash, never wider than their member."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from cotrace.agencies.models import ApiToken, LoginCode, Member
from cotrace.agencies.permissions import AgencyPermission
from cotrace.agencies.selectors.principals import principal_of_token
from cotrace.agencies.services.holding_on import hold_on
from cotrace.audit.services import record
from cotrace.foundation import clock
from cotrace.foundation.errors import FieldProblem, Invalid, NotFound
from cotrace.foundation.principal import Door, Principal

TOKEN_DAYS = 30
TOKEN_DAYS_MAX = 365
TOKEN_PREFIX = "cotrace_"  # noqa: S105 - marks a token, is none


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """A token just made: the only time its secret is known."""

    id: UUID
    secret: str
    scopes: tuple[str, ...]
    expires_at: datetime


def token_make(
    principal: Principal, *, name: str, scopes: Iterable[str], days: int = TOKEN_DAYS
) -> NewToken:
    """Make a token for the principal, with scopes it holds itself. Audit: token.made.

    Raises Invalid for an empty name, no scope, a scope not held, or a life outside 1-365 days; SignInRequired where
    the session or token it is asked with ended meanwhile.
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
        hold_on(principal)
        row = ApiToken.objects.create(
            member_id=principal.id,
            name=name.strip()[:80],
            secret_sha256=hashlib.sha256(secret.encode()).hexdigest(),
            scopes=wanted,
            created_at=clock.now(),
            expires_at=clock.now() + timedelta(days=days),
        )
        record(principal, action="token.made", subject=str(row.pk), detail={"name": row.name, "scopes": wanted})
    return NewToken(id=row.pk, secret=secret, scopes=tuple(wanted), expires_at=row.expires_at)


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


def tokens_end(principal: Principal, *, member: Member) -> int:
    """End every token of a member, and every approval of a terminal that waits to become one; return how many tokens.

    Called by services that close an account or replace its password or factors; they decide who may.
    Audit: token.revoked and terminal.denied, one line for each.
    """
    _approvals_end(principal, member)
    rows = list(ApiToken.objects.select_for_update().filter(member=member, revoked_at=None))
    ApiToken.objects.filter(pk__in=[row.pk for row in rows]).update(revoked_at=clock.now())
    for row in rows:
        record(principal, action="token.revoked", subject=str(row.pk), owner=member.agency_id)
    return len(rows)


def _approvals_end(principal: Principal, member: Member) -> None:
    """Deny the terminals that were approved and have not fetched their token.

    Comes before the tokens are read: a terminal that fetches at this moment is waited for, and its token found.
    """
    for row in list(LoginCode.objects.select_for_update().filter(member=member, state="approved")):
        row.state, row.decided_at = "denied", clock.now()
        row.save(update_fields=["state", "decided_at"])
        record(principal, action="terminal.denied", subject=str(row.pk), owner=member.agency_id)
