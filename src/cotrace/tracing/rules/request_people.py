"""The people a trace request names: whoever had the gun, whoever was linked to them, and who asks.

Decides which particulars of a person travel, and their longest forms. Measures carry their unit, because an inch
read as a centimetre is another person. Source: domain dossier section 2, items 3a-4g, 6a-6q and VII of ATF form
3312.1; items (recalled) there are optional here. Tests: tests/unit/tracing/test_request_document.py.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cotrace.foundation.rules.parts import code, day, line, part, parts, whole_number

COUNTRY = re.compile(r"[A-Z]{2}")
AGENCY_CODE = re.compile(r"[A-Z0-9]{5,12}")
NCIC_LETTER = re.compile(r"[A-Z]")
MOST_IDENTITIES = 2
MOST_ASSOCIATES = 10


class LengthUnit(StrEnum):
    """In what a person's height was measured."""

    CENTIMETRES = "cm"
    INCHES = "in"


class WeightUnit(StrEnum):
    """In what a person's weight was measured."""

    KILOGRAMS = "kg"
    POUNDS = "lb"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestingAgency:
    """Who asks, for which case. `case_number` is its own, `other_case_number` the joint or federal one.

    `organization_code` and `field_office` are for agents of the tracing centre's own agency (items 3a and 3f).
    """

    agency_code: str | None = line(12, form=AGENCY_CODE)
    organization_code: str | None = line(20)
    field_office: str | None = line(120)
    case_number: str | None = line(80)
    other_case_number: str | None = line(80)
    officer_name: str | None = line(120)
    badge_number: str | None = line(40)
    unit: str | None = line(120)
    phone: str | None = line(40)
    fax: str | None = line(40)
    email: str | None = line(200)
    mailing_address: str | None = line(300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitter:
    """The accredited agency that hands in another's request, and who of it did: both agencies are named."""

    agency: str = line(120, is_required=True)
    agency_code: str | None = line(12, form=AGENCY_CODE)
    officer_name: str | None = line(120)
    case_number: str | None = line(80)
    phone: str | None = line(40)
    email: str | None = line(200)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAddress:
    """Where a person lives. `neighbourhood` is a *colonia*, `municipality` a county in the United States."""

    street: str | None = line(200)
    exterior_number: str | None = line(20)
    interior_number: str | None = line(20)
    neighbourhood: str | None = line(120)
    city: str | None = line(120)
    municipality: str | None = line(120)
    state: str | None = line(120)
    postal_code: str | None = line(12)
    country: str | None = line(2, form=COUNTRY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A paper that says who a person is: its kind as written (INE, passport, driver's licence), number, issuer."""

    kind: str = line(60, is_required=True)
    number: str = line(60, is_required=True)
    issuer: str | None = line(120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Height:
    """A person's height in the unit it was measured in."""

    value: int = whole_number(least=10, most=260)
    unit: LengthUnit = code(LengthUnit, is_required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """A person's weight in the unit it was measured in."""

    value: int = whole_number(least=1, most=700)
    unit: WeightUnit = code(WeightUnit, is_required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A possessor or an associate. Both surnames go in `family_names`; `sex`, `race`, `ethnicity` are NCIC's letters."""

    family_names: str = line(is_required=True)
    given_names: str | None = line()
    birth_date: date | None = day()
    alias: str | None = line()
    alias_birth_date: date | None = day()
    sex: str | None = line(1, form=NCIC_LETTER)
    ethnicity: str | None = line(1, form=NCIC_LETTER)
    race: str | None = line(1, form=NCIC_LETTER)
    height: Height | None = part(Height)
    weight: Weight | None = part(Weight)
    birth_place: str | None = line(120)
    birth_country: str | None = line(2, form=COUNTRY)
    address: PersonAddress | None = part(PersonAddress)
    identities: tuple[Identity, ...] = parts(Identity, most=MOST_IDENTITIES)
