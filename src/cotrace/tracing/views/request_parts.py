"""The parts of a request as facts: what was said, under its label; what was left out is not listed."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cotrace.doors.furniture import Shown
from cotrace.doors.templatetags.telephone import telephone
from cotrace.reference.selectors import code_label
from cotrace.tracing.reads.request_labels import KNOWN, PARTS
from cotrace.tracing.rules.request_document import TraceRequestDocument
from cotrace.tracing.rules.request_people import (
    Height,
    Identity,
    LengthUnit,
    Person,
    PersonAddress,
    Weight,
    WeightUnit,
)
from cotrace.tracing.rules.request_recovery import Known
from cotrace.tracing.views.words import Fact, country, language

CODE_TABLES = {"sex": "ncic_sex", "race": "ncic_race"}
TELEPHONES = {"submitter.phone"}


def part_facts(part: str, value: object | None) -> list[Fact]:
    """Return what a part of the document says, in its order."""
    if value is None:
        return []
    said = ((f"{part}.{each.name}", getattr(value, each.name)) for each in fields(value))  # type: ignore[arg-type]
    return [(PARTS[place], _shown(place, held)) for place, held in said if place in PARTS and held]


def person_facts(person: Person) -> list[Fact]:
    """Return a person's particulars besides the name."""
    return [(PARTS[f"person.{name}"], shown) for name, shown in _particulars(person) if shown]


def possessor_facts(document: TraceRequestDocument) -> list[Fact]:
    """Return the particulars of whoever had the gun, besides the name."""
    return person_facts(document.possessor) if document.possessor else []


def person_name(person: Person) -> str:
    """Return a person's name as it is written: given names first."""
    return " ".join(each for each in (person.given_names, person.family_names) if each)


def request_parts(document: TraceRequestDocument) -> list[tuple[str, str, list[Fact]]]:
    """Return the parts that a request need not have, in groups (id, title, facts), those alone that say something."""
    groups = [
        ("custody", _("Where the gun is"), part_facts("custody", document.custody)),
        ("restoration", _("The restored number"), part_facts("restoration", document.restoration)),
        ("circumstances", _("What else is known"), part_facts("circumstances", document.circumstances)),
        ("submitter", _("Who handed the request in"), part_facts("submitter", document.submitter)),
        ("associates", _("Linked persons"), list(_associates(document.associates))),
    ]
    return [group for group in groups if group[2]]


def _associates(people: Iterable[Person]) -> Iterator[Fact]:
    for person in people:
        yield pgettext("a person linked to the possessor", "Person"), person_name(person)
        yield from person_facts(person)


def _shown(place: str, held: object) -> Shown:
    if isinstance(held, Known):
        return str(KNOWN[held])
    if place in TELEPHONES:
        return telephone(str(held))
    return held if isinstance(held, date) else str(held)


def _particulars(person: Person) -> Iterator[tuple[str, Shown]]:
    yield "birth_date", person.birth_date
    yield "alias", person.alias
    yield "alias_birth_date", person.alias_birth_date
    yield "sex", code_label(CODE_TABLES["sex"], code=person.sex, language=language())
    yield "ethnicity", person.ethnicity
    yield "race", code_label(CODE_TABLES["race"], code=person.race, language=language())
    yield "height", _height(person.height)
    yield "weight", _weight(person.weight)
    yield "birth_place", person.birth_place
    yield "birth_country", country(person.birth_country)
    yield "address", _address(person.address)
    yield "identities", "; ".join(map(_identity, person.identities))


def _height(height: Height | None) -> str:
    if height is None:
        return ""
    said = {"value": height.value}
    return _("%(value)s in") % said if height.unit is LengthUnit.INCHES else _("%(value)s cm") % said


def _weight(weight: Weight | None) -> str:
    if weight is None:
        return ""
    said = {"value": weight.value}
    return _("%(value)s lb") % said if weight.unit is WeightUnit.POUNDS else _("%(value)s kg") % said


def _address(address: PersonAddress | None) -> str:
    if address is None:
        return ""
    street = " ".join(each for each in (address.street, address.exterior_number, address.interior_number) if each)
    town = (address.neighbourhood, address.postal_code, address.city, address.municipality, address.state)
    return ", ".join(each for each in (street, *town, country(address.country)) if each)


def _identity(identity: Identity) -> str:
    said = f"{identity.kind} {identity.number}"
    return f"{said} ({identity.issuer})" if identity.issuer else said
