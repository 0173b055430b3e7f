"""The people, licensees and guns that the tracing tests speak of."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cotrace.tracing.rules.answers import (
    LicenseeRef,
    Purchaser,
    ShippedTo,
    SoldToPurchaser,
)
from cotrace.tracing.rules.gun import GunDescription, RecordedGun
from cotrace.tracing.rules.inquiry import Inquiry
from cotrace.tracing.rules.request_document import TraceRequestDocument
from cotrace.tracing.rules.request_people import RequestingAgency
from cotrace.tracing.rules.request_recovery import Recovery
from cotrace.tracing.rules.trace_view import KnownLicensee, Role, Step, TraceView

NOON = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)

GUN = GunDescription(
    serial="ABC-1234",
    make="Sierra Arms",
    model="S17",
    calibre="9MM",
    type_code="PI",
    country_of_origin="US",
)
ASKED = RecordedGun(serial="ABC-1234", make="Sierra Arms", model="S17", calibre="9MM", type_code="PI")

MAKER = KnownLicensee(number="1-59-000-07-9A-00001", name="Sierra Arms", role=Role.MAKER)
IMPORTER = KnownLicensee(number="1-59-000-08-9A-00005", name="Gulf Imports", role=Role.IMPORTER)
WHOLESALER = KnownLicensee(number="5-74-000-01-9A-00002", name="Plains Supply", role=Role.WHOLESALER)
OTHER_WHOLESALER = KnownLicensee(number="5-74-000-01-9A-00009", name="Mesa Supply", role=Role.WHOLESALER)
DEALER = KnownLicensee(number="5-74-141-01-9A-00003", name="Paso Guns", role=Role.DEALER)
KNOWN = (MAKER, IMPORTER, WHOLESALER, OTHER_WHOLESALER, DEALER)

BUYER = Purchaser(family_names="Ortega Lund", given_names="Avery", birth_date=date(1988, 5, 17))

MADE_ON = date(2023, 1, 10)
SHIPPED_ON = date(2023, 2, 1)
SOLD_ON = date(2023, 6, 15)
RECOVERED_ON = date(2024, 1, 20)


def shipped(to: KnownLicensee, on: date | None) -> ShippedTo:
    """The gun went on to a licensee."""
    return ShippedTo(licensee=LicenseeRef(number=to.number, name=to.name), shipped_on=on, invoice="INV-7")


def sold(on: date | None = SOLD_ON) -> SoldToPurchaser:
    """The gun was sold to the buyer of these tests."""
    return SoldToPurchaser(purchaser=BUYER, sold_on=on, form_reference="4473-88")


def view(*steps: Step, **changes: object) -> TraceView:
    """A trace of the gun of these tests, with these steps behind it."""
    plain = TraceView(gun=GUN, recovered_on=RECOVERED_ON, start=(MAKER,), known=KNOWN, steps=steps)
    return replace(plain, **changes)  # type: ignore[arg-type]


def inquiry(**changes: object) -> Inquiry:
    """An inquiry to the dealer about the gun of these tests."""
    plain = Inquiry(
        inquiry_id="inquiry-0123456789",
        licensee=DEALER.number,
        issued_at=NOON,
        expires_at=NOON + timedelta(days=2),
        call_back="+1 304 555 0100",
        gun=ASKED,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def complete_request(**changes: object) -> TraceRequestDocument:
    """A request that may leave the agency."""
    plain = TraceRequestDocument(
        gun=GUN,
        agency=RequestingAgency(agency_code="MXCHIH001", case_number="CI-2024/118"),
        recovery=Recovery(recovered_on=RECOVERED_ON, city="Ciudad Juárez", state="Chihuahua", country="MX"),
        crime_code="5212",
        is_criminal_investigation=True,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]
