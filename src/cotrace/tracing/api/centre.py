"""The tracing centre's routes: queue, trace, a tracer's acts, release, register."""

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status

from cotrace.doors.gate import principal_of
from cotrace.tracing.api.centre_schemas import (
    HoldBody,
    NoteBody,
    OutcomeBody,
    QueueOut,
    QueueQuery,
    StartBody,
    TraceOut,
    VersionBody,
    WithholdBody,
    queue_out,
    trace_out,
)
from cotrace.tracing.api.documents import DOCUMENT_BODY, JsonOut, body_object, json_out
from cotrace.tracing.api.published_schemas import LicenseeDetailOut, PublishedOut, licensee_detail
from cotrace.tracing.api.register_schemas import (
    CentreKeyOut,
    LicenseeBody,
    LicenseeHoldBody,
    LicenseePageOut,
    RegisterQuery,
    licensees_out,
    values_of,
)
from cotrace.tracing.exports.home_keys import CENTRE, home_signer
from cotrace.tracing.rules.correction import correction_of
from cotrace.tracing.rules.parties import purchaser_to_json
from cotrace.tracing.selectors.centre import trace_get, trace_purchaser
from cotrace.tracing.selectors.published import published_get, published_or_none
from cotrace.tracing.selectors.queue import QueueFilter, trace_queue
from cotrace.tracing.selectors.register import licensee_get, licensee_list, own_centre
from cotrace.tracing.services.correcting import trace_correct
from cotrace.tracing.services.register import licensee_hold, licensee_put
from cotrace.tracing.services.release import trace_release, trace_withhold
from cotrace.tracing.services.tracer import (
    trace_accept,
    trace_answer,
    trace_ask_again,
    trace_conclude,
    trace_continue,
    trace_hold,
    trace_leave,
    trace_start,
    trace_take,
)

router = Router(tags=["tracing centre"])

DONE = {204: None}
Done = Status[None]


class AnswerQuery(Schema):
    """Which version of the trace the answer was entered on."""

    version: int


class CorrectionQuery(AnswerQuery):
    """Which version of the trace the correction was decided on, and the step whose answer was wrong."""

    step: int


@router.get("/traces", response=QueueOut, url_name="centre_queue", summary="The queue of traces")
def list_queue(request: HttpRequest, query: Query[QueueQuery]) -> QueueOut:
    """Return a page of the centre's queue: urgent first, then what waits for a person, what goes on, what is withheld."""
    where = QueueFilter(
        status=query.status,
        has_finished=query.finished,
        priority=query.priority,
        reason=query.reason,
        licensee=query.licensee,
        text=query.text,
        is_mine=query.mine,
        is_unassigned=query.unassigned,
    )
    return queue_out(trace_queue(principal_of(request), where=where, at=query.at))


@router.get("/traces/{number}", response=TraceOut, url_name="centre_trace", summary="Open a trace")
def show_trace(request: HttpRequest, number: str) -> TraceOut:
    """Return one trace with every step, without its purchaser."""
    return trace_out(trace_get(principal_of(request), number=number))


@router.post("/traces/{number}/purchaser", response=JsonOut, url_name="centre_purchaser", summary="See the purchaser")
def show_purchaser(request: HttpRequest, number: str) -> JsonOut:
    """Return the purchaser that a trace names, before its release; the look is on record."""
    return json_out(purchaser_to_json(trace_purchaser(principal_of(request), number=number)))


@router.post("/traces/{number}/take", response=DONE, url_name="centre_take", summary="Take a trace")
def take(request: HttpRequest, number: str) -> Done:
    """Take a trace to work on it."""
    trace_take(principal_of(request), number=number)
    return Status(204, None)


@router.post("/traces/{number}/leave", response=DONE, url_name="centre_leave", summary="Put a trace back")
def leave(request: HttpRequest, number: str) -> Done:
    """Put a trace back for others."""
    trace_leave(principal_of(request), number=number)
    return Status(204, None)


@router.post("/traces/{number}/accept", response=DONE, url_name="centre_accept", summary="Accept a reason to wait")
def accept(request: HttpRequest, number: str, body: NoteBody) -> Done:
    """Let the walk pass what the trace waits for, with a note why."""
    trace_accept(principal_of(request), number=number, version=body.version, note=body.note)
    return Status(204, None)


@router.post("/traces/{number}/continue", response=DONE, url_name="centre_continue", summary="Look again")
def go_on(request: HttpRequest, number: str, body: VersionBody) -> Done:
    """Have the walk look again, after the register was mended or a hold lifted."""
    trace_continue(principal_of(request), number=number, version=body.version)
    return Status(204, None)


@router.post("/traces/{number}/start", response=DONE, url_name="centre_start", summary="Choose where to begin")
def start(request: HttpRequest, number: str, body: StartBody) -> Done:
    """Say with which licensee of the register the walk begins."""
    trace_start(principal_of(request), number=number, version=body.version, licensee=body.licensee)
    return Status(204, None)


@router.post(
    "/traces/{number}/answer",
    response=DONE,
    url_name="centre_answer",
    summary="Enter a licensee's answer",
    openapi_extra=DOCUMENT_BODY,
)
def answer(request: HttpRequest, number: str, query: Query[AnswerQuery]) -> Done:
    """Enter what the licensee of the last step said: `kind`, `detail`, and `gun` and `acquisition` if told."""
    trace_answer(principal_of(request), number=number, version=query.version, answer=body_object(request))
    return Status(204, None)


@router.post(
    "/traces/{number}/correct",
    response=DONE,
    url_name="centre_correct",
    summary="Correct an answer entered by hand",
    openapi_extra=DOCUMENT_BODY,
)
def correct(request: HttpRequest, number: str, query: Query[CorrectionQuery]) -> Done:
    """Put `answer` in the place of the one entered by hand at a step; `note` says why. The old one stays on record."""
    given = correction_of(body_object(request))
    trace_correct(
        principal_of(request),
        number=number,
        version=query.version,
        step=query.step,
        note=given.note,
        answer=given.answer,
    )
    return Status(204, None)


@router.post("/traces/{number}/ask-again", response=DONE, url_name="centre_ask_again", summary="Ask again")
def ask_again(request: HttpRequest, number: str, body: VersionBody) -> Done:
    """Put the last inquiry again, under its own id."""
    trace_ask_again(principal_of(request), number=number, version=body.version)
    return Status(204, None)


@router.post("/traces/{number}/conclude", response=DONE, url_name="centre_conclude", summary="End a waiting trace")
def conclude(request: HttpRequest, number: str, body: OutcomeBody) -> Done:
    """End a waiting trace with an outcome of the table."""
    trace_conclude(principal_of(request), number=number, version=body.version, outcome=body.outcome)
    return Status(204, None)


@router.post("/traces/{number}/hold", response=DONE, url_name="centre_hold", summary="Set or lift a contact hold")
def hold(request: HttpRequest, number: str, body: HoldBody) -> Done:
    """Set or lift a contact hold on a trace."""
    trace_hold(principal_of(request), number=number, version=body.version, is_held=body.is_held)
    return Status(204, None)


@router.post("/traces/{number}/release", response=DONE, url_name="centre_release", summary="Release a result")
def release(request: HttpRequest, number: str, body: VersionBody) -> Done:
    """Release the result to everyone who asked."""
    trace_release(principal_of(request), number=number, version=body.version)
    return Status(204, None)


@router.post("/traces/{number}/withhold", response=DONE, url_name="centre_withhold", summary="Withhold a result")
def withhold(request: HttpRequest, number: str, body: WithholdBody) -> Done:
    """Withhold the result on a legal ground."""
    trace_withhold(principal_of(request), number=number, version=body.version, ground=body.ground)
    return Status(204, None)


@router.get("/licensees", response=LicenseePageOut, url_name="centre_licensees", summary="Register of licensees")
def list_licensees(request: HttpRequest, query: Query[RegisterQuery]) -> LicenseePageOut:
    """Return a page of the centre's register by licence number."""
    return licensees_out(licensee_list(principal_of(request), at=query.at, text=query.text))


@router.get("/licensees/{number}", response=LicenseeDetailOut, url_name="centre_licensee", summary="Open a licensee")
def show_licensee(request: HttpRequest, number: str) -> LicenseeDetailOut:
    """Return one licensee of the centre's register, with what is doubtful about its number and what ATF published of it."""
    principal = principal_of(request)
    read = licensee_get(principal, number=number)
    return licensee_detail(read, published_or_none(principal, number=read.number))


@router.get("/published/{number}", response=PublishedOut, url_name="centre_published", summary="Look a licence up")
def show_published(request: HttpRequest, number: str) -> PublishedOut:
    """Return what ATF's published list says of a licence number, whole or abbreviated."""
    return PublishedOut.from_orm(published_get(principal_of(request), number=number))


@router.put("/licensees/{number}", response=DONE, url_name="centre_licensee", summary="Enter or change a licensee")
def put_licensee(request: HttpRequest, number: str, body: LicenseeBody) -> Done:
    """Enter a licensee in the centre's register, or change its entry; refused where it changed since `version`."""
    licensee_put(principal_of(request), values=values_of(number, body), version=body.version)
    return Status(204, None)


@router.put("/licensees/{number}/hold", response=DONE, url_name="centre_licensee_hold", summary="Hold a licensee")
def hold_licensee(request: HttpRequest, number: str, body: LicenseeHoldBody) -> Done:
    """Set the contact hold on a licensee, with a reason, or lift it."""
    licensee_hold(principal_of(request), number=number, is_held=body.is_held, reason=body.hold_reason)
    return Status(204, None)


@router.get("/key", response=CentreKeyOut, url_name="centre_key", summary="The centre's public key")
def show_key(request: HttpRequest) -> CentreKeyOut:
    """Return the key that licensees pin; for the centre's own people to hand out."""
    own_centre(principal_of(request))
    key = home_signer(CENTRE).public_key
    return CentreKeyOut(key_id=key.key_id, key=key.text)
