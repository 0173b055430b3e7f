"""A request as it would be submitted for a described gun: filled from the gun and the seizure, and judged."""

from dataclasses import dataclass

from cotrace.firearms.reads import FirearmRead
from cotrace.firearms.rules.serials import ImporterMark, SerialCondition
from cotrace.firearms.selectors import firearm_get
from cotrace.foundation import clock
from cotrace.foundation.errors import FieldProblem, Invalid, NotFound
from cotrace.foundation.principal import Principal
from cotrace.foundation.rules.canonical import JsonObject, JsonValue, without_blanks
from cotrace.foundation.rules.strict import day_text
from cotrace.reference.selectors import MUNICIPIOS, code_label, country_of_state, states
from cotrace.seizures.reads import SeizureRead
from cotrace.seizures.selectors import seizure_get
from cotrace.sharing.rules.levels import Level
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.requests import RequestDraft
from cotrace.tracing.rules.completeness import request_problems
from cotrace.tracing.rules.gun import GunDescription
from cotrace.tracing.rules.possible_values import value_problems
from cotrace.tracing.rules.request_document import (
    REQUEST_FORMAT,
    REQUEST_VERSION,
    TraceRequestDocument,
    parse_request,
    request_to_json,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A gun of one's agency and its seizure, as read once; what reading them puts on record is put there once."""

    gun: FirearmRead
    seizure: SeizureRead


def gun_described(principal: Principal, *, firearm: str) -> Described:
    """Return what a request for a described gun is filled from.

    Raises NotFound where gun or seizure are not one's own to see in full.
    """
    principal.require(TracePermission.SUBMIT)
    gun = firearm_get(principal, number=firearm)
    if gun.owner != principal.agency or gun.level < Level.FULL:
        raise NotFound
    return Described(gun=gun, seizure=seizure_get(principal, number=gun.seizure or ""))


def request_draft(principal: Principal, *, firearm: str, details: JsonObject) -> RequestDraft:
    """Return the request for a described gun of the principal's agency, and what keeps it from leaving.

    Raises as `gun_described` and `draft_of` do.
    """
    return draft_of(principal, described=gun_described(principal, firearm=firearm), details=details)


def draft_of(principal: Principal, *, described: Described, details: JsonObject) -> RequestDraft:
    """Return the request that details make of what is described, and what keeps it from leaving.

    `details` is a request document without its gun and its seizure's number, which are the described ones: a request
    is seen by whoever sees that seizure. What its recovery leaves out comes from the seizure.
    Raises Invalid for malformed details.
    """
    document = parse_request(_filled(principal, details, described.gun, described.seizure))
    today = clock.today()
    problems = (*request_problems(document, today=today), *value_problems(document, today=today))
    return RequestDraft(document=document, problems=problems)


def _filled(principal: Principal, details: JsonObject, gun: FirearmRead, seizure: SeizureRead) -> JsonObject:
    fixed = [
        FieldProblem(name, code)
        for name, code in (("gun", "gun_comes_from_its_description"), ("seizure_number", "seizure_comes_from_its_gun"))
        if name in details
    ]
    if fixed:
        raise Invalid("trace_request_malformed", fields=tuple(fixed))
    named = without_blanks({"officer_name": principal.name[:120] or None})
    return {
        "format": REQUEST_FORMAT,
        "version": REQUEST_VERSION,
        "seizure_number": seizure.number,
        "additional_markings": gun.markings or None,
        **details,
        "gun": request_to_json(TraceRequestDocument(gun=_gun(gun)))["gun"],
        "agency": _completed(details.get("agency"), named),
        "recovery": _completed(details.get("recovery"), _recovery(gun, seizure)),
    }


def _completed(given: JsonValue, known: JsonObject) -> JsonValue:
    """Return what was given, with what is known where it was left out."""
    if given is None:
        return known
    return {**known, **given} if isinstance(given, dict) else given


def _gun(gun: FirearmRead) -> GunDescription:
    return GunDescription(
        serial=gun.serial or None,
        serial_condition=SerialCondition(gun.serial_condition or SerialCondition.READ),
        make=gun.make or None,
        model=gun.model or None,
        calibre=gun.calibre or None,
        type_code=gun.type_code or None,
        country_of_origin=gun.country_of_origin or None,
        importer=gun.importer or None,
        importer_mark=ImporterMark(gun.importer_mark or ImporterMark.NOT_EXAMINED),
        is_privately_made=bool(gun.is_privately_made),
    )


def _recovery(gun: FirearmRead, seizure: SeizureRead) -> JsonObject:
    """Return place and date of the seizure, Mexican names in Spanish as INEGI writes them; its state says the country."""
    state = states().get(seizure.state_code or "")
    return without_blanks(
        {
            "date": day_text(seizure.occurred_on),
            "city": code_label(MUNICIPIOS, code=seizure.municipio_code, language="es") or None,
            "state": state.label("es" if state.code.isdecimal() else "en") if state else seizure.state_code or None,
            "country": country_of_state(seizure.state_code or "") or None,
            "address": (seizure.place or "")[:300] or None,
            "exhibit_number": gun.exhibit_number or None,
        }
    )
