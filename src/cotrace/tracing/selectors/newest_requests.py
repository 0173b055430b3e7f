"""Trace requests in the order of their submission, newest first, a page at a time.

The holdings' index knows the day alone, and a number is drawn at random; so a day that a page cuts is read by the
moments of its own visible requests. Time depends on what is visible, never on what is hidden.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import takewhile

from django.db.models import Q, QuerySet

from cotrace.sharing.reads import VisibleRow
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.holdings import Cursor, newest_rows, visible_row
from cotrace.sharing.selectors.scope import Scope
from cotrace.tracing.models import TraceRequest


def newest_requests(scope: Scope, *, after: Cursor | None, limit: int) -> list[VisibleRow]:
    """Return one page of the requests of a scope, newest first; `after` is a row of the page before or behind it."""
    is_backward = after is not None and after.is_backward
    near = _of_day(scope, after.sort_on, after=after, is_backward=is_backward, limit=limit) if after else []
    missing = limit - len(near)
    if missing <= 0:
        return near[::-1] if is_backward else near
    far = newest_rows(scope, after=_beyond_day(after), limit=missing)
    found = [*near, *_in_order(scope, far[::-1] if is_backward else far, is_backward=is_backward)]
    return found[::-1] if is_backward else found


def _beyond_day(after: Cursor | None) -> Cursor | None:
    """Return the cursor of everything before, or behind, the day of a cursor."""
    if after is None:
        return None
    day = after.sort_on + timedelta(days=1) if after.is_backward else after.sort_on
    return Cursor(day, "", after.is_backward)


def _in_order(scope: Scope, rows: list[VisibleRow], *, is_backward: bool) -> list[VisibleRow]:
    """Return rows that come day by day in the order of their moments; the last day, which may be cut, read anew."""
    if not rows:
        return []
    last_on = rows[-1].sort_on
    cut = sum(1 for _ in takewhile(lambda row: row.sort_on == last_on, reversed(rows)))
    whole = rows[: len(rows) - cut]
    moments = _moments(row.id for row in whole)
    whole.sort(key=lambda row: (row.sort_on, moments[row.id], row.id), reverse=not is_backward)
    return [*whole, *_of_day(scope, last_on, after=None, is_backward=is_backward, limit=cut)]


def _moments(numbers: Iterable[str]) -> dict[str, datetime]:
    rows = TraceRequest.objects.filter(pk__in=list(numbers))
    return dict(rows.values_list("pk", "submitted_at"))


def _of_day(
    scope: Scope, day: date, *, after: Cursor | None, is_backward: bool, limit: int
) -> list[VisibleRow]:
    """Return visible requests of one day beyond a cursor, those nearest to it first."""
    rows = TraceRequest.objects.filter(
        holding__shelf_id__in=scope.shelves(Level.TEAR_LINE), holding__sort_on=day
    )
    if after is not None:
        rows = rows.filter(_beyond(rows, after))
    order = ("submitted_at", "pk") if is_backward else ("-submitted_at", "-pk")
    found = rows.order_by(*order).values_list("pk", "owner", "holding__shelf_id")[:limit]
    return [
        visible_row(scope, number=number, owner=owner, shelf=shelf, sort_on=day) for number, owner, shelf in found
    ]


def _beyond(rows: QuerySet[TraceRequest], after: Cursor) -> Q:
    """Return the filter of a day's rows beyond a cursor; where its row is not, or no longer, visible: the whole day."""
    moment = rows.filter(pk=after.id).values_list("submitted_at", flat=True).first()
    if moment is None:
        return Q()
    side = "gt" if after.is_backward else "lt"
    return Q(**{f"submitted_at__{side}": moment}) | Q(**{"submitted_at": moment, f"pk__{side}": after.id})
