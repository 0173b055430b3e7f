"""What a role can allow here."""

from cotrace.foundation.permissions import PermissionEnum


class AgencyPermission(PermissionEnum):
    """Acts on one's own agency's people and keys."""

    TOKEN_MAKE = "token.make", "Make tokens for the API and the terminal, with no more than one's own permissions"
    MEMBER_READ = "member.read", "See the members of one's agency and their roles"
    MEMBER_MANAGE = "member.manage", "Add members, give and take roles, close accounts in one's agency"
