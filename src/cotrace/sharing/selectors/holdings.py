"""Finding holdings: one by number, or a page of a list. Invisible and nonexistent are the same."""

import json
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from cotrace.foundation.engines import engine
from cotrace.foundation.errors import NotFound, Refused
from cotrace.foundation.ids import normal_number
from cotrace.foundation.principal import Principal
from cotrace.sharing import models
from cotrace.sharing.holding import holding_kind
from cotrace.sharing.reads import CappedCount, VisibleHolding, VisibleRow
from cotrace.sharing.rules.levels import LISTED_FROM, Level, least_of
from cotrace.sharing.selectors.scope import HoldingDecision, Scope, decision_on

COUNT_CAP = 1000
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page starts: after this row of the order (newest first), or `backward` before it.

    `counted` is how many rows the filter found where the list began, one more than the cap where there were more:
    it goes along, because later pages do not count again.
    """

    sort_on: date
    id: str
    is_backward: bool = False
    counted: int | None = None

    def text(self) -> str:
        """Return the cursor as it travels in an address."""
        counted = "" if self.counted is None else f"~{self.counted}"
        return f"{'b' if self.is_backward else 'f'}{self.sort_on.isoformat()}~{self.id}{counted}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """Return the cursor of an address, None where it is absent or malformed."""
        if len(text) < 13 or text[0] not in "fb" or "~" not in text:
            return None
        day, number, *more = text[1:].split("~")
        is_counted = bool(more) and more[0].isascii() and more[0].isdigit()
        counted = min(int(more[0][:9]), COUNT_CAP + 1) if is_counted else None
        try:
            return cls(date.fromisoformat(day), number[: models.NUMBER_LENGTH], text[0] == "b", counted)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPage:
    """One page of a list and its cursors to newer and older ones, empty at an end. `counted`: as a cursor carries it."""

    rows: list[VisibleRow]
    newer: str
    older: str
    counted: int | None = None

    @classmethod
    def cut(
        cls, rows: list[VisibleRow], *, after: Cursor | None, size: int, counted: int | None = None
    ) -> "RowPage":
        """Return the page of rows that were read with one more than it holds.

        A cursor tells that there is that row: it goes on record with the page.
        """
        has_more = len(rows) > size
        is_backward = after is not None and after.is_backward
        page = rows[-size:] if is_backward else rows[:size]
        has_newer = bool(page) and (has_more if is_backward else after is not None)
        has_older = bool(page) and (is_backward or has_more)
        newer = Cursor(page[0].sort_on, page[0].id, is_backward=True, counted=counted).text() if has_newer else ""
        older = Cursor(page[-1].sort_on, page[-1].id, counted=counted).text() if has_older else ""
        return cls(rows=page, newer=newer, older=older, counted=counted)

    @property
    def count(self) -> CappedCount:
        """Return how many rows the list was found to have; where no count came along, at least those of this page."""
        if self.counted is None:
            return CappedCount(number=len(self.rows), is_capped=True)
        return _told(self.counted)


def _told(number: int, *, cap: int = COUNT_CAP) -> CappedCount:
    """Return a count as it is shown: more than `cap` are "at least"."""
    return CappedCount(number=min(number, cap), is_capped=number > cap)


def holding_get(principal: Principal, *, number: str, kind: str = "") -> VisibleHolding:
    """Return the holding of that number as the principal sees it: a part of another at the lower level of both.

    Raises NotFound where it does not exist, is of another kind, or lies below POINTER.
    """
    found = _decided(principal, normal_number(number) or "")
    if found is None or found.decision.level < LISTED_FROM or (kind and found.shelf.kind != kind):
        raise NotFound
    return VisibleHolding(
        id=found.id,
        kind=found.shelf.kind,
        owner=found.shelf.owner,
        category=found.shelf.category,
        level=found.decision.level,
        decision=found.decision,
    )


def _decided(principal: Principal, number: str) -> HoldingDecision | None:
    found = decision_on(principal, number=number)
    if found is None or not holding_kind(found.shelf.kind).is_part:
        return found
    whole = decision_on(principal, number=found.follows)
    return replace(found, decision=least_of(found.decision, whole.decision)) if whole else None


def own_holding(principal: Principal, *, number: str, kind: str = "") -> VisibleHolding:
    """Return a holding of the principal's agency that it sees in full, for an act that changes or uses it.

    An emergency session reads and changes nothing: Raises Refused where nothing else lets the principal
    see the holding in full, NotFound where it is another agency's, absent or seen at less.
    """
    visible = holding_get(principal, number=number, kind=kind)
    if visible.owner != principal.agency or visible.level < Level.FULL:
        raise NotFound
    if visible.decision.is_emergency:
        raise Refused("emergency_reads_only")
    return visible


def newest_rows(
    scope: Scope, *, at_least: Level = Level.TEAR_LINE, after: Cursor | None = None, limit: int = PAGE_SIZE
) -> list[VisibleRow]:
    """Return one page of the scope, newest first, reading only index ranges of visible shelves.

    `at_least` must be TEAR_LINE or more, from where the date that orders the list is disclosed.
    """
    shelves = scope.shelves(max(at_least, Level.TEAR_LINE))
    if not shelves:
        return []
    is_backward = after is not None and after.is_backward
    sql, values = engine(connection).newest_of_each_sql(
        table="sharing_holding",
        group="shelf_id",
        order=("sort_on", "id"),
        columns=("id", "owner", "shelf_id", "sort_on"),
        after=(after.sort_on, after.id) if after else None,
        is_backward=is_backward,
        groups=json.dumps(shelves),
        limit=limit,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = [
            visible_row(scope, number=row[0], owner=row[1], shelf=row[2], sort_on=_as_date(row[3]))
            for row in cursor.fetchall()
        ]
    return found[::-1] if is_backward else found


def visible_row(scope: Scope, *, number: str, owner: str, shelf: int, sort_on: date) -> VisibleRow:
    """Return a row of a list as the scope's reader sees it."""
    return VisibleRow(
        id=number,
        owner=owner,
        level=scope.level(shelf),
        sort_on=sort_on,
        is_emergency=scope.is_emergency(shelf),
    )


def _as_date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def after_cursor(after: Cursor | None, *, prefix: str = "") -> Q:
    """Return the filter of rows beyond the cursor, for lists that filter by fields of their own."""
    if after is None:
        return Q()
    side = "gt" if after.is_backward else "lt"
    return Q(**{f"{prefix}sort_on__{side}": after.sort_on}) | Q(
        **{f"{prefix}sort_on": after.sort_on, f"{prefix}id__{side}": after.id}
    )


def counted_rows(scope: Scope, *, found: "QuerySet[models.Holding]", cap: int = COUNT_CAP) -> list[VisibleRow]:
    """Return the rows that a filter's count tells of, up to one more than `cap`, in no order.

    Whoever shows the count puts them on record: a number answers what was asked as a row does.
    """
    rows = found.order_by().values_list("pk", "owner", "shelf_id", "sort_on")[: cap + 1]
    return [
        visible_row(scope, number=number, owner=owner, shelf=shelf, sort_on=sort_on)
        for number, owner, shelf, sort_on in rows
    ]


def capped(ids: "QuerySet[models.Holding]", *, cap: int = COUNT_CAP) -> CappedCount:
    """Count up to `cap`, in time that depends on what is counted and never on what is hidden."""
    return _told(len(ids.values_list("pk", flat=True)[: cap + 1]), cap=cap)


def scope_count(scope: Scope, *, at_least: Level = LISTED_FROM, cap: int = COUNT_CAP) -> CappedCount:
    """Count the holdings of a scope seen at `at_least` or more, up to `cap`, by the ranges of its shelves."""
    return shelves_count(scope.shelves(at_least), cap=cap)


def shelves_count(shelves: list[int], *, cap: int = COUNT_CAP) -> CappedCount:
    """Count the holdings on shelves, up to `cap`; the time depends on those shelves alone."""
    if not shelves:
        return CappedCount(number=0, is_capped=False)
    sql = engine(connection).capped_count_sql(table="sharing_holding", group="shelf_id")
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(shelves), cap + 1, cap + 1])
        number = cursor.fetchone()[0]
    return _told(number, cap=cap)


def pointer_rows(scope: Scope, *, after: str = "", limit: int = PAGE_SIZE) -> list[VisibleRow]:
    """Return holdings seen as pointers only, by number: their dates are not the reader's to sort by."""
    shelves = [shelf for shelf in scope.shelves() if scope.level(shelf) == Level.POINTER]
    rows = models.Holding.objects.filter(shelf_id__in=shelves, id__gt=after).order_by("id")[:limit]
    return [VisibleRow(id=r.pk, owner=r.owner, level=Level.POINTER, sort_on=r.sort_on) for r in rows]
