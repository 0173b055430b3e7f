"""Writing the log: acts, seals, signed heads, purges."""

from cotrace.audit.services.record import (
    NO_DETAIL,
    Detail,
    digest_of,
    record,
    record_disclosure,
    record_listing,
    record_refusal,
)

__all__ = ["NO_DETAIL", "Detail", "digest_of", "record", "record_disclosure", "record_listing", "record_refusal"]
