"""Telling those who watch that an account of their agency was changed by another's hand."""

from cotrace.agencies.events import AccountChanged
from cotrace.agencies.models import Member
from cotrace.foundation.events import publish
from cotrace.foundation.ids import random_hex
from cotrace.foundation.principal import Principal


def account_changed(principal: Principal, *, member: Member, act: str) -> None:
    """Announce an act on a member's account, in the transaction of the act. Event: AccountChanged."""
    publish(
        AccountChanged(
            act=act,
            agency=member.agency_id,
            member=str(member.pk),
            by=principal.id,
            change=random_hex(8, owner=member.agency_id),
        )
    )
