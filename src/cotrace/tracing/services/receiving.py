"""The centre takes a request in: one trace for one request, however often its message comes."""

from django.db import transaction

from cotrace.audit.services import record
from cotrace.foundation import clock
from cotrace.foundation.errors import Invalid
from cotrace.foundation.events import publish
from cotrace.foundation.principal import Principal
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.services.holdings import Placing, holding_create
from cotrace.tracing.events import TraceOpened
from cotrace.tracing.holding import TRACE_CATEGORY, TRACE_KIND
from cotrace.tracing.models import SERIAL_LENGTH, Trace, TraceSource
from cotrace.tracing.reads.messages import Receipt, RequestMessage
from cotrace.tracing.rules.completeness import request_problems
from cotrace.tracing.rules.gun import normal_serial
from cotrace.tracing.rules.request_document import request_to_json
from cotrace.tracing.rules.statuses import TraceStatus
from cotrace.tracing.selectors.register import own_centre
from cotrace.tracing.services.walk import walk_advance


def trace_receive(principal: Principal, *, message: RequestMessage) -> Receipt:
    """Open a trace for a request and take its first step; for one that came before, return its receipt again.

    For couriers, which act for the centre: the subscriber here, the exchange of files elsewhere. A request
    with special instructions is held until a supervisor has read them. Raises NotFound where the agency
    runs no centre here, Invalid for an incomplete request. Audit: trace.taken_in. Event: TraceOpened.
    """
    own_centre(principal)
    problems = request_problems(message.document, today=clock.today())
    if problems:
        raise Invalid("trace_request_incomplete", fields=problems)
    with transaction.atomic():
        known = TraceSource.objects.filter(
            owner=principal.agency, installation=message.installation, request=message.request
        ).first()
        source = known or _open(principal, message)
    return Receipt(
        request=source.request, centre_number=source.trace_id, received_at=source.received_at
    )


def _open(principal: Principal, message: RequestMessage) -> TraceSource:
    moment = clock.now()
    placing = Placing(kind=TRACE_KIND, category=TRACE_CATEGORY, sort_on=clock.today(), cap=Level.NOTHING)
    trace = Trace.objects.create(
        holding=holding_create(principal, placing=placing),
        owner=principal.agency,
        status=TraceStatus.OPEN,
        serial_normal=normal_serial(message.document.gun.serial)[:SERIAL_LENGTH],
        recovered_on=message.document.recovery.recovered_on,
        priority=message.document.priority,
        is_held=bool(message.document.special_instructions),
        opened_at=moment,
    )
    source = TraceSource.objects.create(
        trace=trace,
        owner=principal.agency,
        installation=message.installation,
        request=message.request,
        message=message.message,
        requester=message.requester,
        document=request_to_json(message.document),
        received_at=moment,
    )
    record(principal, action="trace.taken_in", subject=trace.holding_id)
    publish(
        TraceOpened(
            trace=trace.holding_id,
            owner=principal.agency,
            request=message.request,
            requester=message.requester,
            installation=message.installation,
        )
    )
    walk_advance(principal, number=trace.holding_id)
    return source
