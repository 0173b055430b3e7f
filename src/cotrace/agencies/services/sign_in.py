"""Entering: passwords, second factors, and what is written of each try.

An unknown account, a closed one, a wrong password and a lock take the same steps and the same time: one count,
one password check, one line in the log.
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.contrib.auth.hashers import make_password
from django.db import transaction

from cotrace.agencies.models import Member
from cotrace.agencies.rules import tries as rules
from cotrace.agencies.selectors.locks import locks_of
from cotrace.agencies.services import tries
from cotrace.audit.services import Detail, record
from cotrace.foundation.principal import Door, Principal

VISITOR_ID = "visitor"
TOTP_USED = "last_counter"


@dataclass(frozen=True, slots=True, kw_only=True)
class From:
    """Where a try comes from: network address and what the browser says of itself."""

    address: str
    device: str = ""


def visitor_principal(door: Door = Door.WEB) -> Principal:
    """Return somebody at the door of whom nothing is known yet."""
    return Principal(id=VISITOR_ID, agency="", door=door)


def password_try(principal: Principal, *, email: str, password: str, origin: From) -> Member | None:
    """Return the member whose e-mail address and password these are, for the sign-in to go on with.

    None for an unknown account, a closed one, a wrong password and a lock alike. A right password gives its try
    back but does not forget the wrong ones: only a finished sign-in does. Audit: session.refused, account.locked.
    """
    limits = _limits(email, origin)
    is_open = tries.take(limits)
    member = Member.objects.select_related("agency").filter(email=email.strip().lower()).first()
    is_right = _check(member, password)
    if is_open and is_right and member is not None and is_active(member):
        tries.give_back(*limits)
        return member
    code = "account_locked" if not is_open else "credentials_wrong"
    note_refusal(principal, member=member, email=email, origin=origin, code=code)
    return None


def password_confirm(principal: Principal, *, password: str, origin: From) -> bool:
    """Tell whether the signed-in member typed their own password; wrong ones count. Audit: session.refused."""
    member = Member.objects.select_related("agency").get(pk=principal.id)
    limits = _limits(member.email, origin)
    is_open = tries.take(limits)
    if _check(member, password) and is_open:
        tries.give_back(*limits)
        return True
    code = "account_locked" if not is_open else "credentials_wrong"
    note_refusal(principal, member=member, email=member.email, origin=origin, code=code)
    return False


def code_try(principal: Principal, *, member_id: UUID, code: str, origin: From) -> Authenticator | None:
    """Return the factor whose code this is: an authenticator app's, not used before, or a recovery code.

    None for a wrong, a used and a locked one alike; it counts as a password try does. Audit: session.refused.
    """
    member = Member.objects.select_related("agency").get(pk=member_id)
    limits = _limits(member.email, origin)
    is_open = tries.take(limits)
    found = _factor_of_code(member, code) if is_open else None
    if found is not None:
        tries.give_back(*limits)
        return found
    refused = "account_locked" if not is_open else "factor_wrong"
    note_refusal(principal, member=member, email=member.email, origin=origin, code=refused)
    return None


def note_refusal(
    principal: Principal, *, member: Member | None, email: str, origin: From, code: str
) -> None:
    """Write a refused try in the chain of the account's agency, or the installation's for an unknown account.

    Its actor is a visitor unless somebody was signed in: a wrong try proves nothing of who made it. The try that fills the count writes the lock as well. Audit: session.refused, account.locked.
    """
    who = principal
    if member is not None and not principal.agency:
        who = replace(principal, agency=member.agency_id)
    detail = {"account": email.strip().lower()[:254], "address": origin.address, "device": origin.device}
    subject = str(member.pk) if member else ""
    is_locked = _is_locked(email)
    with transaction.atomic():
        record(who, action="session.refused", subject=subject, outcome=f"refused:{code}", detail=detail)
        if is_locked and code != "account_locked":
            record(who, action="account.locked", subject=subject, detail=detail)


def entry_refusal(member: Member) -> str:
    """Return why a member whose factors were right still may not enter: a code, empty where nothing is against it."""
    if not is_active(member):
        return "account_closed"
    return "account_locked" if _is_locked(member.email) else ""


def session_start(principal: Principal, *, factors: tuple[str, ...], origin: From) -> None:
    """Write that a session began and forget the account's wrong tries. Audit: session.started."""
    member = Member.objects.get(pk=principal.id)
    with transaction.atomic():
        tries.forget(rules.account_key(member.email))
        detail: Detail = {"factors": list(factors), "address": origin.address, "device": origin.device}
        record(principal, action="session.started", subject=principal.id, detail=detail)


def session_end(principal: Principal, *, code: str = "") -> None:
    """Write that a session ended: by its member (no code), or for a reason such as `session_locked`.

    Audit: session.ended.
    """
    with transaction.atomic():
        outcome = f"refused:{code}" if code else "done"
        record(principal, action="session.ended", subject=principal.id, outcome=outcome)


def is_active(member: Member) -> bool:
    """Tell whether a member and their agency are open."""
    return member.is_active and member.agency.is_active


def as_member(user: object) -> Member:
    """Return the framework's user of a request as the member it is. Raises TypeError for nobody."""
    if not isinstance(user, Member):
        raise TypeError("nobody is signed in")
    return user


def _limits(email: str, origin: From) -> dict[str, int]:
    return {
        rules.account_key(email): rules.ACCOUNT_LIMIT,
        rules.address_key(origin.address): rules.ADDRESS_LIMIT,
    }


def _is_locked(email: str) -> bool:
    return bool(locks_of([rules.account_key(email)], limit=rules.ACCOUNT_LIMIT))


def _check(member: Member | None, password: str) -> bool:
    """Check a password; where there is nothing to check against, spend the same time."""
    if member is None:
        make_password(password)
        return False
    return member.check_password(password)


def _factor_of_code(member: Member, code: str) -> Authenticator | None:
    typed = "".join(code.split())
    with transaction.atomic():
        factors = Authenticator.objects.select_for_update().filter(user=member).exclude(
            type=Authenticator.Type.WEBAUTHN
        )
        factor: Authenticator
        for factor in factors.order_by("-type"):
            if factor.type == Authenticator.Type.TOTP and _spend_totp(factor, typed):
                return factor
            if factor.type == Authenticator.Type.RECOVERY_CODES and RecoveryCodes(factor).validate_code(typed):
                return factor
    return None


def _spend_totp(factor: Authenticator, typed: str) -> bool:
    """Accept each time step once: a code read over a shoulder is worth nothing."""
    secret = decrypt(factor.data["secret"])
    for counter in matching_counters(secret, typed):
        if counter > factor.data.get(TOTP_USED, 0):
            factor.data[TOTP_USED] = counter
            factor.save(update_fields=["data"])
            return True
    return False


def matching_counters(secret: str, typed: str) -> Iterator[int]:
    """Yield the time steps, now and one to each side, whose code was typed."""
    for counter in yield_hotp_counters_from_time():
        if hmac.compare_digest(format_hotp_value(hotp_value(secret, counter)).encode(), typed.encode()):
            yield counter
