"""What a role can allow here. Pages ask nobody: a member's own notices are theirs. A token acts only as far as it says."""

from cotrace.foundation.permissions import PermissionEnum


class NoticePermission(PermissionEnum):
    """Acts on one's own notices through the API and the terminal; nobody reaches another's."""

    READ = "notice.read", "Read one's own notices through the API and on the terminal"
    ACKNOWLEDGE = "notice.acknowledge", "Take note of one's own notices through the API and on the terminal"
