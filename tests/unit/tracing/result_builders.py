"""A result as its requester reads it, and one reader's copy of it."""

from dataclasses import replace
from datetime import date

from cotrace.firearms.rules.serials import SerialCondition
from cotrace.tracing.exports.result_facts import ReaderCopy
from cotrace.tracing.reads.results import OutcomeRead, TraceResult
from cotrace.tracing.reads.tables import outcome_table
from cotrace.tracing.rules.answers import Address, AnswerKind, IdentityDocument, LicenseeRef, Purchaser
from cotrace.tracing.rules.chain import ChainStep, Finding
from cotrace.tracing.rules.time_to_crime import time_to_crime
from cotrace.tracing.rules.trace_view import KnownLicensee
from tests.unit.tracing.builders import (
    DEALER,
    GUN,
    MAKER,
    NOON,
    RECOVERED_ON,
    SHIPPED_ON,
    SOLD_ON,
    WHOLESALER,
    complete_request,
)

REQUEST_NUMBER = "TR-MX1-4F7K-9Q2M-XT3C"
TRACE_NUMBER = "TC-US1-7Q2M-4F7K-9XT3"

BUYER = Purchaser(
    family_names="Núñez Lund",
    given_names="Avery",
    birth_date=date(1988, 5, 17),
    address=Address(street="12 Lindero Rd", city="El Paso", state="TX", postal_code="79901", country="US"),
    document=IdentityDocument(type_name="Driver licence", number="1234567", issuer="TX"),
)


def ref(licensee: KnownLicensee) -> LicenseeRef:
    """A licensee as a chain names it."""
    return LicenseeRef(number=licensee.number, name=licensee.name)


def outcome(code: str) -> OutcomeRead:
    """An outcome of the shipped table."""
    row = outcome_table()[code]
    return OutcomeRead(
        code=row.code,
        label_en=row.label_en,
        label_es=row.label_es,
        last_point=row.last_point,
        unblock_en=row.unblock_en,
        unblock_es=row.unblock_es,
    )


CHAIN = (
    ChainStep(
        number=1,
        licensee=ref(MAKER),
        role=MAKER.role,
        answer_kind=AnswerKind.SHIPPED_TO,
        left_on=SHIPPED_ON,
        invoice="INV-7",
    ),
    ChainStep(
        number=2,
        licensee=ref(WHOLESALER),
        role=WHOLESALER.role,
        answer_kind=AnswerKind.SHIPPED_TO,
        left_on=date(2023, 2, 10),
        findings=(Finding.SUPPLIER_DIFFERS, Finding.CALIBRE_DIFFERS),
    ),
    ChainStep(
        number=3,
        licensee=ref(DEALER),
        role=DEALER.role,
        answer_kind=AnswerKind.SOLD_TO_PURCHASER,
        left_on=SOLD_ON,
    ),
)


def result(**changes: object) -> TraceResult:
    """The result of the trace of the gun of these tests: a purchaser, and two disagreements on the way."""
    request = complete_request()
    plain = TraceResult(
        trace_number=TRACE_NUMBER,
        request_number=REQUEST_NUMBER,
        request=request,
        centre="ATF",
        outcome=outcome("P1"),
        released_at=NOON,
        gun=request.gun,
        recovered_on=RECOVERED_ON,
        dealer=ref(DEALER),
        purchaser=BUYER,
        purchased_on=SOLD_ON,
        time_to_crime=time_to_crime(purchased_on=SOLD_ON, recovered_on=RECOVERED_ON),
        chain=CHAIN,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def failed_result(**changes: object) -> TraceResult:
    """A result without anything established: the serial was obliterated, nobody was asked."""
    request = complete_request(gun=replace(GUN, serial=None, serial_condition=SerialCondition.OBLITERATED))
    nothing = {
        "request": request,
        "gun": request.gun,
        "outcome": outcome("S1"),
        "dealer": None,
        "purchaser": None,
        "purchased_on": None,
        "time_to_crime": time_to_crime(purchased_on=None, recovered_on=RECOVERED_ON),
        "chain": (),
    }
    return result(**{**nothing, **changes})


def reader(language: str = "en", **changes: object) -> ReaderCopy:
    """The copy of a prosecutor of Sonora."""
    plain = ReaderCopy(
        language=language,
        person="Ana Ruiz",
        agency="FGE-SON",
        agency_name="Fiscalía General de Justicia de Sonora" if language == "es" else "Sonora Attorney General",
        country="MX",
        gun_type="Pistola semiautomática" if language == "es" else "Pistol, semi-automatic",
        at=NOON,
        is_demo=False,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]
