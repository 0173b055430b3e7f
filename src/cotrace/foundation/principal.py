"""Whoever acts. First argument of every selector and service; nothing below a door reads a request."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from cotrace.foundation.errors import Denied


class Door(StrEnum):
    """Which way the principal came in."""

    WEB = "web"
    API = "api"
    TERMINAL = "terminal"
    WORKER = "worker"
    LINK = "link"
    TEST = "test"


INSTALLATION_ID = "installation"
"""The operator's principal: migrates, loads reference tables, verifies; can read no holding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Identity, agency, permissions, door, purpose and case of one act.

    `agency` is the code of the principal's agency, empty for the installation, which therefore
    sees no holding. `permissions` holds codes such as `seizure.read`. `session` names the
    session or token, never its secret.
    """

    id: str
    agency: str
    door: Door
    name: str = ""
    permissions: frozenset[str] = field(default_factory=frozenset)
    purpose: str = ""
    case: str = ""
    session: str = ""
    language: str = "en"

    def require(self, permission: str) -> None:
        """Raise Denied unless the principal's roles hold `permission`."""
        if permission not in self.permissions:
            raise Denied("permission_missing", permission=str(permission))

    def may(self, permission: str) -> bool:
        """Tell whether the principal's roles hold `permission`."""
        return permission in self.permissions

    def for_purpose(self, purpose: str, *, case: str = "") -> "Principal":
        """Return the same principal acting for a stated purpose and case."""
        return replace(self, purpose=purpose, case=case)


def installation_principal(door: Door = Door.TERMINAL) -> Principal:
    """Return the operator's principal: no agency, hence no holding is visible to it."""
    return Principal(id=INSTALLATION_ID, agency="", door=door, name="installation")


def worker_principal(agency: str = "") -> Principal:
    """Return the background worker acting for `agency`, with no permission of its own."""
    return Principal(id="worker", agency=agency, door=Door.WORKER, name="worker")
