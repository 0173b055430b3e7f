"""Who watches over an agency's administrators, and what an administrator may not do to them.

Decides that a role which reads, verifies or purges the agency's log is given and taken by the installation alone,
and that an account which holds one gets a way in from the installation alone: otherwise an administrator could make
themselves a second self that watches the first. Authority: separation of duties, NIST SP 800-53 AC-5; CJIS Security
Policy, AC-5. Tests: tests/unit/agencies/test_watchers.py.
"""

from collections.abc import Iterable, Mapping

WATCHING = frozenset({"audit.read", "audit.verify", "audit.purge"})
"""Permissions over the log in which an administrator's own acts stand."""


def is_watching(permissions: Iterable[str]) -> bool:
    """Say whether a role, or a member, with these permissions watches over the agency's administrators."""
    return not WATCHING.isdisjoint(permissions)


def kept_from_administrators(changed: Iterable[str], *, permissions_of: Mapping[str, Iterable[str]]) -> list[str]:
    """Return which of the roles that are given or taken only the installation gives and takes, sorted."""
    return sorted(role for role in set(changed) if is_watching(permissions_of.get(role, ())))
