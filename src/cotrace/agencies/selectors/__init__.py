"""Reads of this room: who acts, own agency's members, own account, what agencies published."""

from cotrace.agencies.selectors.contacts import agency_contact, agency_contacts
from cotrace.agencies.selectors.members import colleague_names, member_names
from cotrace.agencies.selectors.principals import (
    TokenPrincipal,
    permissions_of,
    principal_of_member,
    principal_of_session,
    principal_of_token,
)

__all__ = [
    "TokenPrincipal",
    "agency_contact",
    "agency_contacts",
    "colleague_names",
    "member_names",
    "permissions_of",
    "principal_of_member",
    "principal_of_session",
    "principal_of_token",
]
