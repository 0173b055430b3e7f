"""Passwords: changed by their member, set once through a link, checked against the same rules everywhere."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from cotrace.agencies.models import Member, OneTimeLink
from cotrace.agencies.rules import tries as tries_rules
from cotrace.agencies.services import tries
from cotrace.agencies.services.members import managed_member, refuse_watched
from cotrace.agencies.services.sessions import sessions_end, sessions_end_others
from cotrace.agencies.services.sign_in import From, password_confirm
from cotrace.agencies.services.telling import account_changed
from cotrace.agencies.services.tokens import tokens_end
from cotrace.audit.services import record
from cotrace.foundation import clock
from cotrace.foundation.errors import FieldProblem, Invalid, NotFound, Param
from cotrace.foundation.principal import Principal

LINK_LIFE = timedelta(hours=24)

_PROBLEMS = frozenset({"password_too_short", "password_too_common", "password_too_similar"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """A one-time link just made: the only time its secret is known."""

    secret: str
    expires_at: datetime


def password_change(principal: Principal, *, old: str, new: str, origin: From) -> Member:
    """Change one's own password; every other session ends, and every token. Audit: password.changed.

    Returns the member for the door to keep this session going. Raises Invalid for a wrong old or a weak new
    password; wrong ones count towards the lock.
    """
    if not password_confirm(principal, password=old, origin=origin):
        raise Invalid("password_unchanged", fields=(FieldProblem("old", "password_wrong"),))
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=principal.id)
        _set(member, new)
        sessions_end_others(principal)
        tokens_end(principal, member=member)
        record(principal, action="password.changed", subject=principal.id)
    return member


def link_make(principal: Principal, *, member: UUID) -> NewLink:
    """Make a link by which a member of one's agency sets a password once, within a day. Audit: link.made.

    Earlier links of the member stop to work. Raises NotFound for another agency's member and a closed account, Refused
    for an account that watches over the administrator. Event: AccountChanged.
    """
    secret = secrets.token_urlsafe(32)
    moment = clock.now()
    with transaction.atomic():
        found = managed_member(principal, member=member)
        if not found.is_active:
            raise NotFound
        refuse_watched(principal, member=found)
        OneTimeLink.objects.filter(member=found, used_at=None).delete()
        row = OneTimeLink.objects.create(
            member=found,
            secret_sha256=_digest(secret),
            made_by=principal.id,
            made_at=moment,
            expires_at=moment + LINK_LIFE,
        )
        record(principal, action="link.made", subject=str(found.pk), owner=found.agency_id)
        account_changed(principal, member=found, act="link.made")
    return NewLink(secret=secret, expires_at=row.expires_at)


def link_use(principal: Principal, *, secret: str, password: str, origin: From) -> None:
    """Set the password of the link's member and use the link up. Sessions and tokens end, a lock ends too.

    Raises NotFound for a link that is unknown, used or run out, Invalid for a weak password (the link stays).
    Audit: link.used.
    """
    tries.take_or_refuse({tries_rules.link_key(origin.address): tries_rules.ADDRESS_LIMIT})
    with transaction.atomic():
        link = (
            OneTimeLink.objects.select_for_update(of=("self",))
            .select_related("member__agency")
            .filter(secret_sha256=_digest(secret), used_at=None, expires_at__gt=clock.now())
            .first()
        )
        if link is None or not link.member.is_active:
            raise NotFound
        member = link.member
        _set(member, password)
        link.used_at = clock.now()
        link.save(update_fields=["used_at"])
        sessions_end(principal, member=member)
        tokens_end(principal, member=member)
        tries.forget(tries_rules.account_key(member.email))
        detail = {"address": origin.address, "device": origin.device}
        who = replace(principal, agency=member.agency_id)
        record(who, action="link.used", subject=str(member.pk), detail=detail)


def _set(member: Member, password: str) -> None:
    try:
        validate_password(password, member)
    except ValidationError as refused:
        problems = tuple(_problem(each) for each in refused.error_list)
        raise Invalid("password_unchanged", fields=problems) from None
    member.set_password(password)
    member.save(update_fields=["password"])


def _problem(error: ValidationError) -> FieldProblem:
    code = error.code if error.code in _PROBLEMS else "password_weak"
    minimum = (error.params or {}).get("min_length")
    params: tuple[tuple[str, Param], ...] = (("minimum", minimum),) if minimum else ()
    return FieldProblem("new", str(code), params)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
