"""The name under which this log is signed: bound to the installation's key at the first round, never changed in silence.

A process that was started with another COTRACE_INSTALLATION, or beside another key, is refused instead of signing
under a name that is not this log's.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

from cotrace.audit.models import HeadRound, SigningName
from cotrace.audit.services.keys import SigningKey, audit_key
from cotrace.audit.services.record import record
from cotrace.foundation import clock
from cotrace.foundation.engines import engine
from cotrace.foundation.errors import Denied, Refused
from cotrace.foundation.principal import INSTALLATION_ID, Door, Principal, installation_principal


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """A name and the id of the key that signs under it."""

    name: str
    key_id: str


def name_to_sign(key: SigningKey) -> str:
    """Return the name that rounds are signed under, in the caller's transaction; the first call binds it to the key.

    Raises Refused where the setting or the key is not what this log is bound to. Audit: audit.name_bound.
    """
    given = Binding(name=str(settings.COTRACE_INSTALLATION), key_id=key.id)
    bound = _bound()
    if bound is None:
        _bind(installation_principal(Door.WORKER), given)
        return given.name
    _require_name(bound)
    if bound.key_id != given.key_id:
        raise Refused("audit_key_differs", bound=bound.key_id, given=given.key_id)
    return bound.name


def name_require(principal: Principal) -> None:
    """Refuse to go on where COTRACE_INSTALLATION is not the name that this installation's log is bound to.

    For everything else that is signed in the installation's name. Raises Refused.
    """
    del principal
    bound = _bound()
    if bound is not None:
        _require_name(bound)


def name_bind(principal: Principal, *, name: str) -> None:
    """Bind the log to the name of the setting and to the key that is here, whatever it was before. The operator's act.

    `name` must repeat the setting. Raises Denied, Refused. Audit: audit.name_bound, with the name and key before.
    """
    if principal.id != INSTALLATION_ID:
        raise Denied
    if name != settings.COTRACE_INSTALLATION:
        raise Refused("audit_name_not_set", name=name, setting=str(settings.COTRACE_INSTALLATION))
    with transaction.atomic(), engine(connection).only_one(connection, "audit.heads"):
        _bind(principal, Binding(name=name, key_id=audit_key().id))


def _bound() -> Binding | None:
    """Return the newest binding; before there were any, what the last round was signed with."""
    row = SigningName.objects.order_by("-pk").first()
    if row is not None:
        return Binding(name=row.name, key_id=row.key_id)
    last = HeadRound.objects.order_by("-signed_at").first()
    return None if last is None else Binding(name=last.installation, key_id=last.key_id)


def _require_name(bound: Binding) -> None:
    given = str(settings.COTRACE_INSTALLATION)
    if bound.name != given:
        raise Refused("audit_name_differs", bound=bound.name, given=given)


def _bind(principal: Principal, given: Binding) -> None:
    before = _bound()
    SigningName.objects.create(name=given.name, key_id=given.key_id, bound_at=clock.now())
    detail = {
        "key": given.key_id,
        "name_before": before.name if before else None,
        "key_before": before.key_id if before else None,
    }
    record(principal, action="audit.name_bound", subject=given.name, detail=detail)
