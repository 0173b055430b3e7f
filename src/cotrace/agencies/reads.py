"""What readers get of agencies, members and their own account."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cotrace.agencies.rules.devices import Device


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyContact:
    """What an agency published of itself: names and its liaison desk, never a unit or a person's post."""

    code: str
    name_en: str
    name_es: str
    country: str
    participant: str
    liaison_name: str
    liaison_phone: str
    liaison_email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRead:
    """A role by its names and the permissions it holds.

    `is_watching` says that it watches over administrators: only the installation gives and takes it.
    """

    code: str
    label_en: str
    label_es: str
    permissions: tuple[str, ...]
    is_watching: bool

    def label(self, language: str) -> str:
        """Return the name in a language."""
        return self.label_es if language.startswith("es") else self.label_en


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRead:
    """A member of one's own agency, as their administrator sees them."""

    id: UUID
    name: str
    email: str
    badge: str
    unit: str
    is_active: bool
    is_demo: bool
    roles: tuple[RoleRead, ...]
    has_factor: bool
    has_password: bool
    locked_until_at: datetime | None
    last_sign_in_at: datetime | None
    joined_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRead:
    """One's own account."""

    name: str
    email: str
    badge: str
    agency: AgencyContact
    unit: str
    roles: tuple[RoleRead, ...]
    has_password: bool
    last_sign_in_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRead:
    """One of one's own second factors; `name` is what its member called it, `key` stands for it in addresses."""

    id: int
    key: str
    kind: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorsRead:
    """One's own second factors. `codes_left` is None where there are no recovery codes."""

    has_app: bool
    factors: tuple[FactorRead, ...]
    codes_left: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRead:
    """One of one's own sessions."""

    name: str
    device: Device
    address: str
    started_at: datetime
    last_seen_at: datetime
    is_present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRead:
    """One of one's own tokens; never its secret."""

    id: UUID
    name: str
    scopes: tuple[str, ...]
    made_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalRead:
    """A terminal that waits for a member's word. `wanted` is empty where it asks for all that the member may."""

    id: UUID
    terminal: str
    address: str
    wanted: tuple[str, ...]
    made_at: datetime
    expires_at: datetime
