"""Signed rounds of heads through the JSON door: for an agency that keeps them on a machine of its own."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from cotrace.audit.selectors.heads import round_list
from cotrace.audit.services.heads import round_fetch
from cotrace.doors.gate import principal_of

router = Router(tags=["audit"])


class RoundOut(Schema):
    """A round that was handed over; `fetched_at`: when the caller's agency first took it."""

    number: str
    installation: str
    key_id: str
    signed_at: datetime
    handed_at: datetime
    heads: int
    position: int
    fetched_at: datetime | None


class OwnHeadOut(Schema):
    """What opens the head of the caller's own chain."""

    chain: str
    position: int
    hash: str
    salt: str


class RoundFileOut(Schema):
    """A signed round as it is kept; a file of rounds is a list of these."""

    format: str
    installation: str
    signed_at: str
    blinded: list[str]
    key_id: str
    public_key: str | None = None
    signature: str
    own: OwnHeadOut | None = None


@router.get("/heads", response=list[RoundOut], url_name="audit_heads", summary="Rounds handed over")
def list_rounds(request: HttpRequest) -> list[RoundOut]:
    """Return the newest signed rounds of heads that were handed to every agency."""
    return [RoundOut.from_orm(each) for each in round_list(principal_of(request))]


@router.get(
    "/heads/{number}", response=RoundFileOut, url_name="audit_round", summary="Take a round", exclude_none=True
)
def take_round(request: HttpRequest, number: str) -> dict[str, object]:
    """Return one round to be kept elsewhere; `newest` names the newest. That it was taken is in the log."""
    return dict(round_fetch(principal_of(request), number=number))
