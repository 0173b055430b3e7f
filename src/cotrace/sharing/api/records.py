"""Memoranda, and why one sees a record, through the JSON door."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from cotrace.doors.gate import principal_of
from cotrace.sharing.reads import AgreementRead
from cotrace.sharing.rules.agreements import AgreementAct, Clause, Standing
from cotrace.sharing.rules.levels import Level, LevelName, level_name
from cotrace.sharing.selectors.agreements import agreement_get, agreement_list
from cotrace.sharing.selectors.explain import access_explain, access_looked, access_who
from cotrace.sharing.services.agreements import (
    AgreementDraft,
    agreement_change,
    agreement_draft,
    agreement_sign,
)

router = Router(tags=["sharing"])

Code = Annotated[str, StringConstraints(max_length=40)]
Title = Annotated[str, StringConstraints(max_length=200)]


class ExplainOut(Schema):
    """Why the caller sees a record: the level is the least of the three limits."""

    holding: str
    kind: str
    owner: str
    level: LevelName
    is_owner: bool
    grant: LevelName
    cap: LevelName
    circle: LevelName
    agreement: str
    is_emergency: bool


class WhoOut(Schema):
    """One line of who can see a record of the caller's agency."""

    reason: str
    agency: str
    person: str
    level: LevelName
    limited_by: str
    agreement: str
    until_at: datetime | None


class LookOut(Schema):
    """One line of who looked at a record of the caller's agency; `emergency` is the session that alone opened it."""

    at: datetime
    agency: str
    person: str
    action: str
    door: str
    purpose: str
    case: str
    emergency: str
    reason: str


class ClauseBody(Schema):
    """`viewer` sees `owner`'s records of `category` at `level`."""

    owner: Code
    viewer: Code
    category: Code
    level: LevelName


class AgreementBody(Schema):
    """A memorandum to be drafted."""

    title_en: Title
    title_es: Title
    legal_basis: Annotated[str, StringConstraints(max_length=4000)] = ""
    purposes: list[Code] = Field(max_length=20)
    parties: list[Code] = Field(max_length=50)
    clauses: list[ClauseBody] = Field(max_length=500)
    starts_on: date
    review_on: date
    ends_on: date | None = None


class PartyOut(Schema):
    """A party and its signature."""

    agency: str
    participant: str
    signer_name: str
    signed_at: datetime | None


class AgreementOut(Schema):
    """A memorandum as one of its parties reads it; `standing` is where it is for them today."""

    number: str
    title_en: str
    title_es: str
    legal_basis: str
    purposes: list[str]
    state: str
    standing: Standing
    version: int
    starts_on: date
    review_on: date
    ends_on: date | None
    drafted_by: str
    parties: list[PartyOut]
    clauses: list[ClauseBody]


class StateOut(Schema):
    """The state a memorandum is in after an act."""

    number: str
    state: str


class ChangedOut(StateOut):
    """The state a memorandum is in after a party's act, and the one it `was` in before it."""

    was: str


class ActBody(Schema):
    """What a party does with a memorandum."""

    act: Literal["suspend", "resume", "end"]


def _agreement_out(read: AgreementRead) -> AgreementOut:
    return AgreementOut(
        number=read.id,
        title_en=read.title_en,
        title_es=read.title_es,
        legal_basis=read.legal_basis,
        purposes=list(read.purposes),
        state=read.state,
        standing=read.standing,
        version=read.version,
        starts_on=read.starts_on,
        review_on=read.review_on,
        ends_on=read.ends_on,
        drafted_by=read.drafted_by,
        parties=[PartyOut.from_orm(each) for each in read.parties],
        clauses=[
            ClauseBody(owner=each.owner, viewer=each.viewer, category=each.category, level=level_name(each.level))
            for each in read.clauses
        ],
    )


@router.get("/access/{number}/explain", response=ExplainOut, url_name="access_explain", summary="Why can I see this")
def explain(request: HttpRequest, number: str) -> ExplainOut:
    """Return the decision that lets the caller see a record."""
    seen = access_explain(principal_of(request), number=number)
    made = seen.decision
    return ExplainOut(
        holding=seen.id,
        kind=seen.kind,
        owner=seen.owner,
        level=level_name(made.level),
        is_owner=made.is_owner,
        grant=level_name(made.grant),
        cap=level_name(made.cap),
        circle=level_name(made.circle),
        agreement=made.agreement,
        is_emergency=made.is_emergency,
    )


@router.get("/access/{number}/who", response=list[WhoOut], url_name="access_who", summary="Who can see this")
def who(request: HttpRequest, number: str) -> list[WhoOut]:
    """Return everyone who can see a record of the caller's agency."""
    return [
        WhoOut(
            reason=each.reason,
            agency=each.agency,
            person=each.person,
            level=level_name(each.level),
            limited_by=each.limited_by,
            agreement=each.agreement,
            until_at=each.until_at,
        )
        for each in access_who(principal_of(request), number=number)
    ]


@router.get("/access/{number}/looked", response=list[LookOut], url_name="access_looked", summary="Who looked")
def looked(request: HttpRequest, number: str) -> list[LookOut]:
    """Return who opened a record of the caller's agency, newest first."""
    return [LookOut.from_orm(each) for each in access_looked(principal_of(request), number=number)]


@router.get("/agreements", response=list[AgreementOut], url_name="agreement_list", summary="Memoranda")
def list_agreements(request: HttpRequest) -> list[AgreementOut]:
    """Return the memoranda the caller's agency is party to."""
    return [_agreement_out(each) for each in agreement_list(principal_of(request))]


@router.post("/agreements", response={201: StateOut}, url_name="agreement_list", summary="Draft a memorandum")
def draft_agreement(request: HttpRequest, body: AgreementBody) -> Status[StateOut]:
    """Write a draft and ask the other parties to sign."""
    draft = AgreementDraft(
        title_en=body.title_en,
        title_es=body.title_es,
        legal_basis=body.legal_basis,
        purposes=tuple(body.purposes),
        parties=tuple(body.parties),
        clauses=tuple(
            Clause(owner=each.owner, viewer=each.viewer, category=each.category, level=Level[each.level])
            for each in body.clauses
        ),
        starts_on=body.starts_on,
        review_on=body.review_on,
        ends_on=body.ends_on,
    )
    number = agreement_draft(principal_of(request), draft=draft)
    return Status(201, StateOut(number=number, state="draft"))


@router.get("/agreements/{number}", response=AgreementOut, url_name="agreement", summary="Open a memorandum")
def show_agreement(request: HttpRequest, number: str) -> AgreementOut:
    """Return one memorandum of the caller's agency."""
    return _agreement_out(agreement_get(principal_of(request), number=number))


@router.post("/agreements/{number}/sign", response=StateOut, url_name="agreement_sign", summary="Sign")
def sign_agreement(request: HttpRequest, number: str) -> StateOut:
    """Sign for the caller's agency; the last signature puts it in force."""
    return StateOut(number=number, state=agreement_sign(principal_of(request), number=number))


@router.post("/agreements/{number}/state", response=ChangedOut, url_name="agreement_state", summary="Suspend, resume, end")
def change_agreement(request: HttpRequest, number: str, body: ActBody) -> ChangedOut:
    """Suspend, resume or end a memorandum, or withdraw its draft; access follows at once."""
    made = agreement_change(principal_of(request), number=number, act=AgreementAct(body.act))
    return ChangedOut(number=number, state=made.state, was=made.was)
