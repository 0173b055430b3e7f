"""Second factors: authenticator app, passkeys, recovery codes; and their encryption at rest."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction

from cotrace.agencies.models import Member
from cotrace.agencies.rules.derived_keys import fernet_key
from cotrace.agencies.services.sign_in import TOTP_USED, matching_counters
from cotrace.audit.services import record
from cotrace.foundation.errors import FieldProblem, Invalid, NotFound, Refused
from cotrace.foundation.principal import Principal

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor of its own; recovery codes only stand in for one."""

Credential = dict[str, object]
"""A browser's answer to a passkey ceremony, already verified; kept as the browser wrote it (WebAuthn level 3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFactor:
    """A factor just added; `codes` are recovery codes made with it, empty where there were some already."""

    id: int
    codes: tuple[str, ...]


def app_add(principal: Principal, *, secret: str, code: str) -> NewFactor:
    """Add an authenticator app that just showed `code` for `secret`. Audit: factor.added, recovery_codes.made.

    Raises Invalid where the code is not the app's, Refused where the member has an app already.
    """
    counter = next(matching_counters(secret, "".join(code.split())), None)
    if counter is None:
        raise Invalid("factor_incomplete", fields=(FieldProblem("code", "code_wrong"),))
    with transaction.atomic():
        member = _member(principal)
        if Authenticator.objects.filter(user=member, type=Authenticator.Type.TOTP).exists():
            raise Refused("app_exists")
        factor = TOTP.activate(member, secret).instance
        factor.data[TOTP_USED] = counter
        factor.save(update_fields=["data"])
        return _added(principal, member, factor)


def passkey_add(principal: Principal, *, name: str, credential: Credential) -> NewFactor:
    """Add a passkey whose ceremony the door verified. Audit: factor.added, recovery_codes.made."""
    with transaction.atomic():
        member = _member(principal)
        return _added(principal, member, WebAuthn.add(member, name.strip()[:80], credential).instance)


def passkey_rename(principal: Principal, *, factor: int, name: str) -> None:
    """Give one of one's own passkeys another name. Raises NotFound. Audit: factor.renamed."""
    with transaction.atomic():
        found = _own(principal, factor)
        if found.type != Authenticator.Type.WEBAUTHN:
            raise NotFound
        WebAuthn(found).name = name.strip()[:80]
        found.save(update_fields=["data"])
        record(principal, action="factor.renamed", subject=principal.id)


def factor_remove(principal: Principal, *, factor: int) -> None:
    """Remove one of one's own factors, never the last one. Audit: factor.removed.

    Raises NotFound, and Refused where no other factor would be left.
    """
    with transaction.atomic():
        _member(principal)
        found = _own(principal, factor)
        others = Authenticator.objects.filter(user_id=principal.id, type__in=STRONG).exclude(pk=found.pk)
        if found.type not in STRONG or not others.exists():
            raise Refused("factor_is_last")
        found.delete()
        record(principal, action="factor.removed", subject=principal.id, detail={"kind": str(found.type)})


def recovery_codes_make(principal: Principal) -> tuple[str, ...]:
    """Make new recovery codes in place of the old; the only time they are shown. Audit: recovery_codes.made.

    Raises Refused where there is no factor that they could stand in for.
    """
    with transaction.atomic():
        member = _member(principal)
        if not Authenticator.objects.filter(user=member, type__in=STRONG).exists():
            raise Refused("factor_missing")
        Authenticator.objects.filter(user=member, type=Authenticator.Type.RECOVERY_CODES).delete()
        return _make_codes(principal, member)


def factors_reset(principal: Principal, *, member: Member) -> None:
    """Remove every factor of a member who lost them; the next sign-in sets up new ones. Audit: factor.reset.

    Called by `services.members`, which decides who may.
    """
    Authenticator.objects.filter(user=member).delete()
    record(principal, action="factor.reset", subject=str(member.pk), owner=member.agency_id)


def encrypt(text: str) -> str:
    """Encrypt a factor's secret for the database, with a key that comes from the installation's secret key."""
    return _cipher(settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS)).encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """Undo `encrypt`, also for secrets kept under an earlier secret key that settings still name."""
    return _cipher(settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS)).decrypt(text.encode()).decode()


@lru_cache(maxsize=2)
def _cipher(key: str, earlier: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(fernet_key(each, purpose="factor secrets")) for each in (key, *earlier)])


def _member(principal: Principal) -> Member:
    """Fetch the member and hold the row, so that two changes of factors wait for each other."""
    return Member.objects.select_for_update().get(pk=UUID(principal.id))


def _own(principal: Principal, factor: int) -> Authenticator:
    found: Authenticator | None = Authenticator.objects.filter(user_id=principal.id, pk=factor).first()
    if found is None:
        raise NotFound
    return found


def _added(principal: Principal, member: Member, factor: Authenticator) -> NewFactor:
    record(principal, action="factor.added", subject=principal.id, detail={"kind": str(factor.type)})
    has_codes = Authenticator.objects.filter(user=member, type=Authenticator.Type.RECOVERY_CODES).exists()
    codes = () if has_codes else _make_codes(principal, member)
    return NewFactor(id=factor.pk, codes=codes)


def _make_codes(principal: Principal, member: Member) -> tuple[str, ...]:
    codes = RecoveryCodes.activate(member).generate_codes()
    record(principal, action="recovery_codes.made", subject=principal.id)
    return tuple(codes)
