"""Asking a licensee's connector: one question to one registered address, one checked answer.

The address is never taken from an answer: it comes from the caller's register, is resolved once and
dialled as resolved. Everything a connector can do wrong has a stable code
(`rules/connector_failures.py`); docs/connector-protocol.md section 9 lists them.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from cotrace.foundation.errors import Invalid, Refused
from cotrace.foundation.rules.canonical import JsonLimits, parse_json
from cotrace.foundation.rules.signatures import Purpose, Signer
from cotrace.tracing.imports.connector_address import pinned_address
from cotrace.tracing.imports.connector_call import Call, RawAnswer, deadline_after, post, seconds_left
from cotrace.tracing.imports.connector_failed import ConnectorFailed
from cotrace.tracing.rules.answer_document import ConnectorAnswer, belongs_to, parse_answer
from cotrace.tracing.rules.answers import Pending
from cotrace.tracing.rules.connector_failures import ConnectorFailure
from cotrace.tracing.rules.connector_register import Connector, ConnectorLimits
from cotrace.tracing.rules.inquiry import (
    CONTENT_TYPE,
    KEY_HEADER,
    SIGNATURE_HEADER,
    Inquiry,
    inquiry_bytes,
)

REFUSAL_LIMITS = JsonLimits(size_bytes=4 * 1024, depth=2)
_REASON = re.compile(r"[a-z][a-z_]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedAnswer:
    """A checked answer, with the bytes and the signature that prove who gave it."""

    answer: ConnectorAnswer
    body: bytes
    signature: str


def ask(
    connector: Connector,
    inquiry: Inquiry,
    *,
    signer: Signer,
    limits: ConnectorLimits,
    now: datetime,
    earlier: bytes | None = None,
) -> SignedAnswer:
    """Put an inquiry to a licensee's connector and return its checked answer.

    A retry passes the same inquiry. `earlier` is the body of an answer already on record for it: a
    different one now is a failure of its own. Discloses the gun's description to the licensee, so the
    caller has committed its audit event before.
    Raises: ConnectorFailed; Refused inquiry_time_over.
    """
    if inquiry.expires_at <= now:
        raise Refused("inquiry_time_over")
    answer = _checked(_call(connector, inquiry, signer=signer, limits=limits), connector, inquiry)
    if earlier is not None and answer.body != earlier:
        raise ConnectorFailed(ConnectorFailure.ANSWERED_TWICE)
    if isinstance(answer.answer.answer, Pending):
        raise ConnectorFailed(ConnectorFailure.PENDING, retry_after_s=answer.answer.answer.retry_after_s)
    return answer


def _call(connector: Connector, inquiry: Inquiry, *, signer: Signer, limits: ConnectorLimits) -> RawAnswer:
    deadline = deadline_after(limits.total_s)
    address = pinned_address(connector, seconds=min(limits.connect_s, limits.total_s))
    if seconds_left(deadline) <= 0:
        raise ConnectorFailed(ConnectorFailure.SLOW)
    body = inquiry_bytes(inquiry)
    headers = (
        ("Content-Type", CONTENT_TYPE),
        ("Accept", CONTENT_TYPE),
        ("Accept-Encoding", "identity"),
        (KEY_HEADER, signer.public_key.key_id),
        (SIGNATURE_HEADER, signer.sign(body, purpose=Purpose.INQUIRY)),
    )
    return post(
        Call(
            address=address,
            body=body,
            headers=headers,
            limits=limits,
            deadline=deadline,
            ca_file=connector.ca_file,
        )
    )


def _checked(raw: RawAnswer, connector: Connector, inquiry: Inquiry) -> SignedAnswer:
    """Check an answer from the outside in: status, type, signature, form, and whom it is about."""
    _check_status(raw)
    if not _is_json(raw):
        raise ConnectorFailed(ConnectorFailure.ANSWER_MALFORMED)
    signature = raw.headers.get(SIGNATURE_HEADER.lower(), "")
    if not any(key.is_signature(signature, purpose=Purpose.ANSWER, body=raw.body) for key in connector.keys):
        raise ConnectorFailed(ConnectorFailure.SIGNATURE_WRONG)
    try:
        answer = parse_answer(raw.body)
    except Invalid:
        raise ConnectorFailed(ConnectorFailure.ANSWER_MALFORMED) from None
    if not belongs_to(answer, inquiry):
        raise ConnectorFailed(ConnectorFailure.ANSWER_MISMATCH)
    return SignedAnswer(answer=answer, body=raw.body, signature=signature)


def _check_status(raw: RawAnswer) -> None:
    if 300 <= raw.status < 400:
        raise ConnectorFailed(ConnectorFailure.REDIRECTED)
    if 400 <= raw.status < 500:
        raise ConnectorFailed(ConnectorFailure.REFUSED, reason=_reason(raw))
    if raw.status != 200:
        raise ConnectorFailed(ConnectorFailure.UNREACHABLE)


def _is_json(raw: RawAnswer) -> bool:
    content_type = raw.headers.get("content-type", "").split(";")[0].strip().lower()
    encoding = raw.headers.get("content-encoding", "identity").strip().lower()
    return content_type == CONTENT_TYPE and encoding == "identity"


def _reason(raw: RawAnswer) -> str:
    """The code a refusal gives, as far as it has the form of one; nothing else of it is shown to anybody."""
    try:
        value = parse_json(raw.body, limits=REFUSAL_LIMITS)
    except Invalid:
        return "not_stated"
    code = value.get("code") if isinstance(value, dict) else None
    return code if isinstance(code, str) and _REASON.fullmatch(code) else "not_stated"
