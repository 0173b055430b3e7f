"""Acts that outlive the session they are done in: they hold the member's row, and the session must still be alive.

Whoever replaces a password or ends sessions holds the same row. So what a stolen session asks for at the same moment
either comes before and is ended with the rest, or comes after and is refused.
"""

from cotrace.agencies.models import ApiToken, Member
from cotrace.agencies.selectors.principals import TOKEN_SESSION
from cotrace.agencies.selectors.sessions import is_session_alive
from cotrace.foundation.errors import SignInRequired
from cotrace.foundation.principal import Door, Principal


def hold_on(principal: Principal) -> None:
    """Hold the principal's member in the caller's transaction. Raises SignInRequired where what it came with ended since."""
    member = Member.objects.select_for_update().filter(pk=principal.id).first()
    if member is None or not member.is_active or not _is_alive(principal, member):
        raise SignInRequired


def _is_alive(principal: Principal, member: Member) -> bool:
    if principal.session.startswith(TOKEN_SESSION):
        token = principal.session.removeprefix(TOKEN_SESSION)
        return ApiToken.objects.filter(pk=token, member=member, revoked_at=None).exists()
    return principal.door is not Door.WEB or is_session_alive(member, name=principal.session)
