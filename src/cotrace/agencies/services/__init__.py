"""Writes of this room: members, roles, tokens; signing in has its modules here too."""

from cotrace.agencies.services.members import NewAgency, NewMember, agency_add, agency_put, member_add
from cotrace.agencies.services.roles import RoleLine, roles_load
from cotrace.agencies.services.tokens import NewToken, token_make, token_revoke, token_use

__all__ = [
    "NewAgency",
    "NewMember",
    "NewToken",
    "RoleLine",
    "agency_add",
    "agency_put",
    "member_add",
    "roles_load",
    "token_make",
    "token_revoke",
    "token_use",
]
