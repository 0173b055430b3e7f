"""Keeping ATF's published list of licensees: in batches, repeatable, an older edition never over a newer one."""

from collections.abc import Sequence
from dataclasses import asdict, fields

from django.db import transaction

from cotrace.audit.services import Detail, record
from cotrace.foundation import clock
from cotrace.foundation.errors import Denied, Invalid
from cotrace.foundation.principal import INSTALLATION_ID, Principal
from cotrace.tracing.models import PublishedLicensee, PublishedList
from cotrace.tracing.reads.published import ListReport, LoadCounts
from cotrace.tracing.rules.published_rows import PublishedValues, edition_problem

BATCH = 2000
WRITTEN_AT_ONCE = 500
_FIELDS = tuple(each.name for each in fields(PublishedValues) if each.name != "key")


def published_put(principal: Principal, *, edition: str, batch: Sequence[PublishedValues]) -> LoadCounts:
    """Bring at most 2,000 licensees up to an edition, in one transaction; return what became of them.

    Raises Denied to all but the operator; Invalid for an edition that cannot be. On record with the end of the load.
    """
    _require_operator(principal, edition)
    counts = LoadCounts()
    with transaction.atomic():
        known = PublishedLicensee.objects.select_for_update().in_bulk([each.key for each in batch])
        fresh = []
        for each in batch:
            row = known.get(each.key)
            if row is None:
                counts.added += 1
            elif row.edition > edition:
                counts.newer += 1
                continue
            elif row.edition == edition and _is_same(row, each):
                counts.kept += 1
                continue
            else:
                counts.changed += 1
            fresh.append(PublishedLicensee(**asdict(each), edition=edition, loaded_at=clock.now()))
        PublishedLicensee.objects.bulk_create(
            fresh,
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=[*_FIELDS, "edition", "loaded_at"],
            batch_size=WRITTEN_AT_ONCE,
        )
    return counts


def published_end(principal: Principal, *, report: ListReport) -> bool:
    """Note that a file of the list was loaded to its end: from here on its states are covered by its edition.

    Returns False, and notes nothing, where the same file was loaded as this edition before. Raises Denied, Invalid.
    Audit: trace.published_loaded, with counts and the file's digest.
    """
    _require_operator(principal, report.edition)
    with transaction.atomic():
        _row, is_new = PublishedList.objects.get_or_create(
            edition=report.edition,
            file_sha256=report.file_sha256,
            defaults={
                "rows": report.rows,
                "accepted": report.accepted,
                "rejected": report.rejected,
                "states": list(report.states),
                "loaded_at": clock.now(),
            },
        )
        if is_new:
            detail: Detail = {
                "sha256": report.file_sha256,
                "rows": report.rows,
                "accepted": report.accepted,
                "rejected": report.rejected,
                "states": list(report.states),
            }
            record(principal, action="trace.published_loaded", subject=report.edition, detail=detail)
    return is_new


def _require_operator(principal: Principal, edition: str) -> None:
    if principal.id != INSTALLATION_ID:
        raise Denied
    problem = edition_problem(edition, today=clock.today())
    if problem is not None:
        raise Invalid(problem, edition=edition)


def _is_same(row: PublishedLicensee, values: PublishedValues) -> bool:
    return all(getattr(row, name) == getattr(values, name) for name in _FIELDS)
