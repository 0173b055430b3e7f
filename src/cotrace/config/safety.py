"""What this installation refuses to start with: settings that would tell strangers, or lock everybody out at once."""

import stat
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

from cotrace.foundation.errors import Refused


def require_no_debug() -> None:
    """Raise Refused with Django's debug pages anywhere but in the demo: they show settings and values to every visitor."""
    if settings.DEBUG and not (settings.COTRACE_DEMO and connection.vendor == "sqlite"):
        raise Refused("debug_refused")


def require_proxies() -> None:
    """Raise Refused where the site is served over HTTPS and no proxy is named: nothing of ours speaks TLS.

    Every visitor would have the proxy's address, and thirty wrong tries of a stranger would lock everybody out.
    """
    if settings.SESSION_COOKIE_SECURE and settings.ALLAUTH_TRUSTED_PROXY_COUNT < 1:
        raise Refused("proxies_missing")


def is_home_open() -> bool:
    """Tell whether other accounts of the machine can look into the folder of everything this installation keeps."""
    home = Path(settings.COTRACE_HOME)
    return home.exists() and bool(stat.S_IMODE(home.stat().st_mode) & 0o077)


def close_database() -> None:
    """Close the embedded database to other accounts where an earlier version left it open to them."""
    if connection.vendor != "sqlite":
        return
    name = Path(str(connection.settings_dict["NAME"]))
    for path in (name, *(name.with_name(f"{name.name}-{more}") for more in ("wal", "shm", "journal"))):
        with suppress(FileNotFoundError):
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                path.chmod(0o600)
