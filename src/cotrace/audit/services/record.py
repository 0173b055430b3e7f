"""Writing the log. One row per act in the caller's transaction: no lock, no chain position."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping

from django.db import transaction

from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.foundation import clock
from cotrace.foundation.principal import Principal
from cotrace.foundation.request_id import request_id

NO_DETAIL = hashlib.sha256(b"").hexdigest()
INSTALLATION_CHAIN = "INSTALLATION"

Detail = Mapping[str, str | int | list[str] | Mapping[str, str] | None]


def digest_of(salt: str, detail: str) -> str:
    """Return SHA-256(salt‖detail) as hexadecimal text."""
    return hashlib.sha256(f"{salt}{detail}".encode()).hexdigest()


def record(
    principal: Principal,
    *,
    action: str,
    subject: str = "",
    owner: str = "",
    outcome: str = "done",
    detail: Detail | None = None,
) -> None:
    """Write what happened, in the caller's transaction.

    `subject` is the id of a record or `""`; `owner` the agency it belongs to: an act on another
    agency's record is written in both chains, so that the owner can see who looked. `detail` goes
    into a row of its own that can be purged without breaking the chain.
    """
    chains = {principal.agency or INSTALLATION_CHAIN}
    if owner:
        chains.add(owner)
    text = json.dumps(detail, sort_keys=True, ensure_ascii=False) if detail else ""
    for chain in sorted(chains):
        _write(principal, chain=chain, action=action, subject=subject, outcome=outcome, detail=text)


def _write(
    principal: Principal, *, chain: str, action: str, subject: str, outcome: str, detail: str
) -> None:
    salt = secrets.token_hex(16) if detail else ""
    event = AuditEvent.objects.create(
        chain=chain,
        recorded_at=clock.now(),
        actor=principal.id,
        actor_agency=principal.agency,
        door=principal.door,
        action=action,
        subject=subject,
        outcome=outcome,
        purpose=principal.purpose,
        case_ref=principal.case,
        session=principal.session,
        request_id=request_id.get(),
        digest=digest_of(salt, detail) if detail else NO_DETAIL,
    )
    if detail:
        AuditDetail.objects.create(event_id=event.pk, salt=salt, detail=detail)


def record_listing(
    principal: Principal,
    *,
    action: str,
    shown: Iterable[tuple[str, str]],
    counted: Iterable[tuple[str, str]] = (),
    detail: Detail | None = None,
) -> None:
    """Commit that a list of records was shown: `shown` are (number, owner), `counted` those that only its count told of.

    The reader's chain gets all numbers shown and `detail`, each owner's chain only its own numbers, shown and counted,
    before the list leaves.
    """
    numbers: dict[str, list[str]] = {principal.agency or INSTALLATION_CHAIN: []}
    for number, owner in shown:
        numbers[principal.agency].append(number)
        if owner != principal.agency:
            numbers.setdefault(owner, []).append(number)
    told: dict[str, list[str]] = {}
    for number, owner in counted:
        told.setdefault(owner, []).append(number)
    with transaction.atomic():
        for chain in sorted({*numbers, *told}):
            more = detail if detail and chain == principal.agency else {}
            whole = {**more, "numbers": numbers.get(chain, []), **({"counted": told[chain]} if chain in told else {})}
            text = json.dumps(whole, ensure_ascii=False)
            _write(principal, chain=chain, action=action, subject="", outcome="disclosed", detail=text)


def record_disclosure(
    principal: Principal,
    *,
    action: str,
    subject: str = "",
    owner: str = "",
    detail: Detail | None = None,
) -> None:
    """Commit a disclosure before its first byte leaves.

    Called by selectors that hand a record out: outside any transaction it is durable on return.
    """
    with transaction.atomic():
        record(principal, action=action, subject=subject, owner=owner, outcome="disclosed", detail=detail)


def record_refusal(principal: Principal, *, action: str, code: str, subject: str = "") -> None:
    """Write a refusal in a transaction of its own, after the refused act was rolled back."""
    with transaction.atomic():
        record(principal, action=action, subject=subject, outcome=f"refused:{code}"[:64])
