"""Signing a terminal in, and who a token acts for, through the JSON door."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema, Status
from pydantic import StringConstraints

from cotrace.agencies.forms import address_of
from cotrace.agencies.selectors import agency_contact
from cotrace.agencies.selectors.account import token_in_use
from cotrace.agencies.services.sign_in import visitor_principal
from cotrace.agencies.services.terminals import POLL_SECONDS, terminal_ask, terminal_fetch
from cotrace.agencies.services.tokens import token_revoke
from cotrace.doors.gate import principal_of
from cotrace.foundation.principal import Door

router = Router(tags=["sign-in"])

Word = Annotated[str, StringConstraints(max_length=80)]


class LoginCodeBody(Schema):
    """What a terminal calls itself, and which permissions it wants; none for all that the member may."""

    terminal: Word
    scopes: list[Word] = []


class LoginCodeOut(Schema):
    """What the terminal shows (`code`, `address`) and what it polls with (`secret`), for so many seconds."""

    code: str
    secret: str
    address: str
    expires_in: int
    interval: int


class LoginSecretBody(Schema):
    """What the terminal polls with."""

    secret: Annotated[str, StringConstraints(max_length=100)]


class LoginTokenOut(Schema):
    """The token, given once, and whose it is."""

    token: str
    expires_at: datetime
    scopes: list[str]
    member: str
    agency: str


class MeOut(Schema):
    """Who acts, of which agency and country (ISO 3166-1), with which permissions, with which token."""

    member: str
    agency: str
    country: str
    scopes: list[str]
    token: str
    expires_at: datetime


@router.post("/login-codes", response={201: LoginCodeOut}, url_name="login_codes", summary="Ask to sign a terminal in")
def ask(request: HttpRequest, body: LoginCodeBody) -> Status[LoginCodeOut]:
    """Return a code for the member to type at `address`, and a secret to poll with. Needs no sign-in."""
    made = terminal_ask(
        visitor_principal(Door.API), terminal=body.terminal, address=address_of(request), wanted=body.scopes
    )
    made_out = LoginCodeOut(
        code=made.code,
        secret=made.secret,
        address=request.build_absolute_uri(reverse("account_terminal")),
        expires_in=made.seconds,
        interval=POLL_SECONDS,
    )
    return Status(201, made_out)


@router.post(
    "/login-codes/token", response=LoginTokenOut, url_name="login_token", summary="Fetch an approved terminal's token"
)
def fetch(request: HttpRequest, body: LoginSecretBody) -> LoginTokenOut:
    """Return the token once the member approved; until then 409 with `terminal_waiting`. Needs no sign-in."""
    del request
    given = terminal_fetch(visitor_principal(Door.API), secret=body.secret)
    return LoginTokenOut(
        token=given.token.secret,
        expires_at=given.token.expires_at,
        scopes=list(given.token.scopes),
        member=given.member,
        agency=given.agency,
    )


@router.get("/me", response=MeOut, url_name="me", summary="Who the token acts for")
def me(request: HttpRequest) -> MeOut:
    """Return the member and permissions behind the token."""
    principal = principal_of(request)
    token = token_in_use(principal)
    contact = agency_contact(principal.agency)
    return MeOut(
        member=principal.name,
        agency=principal.agency,
        country=contact.country if contact else "",
        scopes=sorted(principal.permissions),
        token=token.name,
        expires_at=token.expires_at,
    )


@router.delete("/me/token", response={204: None}, url_name="me_token", summary="Revoke the token in use")
def sign_out(request: HttpRequest) -> Status[None]:
    """End the token that this request came with."""
    principal = principal_of(request)
    token_revoke(principal, token=token_in_use(principal).id)
    return Status(204, None)
