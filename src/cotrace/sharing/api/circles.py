"""Circles through the JSON door: those one is in, who is in them, adding and taking out."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import StringConstraints

from cotrace.doors.gate import principal_of
from cotrace.sharing.reads import CircleRead
from cotrace.sharing.rules.levels import Level, LevelName, level_name
from cotrace.sharing.selectors.circles import circle_candidates, circle_get, circle_list
from cotrace.sharing.services.circles import circle_add, circle_open, circle_remove

router = Router(tags=["sharing"])

MemberId = Annotated[str, StringConstraints(max_length=64)]


class CircleOut(Schema):
    """A circle the caller is in."""

    number: str
    name: str
    opened_at: datetime


class CircleMemberOut(Schema):
    """One person of a circle; `name` is empty for one whose account is gone."""

    member: str
    name: str
    level: LevelName
    added_at: datetime


class CandidateOut(Schema):
    """A colleague who could be added to a circle."""

    member: str
    name: str


class CircleWholeOut(CircleOut):
    """A circle and its people."""

    members: list[CircleMemberOut]


class CircleBody(Schema):
    """A circle to be opened."""

    name: Annotated[str, StringConstraints(max_length=160)]


class CircleNumberOut(Schema):
    """The number of the circle that was opened."""

    number: str


class CircleMemberBody(Schema):
    """A colleague to be added, and the most that this person gets."""

    member: MemberId
    level: Literal["POINTER", "TEAR_LINE", "FULL"] = "FULL"


def _whole(read: CircleRead) -> CircleWholeOut:
    return CircleWholeOut(
        number=read.number,
        name=read.name,
        opened_at=read.opened_at,
        members=[
            CircleMemberOut(member=each.member, name=each.name, level=level_name(each.level), added_at=each.added_at)
            for each in read.members
        ],
    )


@router.get("/circles", response=list[CircleOut], url_name="circle_list", summary="Circles one is in")
def list_circles(request: HttpRequest) -> list[CircleOut]:
    """Return the circles the caller is in."""
    return [CircleOut.from_orm(each) for each in circle_list(principal_of(request))]


@router.post("/circles", response={201: CircleNumberOut}, url_name="circle_list", summary="Open a circle")
def open_circle(request: HttpRequest, body: CircleBody) -> Status[CircleNumberOut]:
    """Open a circle whose first member is the caller."""
    return Status(201, CircleNumberOut(number=circle_open(principal_of(request), name=body.name)))


@router.get("/circles/{number}", response=CircleWholeOut, url_name="circle", summary="Who is in a circle")
def show_circle(request: HttpRequest, number: str) -> CircleWholeOut:
    """Return a circle the caller is in, with its people."""
    return _whole(circle_get(principal_of(request), number=number))


@router.get(
    "/circles/{number}/candidates", response=list[CandidateOut], url_name="circle_candidates", summary="Who can be added"
)
def list_candidates(request: HttpRequest, number: str) -> list[CandidateOut]:
    """Return the colleagues who are not in a circle that the caller is in."""
    found = circle_candidates(principal_of(request), number=number)
    return [CandidateOut(member=member, name=name) for member, name in found.items()]


@router.post("/circles/{number}/members", response={204: None}, url_name="circle_members", summary="Add a colleague")
def add_to_circle(request: HttpRequest, number: str, body: CircleMemberBody) -> Status[None]:
    """Add a colleague to a circle that the caller sees in full."""
    principal = principal_of(request)
    read = circle_get(principal, number=number)
    circle_add(principal, circle=read.number, member=body.member, level=Level[body.level])
    return Status(204, None)


@router.delete(
    "/circles/{number}/members/{member}", response={204: None}, url_name="circle_member", summary="Take somebody out"
)
def take_out_of_circle(request: HttpRequest, number: str, member: MemberId) -> Status[None]:
    """Take somebody out of a circle that the caller sees in full, or leave it oneself; it takes effect at once."""
    circle_remove(principal_of(request), circle=number, member=member)
    return Status(204, None)
