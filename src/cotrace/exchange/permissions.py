"""What a role can allow here. The register of other installations is the operator's and in no role."""

from cotrace.foundation.permissions import PermissionEnum


class ExchangePermission(PermissionEnum):
    """Acts on messages between installations."""

    READ = "exchange.read", "See the messages that one's agency sent to and got from other installations"
    EXPORT = "exchange.export", "Take one's agency's requests, results and acknowledgements out as signed files"
    IMPORT = "exchange.import", "Take signed files of other installations in"
