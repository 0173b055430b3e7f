"""Passkey ceremonies: what the browser is asked, and whether its answer is right."""

import ipaddress
import json
import struct

from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from cotrace.agencies.services.factors import Credential
from cotrace.agencies.services.sign_in import as_member
from cotrace.foundation.errors import FieldProblem, Invalid


def is_passkey_possible(request: HttpRequest) -> bool:
    """Tell whether browsers allow passkeys here: they are tied to a name, never to a bare address."""
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return request.is_secure() or host == "localhost"
    return False


def creation_options(request: HttpRequest) -> object:
    """Return what the browser needs to make a passkey that asks its owner for a PIN, finger or face."""
    return json.loads(json.dumps(dict(auth.begin_registration(as_member(request.user), passwordless=True))))


def checked_credential(answer: object) -> Credential:
    """Return the browser's new passkey once its signature, challenge and origin are right. Raises Invalid."""
    wrong = Invalid("factor_incomplete", fields=(FieldProblem("credential", "passkey_wrong"),))
    if not isinstance(answer, dict):
        raise wrong
    try:
        auth.parse_registration_response(answer)
        binding = auth.complete_registration(answer)
    except (ValidationError, AttributeError, LookupError, TypeError, ValueError, struct.error):
        raise wrong from None
    if not binding.is_user_verified():
        raise wrong
    return answer
