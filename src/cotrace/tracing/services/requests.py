"""The asking agency's side: submit a request, take the centre's receipt, take the result."""

from dataclasses import replace

from django.db import IntegrityError, transaction

from cotrace.audit.services import record
from cotrace.foundation import clock
from cotrace.foundation.errors import Invalid, NotFound, Refused
from cotrace.foundation.events import publish
from cotrace.foundation.principal import Principal
from cotrace.foundation.rules.canonical import JsonObject, canonical_bytes
from cotrace.foundation.rules.signatures import digest
from cotrace.sharing.selectors.holdings import own_holding
from cotrace.sharing.services.holdings import Placing, holding_create, placing_following
from cotrace.tracing.events import ResultReceived, TraceSubmitted
from cotrace.tracing.holding import REQUEST_CATEGORY, REQUEST_KIND
from cotrace.tracing.models import RequestResult, TraceRequest, Transferee
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.messages import Receipt, RequestMessage, ResultMessage
from cotrace.tracing.reads.register import CentreRead
from cotrace.tracing.rules.completeness import request_problems
from cotrace.tracing.rules.message_ids import message_id
from cotrace.tracing.rules.parties import purchaser_to_json
from cotrace.tracing.rules.possible_values import value_problems
from cotrace.tracing.rules.request_document import TraceRequestDocument, parse_request, request_to_json
from cotrace.tracing.rules.result_document import result_to_json
from cotrace.tracing.rules.statuses import RequestAct, RequestStatus, after_request_act
from cotrace.tracing.selectors.drafts import request_draft
from cotrace.tracing.selectors.register import centre_named


def trace_submit(
    principal: Principal, *, document: TraceRequestDocument, centre: str = "", firearm: str = ""
) -> str:
    """Submit a request to a tracing centre, the default one where none is named; return its number.

    A request that names a seizure of one's own is seen by whoever sees that, now and after it was moved. Raises Invalid with what is
    missing, Refused for what the agency submitted before. Audit: trace.submitted. Event: TraceSubmitted.
    """
    principal.require(TracePermission.SUBMIT)
    today = clock.today()
    problems = (*request_problems(document, today=today), *value_problems(document, today=today))
    if problems:
        raise Invalid("trace_request_incomplete", fields=problems)
    chosen = centre_named(principal, agency=centre)
    seizure = _own_seizure(principal, document.seizure_number or "")
    with transaction.atomic():
        _require_new(principal, document, seizure=seizure, firearm=firearm)
        row = _new_request(principal, document, chosen, seizure)
        row.firearm = firearm
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise Refused("trace_submitted_already") from None
        record(principal, action="trace.submitted", subject=row.holding_id, detail={"centre": chosen.agency})
        publish(
            TraceSubmitted(
                request=row.holding_id,
                owner=principal.agency,
                centre=chosen.agency,
                installation=chosen.installation,
            )
        )
    return row.holding_id


def trace_submit_firearm(
    principal: Principal, *, firearm: str, details: JsonObject, centre: str = ""
) -> str:
    """Submit a request for a described gun; see `request_draft` for what `details` need not say.

    Raises NotFound, Invalid; Refused as `trace_submit` does, and where an emergency session alone shows the gun.
    """
    visible = own_holding(principal, number=firearm)
    draft = request_draft(principal, firearm=visible.id, details=details)
    return trace_submit(principal, document=draft.document, centre=centre, firearm=visible.id)


def request_message(principal: Principal, *, number: str) -> RequestMessage:
    """Return a request of the principal's agency as it travels. Raises NotFound.

    For couriers, which act for the owning agency and have their own permission.
    """
    row = TraceRequest.objects.filter(pk=number, owner=principal.agency).first()
    if row is None:
        raise NotFound
    return RequestMessage(
        message=message_id(row.holding_id, sending=row.sending),
        request=row.holding_id,
        requester=row.owner,
        centre=row.centre,
        installation="",
        document=parse_request(row.document),
    )


def request_resend(principal: Principal, *, number: str) -> None:
    """Have a request travel under a new message id from now on, in the caller's transaction.

    Raises NotFound; Refused once the centre has it. Audit: trace.resent.
    """
    principal.require(TracePermission.SUBMIT)
    row = _locked(principal, number)
    if row.received_at is not None:
        raise Refused("trace_received_already")
    row.sending += 1
    row.save(update_fields=["sending"])
    record(principal, action="trace.resent", subject=row.pk)


def receipt_take(principal: Principal, *, receipt: Receipt) -> None:
    """Note that the centre took a request of the principal's agency in. Taking it twice changes nothing.

    Raises NotFound. Audit: trace.receipt_taken.
    """
    with transaction.atomic():
        row = _locked(principal, receipt.request)
        if row.received_at is not None:
            return
        row.status = after_request_act(RequestStatus(row.status), RequestAct.ACCEPT)
        row.received_at, row.centre_number = receipt.received_at, receipt.centre_number
        row.save(update_fields=["status", "received_at", "centre_number"])
        record(principal, action="trace.receipt_taken", subject=row.pk)


def result_take(principal: Principal, *, message: ResultMessage) -> bool:
    """Take the result of a request of the principal's agency; return whether it was new.

    Raises NotFound; Refused for a request that was cancelled. Audit: trace.result_taken.
    Event: ResultReceived.
    """
    document = message.document
    with transaction.atomic():
        row = _locked(principal, message.request)
        if RequestResult.objects.filter(request=row, message=message.message).exists():
            return False
        _complete(row, document.trace_number)
        _keep_result(row, message)
        record(principal, action="trace.result_taken", subject=row.pk, detail={"outcome": document.outcome})
        publish(ResultReceived(request=row.pk, owner=row.owner, outcome=document.outcome))
    return True


def _keep_result(row: TraceRequest, message: ResultMessage) -> None:
    """Write the result, and its purchaser where purchasers are."""
    moment = clock.now()
    RequestResult.objects.create(
        request=row,
        message=message.message,
        document=result_to_json(replace(message.document, purchaser=None)),
        received_at=moment,
    )
    Transferee.objects.filter(owner=row.owner, record=row.pk).delete()
    purchaser = message.document.purchaser
    if purchaser is not None:
        Transferee.objects.create(
            owner=row.owner, record=row.pk, person=purchaser_to_json(purchaser), recorded_at=moment
        )


def _complete(row: TraceRequest, centre_number: str) -> None:
    status = RequestStatus(row.status)
    if status in {RequestStatus.SUBMITTED, RequestStatus.REOPENED}:
        status = after_request_act(status, RequestAct.ACCEPT)
        row.received_at = row.received_at or clock.now()
    if status is not RequestStatus.COMPLETED:
        status = after_request_act(status, RequestAct.COMPLETE)
        row.ended_at = clock.now()
    row.status, row.centre_number = status, centre_number
    row.save(update_fields=["status", "centre_number", "received_at", "ended_at"])


def _locked(principal: Principal, number: str) -> TraceRequest:
    row = TraceRequest.objects.select_for_update().filter(pk=number, owner=principal.agency).first()
    if row is None:
        raise NotFound
    return row


def _own_seizure(principal: Principal, number: str) -> str:
    """Return the number of the seizure a document names, where it is one's agency's own; otherwise empty."""
    if not number:
        return ""
    try:
        return own_holding(principal, number=number, kind="seizure").id
    except NotFound:
        return ""


def _require_new(principal: Principal, document: TraceRequestDocument, *, seizure: str, firearm: str) -> None:
    """Refuse what the agency's own earlier requests already ask, as far as the principal sees what they are seen with."""
    mine = TraceRequest.objects.filter(owner=principal.agency)
    alike = mine.filter(seizure=seizure, document_sha256=_digest(document))
    same = alike.exclude(status=RequestStatus.CANCELLED)
    if same.exists():
        raise Refused("trace_submitted_already")
    ended = [RequestStatus.COMPLETED, RequestStatus.CANCELLED]
    if firearm and mine.filter(firearm=firearm).exclude(status__in=ended).exists():
        raise Refused("firearm_traced_already")


def _new_request(
    principal: Principal, document: TraceRequestDocument, centre: CentreRead, seizure: str
) -> TraceRequest:
    today = clock.today()
    if seizure:
        placing = placing_following(
            principal, leader=seizure, kind=REQUEST_KIND, category=REQUEST_CATEGORY, sort_on=today
        )
    else:
        placing = Placing(kind=REQUEST_KIND, category=REQUEST_CATEGORY, sort_on=today)
    return TraceRequest(
        holding=holding_create(principal, placing=placing),
        owner=principal.agency,
        status=after_request_act(RequestStatus.DRAFT, RequestAct.SUBMIT),
        centre=centre.agency,
        centre_installation=centre.installation,
        seizure=seizure,
        document=request_to_json(document),
        document_sha256=_digest(document),
        submitted_by=principal.id,
        submitted_name=principal.name,
        submitted_at=clock.now(),
    )


def _digest(document: TraceRequestDocument) -> str:
    return digest(canonical_bytes(request_to_json(document)))
