"""Sessions in the database, of no use to whoever reads it or moves its rows.

What a session holds is encrypted under a key of its own, made from the installation's secret key and the session's
name: so it cannot be read there (a one-time link's secret, the secret of an app being set up), and what one row
holds is nothing in another. The row's name opens nothing: `views.session_cookie` says what does.
"""

import logging
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore

from cotrace.agencies.rules.derived_keys import fernet_key

log = logging.getLogger(__name__)


class SessionStore(DatabaseSessionStore):
    """Django's own store in the database, its contents encrypted and tied to their row."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Return what the row holds."""
        return self._cipher().encrypt(super().encode(session_dict).encode()).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Undo `encode`; whatever was made elsewhere or for another row is an empty session."""
        try:
            held = self._cipher().decrypt(session_data)
        except InvalidToken:
            log.warning("a session's row holds what was not written for it")
            return {}
        found: dict[str, Any] = super().decode(held.decode())
        return found

    def _cipher(self) -> MultiFernet:
        purpose = f"session {self.session_key}"
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return MultiFernet([Fernet(fernet_key(str(each), purpose=purpose)) for each in keys])
