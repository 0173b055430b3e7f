"""Described guns through the JSON door."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import StringConstraints

from cotrace.doors.gate import principal_of
from cotrace.firearms.reads import FirearmRead
from cotrace.firearms.rules.description import FirearmValues
from cotrace.firearms.rules.serials import ImporterMark, SerialCondition
from cotrace.firearms.selectors import firearm_get, firearm_list
from cotrace.firearms.services import firearm_correct, firearm_describe
from cotrace.sharing.rules.levels import Level

router = Router(tags=["firearms"])

LevelName = Literal["POINTER", "TEAR_LINE", "FULL"]
LEVEL_NAMES: dict[Level, LevelName] = {
    Level.POINTER: "POINTER",
    Level.TEAR_LINE: "TEAR_LINE",
    Level.FULL: "FULL",
}
Number = Annotated[str, StringConstraints(max_length=60)]
Text = Annotated[str, StringConstraints(max_length=400)]
Code = Annotated[str, StringConstraints(max_length=8)]


class FirearmBody(Schema):
    """A gun as described; what is not stated stays empty. Codes are NCIC's, the country ISO 3166's."""

    type_code: Code
    exhibit_number: Text = ""
    make_code: Code = ""
    make: Text = ""
    model: Text = ""
    calibre_code: Code = ""
    calibre: Text = ""
    country_of_origin: Code = ""
    importer: Text = ""
    importer_mark: ImporterMark = ImporterMark.NOT_EXAMINED
    serial: Text = ""
    serial_condition: SerialCondition = SerialCondition.READ
    is_privately_made: bool = False
    markings: Annotated[str, StringConstraints(max_length=4000)] = ""


class NewFirearmBody(FirearmBody):
    """A gun to be described, and the seizure it was taken in."""

    seizure: Number


class FirearmLiaisonOut(Schema):
    """The published desk of the owning agency."""

    code: str
    name_en: str
    name_es: str
    liaison_name: str
    liaison_phone: str
    liaison_email: str


class FirearmOut(Schema):
    """A gun at the caller's level: what the level does not disclose is null."""

    number: str
    owner: str
    level: LevelName
    liaison: FirearmLiaisonOut | None
    type_code: str | None
    make_code: str | None
    make: str | None
    model: str | None
    calibre_code: str | None
    calibre: str | None
    country_of_origin: str | None
    serial_condition: SerialCondition | None
    is_privately_made: bool | None
    seizure: str | None
    exhibit_number: str | None
    importer: str | None
    importer_mark: ImporterMark | None
    serial: str | None
    serial_normal: str | None
    markings: str | None
    described_at: datetime | None
    corrected_at: datetime | None


class FirearmNumberOut(Schema):
    """The number of what was made."""

    number: str


class FirearmQuery(Schema):
    """Whose guns."""

    seizure: Number


def _firearm_out(read: FirearmRead) -> FirearmOut:
    plain = {name: getattr(read, name) for name in FirearmOut.model_fields if name not in {"level", "liaison"}}
    liaison = FirearmLiaisonOut.from_orm(read.liaison) if read.liaison else None
    return FirearmOut(level=LEVEL_NAMES[read.level], liaison=liaison, **plain)


def _values_of(body: FirearmBody) -> FirearmValues:
    return FirearmValues(**{name: getattr(body, name) for name in FirearmBody.model_fields})


@router.get("", response=list[FirearmOut], url_name="firearm_list", summary="Guns of a seizure")
def list_firearms(request: HttpRequest, query: Query[FirearmQuery]) -> list[FirearmOut]:
    """Return the described guns of a seizure that the caller sees in full."""
    return [_firearm_out(each) for each in firearm_list(principal_of(request), seizure=query.seizure)]


@router.post("", response={201: FirearmNumberOut}, url_name="firearm_list", summary="Describe a gun")
def describe_firearm(request: HttpRequest, body: NewFirearmBody) -> Status[FirearmNumberOut]:
    """Describe a gun taken in a seizure of the caller's agency."""
    number = firearm_describe(principal_of(request), seizure=body.seizure, values=_values_of(body))
    return Status(201, FirearmNumberOut(number=number))


@router.get("/{number}", response=FirearmOut, url_name="firearm", summary="Open a gun")
def show_firearm(request: HttpRequest, number: str) -> FirearmOut:
    """Return one gun at the caller's level; the look is on record."""
    return _firearm_out(firearm_get(principal_of(request), number=number))


@router.put("/{number}", response={204: None}, url_name="firearm", summary="Correct a gun")
def correct_firearm(request: HttpRequest, number: str, body: FirearmBody) -> Status[None]:
    """Correct the description of a gun of the caller's agency."""
    firearm_correct(principal_of(request), number=number, values=_values_of(body))
    return Status(204, None)
