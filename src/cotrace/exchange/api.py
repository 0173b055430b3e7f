"""Messages between installations through the JSON door."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import File, Query, Router, Schema, UploadedFile

from cotrace.doors.gate import principal_of
from cotrace.exchange.exports import acknowledgement_file, own_key, record_file
from cotrace.exchange.imports import LARGEST_FILE, file_import
from cotrace.exchange.reads import SignedFile
from cotrace.exchange.rules.acknowledgement import Disposition
from cotrace.exchange.rules.envelope import MessageKind
from cotrace.exchange.selectors.messages import message_log
from cotrace.exchange.selectors.peers import peer_list
from cotrace.foundation.errors import Invalid

router = Router(tags=["exchange"])


class OwnKeyOut(Schema):
    """How other installations know this one."""

    installation: str
    key_id: str
    key: str


class PeerKeyOut(Schema):
    """A key of a peer, and when it counts."""

    key_id: str
    key: str
    valid_from_at: datetime
    valid_until_at: datetime


class PeerOut(Schema):
    """Another installation."""

    code: str
    name: str
    address: str
    agreement: str
    is_active: bool
    keys: list[PeerKeyOut]


class ExportQuery(Schema):
    """Whether the record is sent again under a new message id; which message, where it goes to several places."""

    again: bool = False
    message: str = ""


class TakenOut(Schema):
    """What became of a file; `number` is this installation's number for what it brought."""

    peer: str
    message: str
    kind: MessageKind
    disposition: Disposition
    number: str


class SentOut(Schema):
    """A message of the caller's agency to a peer, by code and by the register's name."""

    peer: str
    peer_name: str
    kind: MessageKind
    record: str
    message: str
    state: str
    code: str
    noted_at: datetime
    created_at: datetime | None
    expires_at: datetime | None
    acknowledged_at: datetime | None


class ReceivedOut(Schema):
    """A message of a peer that the caller's agency took."""

    peer: str
    peer_name: str
    kind: MessageKind
    message: str
    disposition: Disposition
    code: str
    number: str
    received_at: datetime


class RefusedOut(Schema):
    """A file of the caller's agency that was not acted on; what it claims is proven by nothing."""

    offered_at: datetime
    code: str
    sha256: str
    claimed_sender: str
    claimed_name: str
    claimed_message: str


class MessageLogOut(Schema):
    """The newest messages of the caller's agency."""

    sent: list[SentOut]
    received: list[ReceivedOut]
    refused: list[RefusedOut]


def _file(signed: SignedFile) -> HttpResponse:
    answer = HttpResponse(signed.content, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{signed.name}"'
    return answer


@router.get("/key", response=OwnKeyOut, url_name="exchange_key", summary="This installation's public key")
def show_key(request: HttpRequest) -> OwnKeyOut:
    """Return the code and public key by which other installations know this one."""
    return OwnKeyOut.from_orm(own_key(principal_of(request)))


@router.get("/peers", response=list[PeerOut], url_name="exchange_peers", summary="Other installations")
def list_peers(request: HttpRequest) -> list[PeerOut]:
    """Return the register of other installations."""
    return [PeerOut.from_orm(each) for each in peer_list(principal_of(request))]


@router.get("/messages", response=MessageLogOut, url_name="exchange_messages", summary="Messages")
def list_messages(request: HttpRequest) -> MessageLogOut:
    """Return what the caller's agency sent, got and was refused, newest first."""
    return MessageLogOut.from_orm(message_log(principal_of(request)))


@router.post("/files/{number}", url_name="exchange_export", summary="Take a record out as a signed file")
def export_file(request: HttpRequest, number: str, query: Query[ExportQuery]) -> HttpResponse:
    """Return the signed file that carries a trace request or a released result elsewhere."""
    principal = principal_of(request)
    return _file(record_file(principal, number=number, message=query.message, is_again=query.again))


@router.post(
    "/acknowledgements/{message}", url_name="exchange_acknowledge", summary="Acknowledge as a signed file"
)
def export_acknowledgement(request: HttpRequest, message: str) -> HttpResponse:
    """Return the signed file that acknowledges a message the caller's agency took."""
    return _file(acknowledgement_file(principal_of(request), message=message))


@router.post("/files", response=TakenOut, url_name="exchange_import", summary="Take a signed file in")
def import_file(request: HttpRequest, file: File[UploadedFile]) -> TakenOut:
    """Judge a signed file of another installation and act on it, once."""
    principal = principal_of(request)
    if file.size is None or file.size > LARGEST_FILE:
        raise Invalid("json_too_large")
    return TakenOut.from_orm(file_import(principal, content=file.read()))
