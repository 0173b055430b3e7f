"""What a licensee can answer when it is asked for one gun.

Decides the closed list of answers: electronic, by telephone or on a web form, they all take one of
these shapes. Source: domain dossier 1.2 and 3.3; docs/connector-protocol.md section 5.
Tests: tests/unit/tracing/test_connector_documents.py.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from cotrace.tracing.rules.gun import RecordedGun


class AnswerKind(StrEnum):
    """The kinds of answer; the value is what travels."""

    SHIPPED_TO = "shipped_to"
    SOLD_TO_PURCHASER = "sold_to_purchaser"
    NOT_IN_RECORDS = "not_in_records"
    SEVERAL_GUNS = "several_guns"
    STOLEN_OR_LOST = "stolen_or_lost"
    EXPORTED = "exported"
    SOLD_TO_AGENCY = "sold_to_agency"
    RECORD_INCOMPLETE = "record_incomplete"
    PENDING = "pending"


class NotFoundReason(StrEnum):
    """Why the records hold no such gun."""

    NOT_FOUND = "not_found"
    BEFORE_RECORDS = "before_records"
    RETENTION_PASSED = "retention_passed"


class LossPlace(StrEnum):
    """Where a gun was when it was stolen or lost."""

    INVENTORY = "inventory"
    SHIPMENT = "shipment"


class AgencyKind(StrEnum):
    """What kind of public body bought a gun."""

    LAW_ENFORCEMENT = "law_enforcement"
    MILITARY = "military"
    FOREIGN_GOVERNMENT = "foreign_government"


class GapReason(StrEnum):
    """Why a record that exists does not say where the gun went."""

    DISPOSITION_MISSING = "disposition_missing"
    ILLEGIBLE = "illegible"
    DESTROYED = "destroyed"
    IN_STOCK = "in_stock"


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseeRef:
    """A licensee as another licensee's records name it."""

    number: str
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address as written on the record."""

    street: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityDocument:
    """The document a purchaser showed."""

    type_name: str
    number: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchaser:
    """The person named on the dealer's record. `family_names` holds both surnames where there are two."""

    family_names: str
    given_names: str | None = None
    birth_date: date | None = None
    address: Address | None = None
    document: IdentityDocument | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquisition:
    """How the answering licensee got the gun, by its own book."""

    acquired_on: date | None = None
    supplier: LicenseeRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedTo:
    """The gun went to another licensee."""

    licensee: LicenseeRef
    shipped_on: date | None = None
    invoice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldToPurchaser:
    """The gun was sold to a person without licence."""

    purchaser: Purchaser
    sold_on: date | None = None
    form_reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotInRecords:
    """No gun of this description; `same_serial` are other guns in the book that carry the serial."""

    reason: NotFoundReason = NotFoundReason.NOT_FOUND
    same_serial: tuple[RecordedGun, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveralGuns:
    """More than one gun fits the description."""

    candidates: tuple[RecordedGun, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StolenOrLost:
    """The licensee reported the gun stolen or lost."""

    place: LossPlace
    discovered_on: date | None = None
    report_reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The gun left the country lawfully. `country` is an ISO 3166 code."""

    country: str
    exported_on: date | None = None
    consignee: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldToAgency:
    """The gun went to a public body."""

    agency_kind: AgencyKind
    agency_name: str
    sold_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordIncomplete:
    """The gun is in the book, where it went is not."""

    reason: GapReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """No answer yet: ask again with the same inquiry after `retry_after_s` seconds."""

    retry_after_s: int


Answer: TypeAlias = (
    ShippedTo
    | SoldToPurchaser
    | NotInRecords
    | SeveralGuns
    | StolenOrLost
    | Exported
    | SoldToAgency
    | RecordIncomplete
    | Pending
)

KINDS: dict[type[Answer], AnswerKind] = {
    ShippedTo: AnswerKind.SHIPPED_TO,
    SoldToPurchaser: AnswerKind.SOLD_TO_PURCHASER,
    NotInRecords: AnswerKind.NOT_IN_RECORDS,
    SeveralGuns: AnswerKind.SEVERAL_GUNS,
    StolenOrLost: AnswerKind.STOLEN_OR_LOST,
    Exported: AnswerKind.EXPORTED,
    SoldToAgency: AnswerKind.SOLD_TO_AGENCY,
    RecordIncomplete: AnswerKind.RECORD_INCOMPLETE,
    Pending: AnswerKind.PENDING,
}


def kind_of(answer: Answer) -> AnswerKind:
    """Name the kind of an answer."""
    return KINDS[type(answer)]


def event_date(answer: Answer) -> date | None:
    """Say on which day the gun left, by this answer; None when it does not say or the gun did not leave."""
    match answer:
        case ShippedTo(shipped_on=day) | SoldToPurchaser(sold_on=day) | SoldToAgency(sold_on=day):
            return day
        case Exported(exported_on=day) | StolenOrLost(discovered_on=day):
            return day
        case _:
            return None
