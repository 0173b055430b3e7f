"""Importing many seizures: rows wait as rows, the worker applies them in small transactions.

A kill at any moment loses nothing: the batch rolls back with the mark that it was done, and the
outbox tries it again. Rows whose source row is already known are counted as repeated.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction

from cotrace.agencies.selectors import principal_of_session
from cotrace.audit.services import record
from cotrace.foundation import clock
from cotrace.foundation.errors import NotFound, Refused
from cotrace.foundation.events import publish
from cotrace.foundation.ids import new_number
from cotrace.foundation.principal import Door, Principal, worker_principal
from cotrace.seizures.events import SeizureImportDue
from cotrace.seizures.models import ImportRow, Seizure, SeizureImport
from cotrace.seizures.permissions import SeizurePermission
from cotrace.seizures.reads import ProblemRead
from cotrace.seizures.rules.completeness import Amount, SeizureValues
from cotrace.seizures.rules.log_columns import LogColumns
from cotrace.seizures.services.record import Visibility, write_seizures

BATCH = 200
STAGE_BATCH = 1000
FORGET_BATCH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedRow:
    """An accepted row of a file: its number in the spreadsheet and what it says."""

    number: int
    values: SeizureValues


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedFile:
    """A file as read and mapped. `rows` counts all data rows, `problems` is capped, `totals` is not;
    `columns` are what of it was not taken."""

    file_name: str
    file_sha256: str
    mapping: str
    rows: int
    rejected: int
    accepted: Iterable[StagedRow]
    problems: tuple[ProblemRead, ...]
    totals: Mapping[str, int]
    columns: LogColumns = field(default_factory=LogColumns)


def import_start(principal: Principal, *, staged: StagedFile) -> str:
    """Keep a file's accepted rows and let the worker apply them; return the import's number.

    Audit: seizure.import_started, with file name, digest and mapping.
    """
    principal.require(SeizurePermission.IMPORT)
    principal.require(SeizurePermission.RECORD)
    with transaction.atomic():
        job = _new_job(principal, staged)
        rows = iter(staged.accepted)
        while batch := list(islice(rows, STAGE_BATCH)):
            ImportRow.objects.bulk_create(
                ImportRow(job=job, number=each.number, values=values_to_json(each.values)) for each in batch
            )
            job.accepted += len(batch)
        job.save(update_fields=["accepted"])
        detail = {"file": staged.file_name, "sha256": staged.file_sha256, "mapping": staged.mapping}
        record(principal, action="seizure.import_started", subject=job.pk, detail=detail)
        publish(SeizureImportDue(job=job.pk, from_row=0))
    return job.pk


def _new_job(principal: Principal, staged: StagedFile) -> SeizureImport:
    return SeizureImport.objects.create(
        id=new_number("IM", origin=settings.COTRACE_INSTALLATION, owner=principal.agency),
        agency=principal.agency,
        member=principal.id,
        member_name=principal.name,
        purpose=principal.purpose,
        file_name=staged.file_name,
        file_sha256=staged.file_sha256,
        mapping=staged.mapping,
        created_at=clock.now(),
        rows=staged.rows,
        rejected=staged.rejected,
        state="running",
        report={
            "problems": [asdict(each) for each in staged.problems],
            "totals": dict(staged.totals),
            "columns": asdict(staged.columns),
        },
    )


def _importer(job: SeizureImport) -> Principal | None:
    """Return the member who started the import, acting through the worker for this alone.

    None once the account is closed or its roles no longer allow it: what was begun in its name ends with it.
    """
    found = principal_of_session(job.member, door=Door.WORKER, session="")
    if found is None or not (found.may(SeizurePermission.IMPORT) and found.may(SeizurePermission.RECORD)):
        return None
    return replace(found, permissions=frozenset({SeizurePermission.RECORD}), purpose=job.purpose, case=job.pk)


def import_continue(*, job_number: str) -> bool:
    """Apply the next batch of an import, in the caller's transaction; return whether rows still wait.

    Stops it where the member who started it may import no more: what is in stays, the rows that wait are deleted.
    Audit: seizure.imported, with the numbers of the batch; seizure.import_stopped, with how many rows were left.
    """
    job = SeizureImport.objects.select_for_update().get(pk=job_number)
    waiting = list(ImportRow.objects.filter(job=job, state="waiting").order_by("number")[:BATCH])
    if not waiting:
        job.state, job.finished_at = "done", clock.now()
        job.save(update_fields=["state", "finished_at"])
        return False
    principal = _importer(job)
    if principal is None:
        _stop(job)
        return False
    fresh = _fresh(job.agency, [values_from_json(row.values) for row in waiting])
    if fresh:
        numbers = write_seizures(principal, values=fresh, visibility=Visibility())
        record(principal, action="seizure.imported", subject=job.pk, detail={"seizures": numbers})
    ImportRow.objects.filter(pk__in=[row.pk for row in waiting]).update(state="applied")
    job.added += len(fresh)
    job.repeated += len(waiting) - len(fresh)
    job.save(update_fields=["added", "repeated"])
    publish(SeizureImportDue(job=job.pk, from_row=waiting[-1].number))
    return True


def import_review(principal: Principal, *, number: str) -> None:
    """Say for the principal's agency that an import's rejected rows were looked at: it leaves everybody's first page.

    Raises NotFound; Refused while it runs. Audit: seizure.import_reviewed, once.
    """
    principal.require(SeizurePermission.IMPORT)
    with transaction.atomic():
        job = SeizureImport.objects.select_for_update().filter(pk=number, agency=principal.agency).first()
        if job is None:
            raise NotFound
        if job.state == "running":
            raise Refused("import_runs")
        if job.reviewed_at is None:
            job.reviewed_at = clock.now()
            job.save(update_fields=["reviewed_at"])
            record(principal, action="seizure.import_reviewed", subject=job.pk)


def _stop(job: SeizureImport) -> None:
    left = ImportRow.objects.filter(job=job, state="waiting")
    count = left.count()
    left.delete()
    job.state, job.finished_at = "stopped", clock.now()
    job.save(update_fields=["state", "finished_at"])
    record(worker_principal(job.agency), action="seizure.import_stopped", subject=job.pk, detail={"rows": count})


def import_rows_forget(principal: Principal, *, limit: int = FORGET_BATCH) -> int:
    """Delete the applied rows of imports that ended long enough ago, up to `limit`; return how many.

    What they said lies in the seizures since; the import, its counts and problems stay. The worker's duty, after
    COTRACE_IMPORT_ROWS_DAYS. Audit: seizure.import_rows_deleted, in each import's agency's chain, with their number.
    """
    del principal
    before_at = clock.now() - timedelta(days=settings.COTRACE_IMPORT_ROWS_DAYS)
    old = ImportRow.objects.filter(state="applied", job__state__in=("done", "stopped"), job__finished_at__lt=before_at)
    with transaction.atomic():
        rows = list(old.order_by("job_id", "number").values_list("pk", "job_id", "job__agency")[:limit])
        ImportRow.objects.filter(pk__in=[pk for pk, _, _ in rows]).delete()
        for (job, agency), count in sorted(Counter((job, agency) for _, job, agency in rows).items()):
            act = worker_principal(agency)
            record(act, action="seizure.import_rows_deleted", subject=job, detail={"rows": count})
    return len(rows)


def _fresh(agency: str, batch: list[SeizureValues]) -> list[SeizureValues]:
    """Return the rows whose source row this agency does not have yet."""
    references = {each.source_ref for each in batch if each.source_ref}
    known = set(
        Seizure.objects.filter(owner=agency, source_ref__in=references).values_list("source_system", "source_ref")
    )
    return [each for each in batch if not each.source_ref or (each.source_system, each.source_ref) not in known]


def values_to_json(values: SeizureValues) -> dict[str, object]:
    """Return a seizure's values as JSON keeps them until the worker comes."""
    return {
        "occurred_on": values.occurred_on.isoformat() if values.occurred_on else None,
        "state_code": values.state_code,
        "municipio_code": values.municipio_code,
        "place": values.place,
        "participants": list(values.participants),
        "amounts": {item: [each.quantity, each.reason] for item, each in values.amounts.items()},
        "detained": [values.detained.quantity, values.detained.reason],
        "notes": values.notes,
        "tear_line": values.tear_line,
        "source_system": values.source_system,
        "source_ref": values.source_ref,
    }


def values_from_json(kept: Mapping[str, object]) -> SeizureValues:
    """Undo `values_to_json`."""
    plain = dict(kept)
    day = plain.pop("occurred_on")
    amounts, detained, participants = plain.pop("amounts"), plain.pop("detained"), plain.pop("participants")
    return SeizureValues(
        occurred_on=date.fromisoformat(str(day)) if day else None,
        amounts={item: Amount(quantity=q, reason=r) for item, (q, r) in amounts.items()},  # type: ignore[attr-defined]
        detained=Amount(quantity=detained[0], reason=detained[1]),  # type: ignore[index]
        participants=tuple(participants),  # type: ignore[arg-type]
        **plain,  # type: ignore[arg-type]
    )
