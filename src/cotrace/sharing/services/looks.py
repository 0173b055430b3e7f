"""Putting on record who looked at holdings, before they leave; a look that an emergency session made possible says so.

For the selectors of every room that has holdings: what they hand out, they hand to these first.
"""

from collections.abc import Iterable, Mapping, Sequence

from cotrace.audit.selectors.marks import ASKED, OPENED, UNDER
from cotrace.audit.services import Detail, record_disclosure, record_listing
from cotrace.foundation import clock
from cotrace.foundation.principal import Principal
from cotrace.sharing.models import EmergencySession
from cotrace.sharing.reads import VisibleHolding, VisibleRow


def look_record(
    principal: Principal, *, action: str, visible: VisibleHolding, part: str = "", detail: Detail | None = None
) -> None:
    """Commit that a holding was opened, or what hangs on it under a number of its own (`part`), in both chains.

    That is the reader's and the owner's. Audit: `action`, with the emergency session that alone opened it.
    """
    whole = dict(detail or {})
    if visible.decision.is_emergency:
        whole[UNDER] = _session(principal)
    record_disclosure(principal, action=action, subject=part or visible.id, owner=visible.owner, detail=whole or None)


def looks_record(
    principal: Principal,
    *,
    action: str,
    shown: Iterable[tuple[str, str]],
    counted: Iterable[tuple[str, str]] = (),
    opened: Iterable[str] = (),
    asked: Mapping[str, str] | None = None,
) -> None:
    """Commit that a list was shown: `shown` are (number, owner), `counted` those that a count or a cursor told of.

    `opened` are those that an emergency session alone shows, `asked` the words of the filter, for the reader's own
    chain alone. Audit: `action`, with the numbers; the owner reads of each opened one in which session it was shown.
    """
    exceptional = list(opened)
    detail: Detail = {
        # first: the log finds such lists by how their details begin
        **({OPENED: exceptional, UNDER: _session(principal)} if exceptional else {}),
        **({ASKED: dict(asked)} if asked else {}),
    }
    record_listing(principal, action=action, shown=shown, counted=counted, detail=detail or None)


def rows_record(
    principal: Principal,
    *,
    action: str,
    page: Sequence[VisibleRow],
    beyond: Iterable[VisibleRow] = (),
    asked: Mapping[str, str] | None = None,
) -> None:
    """Commit that a page of a list was shown, whose count or cursor told of rows `beyond` it.

    Of those, other agencies' go on record with their owners, and what an emergency session alone opened.
    Audit: `action`, as `looks_record`.
    """
    listed = {each.id for each in page}
    told = {
        each.id: each
        for each in beyond
        if each.id not in listed and (each.owner != principal.agency or each.is_emergency)
    }
    looks_record(
        principal,
        action=action,
        shown=[(each.id, each.owner) for each in page],
        counted=[(each.id, each.owner) for each in told.values()],
        opened=[each.id for each in (*page, *told.values()) if each.is_emergency],
        asked=asked,
    )


def _session(principal: Principal) -> str:
    """Return the principal's emergency session that is open, or was a moment ago."""
    rows = EmergencySession.objects.filter(
        member=principal.id, session=principal.session, agency=principal.agency, opened_at__lte=clock.now()
    )
    return rows.order_by("-ends_at").values_list("pk", flat=True).first() or ""
