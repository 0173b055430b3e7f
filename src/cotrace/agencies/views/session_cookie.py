"""What opens a session: its name and a signature that only this installation's secret key makes.

The names of sessions stand in the database, in two tables. Whoever reads those, or a backup of them, cannot make
the cookie.
"""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

SALT = "cotrace.session_cookie"


class SignedSessionMiddleware(SessionMiddleware):
    """Django's session middleware; its cookie carries the session's name signed, and nothing else is taken."""

    def process_request(self, request: HttpRequest) -> None:
        """Take up the session whose name the cookie proves; a cookie that proves nothing is no cookie."""
        request.session = self.SessionStore(session_named(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Sign what goes out."""
        answer: HttpResponse = super().process_response(request, response)
        sent = answer.cookies.get(settings.SESSION_COOKIE_NAME)
        if sent is not None and sent.value:
            answer.cookies[settings.SESSION_COOKIE_NAME] = cookie_of(sent.value)
        return answer


def cookie_of(session_key: str) -> str:
    """Return the cookie that opens a session."""
    return Signer(salt=SALT).sign(session_key)


def session_named(cookie: str) -> str | None:
    """Return the name of the session that a cookie opens; None where its signature is not ours."""
    try:
        return Signer(salt=SALT).unsign(cookie)
    except BadSignature:
        return None

