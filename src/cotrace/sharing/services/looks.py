"""Putting on record who looked at holdings, before they leave; a look that an emergency session made possible says so.

For the selectors of every room that has holdings: what they hand out, they hand to these first.
"""

from collections.abc import Iterable

from cotrace.audit.selectors.marks import OPENED, UNDER
from cotrace.audit.services import Detail, record_disclosure, record_listing
from cotrace.foundation import clock
from cotrace.foundation.principal import Principal
from cotrace.sharing.models import EmergencySession
from cotrace.sharing.reads import VisibleHolding


def look_record(
    principal: Principal, *, action: str, visible: VisibleHolding, is_emergency: bool = False, detail: Detail | None = None
) -> None:
    """Commit that a holding was opened, in the reader's and the owner's chain.

    `is_emergency` says that something else it hangs on was opened by an emergency session alone.
    Audit: `action`, with the emergency session that alone opened it.
    """
    whole = dict(detail or {})
    if visible.decision.is_emergency or is_emergency:
        whole[UNDER] = _session(principal)
    record_disclosure(principal, action=action, subject=visible.id, owner=visible.owner, detail=whole or None)


def looks_record(
    principal: Principal, *, action: str, shown: Iterable[tuple[str, str]], opened: Iterable[str] = ()
) -> None:
    """Commit that a list was shown: `shown` are (number, owner), `opened` those that an emergency session alone shows.

    Audit: `action`, with the numbers; the owner reads of each opened one in which session it was shown.
    """
    exceptional = list(opened)
    detail: Detail | None = {OPENED: exceptional, UNDER: _session(principal)} if exceptional else None
    record_listing(principal, action=action, shown=shown, detail=detail)


def _session(principal: Principal) -> str:
    """Return the principal's emergency session that is open, or was a moment ago."""
    rows = EmergencySession.objects.filter(
        member=principal.id, session=principal.session, agency=principal.agency, opened_at__lte=clock.now()
    )
    return rows.order_by("-ends_at").values_list("pk", flat=True).first() or ""
