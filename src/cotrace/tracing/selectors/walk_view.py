"""From a trace's rows to the plain view that the rules decide on."""

from collections.abc import Mapping

from django.db.models import QuerySet

from cotrace.foundation.principal import Principal
from cotrace.tracing.models import Inquiry, LicenseeEntry, Trace, TraceRequest, TraceSource
from cotrace.tracing.reads.messages import ConnectorCall, Receipt
from cotrace.tracing.rules.answers import Purchaser, ShippedTo
from cotrace.tracing.rules.gun import GunDescription, licence_key
from cotrace.tracing.rules.inquiry import parse_inquiry
from cotrace.tracing.rules.recorded_answer import RecordedAnswer, recorded_from_json
from cotrace.tracing.rules.request_document import parse_request
from cotrace.tracing.rules.statuses import TraceStatus
from cotrace.tracing.rules.trace_view import (
    Acceptance,
    KnownLicensee,
    Role,
    Step,
    TraceView,
    WaitReason,
)
from cotrace.tracing.selectors.register import connector_of, licensees_known, licensees_named

SUPERSEDED = "superseded"
"""The state of an inquiry that was put because of an answer corrected since."""


def inquiries_that_count(number: str) -> QuerySet[Inquiry]:
    """Return the inquiries of a trace without those that an answer's correction made void."""
    return Inquiry.objects.filter(trace_id=number).exclude(state=SUPERSEDED)


def trace_view(
    principal: Principal, *, number: str, purchasers: Mapping[int, Purchaser] | None = None
) -> TraceView:
    """Return all that the walk may know of a trace of the principal's agency.

    `purchasers` by step fill the sales; without them, nobody is named.
    """
    row = Trace.objects.get(pk=number, owner=principal.agency)
    source = row.sources.order_by("pk").first()
    gun = parse_request(source.document).gun if source else GunDescription()
    steps = tuple(
        _step(each, purchasers or {}) for each in inquiries_that_count(row.pk).order_by("hop")
    )
    accepted = frozenset(
        Acceptance(reason=WaitReason(each.reason), step=each.step)
        for each in row.acceptances.filter(superseded_at=None)
    )
    start = start_candidates(principal, gun=gun, chosen=row.start)
    return TraceView(
        gun=gun,
        recovered_on=row.recovered_on,
        start=start,
        known=licensees_known(principal, numbers=_named(start, steps)),
        steps=steps,
        accepted=accepted,
        is_held=row.is_held,
    )


def start_candidates(
    principal: Principal, *, gun: GunDescription, chosen: str
) -> tuple[KnownLicensee, ...]:
    """Return whom the walk may begin with: the licensee a tracer chose, or those of the gun's names."""
    if chosen:
        return licensees_known(principal, numbers=[chosen])[:1]
    if gun.is_foreign or gun.importer:
        return licensees_named(principal, name=gun.importer or "", role=Role.IMPORTER)
    return licensees_named(principal, name=gun.make or "", role=Role.MAKER)


def connector_call(principal: Principal, *, inquiry: str, attempt: int) -> ConnectorCall | None:
    """Return the call that an inquiry's `attempt`th try makes; None where it is not to be made any more.

    Not made: it was answered or given up since, the trace was closed, another try is under way, or the
    licensee has no connector now, or a contact hold stands on the gun or on the licensee.
    """
    row = Inquiry.objects.select_related("trace").filter(pk=inquiry, trace__owner=principal.agency).first()
    if row is None or row.state != "open" or row.tries + 1 != attempt:
        return None
    if row.trace.status != TraceStatus.INQUIRING or is_contact_held(row):
        return None
    connector = connector_of(principal, number=row.licensee)
    if connector is None:
        return None
    return ConnectorCall(
        connector=connector, inquiry=parse_inquiry(row.body.encode("utf-8")), trace=row.trace_id
    )


def is_contact_held(inquiry: Inquiry) -> bool:
    """Say whether a hold forbids to contact the licensee of an inquiry: one on its trace, or on the licensee."""
    held = LicenseeEntry.objects.filter(
        owner=inquiry.trace.owner, number_key=licence_key(inquiry.licensee), is_held=True
    )
    return inquiry.trace.is_held or held.exists()


def recorded_answer(row_answer: object) -> RecordedAnswer | None:
    """Read the answer column of an inquiry."""
    return None if row_answer is None else recorded_from_json(row_answer)  # type: ignore[arg-type]


def _step(row: Inquiry, purchasers: Mapping[int, Purchaser]) -> Step:
    recorded = recorded_answer(row.answer)
    if recorded is not None and row.hop in purchasers:
        recorded = recorded.sold_to(purchasers[row.hop])
    return Step(
        number=row.hop,
        licensee=row.licensee,
        role=Role(row.role),
        shipment=parse_inquiry(row.body.encode("utf-8")).shipment,
        answer=recorded.answer if recorded else None,
        recorded_gun=recorded.gun if recorded else None,
        acquisition=recorded.acquisition if recorded else None,
        failure=row.failure if row.state == "failed" else None,
    )


def _named(start: tuple[KnownLicensee, ...], steps: tuple[Step, ...]) -> set[str]:
    """Return the licence numbers that the walk may come to speak of."""
    found = {each.number for each in start} | {step.licensee for step in steps}
    return found | {step.answer.licensee.number for step in steps if isinstance(step.answer, ShippedTo)}


def trace_receipt(principal: Principal, *, number: str) -> Receipt:
    """Return the receipt for the request that opened a trace of the principal's centre; for couriers."""
    source = TraceSource.objects.filter(trace_id=number, owner=principal.agency).order_by("pk")[0]
    return Receipt(request=source.request, centre_number=number, received_at=source.received_at)


def taker_of(principal: Principal, *, number: str) -> str:
    """Return the id of the member who took a trace of the principal's centre, empty for none; for notices."""
    return Trace.objects.values_list("taken_by", flat=True).get(pk=number, owner=principal.agency)


def submitter_of(principal: Principal, *, number: str) -> str:
    """Return the id of the member who submitted a request of the principal's agency; for notices."""
    return TraceRequest.objects.values_list("submitted_by", flat=True).get(pk=number, owner=principal.agency)
