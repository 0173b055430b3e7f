"""Loading code tables: repeatable, audited, nothing lost. A code that left its list is retired, not deleted."""

from collections.abc import Iterable

from django.db import transaction

from cotrace.audit.services import record
from cotrace.foundation import clock
from cotrace.foundation.principal import Principal
from cotrace.reference.models import Code, CodeTable
from cotrace.reference.reads import CodeRead, TableFile


def table_load(principal: Principal, *, table: TableFile, sha256: str, codes: Iterable[CodeRead]) -> bool:
    """Bring one table up to its file; return whether anything changed. Audit: reference.loaded."""
    with transaction.atomic():
        known = CodeTable.objects.filter(pk=table.code).first()
        if known is not None and known.sha256 == sha256 and known.version == table.version:
            return False
        row, _ = CodeTable.objects.update_or_create(
            code=table.code,
            defaults={
                "title_en": table.title_en,
                "title_es": table.title_es,
                "source": table.source,
                "version": table.version,
                "sha256": sha256,
                "loaded_at": clock.now(),
            },
        )
        listed = list(codes)
        Code.objects.bulk_create(
            [_row(row, each) for each in listed],
            update_conflicts=True,
            unique_fields=["table", "code"],
            update_fields=["label_en", "label_es", "parent", "latitude", "longitude", "is_retired"],
            batch_size=500,
        )
        listed_codes = {each.code for each in listed}
        gone = [each for each in Code.objects.filter(table=row).values_list("code", flat=True) if each not in listed_codes]
        Code.objects.filter(table=row, code__in=gone).update(is_retired=True)
        record(principal, action="reference.loaded", subject=table.code, detail={"version": table.version})
    return True


def _row(table: CodeTable, read: CodeRead) -> Code:
    return Code(
        table=table,
        code=read.code,
        label_en=read.label_en,
        label_es=read.label_es,
        parent=read.parent,
        latitude=read.latitude,
        longitude=read.longitude,
        is_retired=False,
    )
