"""A member's own sessions: on which device, from where, when last seen."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session

from cotrace.agencies.models import Member
from cotrace.agencies.reads import SessionRead
from cotrace.agencies.rules.devices import device_of
from cotrace.agencies.selectors.session_store import SessionStore
from cotrace.doors.gate import SEEN
from cotrace.foundation import clock
from cotrace.foundation.principal import Principal


def session_name(key: str) -> str:
    """Return what a session is called in the log and on pages: a hash that opens nothing."""
    return sha256(key.encode()).hexdigest()[:16]


def session_list(principal: Principal) -> list[SessionRead]:
    """Return the principal's own sessions that still open the site, the present one first, then the last seen."""
    member = Member.objects.get(pk=principal.id)
    rows = UserSession.objects.filter(user=member)
    alive = dict(_alive(member, [row.session_key for row in rows]))
    found = [
        SessionRead(
            name=session_name(row.session_key),
            device=device_of(row.user_agent),
            address=row.ip,
            started_at=row.created_at,
            last_seen_at=alive[row.session_key] or row.last_seen_at,
            is_present=session_name(row.session_key) == principal.session,
        )
        for row in rows
        if row.session_key in alive
    ]
    return sorted(found, key=lambda each: (not each.is_present, -each.last_seen_at.timestamp()))


def is_session_alive(member: Member, *, name: str) -> bool:
    """Tell whether a member's session of that name has neither ended, run out nor gone idle."""
    keys = UserSession.objects.filter(user=member).values_list("session_key", flat=True)
    return any(_alive(member, [key for key in keys if session_name(key) == name]))


def _alive(member: Member, keys: list[str]) -> Iterator[tuple[str, datetime | None]]:
    """Yield the keys of sessions that have not ended, run out or gone idle, with when each was last seen."""
    moment = clock.now()
    right = member.get_session_auth_hash()
    for row in Session.objects.filter(session_key__in=keys, expire_date__gt=moment):
        held = SessionStore(row.session_key).decode(row.session_data)
        seen = datetime.fromtimestamp(held[SEEN], UTC) if SEEN in held else None
        is_idle = seen is not None and (moment - seen).total_seconds() > settings.COTRACE_IDLE_MINUTES * 60
        if held.get(SESSION_KEY) == str(member.pk) and held.get(HASH_SESSION_KEY) == right and not is_idle:
            yield row.session_key, seen
