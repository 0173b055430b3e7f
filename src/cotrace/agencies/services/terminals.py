"""Letting a terminal act for a member: it asks, the member approves in the browser, it fetches a token once.

The two codes follow RFC 8628: a short one that the person copies, a long one that only the terminal knows. Both
are kept as hashes.
"""

import hashlib
import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from cotrace.agencies.models import LoginCode, Member
from cotrace.agencies.permissions import AgencyPermission
from cotrace.agencies.reads import TerminalRead
from cotrace.agencies.rules import tries as tries_rules
from cotrace.agencies.rules.terminal_codes import CODE_LENGTH, normal_code, shown_code
from cotrace.agencies.selectors.account import terminal_get
from cotrace.agencies.selectors.principals import principal_of_member
from cotrace.agencies.services import tries
from cotrace.agencies.services.holding_on import hold_on
from cotrace.agencies.services.tokens import TOKEN_DAYS, NewToken, token_make
from cotrace.audit.services import Detail, record
from cotrace.foundation import clock
from cotrace.foundation.errors import FieldProblem, Invalid, NotFound, Refused
from cotrace.foundation.ids import CROCKFORD
from cotrace.foundation.permissions import declared_permissions
from cotrace.foundation.principal import Door, Principal

CODE_LIFE = timedelta(minutes=10)
POLL_SECONDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCode:
    """A terminal's request just made: the only time its codes are known."""

    code: str
    secret: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalToken:
    """What an approved terminal gets: a token, and whose it is."""

    token: NewToken
    member: str
    agency: str


def terminal_ask(principal: Principal, *, terminal: str, address: str, wanted: Iterable[str]) -> NewCode:
    """Ask to act for whoever approves; anybody may ask, an address only so often.

    `wanted` are permission codes, none for all that the member may. Raises Invalid for a code that is none,
    TooManyTries. No audit: nothing is known of who asks; the member's word is recorded.
    """
    tries.take_or_refuse({tries_rules.terminal_key(address): tries_rules.CODE_LIMIT})
    scopes = sorted(set(wanted))
    if not set(scopes) <= set(declared_permissions()):
        raise Invalid("token_incomplete", fields=(FieldProblem("scopes", "scope_unknown"),))
    code = "".join(secrets.choice(CROCKFORD) for _ in range(CODE_LENGTH))
    secret = secrets.token_urlsafe(32)
    moment = clock.now()
    with transaction.atomic():
        LoginCode.objects.filter(expires_at__lt=moment - CODE_LIFE).delete()
        LoginCode.objects.create(
            code_sha256=_digest(code),
            secret_sha256=_digest(secret),
            terminal=_printable(terminal)[:80] or "?",
            address=str(ipaddress.ip_address(address)),
            wanted=scopes,
            made_at=moment,
            expires_at=moment + CODE_LIFE,
        )
    del principal
    return NewCode(code=shown_code(code), secret=secret, seconds=int(CODE_LIFE.total_seconds()))


def terminal_look(principal: Principal, *, code: str) -> TerminalRead:
    """Return the terminal that waits under a code the member typed; ten wrong ones in a row are enough.

    Raises NotFound for a code that is unknown, decided or run out, TooManyTries.
    """
    principal.require(AgencyPermission.TOKEN_MAKE)
    key = tries_rules.terminal_key(principal.id)
    tries.take_or_refuse({key: tries_rules.CODE_LIMIT})
    found = terminal_get(principal, code=code)
    tries.give_back(key)
    return found


def terminal_approve(principal: Principal, *, code: str, scopes: Iterable[str]) -> None:
    """Let the terminal with this code act for the principal, with scopes it holds itself. Audit: terminal.approved.

    Raises NotFound for a code that is unknown, decided or run out, Invalid for scopes not held or not asked for.
    """
    principal.require(AgencyPermission.TOKEN_MAKE)
    given = sorted(set(scopes))
    with transaction.atomic():
        hold_on(principal)
        row = _waiting(code)
        allowed = principal.permissions & set(row.wanted) if row.wanted else principal.permissions
        if not given or not set(given) <= allowed:
            raise Invalid("token_incomplete", fields=(FieldProblem("scopes", "scope_not_held"),))
        row.scopes = given
        _decide(principal, row, "approved")
        detail: Detail = {"terminal": row.terminal, "address": row.address, "scopes": given}
        record(principal, action="terminal.approved", subject=str(row.pk), detail=detail)
    tries.forget(tries_rules.terminal_key(principal.id))


def terminal_deny(principal: Principal, *, code: str) -> None:
    """Refuse the terminal with this code. Raises NotFound. Audit: terminal.denied."""
    with transaction.atomic():
        row = _waiting(code)
        _decide(principal, row, "denied")
        detail = {"terminal": row.terminal, "address": row.address}
        record(principal, action="terminal.denied", subject=str(row.pk), detail=detail)


def terminal_fetch(principal: Principal, *, secret: str) -> TerminalToken:
    """Hand an approved terminal its token, once. Audit: token.made.

    Raises NotFound for an unknown or spent secret; Refused with `terminal_waiting`, `terminal_denied` or
    `terminal_code_expired` for the others.
    """
    del principal
    with transaction.atomic():
        member = _approver(secret)
        row = (
            LoginCode.objects.select_for_update(of=("self",))
            .filter(secret_sha256=_digest(secret))
            .exclude(state="used")
            .first()
        )
        if row is None:
            raise NotFound
        if row.expires_at <= clock.now():
            raise Refused("terminal_code_expired")
        if row.state != "approved":
            raise Refused(f"terminal_{row.state}")
        if member is None or member.pk != row.member_id:
            raise Refused("terminal_waiting")
        row.state = "used"
        row.save(update_fields=["state"])
        who = principal_of_member(member, door=Door.API, session=f"terminal:{row.pk}")
        if who is None:
            raise NotFound
        scopes = who.permissions & set(row.scopes)
        token = token_make(who, name=row.terminal, scopes=scopes, days=TOKEN_DAYS)
        tries.give_back(tries_rules.terminal_key(row.address))
    return TerminalToken(token=token, member=member.name, agency=member.agency_id)


def _approver(secret: str) -> Member | None:
    """Hold the member who approved, before the code: whoever ends an account's keys holds them in this order too."""
    approved = LoginCode.objects.filter(secret_sha256=_digest(secret)).values_list("member_id", flat=True).first()
    if approved is None:
        return None
    return Member.objects.select_for_update(of=("self",)).select_related("agency").get(pk=approved)


def _waiting(code: str) -> LoginCode:
    digest = _digest(normal_code(code))
    rows = LoginCode.objects.select_for_update().filter(code_sha256=digest, state="waiting")
    row = rows.filter(expires_at__gt=clock.now()).first()
    if row is None:
        raise NotFound
    return row


def _decide(principal: Principal, row: LoginCode, state: str) -> None:
    row.state, row.decided_at = state, clock.now()
    row.member_id = UUID(principal.id)
    row.save(update_fields=["state", "decided_at", "member", "scopes"])


def _printable(text: str) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
