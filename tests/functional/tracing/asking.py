"""An agency that asks: a described gun of its seizure, the form of a request filled in, and results that come back."""

from dataclasses import replace
from datetime import UTC, date, datetime

from django.http import HttpResponse

from cotrace.firearms.rules.description import FirearmValues
from cotrace.firearms.services import firearm_describe
from cotrace.foundation.principal import worker_principal
from cotrace.tracing.reads.messages import ResultMessage
from cotrace.tracing.rules.answers import AnswerKind, LicenseeRef
from cotrace.tracing.rules.chain import ChainStep, Finding
from cotrace.tracing.rules.result_document import TraceResultDocument
from cotrace.tracing.rules.trace_view import Role
from cotrace.tracing.services.requests import result_take, trace_submit_firearm
from tests.support.noninterference import SECRETS
from tests.support.pages import seizure_exists
from tests.support.world import agent
from tests.unit.tracing.builders import ASKED, BUYER, DEALER, MAKER, SOLD_ON, WHOLESALER

FORM = {
    "agency_case_number": "FED/SON/118",
    "crime_code": "5212",
    "is_criminal_investigation": "on",
    "priority": "routine",
    "agency_officer_name": "Ana Ruiz",
    "agency_phone": "+52 662 555 0101",
    "possessor_family_names": "Ríos Vega",
    "possessor_given_names": "Luis",
    "stolen_check_result": "no_record",
    "stolen_check_system": "NCIC",
    "centre": "ATF",
}
DETAILS = {"agency": {"case_number": "FED/SON/118"}, "crime_code": "5212", "is_criminal_investigation": True}


def gun_exists(agency: str = "FGE-SON", *, seizure: str = "", **changes: object) -> str:
    """Describe a gun taken near Nogales on 20 January 2024; return its number."""
    values = FirearmValues(
        type_code="PI",
        make="Sierra Arms",
        model="S17",
        calibre="9MM",
        country_of_origin="US",
        serial="ABC-1234",
        exhibit_number="7",
    )
    within = seizure or seizure_exists(agency, occurred_on=date(2024, 1, 20))
    return firearm_describe(agent(agency), seizure=within, values=replace(values, **changes))  # type: ignore[arg-type]


def request_exists(agency: str = "FGE-SON", *, gun: str = "", name: str = "one", **details: object) -> str:
    """Submit a request for a gun of these tests; return its number."""
    asker = agent(agency, name=name)
    return trace_submit_firearm(asker, firearm=gun or gun_exists(agency), details={**DETAILS, **details})  # type: ignore[dict-item]


def link(number: int, role: Role, party: LicenseeRef, **changes: object) -> ChainStep:
    """A step of a chain, with changes."""
    step = ChainStep(number=number, role=role, licensee=party, answer_kind=AnswerKind.SHIPPED_TO)
    return replace(step, **changes)  # type: ignore[arg-type]


def chain(*findings: Finding) -> tuple[ChainStep, ...]:
    """Maker, wholesaler, dealer; the dealer's record carries the findings."""
    maker, wholesaler, dealer = (LicenseeRef(number=each.number, name=each.name) for each in (MAKER, WHOLESALER, DEALER))
    return (
        link(1, Role.MAKER, maker, left_on=date(2023, 2, 1), invoice="INV-7"),
        link(2, Role.WHOLESALER, wholesaler, left_on=date(2023, 2, 10)),
        link(3, Role.DEALER, dealer, left_on=SOLD_ON, answer_kind=AnswerKind.SOLD_TO_PURCHASER, findings=findings),
    )


def result(request: str, **changes: object) -> TraceResultDocument:
    """A result that reached the purchaser, with changes."""
    plain = TraceResultDocument(
        trace_number="TC-TEST-0000-0000-0001",
        request_number=request,
        outcome="P1",
        released_at=datetime(2026, 3, 1, 15, 0, tzinfo=UTC),
        gun=ASKED,
        recovered_on=date(2024, 1, 20),
        dealer=LicenseeRef(number=DEALER.number, name=DEALER.name),
        purchaser=BUYER,
        purchased_on=SOLD_ON,
        chain=chain(),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def failed(request: str, outcome: str, **changes: object) -> TraceResultDocument:
    """A result that did not reach a purchaser."""
    nothing: dict[str, object] = {"dealer": None, "purchaser": None, "purchased_on": None, "chain": ()}
    return result(request, **{"outcome": outcome, **nothing, **changes})


def result_comes(document: TraceResultDocument, *, agency: str = "FGE-SON") -> None:
    """Have the centre's result come to the agency that asked."""
    message = ResultMessage(
        message="m-result-1",
        in_reply_to="m-request-1",
        request=document.request_number,
        requester=agency,
        installation="",
        document=document,
    )
    result_take(worker_principal(agency), message=message)


def alike(response: HttpResponse, address: str) -> bytes:
    """Return a page without what differs from request to request: its token and the address asked for."""
    return SECRETS.sub(b"", response.content).replace(address.encode(), b"ADDRESS")
