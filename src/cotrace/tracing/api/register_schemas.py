"""What the routes of the tracing centre's register take and give."""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from cotrace.tracing.api.centre_schemas import Licence
from cotrace.tracing.reads.register import LicenseePage
from cotrace.tracing.rules.connector_register import Reach
from cotrace.tracing.rules.trace_view import Role
from cotrace.tracing.services.register import NEW_ENTRY, LicenseeValues

Line = Annotated[str, StringConstraints(max_length=400)]
Reason = Annotated[str, StringConstraints(max_length=4000)]


class RegisterQuery(Schema):
    """What the register is narrowed to, and where its page starts."""

    at: Annotated[str, StringConstraints(max_length=30)] = ""
    text: Annotated[str, StringConstraints(max_length=100)] = ""


class LicenseeHoldBody(Schema):
    """Whether a contact hold stands, and why; lifted without a reason."""

    is_held: bool
    hold_reason: Reason = ""


class LicenseeBody(Schema):
    """A licensee as entered; `names` are what its guns are marked with besides its name.

    `version` is that of the entry as it was read; 0, or none, for a licensee that the register does not have.
    `hold_reason` says why a contact hold is set; it is read only where none stands yet.
    """

    name: Line
    role: Role
    names: list[Line] = Field(default=[], max_length=50)
    address: Line = ""
    phone: Line = ""
    url: Line = ""
    keys: list[Line] = Field(default=[], max_length=4)
    reach: Reach = Reach.PUBLIC
    ca_file: Line = ""
    is_open: bool = True
    successor: Licence = ""
    is_held: bool = False
    hold_reason: Reason = ""
    version: int = NEW_ENTRY


class LicenseeOut(Schema):
    """A licensee in the register. `hold_reason`, `held_by` and `held_at` tell of the contact hold that stands."""

    number: str
    name: str
    role: Role
    names: list[str]
    address: str
    phone: str
    url: str
    keys: list[str]
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


class LicenseePageOut(Schema):
    """One page by licence number; `later` is the cursor for `at`."""

    rows: list[LicenseeOut]
    later: str


class CentreKeyOut(Schema):
    """The public key that signs the centre's inquiries."""

    key_id: str
    key: str


def licensees_out(page: LicenseePage) -> LicenseePageOut:
    """Return the JSON form of a page of the register."""
    return LicenseePageOut(rows=[LicenseeOut.from_orm(each) for each in page.rows], later=page.later)


_APART = {"names", "keys", "version"}


def values_of(number: str, body: LicenseeBody) -> LicenseeValues:
    """Return what a JSON body says of a licensee."""
    plain = {name: getattr(body, name) for name in LicenseeBody.model_fields if name not in _APART}
    return LicenseeValues(number=number, names=tuple(body.names), keys=tuple(body.keys), **plain)
