"""What the tracing centre's people get of its register, and what everybody gets of the centres."""

from dataclasses import dataclass
from datetime import datetime

from cotrace.tracing.rules.connector_register import Reach
from cotrace.tracing.rules.trace_view import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreRead:
    """A tracing centre; `installation` is empty for one that works here."""

    agency: str
    installation: str
    call_back: str
    is_default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseeRead:
    """A licensee in the register. `url` is empty where it is asked by telephone; `version` grows with every change.

    `held_by` is the id of whoever set the contact hold that stands, and why; a hold set before reasons were asked has none.
    """

    number: str
    name: str
    role: Role
    names: tuple[str, ...]
    address: str
    phone: str
    url: str
    keys: tuple[str, ...]
    reach: Reach
    ca_file: str
    is_open: bool
    successor: str
    is_held: bool
    hold_reason: str
    held_by: str
    held_at: datetime | None
    version: int
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseePage:
    """One page of the register by licence number; `later` is the cursor of the next, empty at the end."""

    rows: tuple[LicenseeRead, ...]
    later: str
