"""What a role can allow here."""

from cotrace.foundation.permissions import PermissionEnum


class SharingPermission(PermissionEnum):
    """Acts on agreements, circles and explanations."""

    EXPLAIN = "sharing.explain", "Ask why one can see a record, and who else can see one's agency's records"
    WHO_LOOKED = "sharing.who_looked", "See who looked at one's agency's records"
    AGREEMENT_READ = "agreement.read", "Read the memoranda one's agency is party to"
    AGREEMENT_DRAFT = "agreement.draft", "Draft a memorandum"
    AGREEMENT_SIGN = "agreement.sign", "Sign, suspend, resume or end a memorandum for one's agency"
    CIRCLE_MANAGE = "circle.manage", "Open circles and name their members"
    EMERGENCY_OPEN = "emergency.open", "Open an emergency session on one's agency's restricted records"
