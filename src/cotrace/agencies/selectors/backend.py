"""How Django finds the member of a session. It authenticates nobody: `services.sign_in` does."""

from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from cotrace.agencies.models import Member


class MemberBackend(BaseBackend):
    """Finds members by id, none whose account or agency is closed."""

    def get_user(self, user_id: UUID | str) -> Member | None:
        """Return the member of a session, None for a closed account."""
        rows = Member.objects.select_related("agency").filter(is_active=True, agency__is_active=True)
        return rows.filter(pk=user_id).first()

    def authenticate(self, request: HttpRequest | None, **credentials: object) -> None:
        """Let nobody in: no second way around the counting of tries."""
        del request, credentials
