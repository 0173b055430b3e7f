"""Sessions of a member: ending one, all others, all. A session is named by a hash, never by its key."""

from collections.abc import Callable
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.db import transaction

from cotrace.agencies.models import Member
from cotrace.agencies.selectors.sessions import session_name
from cotrace.audit.services import record
from cotrace.foundation.errors import NotFound
from cotrace.foundation.principal import Principal


def session_end_one(principal: Principal, *, session: str) -> None:
    """End one of one's own sessions, by name. Raises NotFound. Audit: session.ended."""
    if not _end(principal, member=UUID(principal.id), is_meant=lambda name: name == session):
        raise NotFound


def sessions_end_others(principal: Principal) -> int:
    """End every session of one's own but this one; return how many. Audit: session.ended, one line for each."""
    return _end(principal, member=UUID(principal.id), is_meant=lambda name: name != principal.session)


def sessions_end(principal: Principal, *, member: Member) -> int:
    """End every session of a member; return how many. Audit: session.ended, one line for each.

    Called by services that close an account or replace its password or factors; they decide who may.
    """
    return _end(principal, member=member.pk, is_meant=lambda _name: True, owner=member.agency_id)


def _end(principal: Principal, *, member: UUID, is_meant: Callable[[str], bool], owner: str = "") -> int:
    ended = 0
    with transaction.atomic():
        for row in UserSession.objects.filter(user_id=member):
            if is_meant(session_name(row.session_key)):
                row.end()
                record(principal, action="session.ended", subject=str(member), owner=owner)
                ended += 1
    return ended
