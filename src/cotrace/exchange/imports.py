"""Files in: read strictly, judged, acted on once; what is refused is kept as refused."""

from cotrace.exchange.permissions import ExchangePermission
from cotrace.exchange.reads import TakenFile
from cotrace.exchange.rules.envelope import FILE_LIMITS, parse_file
from cotrace.exchange.services.receiving import Offered, message_take, refusal_note
from cotrace.foundation.errors import CotraceError, Denied, NotFound
from cotrace.foundation.principal import Principal
from cotrace.foundation.rules.signatures import digest

LARGEST_FILE = FILE_LIMITS.size_bytes


def file_import(principal: Principal, *, content: bytes) -> TakenFile:
    """Take a signed file of another installation in.

    Raises Invalid for what is no such file, Refused with the reason for what is not to be acted on; both
    are kept. Audit: exchange.taken or exchange.refused.
    """
    principal.require(ExchangePermission.IMPORT)
    offered = Offered(sha256=digest(content))
    try:
        signed = parse_file(content)
        envelope = signed.envelope
        offered = Offered(
            sha256=offered.sha256, claimed_sender=envelope.sender, claimed_message=envelope.message_id
        )
        return message_take(principal, signed=signed)
    except (Denied, NotFound):
        raise
    except CotraceError as refusal:
        refusal_note(principal, offered=offered, code=refusal.code)
        raise
