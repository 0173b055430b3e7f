"""The trace request as a document: what API, terminal and signed files all take in.

Decides the document's shape, strictly: unknown fields, ambiguous dates and control characters are
refused with their place. Whether it is *complete* is another question: completeness.py.
Source: domain dossier section 2 (ATF form 3312.1), docs/exchange-format.md section 6.
Tests: tests/unit/tracing/test_request_document.py, tests/property/tracing/test_request_document_properties.py.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from cotrace.firearms.rules.serials import ImporterMark, SerialCondition
from cotrace.foundation.rules.canonical import JsonObject, JsonValue, without_blanks
from cotrace.foundation.rules.strict import Fields, day_text
from cotrace.tracing.rules.gun import GunDescription

REQUEST_FORMAT = "cotrace-trace-request"
REQUEST_VERSION = 1

_COUNTRY = re.compile(r"[A-Z]{2}")
_GUN_TYPE = re.compile(r"[A-Z]{1,2}")
_CRIME_CODE = re.compile(r"[0-9]{4}")
_AGENCY_CODE = re.compile(r"[A-Z0-9]{5,12}")


class Priority(StrEnum):
    """How soon the centre is asked to work on a request."""

    ROUTINE = "routine"
    URGENT = "urgent"


class StolenCheckResult(StrEnum):
    """What a check against stolen-gun files said."""

    NO_RECORD = "no_record"
    STOLEN = "stolen"
    NOT_RUN = "not_run"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestingAgency:
    """Who asks, for which case. `case_number` is its own, `other_case_number` the joint or federal one."""

    agency_code: str | None = None
    case_number: str | None = None
    other_case_number: str | None = None
    officer_name: str | None = None
    unit: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """Where and when the gun was recovered."""

    recovered_on: date | None = None
    city: str | None = None
    state: str | None = None
    country: str | None = None
    address: str | None = None
    exhibit_number: str | None = None
    remarks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Possessor:
    """From whom the gun was taken. Both surnames go in `family_names`."""

    family_names: str
    given_names: str | None = None
    birth_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StolenCheck:
    """The check against stolen-gun files: where, what it said, or why it was not run."""

    result: StolenCheckResult
    system: str | None = None
    not_run_because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRequestDocument:
    """One recovery of one gun, and the question where it came from."""

    gun: GunDescription
    agency: RequestingAgency = field(default_factory=RequestingAgency)
    recovery: Recovery = field(default_factory=Recovery)
    priority: Priority = Priority.ROUTINE
    justification: str | None = None
    special_instructions: str | None = None
    crime_code: str | None = None
    project_code: str | None = None
    additional_markings: str | None = None
    possessor: Possessor | None = None
    stolen_check: StolenCheck | None = None
    is_criminal_investigation: bool = False
    seizure_number: str | None = None


def parse_request(value: JsonValue) -> TraceRequestDocument:
    """Read a trace request document. Raises: Invalid trace_request_malformed, with every field's problem."""
    top = Fields.of(value)
    top.constant("format", REQUEST_FORMAT)
    top.number("version", least=REQUEST_VERSION, most=REQUEST_VERSION)
    document = TraceRequestDocument(
        gun=_parse_gun(top.child("gun")),
        agency=_parse_agency(top.child_or_none("agency")),
        recovery=_parse_recovery(top.child_or_none("recovery")),
        priority=top.code("priority", Priority, default=Priority.ROUTINE),
        justification=top.prose_or_none("justification"),
        special_instructions=top.prose_or_none("special_instructions"),
        crime_code=top.text_or_none("crime_code", form=_CRIME_CODE),
        project_code=top.text_or_none("project_code", longest=60),
        additional_markings=top.prose_or_none("additional_markings", longest=1000),
        possessor=_parse_possessor(top.child_or_none("possessor")),
        stolen_check=_parse_stolen_check(top.child_or_none("stolen_check")),
        is_criminal_investigation=top.flag("is_criminal_investigation"),
        seizure_number=top.text_or_none("seizure_number", longest=60),
    )
    top.finish("trace_request_malformed")
    return document


def request_to_json(document: TraceRequestDocument) -> JsonObject:
    """Write a trace request as a document; reading it back gives an equal one."""
    possessor, check = document.possessor, document.stolen_check
    return without_blanks(
        {
            "format": REQUEST_FORMAT,
            "version": REQUEST_VERSION,
            "gun": _gun_to_json(document.gun),
            "agency": _agency_to_json(document.agency),
            "recovery": _recovery_to_json(document.recovery),
            "priority": document.priority.value,
            "justification": document.justification,
            "special_instructions": document.special_instructions,
            "crime_code": document.crime_code,
            "project_code": document.project_code,
            "additional_markings": document.additional_markings,
            "possessor": None if possessor is None else _possessor_to_json(possessor),
            "stolen_check": None if check is None else _stolen_check_to_json(check),
            "is_criminal_investigation": document.is_criminal_investigation,
            "seizure_number": document.seizure_number,
        }
    )


def _parse_gun(fields: Fields) -> GunDescription:
    gun = GunDescription(
        serial=fields.text_or_none("serial", longest=60),
        serial_condition=fields.code("serial_condition", SerialCondition, default=SerialCondition.READ),
        make=fields.text_or_none("make", longest=100),
        model=fields.text_or_none("model", longest=100),
        calibre=fields.text_or_none("calibre", longest=60),
        type_code=fields.text_or_none("type", form=_GUN_TYPE),
        country_of_origin=fields.text_or_none("country_of_origin", form=_COUNTRY),
        importer=fields.text_or_none("importer", longest=100),
        importer_mark=fields.code("importer_mark", ImporterMark, default=ImporterMark.NOT_EXAMINED),
        is_privately_made=fields.flag("is_privately_made"),
    )
    fields.close()
    return gun


def _gun_to_json(gun: GunDescription) -> JsonObject:
    return without_blanks(
        {
            "serial": gun.serial,
            "serial_condition": gun.serial_condition.value,
            "make": gun.make,
            "model": gun.model,
            "calibre": gun.calibre,
            "type": gun.type_code,
            "country_of_origin": gun.country_of_origin,
            "importer": gun.importer,
            "importer_mark": gun.importer_mark.value,
            "is_privately_made": gun.is_privately_made,
        }
    )


def _parse_agency(fields: Fields | None) -> RequestingAgency:
    if fields is None:
        return RequestingAgency()
    agency = RequestingAgency(
        agency_code=fields.text_or_none("agency_code", form=_AGENCY_CODE),
        case_number=fields.text_or_none("case_number", longest=80),
        other_case_number=fields.text_or_none("other_case_number", longest=80),
        officer_name=fields.text_or_none("officer_name", longest=120),
        unit=fields.text_or_none("unit", longest=120),
        phone=fields.text_or_none("phone", longest=40),
        email=fields.text_or_none("email", longest=200),
    )
    fields.close()
    return agency


def _agency_to_json(agency: RequestingAgency) -> JsonObject:
    return without_blanks(
        {
            "agency_code": agency.agency_code,
            "case_number": agency.case_number,
            "other_case_number": agency.other_case_number,
            "officer_name": agency.officer_name,
            "unit": agency.unit,
            "phone": agency.phone,
            "email": agency.email,
        }
    )


def _parse_recovery(fields: Fields | None) -> Recovery:
    if fields is None:
        return Recovery()
    recovery = Recovery(
        recovered_on=fields.day_or_none("date"),
        city=fields.text_or_none("city", longest=120),
        state=fields.text_or_none("state", longest=120),
        country=fields.text_or_none("country", form=_COUNTRY),
        address=fields.text_or_none("address", longest=300),
        exhibit_number=fields.text_or_none("exhibit_number", longest=80),
        remarks=fields.prose_or_none("remarks"),
    )
    fields.close()
    return recovery


def _recovery_to_json(recovery: Recovery) -> JsonObject:
    return without_blanks(
        {
            "date": day_text(recovery.recovered_on),
            "city": recovery.city,
            "state": recovery.state,
            "country": recovery.country,
            "address": recovery.address,
            "exhibit_number": recovery.exhibit_number,
            "remarks": recovery.remarks,
        }
    )


def _parse_possessor(fields: Fields | None) -> Possessor | None:
    if fields is None:
        return None
    possessor = Possessor(
        family_names=fields.text("family_names"),
        given_names=fields.text_or_none("given_names"),
        birth_date=fields.day_or_none("birth_date"),
    )
    fields.close()
    return possessor


def _possessor_to_json(possessor: Possessor) -> JsonObject:
    return without_blanks(
        {
            "family_names": possessor.family_names,
            "given_names": possessor.given_names,
            "birth_date": day_text(possessor.birth_date),
        }
    )


def _parse_stolen_check(fields: Fields | None) -> StolenCheck | None:
    if fields is None:
        return None
    check = StolenCheck(
        result=fields.code("result", StolenCheckResult),
        system=fields.text_or_none("system", longest=60),
        not_run_because=fields.text_or_none("not_run_because", longest=300),
    )
    fields.close()
    return check


def _stolen_check_to_json(check: StolenCheck) -> JsonObject:
    return without_blanks(
        {
            "result": check.result.value,
            "system": check.system,
            "not_run_because": check.not_run_because,
        }
    )
