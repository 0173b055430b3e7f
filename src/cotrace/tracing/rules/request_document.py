"""The trace request as a document: what API, terminal and signed files all take in.

Decides the document's shape, strictly: unknown fields, ambiguous dates and control characters are
refused with their place. Whether it is *complete* is another question: completeness.py.
Source: domain dossier section 2 (ATF form 3312.1), docs/exchange-format.md section 6.
Tests: tests/unit/tracing/test_request_document.py, tests/property/tracing/test_request_document_properties.py.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from cotrace.firearms.rules.serials import ImporterMark, SerialCondition
from cotrace.foundation.rules.canonical import JsonObject, JsonValue, without_blanks
from cotrace.foundation.rules.parts import read_part, write_part
from cotrace.foundation.rules.strict import Fields
from cotrace.tracing.rules.gun import GunDescription
from cotrace.tracing.rules.request_people import COUNTRY, MOST_ASSOCIATES, Person, RequestingAgency, Submitter
from cotrace.tracing.rules.request_recovery import Circumstances, Custody, Recovery, Restoration, StolenCheck

REQUEST_FORMAT = "cotrace-trace-request"
REQUEST_VERSION = 1

_GUN_TYPE = re.compile(r"[A-Z]{1,2}")
_CRIME_CODE = re.compile(r"[0-9]{4}")


class Priority(StrEnum):
    """How soon the centre is asked to work on a request."""

    ROUTINE = "routine"
    URGENT = "urgent"


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
    possessor: Person | None = None
    associates: tuple[Person, ...] = ()
    custody: Custody | None = None
    stolen_check: StolenCheck | None = None
    restoration: Restoration | None = None
    circumstances: Circumstances | None = None
    submitter: Submitter | None = None
    is_criminal_investigation: bool = False
    seizure_number: str | None = None


def parse_request(value: JsonValue) -> TraceRequestDocument:
    """Read a trace request document. Raises: Invalid trace_request_malformed, with every field's problem."""
    top = Fields.of(value)
    top.constant("format", REQUEST_FORMAT)
    top.number("version", least=REQUEST_VERSION, most=REQUEST_VERSION)
    document = TraceRequestDocument(
        gun=_parse_gun(top.child("gun")),
        agency=read_part(top.child_or_none("agency"), RequestingAgency) or RequestingAgency(),
        recovery=read_part(top.child_or_none("recovery"), Recovery) or Recovery(),
        priority=top.code("priority", Priority, default=Priority.ROUTINE),
        justification=top.prose_or_none("justification"),
        special_instructions=top.prose_or_none("special_instructions"),
        crime_code=top.text_or_none("crime_code", form=_CRIME_CODE),
        project_code=top.text_or_none("project_code", longest=60),
        additional_markings=top.prose_or_none("additional_markings", longest=1000),
        possessor=read_part(top.child_or_none("possessor"), Person),
        associates=_parse_associates(top),
        custody=read_part(top.child_or_none("custody"), Custody),
        stolen_check=read_part(top.child_or_none("stolen_check"), StolenCheck),
        restoration=read_part(top.child_or_none("restoration"), Restoration),
        circumstances=read_part(top.child_or_none("circumstances"), Circumstances),
        submitter=read_part(top.child_or_none("submitter"), Submitter),
        is_criminal_investigation=top.flag("is_criminal_investigation"),
        seizure_number=top.text_or_none("seizure_number", longest=60),
    )
    top.finish("trace_request_malformed")
    return document


def request_to_json(document: TraceRequestDocument) -> JsonObject:
    """Write a trace request as a document; reading it back gives an equal one."""
    return without_blanks(
        {
            "format": REQUEST_FORMAT,
            "version": REQUEST_VERSION,
            "gun": _gun_to_json(document.gun),
            "agency": write_part(document.agency),
            "recovery": write_part(document.recovery),
            "priority": document.priority.value,
            "justification": document.justification,
            "special_instructions": document.special_instructions,
            "crime_code": document.crime_code,
            "project_code": document.project_code,
            "additional_markings": document.additional_markings,
            "possessor": _written(document.possessor),
            "associates": [write_part(each) for each in document.associates] or None,
            "custody": _written(document.custody),
            "stolen_check": _written(document.stolen_check),
            "restoration": _written(document.restoration),
            "circumstances": _written(document.circumstances),
            "submitter": _written(document.submitter),
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
        country_of_origin=fields.text_or_none("country_of_origin", form=COUNTRY),
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


def _parse_associates(top: Fields) -> tuple[Person, ...]:
    read = (read_part(each, Person) for each in top.children("associates", most=MOST_ASSOCIATES))
    return tuple(each for each in read if each is not None)


def _written(part: object | None) -> JsonObject | None:
    return None if part is None else write_part(part)
