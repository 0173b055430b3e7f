"""Searches whose words stay out of addresses: the form is posted, the address names what the session keeps.

The name is a keyed digest of who searches for what, so the same search has the same address in one's own session
and none in another's.
"""

import json
from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

KEPT = 20
"""How many of a session's searches are kept; the oldest is forgotten first."""

_SESSION_KEY = "cotrace_searches"
_NAME_LENGTH = 16


def keep_search(request: HttpRequest, values: Mapping[str, str]) -> str:
    """Keep what a search form said in the session; return the name that its address carries."""
    text = json.dumps(dict(values), sort_keys=True)
    who = str(getattr(request.user, "pk", ""))
    name = salted_hmac("cotrace.doors.searches", f"{who}:{text}", algorithm="sha256").hexdigest()[:_NAME_LENGTH]
    kept: dict[str, dict[str, str]] = request.session.get(_SESSION_KEY, {})
    kept.pop(name, None)
    kept[name] = dict(values)
    request.session[_SESSION_KEY] = dict(list(kept.items())[-KEPT:])
    return name


def kept_search(request: HttpRequest, name: str) -> dict[str, str] | None:
    """Return what the search of that name said, None where this session does not keep it (any more)."""
    kept: dict[str, dict[str, str]] = request.session.get(_SESSION_KEY, {})
    return kept.get(name)
