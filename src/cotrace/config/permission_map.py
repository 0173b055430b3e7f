"""Every route of every door and what it asks of its caller. A route that is not here is closed.

Keys are URL names, or `METHOD name` where methods differ. `public` needs no sign-in, `signed_in`
any member; everything else is a permission code.
"""

from cotrace.foundation.permissions import PUBLIC, SIGNED_IN

PERMISSION_MAP: dict[str, str] = {
    "home": SIGNED_IN,
    "set_language": PUBLIC,
    "health": PUBLIC,
}
