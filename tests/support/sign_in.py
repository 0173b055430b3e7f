"""Members who can sign in, and clients that have done so: for tests of every room's pages.

    member = member_exists("FGR", roles=("analyst",))
    signed_in(client, member)

`signed_in` gives a session that showed both factors, without the sign-in page and its password check.
"""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as METHODS_OF,
)
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.test import Client

from cotrace.agencies.imports import shipped_roles
from cotrace.agencies.models import Member
from cotrace.agencies.selectors.account import factors_get
from cotrace.agencies.selectors.principals import principal_of_member
from cotrace.agencies.services.members import NewMember, member_add
from cotrace.agencies.services.roles import RoleLine, roles_load
from cotrace.agencies.views.requests import BACKEND, STARTED
from cotrace.foundation import clock
from cotrace.foundation.permissions import declared_permissions
from cotrace.foundation.principal import Door, installation_principal
from tests.support.world import agencies_exist

PASSWORD = "correct horse battery staple"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
EVERYTHING = "everything"
"""A role of the tests that holds every declared permission."""


def roles_exist(*codes: str) -> None:
    """Load these roles, of the shipped ones and the tests' own that holds everything; all where none is named."""
    everything = RoleLine(
        code=EVERYTHING,
        label_en="Everything",
        label_es="Todo",
        permissions=tuple(sorted(declared_permissions())),
    )
    lines = [*shipped_roles(), everything]
    wanted = [line for line in lines if not codes or line.code in codes]
    roles_load(installation_principal(), lines=wanted)


def member_exists(
    agency: str = "FGR",
    *,
    name: str = "Ana Ruiz",
    email: str = "",
    roles: tuple[str, ...] = (EVERYTHING,),
    password: str | None = None,
    language: str = "en",
    has_app: bool = False,
    is_demo: bool = False,
) -> Member:
    """Write a member; with `has_app` an authenticator app whose secret is `TOTP_SECRET`."""
    agencies_exist()
    if roles:
        roles_exist(*roles)
    address = email or f"{name.split()[0].lower()}@{agency.lower()}.example"
    new = NewMember(
        email=address, name=name, agency=agency, roles=roles, language=language, password=password, is_demo=is_demo
    )
    member = Member.objects.get(pk=member_add(installation_principal(), new=new))
    if has_app:
        TOTP.activate(member, TOTP_SECRET)
    return member


def code_now(secret: str = TOTP_SECRET, *, steps: int = 0) -> str:
    """Return the code that an authenticator app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def factor_key(member: Member) -> str:
    """Return what stands for a member's oldest second factor in addresses."""
    principal = principal_of_member(member, door=Door.WEB)
    assert principal is not None
    return factors_get(principal).factors[0].key


def signed_in(client: Client, member: Member, *, has_second_factor: bool = True) -> Client:
    """Sign a test client in as a member; without a second factor it stands before the set-up page."""
    client.force_login(member, backend=BACKEND)
    session = client.session
    session[STARTED] = int(clock.now().timestamp())
    records = [{"method": "password", "at": time.time()}]
    if has_second_factor:
        records.append({"method": "mfa", "type": "totp", "at": time.time()})
    session[METHODS], session[METHODS_OF] = records, str(member.pk)
    session.save()
    UserSession.objects.create(
        user=member, session_key=session.session_key, ip="192.0.2.9", user_agent="Mozilla/5.0 (X11; Linux) Firefox/140.0"
    )
    return client
