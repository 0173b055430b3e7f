"""Attachments of records through the JSON door."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field, StringConstraints

from cotrace.doors.gate import principal_of
from cotrace.files.exports.answers import original_answer, picture_answer
from cotrace.files.imports.attaching import attachment_add
from cotrace.files.imports.limits import DEFAULT_PICTURE_LIMITS
from cotrace.files.rules.attachments import AttachmentKind
from cotrace.files.rules.pictures import MediaType
from cotrace.files.selectors import (
    attachment_get,
    attachment_original,
    attachment_shown,
    attachments_of,
    custody_of,
)
from cotrace.files.services.attachments import attachment_withdraw

router = Router(tags=["attachments"])

Number = Annotated[str, StringConstraints(max_length=60)]


def _bytes_answer(*types: str) -> dict[str, Any]:
    file = {"schema": {"type": "string", "format": "binary"}}
    return {"responses": {200: {"description": "The file", "content": dict.fromkeys(types, file)}}}


class AttachmentQuery(Schema):
    """Whose attachments."""

    record: Number


class PageQuery(Schema):
    """Which page; 0 is the thumbnail."""

    page: Annotated[int, Field(ge=0, le=1000)] = 1


class NewAttachmentForm(Schema):
    """What a file is attached to, as what."""

    record: Number
    kind: AttachmentKind
    caption: Annotated[str, StringConstraints(max_length=400)] = ""


class WithdrawalBody(Schema):
    """Why an attachment no longer counts, and the number of what counts instead."""

    reason: Annotated[str, StringConstraints(max_length=1000)]
    superseded_by: Number = ""


class AttachmentNumberOut(Schema):
    """The number of what was attached."""

    number: str


class AttachmentOut(Schema):
    """An attachment; people are named to their own agency alone, withdrawn ones shown to it alone."""

    number: str
    owner: str
    record: str
    kind: AttachmentKind
    caption: str
    sha256: str
    size_bytes: int
    media_type: MediaType
    pages: int
    pages_shown: int
    added_by: str
    added_at: datetime
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_because: str
    superseded_by: str


class CustodyRowOut(Schema):
    """One thing that was done with an attachment."""

    at: datetime
    agency: str
    person: str
    action: str
    door: str
    purpose: str
    emergency: str


class CustodyOut(Schema):
    """The custody log; `has_looks`: whether the caller may know who was shown the cleaned copy."""

    number: str
    sha256: str
    has_looks: bool
    rows: list[CustodyRowOut]


@router.get("", response=list[AttachmentOut], url_name="attachment_list", summary="Attachments of a record")
def list_attachments(request: HttpRequest, query: Query[AttachmentQuery]) -> list[AttachmentOut]:
    """Return the attachments of a record that the caller sees in full; none where it sees less."""
    found = attachments_of(principal_of(request), record=query.record)
    return [AttachmentOut.from_orm(each) for each in found.attachments] if found else []


@router.post("", response={201: AttachmentNumberOut}, url_name="attachment_list", summary="Attach a file")
def add_attachment(
    request: HttpRequest, form: Form[NewAttachmentForm], file: File[UploadedFile]
) -> Status[AttachmentNumberOut]:
    """Attach a photograph (JPEG, PNG, WebP) or an opinion (PDF too) to a record of the caller's agency."""
    number = attachment_add(
        principal_of(request),
        record=form.record,
        kind=form.kind,
        caption=form.caption,
        content=file.read(DEFAULT_PICTURE_LIMITS.file_bytes + 1),
    )
    return Status(201, AttachmentNumberOut(number=number))


@router.get("/{number}", response=AttachmentOut, url_name="attachment", summary="Open an attachment")
def show_attachment(request: HttpRequest, number: str) -> AttachmentOut:
    """Return what is known of an attachment; the look is on record."""
    return AttachmentOut.from_orm(attachment_get(principal_of(request), number=number))


@router.get(
    "/{number}/picture", url_name="attachment_picture", summary="A cleaned copy", openapi_extra=_bytes_answer("image/jpeg")
)
def show_picture(request: HttpRequest, number: str, query: Query[PageQuery]) -> HttpResponse:
    """Return the cleaned copy of a page, or the thumbnail for page 0; it is on record."""
    return picture_answer(attachment_shown(principal_of(request), number=number, page=query.page))


@router.post(
    "/{number}/original", url_name="attachment_original", summary="The original", openapi_extra=_bytes_answer(*MediaType)
)
def take_original(request: HttpRequest, number: str) -> HttpResponse:
    """Return the original of an attachment of the caller's agency, as it came; it is on record each time."""
    return original_answer(attachment_original(principal_of(request), number=number))


@router.post("/{number}/withdraw", response={204: None}, url_name="attachment_withdraw", summary="Withdraw an attachment")
def withdraw_attachment(request: HttpRequest, number: str, body: WithdrawalBody) -> Status[None]:
    """Let an attachment of the caller's agency no longer count; it is kept."""
    attachment_withdraw(
        principal_of(request), number=number, reason=body.reason, superseded_by=body.superseded_by
    )
    return Status(204, None)


@router.get("/{number}/custody", response=CustodyOut, url_name="attachment_custody", summary="Custody log")
def show_custody(request: HttpRequest, number: str) -> CustodyOut:
    """Return who received, downloaded and withdrew an attachment of the caller's agency; who looked, if it may know."""
    return CustodyOut.from_orm(custody_of(principal_of(request), number=number))
