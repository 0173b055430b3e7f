"""What a role can allow here."""

from cotrace.foundation.permissions import PermissionEnum


class AuditPermission(PermissionEnum):
    """Acts on one's own agency's log."""

    READ = "audit.read", "Read one's agency's log"
    VERIFY = "audit.verify", "Verify one's agency's log and keep its signed heads"
    PURGE = "audit.purge", "Purge the details of one's agency's log; its chain stays verifiable"
