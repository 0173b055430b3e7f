"""What Django's test client has to know of our session cookie: it is signed, where Django's own is the bare name.

The client reads and makes sessions by writing their name into its jar. These two of its methods are ours in tests,
so that its cookie is the one a browser has; the site itself is asked without any change.
"""

from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.test.client import ClientMixin

from cotrace.agencies.views.session_cookie import cookie_of, session_named


def client_signs_its_cookie(patched: pytest.MonkeyPatch) -> None:
    """Let every test client, made or to be made, carry the site's cookie."""
    patched.setattr(ClientMixin, "session", property(_session))
    patched.setattr(ClientMixin, "_set_login_cookies", _set_login_cookies)


_plain_login_cookies = ClientMixin._set_login_cookies


def _session(client: ClientMixin) -> SessionBase:
    """Return the client's session; make one where it has none, as Django's own property does."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    name = session_named(cookie.value) if cookie else None
    if name is not None:
        return store(name)
    made = store()
    made.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie_of(made.session_key)
    return made


def _set_login_cookies(client: ClientMixin, request: HttpRequest) -> None:
    _plain_login_cookies(client, request)
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie_of(request.session.session_key)
