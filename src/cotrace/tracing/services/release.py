"""Releasing a result, or withholding it. An act of its own, never automatic."""

from dataclasses import replace

from django.db import transaction

from cotrace.audit.services import record
from cotrace.foundation import clock
from cotrace.foundation.errors import FieldProblem, Invalid, NotFound, Refused
from cotrace.foundation.events import publish
from cotrace.foundation.principal import Principal
from cotrace.tracing.events import ResultReleased
from cotrace.tracing.models import ReleasedResult, Trace, TraceSource
from cotrace.tracing.permissions import TracePermission
from cotrace.tracing.reads.messages import ResultMessage
from cotrace.tracing.rules.chain import TraceFacts, facts_of
from cotrace.tracing.rules.clocks import REVIEW_OF_WITHHELD
from cotrace.tracing.rules.gun import gun_asked
from cotrace.tracing.rules.message_ids import message_id
from cotrace.tracing.rules.outcomes import CARRIES_PURCHASER
from cotrace.tracing.rules.request_document import parse_request
from cotrace.tracing.rules.result_document import TraceResultDocument, parse_result, result_to_json
from cotrace.tracing.rules.statuses import TraceAct, TraceStatus, after_trace_act
from cotrace.tracing.selectors.transferees import purchasers_of
from cotrace.tracing.selectors.walk_view import inquiries_that_count, trace_view
from cotrace.tracing.services.locking import trace_locked

GROUND_CHARACTERS_MIN = 20


def trace_release(principal: Principal, *, number: str, version: int) -> tuple[str, ...]:
    """Release the result of a concluded or withheld trace to everyone who asked; return the messages' ids.

    Raises NotFound; Refused where the trace is not concluded or changed since, or where the principal typed,
    accepted or concluded part of it by hand: a second person releases. Audit: trace.released.
    Event: ResultReleased, one for each requester.
    """
    principal.require(TracePermission.RELEASE)
    with transaction.atomic():
        row = trace_locked(principal, number=number, version=version)
        _require_second_person(principal, row)
        row.status = after_trace_act(TraceStatus(row.status), TraceAct.RELEASE)
        row.released_at = clock.now()
        row.version += 1
        row.save(update_fields=["status", "released_at", "version"])
        facts = facts_of(trace_view(principal, number=row.pk))
        messages = tuple(
            _release_to(principal, row, source, facts) for source in row.sources.order_by("pk")
        )
        record(principal, action="trace.released", subject=row.pk, detail={"outcome": row.outcome})
    return messages


def _require_second_person(principal: Principal, row: Trace) -> None:
    """Refuse the release by whoever wrote an answer by hand, let a contradiction pass, or ended the walk by hand."""
    answered = inquiries_that_count(row.pk).filter(answered_by=principal.id).exists()
    accepted = row.acceptances.filter(accepted_by=principal.id, superseded_at=None).exists()
    if answered or accepted or row.concluded_by == principal.id:
        raise Refused("release_needs_second_person")


def trace_withhold(principal: Principal, *, number: str, version: int, ground: str) -> None:
    """Withhold the result of a concluded trace on a legal ground, for review within 7 days.

    Raises NotFound, Refused, Invalid for a ground under 20 characters. Audit: trace.withheld, with the ground.
    """
    principal.require(TracePermission.RELEASE)
    if len(ground.strip()) < GROUND_CHARACTERS_MIN:
        problem = FieldProblem("ground", "reason_too_short", (("minimum", GROUND_CHARACTERS_MIN),))
        raise Invalid("trace_ground_missing", fields=(problem,))
    with transaction.atomic():
        row = trace_locked(principal, number=number, version=version)
        row.status = after_trace_act(TraceStatus(row.status), TraceAct.WITHHOLD)
        row.withheld_at, row.withheld_by, row.withheld_ground = clock.now(), principal.id, ground.strip()
        row.review_on = clock.today() + REVIEW_OF_WITHHELD
        row.version += 1
        row.save()
        record(principal, action="trace.withheld", subject=row.pk, detail={"ground": ground.strip()})


def result_message(principal: Principal, *, message: str) -> ResultMessage:
    """Return a released result of the principal's centre as it travels. Raises NotFound.

    The purchaser goes with it where the outcome names one, and never where a tracer ended the trace without.
    For couriers, which act for the centre and have their own permission.
    """
    rows = ReleasedResult.objects.filter(message=message, trace__owner=principal.agency)
    row = rows.select_related("source").first()
    if row is None:
        raise NotFound
    document = parse_result(row.document)
    found = purchasers_of(principal, record=row.trace_id) if document.outcome in CARRIES_PURCHASER else {}
    return ResultMessage(
        message=row.message,
        in_reply_to=row.source.message,
        request=row.source.request,
        requester=row.source.requester,
        installation=row.source.installation,
        document=replace(document, purchaser=found[max(found)] if found else None),
    )


def result_resend(principal: Principal, *, message: str) -> str:
    """Have a released result travel under a new message id, in the caller's transaction; return that id.

    Raises NotFound. Audit: trace.resent.
    """
    principal.require(TracePermission.RELEASE)
    rows = ReleasedResult.objects.select_for_update(of=("self",)).filter(trace__owner=principal.agency)
    row = rows.filter(message=message).first()
    if row is None:
        raise NotFound
    Trace.objects.select_for_update().get(pk=row.trace_id)
    row.pk, row.message = None, _next_message(row.trace_id)
    row.save(force_insert=True)
    record(principal, action="trace.resent", subject=row.trace_id)
    return row.message


def _next_message(number: str) -> str:
    return message_id(number, sending=ReleasedResult.objects.filter(trace_id=number).count() + 1)


def _release_to(principal: Principal, row: Trace, source: TraceSource, facts: TraceFacts) -> str:
    message = _next_message(row.pk)
    document = TraceResultDocument(
        trace_number=row.pk,
        request_number=source.request,
        outcome=row.outcome,
        released_at=row.released_at or clock.now(),
        gun=gun_asked(parse_request(source.document).gun),
        recovered_on=row.recovered_on,
        dealer=facts.dealer,
        purchased_on=facts.purchased_on if row.outcome in CARRIES_PURCHASER else None,
        chain=facts.chain,
    )
    ReleasedResult.objects.create(
        trace=row,
        source=source,
        message=message,
        document=result_to_json(document),
        released_by=principal.id,
        released_name=principal.name,
        released_at=document.released_at,
    )
    publish(
        ResultReleased(
            trace=row.pk,
            owner=principal.agency,
            message=message,
            request=source.request,
            requester=source.requester,
            installation=source.installation,
        )
    )
    return message

