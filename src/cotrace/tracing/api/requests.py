"""The asking agency's routes: submit a request, follow it, fetch its result."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Query, Router, Schema, Status
from pydantic import StringConstraints

from cotrace.doors.gate import principal_of
from cotrace.sharing.rules.levels import Level
from cotrace.tracing.api.documents import DOCUMENT_BODY, PDF_ANSWER, JsonOut, body_object, json_out
from cotrace.tracing.exports.result_pdf import result_copy
from cotrace.tracing.reads.requests import RequestRead
from cotrace.tracing.rules.request_document import parse_request, request_to_json
from cotrace.tracing.rules.result_document import result_to_json
from cotrace.tracing.rules.statuses import RequestStatus, ShownAs
from cotrace.tracing.selectors.register import centre_list
from cotrace.tracing.selectors.requests import request_get, request_list, result_document
from cotrace.tracing.services.requests import trace_submit, trace_submit_firearm

router = Router(tags=["tracing"])

LevelName = Literal["POINTER", "TEAR_LINE", "FULL"]
LEVEL_NAMES: dict[Level, LevelName] = {
    Level.POINTER: "POINTER",
    Level.TEAR_LINE: "TEAR_LINE",
    Level.FULL: "FULL",
}


class TraceNumberOut(Schema):
    """The number of the request that was made."""

    number: str


class CentreQuery(Schema):
    """Which tracing centre a request goes to; empty for the default one."""

    centre: Annotated[str, StringConstraints(max_length=24)] = ""


class CopyQuery(Schema):
    """Which language a copy of a result is in; the caller's where it is left out."""

    language: Literal["en", "es"] | None = None


class TracePageQuery(Schema):
    """Where a page starts."""

    at: Annotated[str, StringConstraints(max_length=60)] = ""


class StandingOut(Schema):
    """Where a request stands: the same three words for all, and whom to call."""

    shown_as: ShownAs
    call_back: str
    received_at: datetime | None


class RequestLiaisonOut(Schema):
    """The published desk of the owning agency."""

    code: str
    name_en: str
    name_es: str
    liaison_name: str
    liaison_phone: str
    liaison_email: str


class RequestOut(Schema):
    """A request at the caller's level: what the level does not disclose is null."""

    number: str
    owner: str
    level: LevelName
    liaison: RequestLiaisonOut | None
    submitted_at: datetime | None
    standing: StandingOut | None
    type_code: str | None
    make: str | None
    calibre: str | None
    serial: str | None
    document: JsonOut | None
    firearm: str | None
    seizure: str | None
    status: RequestStatus | None
    submitted_name: str | None
    ended_at: datetime | None
    centre: str | None
    centre_installation: str | None
    centre_number: str | None
    has_result: bool | None


class RequestCountOut(Schema):
    """A count up to 1,000; `is_capped` means "at least"."""

    number: int
    is_capped: bool


class RequestPageOut(Schema):
    """One page; `newer` and `older` are cursors for `at`."""

    rows: list[RequestOut]
    newer: str
    older: str
    count: RequestCountOut


class CentreOut(Schema):
    """A tracing centre that requests can go to; `installation` is empty for one that works here."""

    agency: str
    installation: str
    call_back: str
    is_default: bool


PLAIN = frozenset(RequestOut.model_fields) - {"level", "liaison", "standing", "document"}


def _request_out(read: RequestRead) -> RequestOut:
    return RequestOut(
        level=LEVEL_NAMES[read.level],
        liaison=RequestLiaisonOut.from_orm(read.liaison) if read.liaison else None,
        standing=StandingOut.from_orm(read.standing) if read.standing else None,
        document=json_out(request_to_json(read.document)) if read.document else None,
        **{name: getattr(read, name) for name in PLAIN},
    )


@router.get("", response=RequestPageOut, url_name="trace_list", summary="List trace requests")
def list_requests(request: HttpRequest, query: Query[TracePageQuery]) -> RequestPageOut:
    """Return a page of the requests whose date the caller may see, newest first."""
    page = request_list(principal_of(request), at=query.at)
    return RequestPageOut(
        rows=[_request_out(each) for each in page.rows],
        newer=page.newer,
        older=page.older,
        count=RequestCountOut.from_orm(page.count),
    )


@router.post(
    "",
    response={201: TraceNumberOut},
    url_name="trace_list",
    summary="Submit a trace request",
    openapi_extra=DOCUMENT_BODY,
)
def submit_request(request: HttpRequest, query: Query[CentreQuery]) -> Status[TraceNumberOut]:
    """Submit a request document (`cotrace-trace-request`, version 1) for the caller's agency."""
    principal = principal_of(request)
    document = parse_request(body_object(request))
    return Status(201, TraceNumberOut(number=trace_submit(principal, document=document, centre=query.centre)))


@router.post(
    "/from-firearm/{number}",
    response={201: TraceNumberOut},
    url_name="trace_from_firearm",
    summary="Submit a trace request for a described gun",
    openapi_extra=DOCUMENT_BODY,
)
def submit_firearm(request: HttpRequest, number: str, query: Query[CentreQuery]) -> Status[TraceNumberOut]:
    """Submit a request whose gun and recovery come from the description and its seizure; the body holds the rest."""
    made = trace_submit_firearm(
        principal_of(request), firearm=number, details=body_object(request), centre=query.centre
    )
    return Status(201, TraceNumberOut(number=made))


@router.get("/centres", response=list[CentreOut], url_name="trace_centres", summary="Tracing centres")
def list_centres(request: HttpRequest) -> list[CentreOut]:
    """Return the tracing centres that requests can go to."""
    return [CentreOut.from_orm(each) for each in centre_list(principal_of(request))]


@router.get("/{number}", response=RequestOut, url_name="trace", summary="Open a trace request")
def show_request(request: HttpRequest, number: str) -> RequestOut:
    """Return one request at the caller's level; the look is on record."""
    return _request_out(request_get(principal_of(request), number=number))


@router.get("/{number}/result", response=JsonOut, url_name="trace_result", summary="Open a trace result")
def show_result(request: HttpRequest, number: str) -> JsonOut:
    """Return the result of a request of the caller's agency as a `cotrace-trace-result` document."""
    return json_out(result_to_json(result_document(principal_of(request), number=number)))


@router.get(
    "/{number}/result.pdf",
    url_name="trace_result_pdf",
    summary="Take a trace result as a PDF",
    openapi_extra=PDF_ANSWER,
)
def show_result_pdf(request: HttpRequest, number: str, query: Query[CopyQuery]) -> HttpResponse:
    """Return the caller's copy of a result as a PDF; the opening is on record."""
    language = query.language or ("es" if (get_language() or "").startswith("es") else "en")
    copy = result_copy(principal_of(request), number=number, language=language)
    return HttpResponse(
        copy.content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{copy.name}"'},
    )
