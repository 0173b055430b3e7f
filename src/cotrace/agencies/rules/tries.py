"""How many wrong tries lock an account or an address, and for how long.

Authority: CJIS Security Policy, AC-7: five consecutive invalid tries within fifteen minutes lock the account for
at least fifteen. An address gets more, because an office shares one. Tests: tests/unit/agencies/test_tries.py.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

LOCK = timedelta(minutes=15)
"""How long a lock lasts, and how long a wrong try is remembered."""

ACCOUNT_LIMIT = 5
ADDRESS_LIMIT = 30
CODE_LIMIT = 10
"""Codes of terminals that one member may type wrong, or one address ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """Tries counted since the last success or quiet quarter of an hour, and when the last one was."""

    count: int
    last_at: datetime


def locked_until_at(tries: Tries | None, *, moment: datetime, limit: int) -> datetime | None:
    """Return when the lock ends, None where there is none at `moment`."""
    if tries is None or tries.count < limit:
        return None
    end = tries.last_at + LOCK
    return end if moment < end else None


def with_one_more(tries: Tries | None, *, moment: datetime) -> Tries:
    """Count a try that begins at `moment`; one after a quiet quarter of an hour starts anew."""
    if tries is None or moment >= tries.last_at + LOCK:
        return Tries(count=1, last_at=moment)
    return Tries(count=tries.count + 1, last_at=moment)


def with_one_less(tries: Tries) -> Tries:
    """Take back a try that turned out right."""
    return Tries(count=max(tries.count - 1, 0), last_at=tries.last_at)


def account_key(email: str) -> str:
    """Return the key of an account, whether or not it exists."""
    return _key("account", email.strip().lower())


def address_key(address: str) -> str:
    """Return the key of a network address."""
    return _key("address", address)


def terminal_key(who: str) -> str:
    """Return the key under which a member's or an address's terminal codes are counted."""
    return _key("terminal", who)


def link_key(address: str) -> str:
    """Return the key under which an address's one-time links are counted."""
    return _key("link", address)


def _key(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()
