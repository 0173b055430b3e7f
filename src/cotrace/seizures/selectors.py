"""Reading seizures: lists, search, one. A principal in, read models cut to the level out."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet

from cotrace.agencies.reads import AgencyContact
from cotrace.agencies.selectors import agency_contact, agency_contacts
from cotrace.foundation.errors import NotFound, Refused
from cotrace.foundation.principal import Principal
from cotrace.seizures.holding import KIND
from cotrace.seizures.models import Seizure, SeizureImport
from cotrace.seizures.permissions import SeizurePermission
from cotrace.seizures.reads import ImportRead, ProblemRead, SeizurePage, SeizureRead
from cotrace.seizures.rules.completeness import Amount
from cotrace.seizures.rules.disclosure import discloses
from cotrace.seizures.rules.log_columns import columns_kept
from cotrace.seizures.rules.search import SeizureFilter, folded
from cotrace.sharing.models import Holding
from cotrace.sharing.reads import CappedCount, VisibleRow
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.holdings import (
    PAGE_SIZE,
    Cursor,
    RowPage,
    after_cursor,
    capped,
    counted_rows,
    holding_get,
    newest_rows,
    pointer_rows,
    scope_count,
    visible_row,
)
from cotrace.sharing.selectors.scope import Scope, scope_of
from cotrace.sharing.services.looks import look_record, rows_record


def seizure_get(principal: Principal, *, number: str) -> SeizureRead:
    """Return one seizure at the principal's level and put the disclosure on record first.

    Raises NotFound where it is absent or invisible, Denied without the permission.
    Audit: seizure.opened, in the reader's and the owner's chain.
    """
    principal.require(SeizurePermission.READ)
    visible = holding_get(principal, number=number, kind=KIND)
    look_record(principal, action="seizure.opened", visible=visible)
    row = _rows([visible.id]).get()
    liaison = agency_contact(row.owner) if row.owner != principal.agency else None
    return _read(row, visible.level, liaison)


def seizure_list(
    principal: Principal, *, where: SeizureFilter, at: str = "", size: int = PAGE_SIZE
) -> SeizurePage:
    """Return one page of the seizures whose date the principal may see, newest first.

    `at` is a cursor of an earlier page. What a filter finds is counted where the list begins, and the count goes
    along. Audit: seizure.listed, with the numbers shown, to the owners also those that the count told of, and to the
    principal's own agency the words of the filter.
    """
    principal.require(SeizurePermission.READ)
    scope = scope_of(principal, kind=KIND)
    after = Cursor.parse(at)
    rows = _page(scope, where, after, size + 1)
    counted = counted_rows(scope, found=_found(scope, where)) if after is None and not where.is_empty else []
    going = None if where.is_empty else len(counted) if after is None else after.counted
    page = RowPage.cut(rows, after=after, size=size, counted=going)
    rows_record(principal, action="seizure.listed", page=page.rows, beyond=[*rows, *counted], asked=_asked(where))
    return SeizurePage(
        rows=tuple(_reads(principal, page.rows)),
        newer=page.newer,
        older=page.older,
        count=scope_count(scope, at_least=Level.TEAR_LINE) if where.is_empty else page.count,
        pointers=_pointer_count(scope),
    )


def seizure_pointers(principal: Principal, *, at: str = "", size: int = PAGE_SIZE) -> SeizurePage:
    """Return seizures the principal sees as pointers only: whom to call, and nothing else."""
    principal.require(SeizurePermission.READ)
    scope = scope_of(principal, kind=KIND)
    rows = pointer_rows(scope, after=at, limit=size + 1)
    contacts = _contacts(principal)
    rows_record(principal, action="seizure.listed", page=rows[:size])
    reads = [_pointer(each, contacts) for each in rows[:size]]
    older = rows[size - 1].id if len(rows) > size else ""
    count = _pointer_count(scope)
    return SeizurePage(rows=tuple(reads), newer="", older=older, count=count, pointers=count)


EXPORT_MAX = 10_000


def seizure_export(principal: Principal, *, where: SeizureFilter) -> tuple[SeizureRead, ...]:
    """Return every seizure that a filter finds, for a file.

    Raises Refused where more than 10,000 fit: a file that was cut would be taken for the whole.
    Audit: seizure.exported, with the numbers and the filter's words; seizure.listed where it is refused.
    """
    principal.require(SeizurePermission.EXPORT)
    principal.require(SeizurePermission.READ)
    scope = scope_of(principal, kind=KIND)
    rows = _page(scope, where, None, EXPORT_MAX + 1)
    if len(rows) > EXPORT_MAX:
        rows_record(principal, action="seizure.listed", page=[], beyond=rows, asked=_asked(where))
        raise Refused("export_too_large", limit=EXPORT_MAX)
    rows_record(principal, action="seizure.exported", page=rows, asked=_asked(where))
    return tuple(_reads(principal, rows))


def import_list(principal: Principal) -> list[ImportRead]:
    """Return the principal's agency's imports, newest first, without their problems."""
    principal.require(SeizurePermission.IMPORT)
    rows = SeizureImport.objects.filter(agency=principal.agency).defer("report").order_by("-created_at", "id")
    return [import_read(row) for row in rows[:100]]


def import_get(principal: Principal, *, number: str) -> ImportRead:
    """Return one import of the principal's agency with its problems. Raises NotFound."""
    principal.require(SeizurePermission.IMPORT)
    row = SeizureImport.objects.filter(pk=number, agency=principal.agency).first()
    if row is None:
        raise NotFound
    return import_read(row, with_problems=bool(row))


def import_read(row: SeizureImport, *, with_problems: bool = False) -> ImportRead:
    """Return the read model of an import."""
    report = row.report if with_problems else {}
    return ImportRead(
        number=row.pk,
        file_name=row.file_name,
        mapping=row.mapping,
        member_name=row.member_name,
        state=row.state,
        created_at=row.created_at,
        finished_at=row.finished_at,
        reviewed_at=row.reviewed_at,
        rows=row.rows,
        accepted=row.accepted,
        rejected=row.rejected,
        added=row.added,
        repeated=row.repeated,
        problems=tuple(ProblemRead(**each) for each in report.get("problems", ())),
        problem_totals=report.get("totals", {}),
        columns=columns_kept(report.get("columns", {})),
    )


def _rows(numbers: Iterable[str]) -> QuerySet[Seizure]:
    found = Seizure.objects.filter(pk__in=list(numbers)).select_related("holding__shelf")
    return found.prefetch_related("items", "participants")


def _narrowed(where: SeizureFilter) -> Q:
    """Return the filter's conditions on holdings; the caller has cut the shelves to its level."""
    q = Q()
    if where.number:
        q &= Q(pk=where.number)
    elif where.text:
        q &= Q(seizure__search_text__contains=folded(where.text))
    if where.state_code:
        q &= Q(seizure__state_code=where.state_code)
    if where.force:
        q &= Q(seizure__participants__force=where.force)
    if where.since_on:
        q &= Q(sort_on__gte=where.since_on)
    if where.until_on:
        q &= Q(sort_on__lte=where.until_on)
    return q


def _found(scope: Scope, where: SeizureFilter) -> QuerySet[Holding]:
    shelves = scope.shelves(max(where.level, Level.TEAR_LINE))
    return Holding.objects.filter(_narrowed(where), shelf_id__in=shelves)


def _page(scope: Scope, where: SeizureFilter, after: Cursor | None, limit: int) -> list[VisibleRow]:
    if where.is_empty:
        return newest_rows(scope, after=after, limit=limit)
    is_backward = after is not None and after.is_backward
    order = ("sort_on", "id") if is_backward else ("-sort_on", "-id")
    rows = _found(scope, where).filter(after_cursor(after)).order_by(*order)[:limit]
    found = [
        visible_row(scope, number=row.pk, owner=row.owner, shelf=row.shelf_id, sort_on=row.sort_on)
        for row in rows
    ]
    return found[::-1] if is_backward else found


def _asked(where: SeizureFilter) -> dict[str, str]:
    """Return the words of a filter as the log keeps them."""
    said = {
        "text": where.text,
        "state": where.state_code,
        "force": where.force,
        "since": where.since_on.isoformat() if where.since_on else "",
        "until": where.until_on.isoformat() if where.until_on else "",
    }
    return {name: value for name, value in said.items() if value}


def _pointer_count(scope: Scope) -> CappedCount:
    shelves = [shelf for shelf in scope.shelves() if scope.level(shelf) == Level.POINTER]
    return capped(Holding.objects.filter(shelf_id__in=shelves).order_by())


def _reads(principal: Principal, page: Sequence[VisibleRow]) -> list[SeizureRead]:
    rows = {row.pk: row for row in _rows(each.id for each in page)}
    contacts = _contacts(principal) if any(each.owner != principal.agency for each in page) else {}
    return [_read(rows[each.id], each.level, contacts.get(each.owner)) for each in page]


def _contacts(principal: Principal) -> dict[str, AgencyContact]:
    """Return every other agency's published contact by code, in one query however many rows ask for one."""
    return {each.code: each for each in agency_contacts() if each.code != principal.agency}


def _pointer(row: VisibleRow, contacts: Mapping[str, AgencyContact]) -> SeizureRead:
    return SeizureRead(
        number=row.id, owner=row.owner, liaison=contacts.get(row.owner), level=Level.POINTER
    )


def _read(row: Seizure, level: Level, liaison: AgencyContact | None) -> SeizureRead:
    """Return a seizure cut to `level` by the disclosure table."""
    shelf = row.holding.shelf
    whole: dict[str, object] = {
        "occurred_on": row.occurred_on,
        "state_code": row.state_code,
        "tear_line": row.tear_line,
        "has_guns": row.has_guns,
        "municipio_code": row.municipio_code,
        "place": row.place,
        "participants": tuple(sorted(each.force for each in row.participants.all())),
        "amounts": {each.item: Amount(quantity=each.quantity, reason=each.reason) for each in row.items.all()},
        "detained": Amount(quantity=row.detained, reason=row.detained_reason),
        "notes": row.notes,
        "source_ref": row.source_ref,
    }
    shown = {field: value for field, value in whole.items() if discloses(level, field)}
    if level == Level.FULL:
        shown |= {
            "source_system": row.source_system,
            "recorded_at": row.holding.created_at,
            "cap": Level(shelf.cap),
            "circle": shelf.circle,
        }
    return SeizureRead(
        number=row.pk,
        owner=row.owner,
        liaison=liaison,
        level=level,
        **shown,  # type: ignore[arg-type]
    )
