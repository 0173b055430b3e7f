"""Files in: read strictly, judged, acted on once; what is refused is kept as refused."""

from dataclasses import dataclass

from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.reads import TakenFile
from cotrace.exchange.rules.envelope import FILE_LIMITS, SignedEnvelope, parse_file
from cotrace.exchange.services.receiving import Offered, message_take, refusal_note
from cotrace.foundation.errors import CotraceError, Denied, NotFound
from cotrace.foundation.principal import Principal
from cotrace.foundation.rules.signatures import digest

LARGEST_FILE = FILE_LIMITS.size_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOutcome:
    """What came of a file: it was taken, or why not, with what it claims of itself, empty where it cannot be read."""

    sha256: str
    taken: TakenFile | None = None
    refusal: CotraceError | None = None
    claimed_sender: str = ""
    claimed_recipient: str = ""
    claimed_message: str = ""


def file_import(principal: Principal, *, content: bytes) -> TakenFile:
    """Take a signed file of another installation in.

    Raises Invalid for what is no such file, Refused with the reason for what is not to be acted on; both
    are kept. Audit: exchange.taken or exchange.refused.
    """
    outcome = file_offer(principal, content=content)
    if outcome.taken is None:
        raise outcome.refusal or NotFound
    return outcome.taken


def file_offer(principal: Principal, *, content: bytes) -> FileOutcome:
    """Take a signed file of another installation in, or say why not. Raises Denied.

    What is refused is kept. Audit: exchange.taken or exchange.refused.
    """
    principal.require(ExchangePermission.IMPORT)
    sha256 = digest(content)
    signed: SignedEnvelope | None = None
    try:
        signed = parse_file(content)
        return FileOutcome(sha256=sha256, taken=message_take(principal, signed=signed))
    except (Denied, NotFound):
        raise
    except CotraceError as refusal:
        claimed = signed.envelope if signed else None
        outcome = FileOutcome(
            sha256=sha256,
            refusal=refusal,
            claimed_sender=claimed.sender if claimed else "",
            claimed_recipient=claimed.recipient if claimed else "",
            claimed_message=claimed.message_id if claimed else "",
        )
    offered = Offered(
        sha256=sha256, claimed_sender=outcome.claimed_sender, claimed_message=outcome.claimed_message
    )
    refusal_note(principal, offered=offered, code=outcome.refusal.code if outcome.refusal else "")
    return outcome
