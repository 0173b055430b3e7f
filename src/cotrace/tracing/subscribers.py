"""What this room does when something is announced: carry documents, ask licensees, tell people.

The courier for a centre in this installation hands over the same documents that the exchange of files
hands to a centre elsewhere, through the same services.
"""

from cotrace.agencies.selectors.holders import members_with
from cotrace.foundation import clock
from cotrace.foundation.errors import Refused
from cotrace.foundation.events import subscribe
from cotrace.foundation.principal import Door, installation_principal, worker_principal
from cotrace.notices.reads import NoticeDraft
from cotrace.notices.services import notice_send
from cotrace.tracing.events import (
    InquiryDue,
    ResultReceived,
    ResultReleased,
    TraceOpened,
    TraceSubmitted,
    TraceWaits,
)
from cotrace.tracing.exports.home_keys import CENTRE, home_signer
from cotrace.tracing.imports.connector import ask
from cotrace.tracing.imports.connector_failed import ConnectorFailed
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.messages import FailedTry, GivenAnswer, Receipt
from cotrace.tracing.rules.connector_register import ConnectorLimits
from cotrace.tracing.selectors.walk_view import connector_call, submitter_of, taker_of, trace_receipt
from cotrace.tracing.services.receiving import trace_receive
from cotrace.tracing.services.release import result_message
from cotrace.tracing.services.requests import receipt_take, request_message, result_take
from cotrace.tracing.services.walk import (
    inquiries_wake,
    inquiry_answered,
    inquiry_expired,
    inquiry_failed,
)

LIMITS = ConnectorLimits()


@subscribe(TraceSubmitted, name="tracing.deliver_request")
def deliver_request(event: TraceSubmitted) -> None:
    """Hand a request to the centre, where the centre works here."""
    if event.installation:
        return
    message = request_message(worker_principal(event.owner), number=event.request)
    trace_receive(worker_principal(event.centre), message=message)


@subscribe(TraceOpened, name="tracing.deliver_receipt")
def deliver_receipt(event: TraceOpened) -> None:
    """Tell the agency here that asked that the centre has its request."""
    if event.installation:
        return
    receipt: Receipt = trace_receipt(worker_principal(event.owner), number=event.trace)
    receipt_take(worker_principal(event.requester), receipt=receipt)


def put_inquiry(event: InquiryDue) -> GivenAnswer | FailedTry | str | None:
    """Put an inquiry to its connector, outside any transaction; safe to repeat: the connector repeats itself.

    None where there is nothing to put any more; the inquiry's own id where its life is over.
    """
    principal = worker_principal(event.owner)
    call = connector_call(principal, inquiry=event.inquiry, attempt=event.attempt)
    if call is None:
        return None
    try:
        signed = ask(
            call.connector, call.inquiry, signer=home_signer(CENTRE), limits=LIMITS, now=clock.now()
        )
    except ConnectorFailed as failed:
        reason = str(failed.params.get("reason", ""))
        return FailedTry(failure=failed.failure, told_s=failed.retry_after_s, reason=reason[:40])
    except Refused:
        return event.inquiry
    return GivenAnswer(found=signed.answer, body=signed.body.decode("utf-8"), signature=signed.signature)


@subscribe(InquiryDue, name="tracing.ask_licensee", prepare=put_inquiry)
def take_answer(event: InquiryDue, came: GivenAnswer | FailedTry | str | None) -> None:
    """Take what a connector answered, or that it did not, and go on with the walk."""
    principal = worker_principal(event.owner)
    match came:
        case GivenAnswer():
            inquiry_answered(principal, inquiry=event.inquiry, given=came)
        case FailedTry():
            inquiry_failed(principal, inquiry=event.inquiry, failed=came)
        case str():
            inquiry_expired(principal, inquiry=event.inquiry)


@subscribe(ResultReleased, name="tracing.deliver_result")
def deliver_result(event: ResultReleased) -> None:
    """Hand a released result to the agency that asked, where it is one of this installation."""
    if event.installation:
        return
    message = result_message(worker_principal(event.owner), message=event.message)
    result_take(worker_principal(event.requester), message=message)


@subscribe(ResultReceived, name="tracing.tell_submitter")
def tell_submitter(event: ResultReceived) -> None:
    """Tell the person who submitted the request that its result is there."""
    principal = worker_principal(event.owner)
    draft = NoticeDraft(
        cause=f"trace.result:{event.request}",
        code="notice_trace_result",
        subject=event.request,
        page="tracing:request",
    )
    submitter = submitter_of(principal, number=event.request)
    notice_send(principal, recipients=[(submitter, event.owner)], draft=draft)


@subscribe(TraceWaits, name="tracing.tell_tracers")
def tell_tracers(event: TraceWaits) -> None:
    """Tell the tracer who has the trace that it waits; all tracers of the centre where nobody has it."""
    principal = worker_principal(event.owner)
    draft = NoticeDraft(
        cause=f"trace.waits:{event.trace}:{event.version}",
        code="notice_trace_waits",
        subject=event.trace,
        page="tracing:trace",
    )
    taker = taker_of(principal, number=event.trace)
    tracers = [taker] if taker else members_with(TracePermission.WORK, agency=event.owner)
    notice_send(principal, recipients=[(each, event.owner) for each in tracers], draft=draft)


def wake_inquiries() -> int:
    """The worker's duty: put inquiries again whose time has come, give up those not answered in time."""
    return inquiries_wake(installation_principal(Door.WORKER))
