"""Writing notices and acknowledging them."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from cotrace.audit.services import record
from cotrace.foundation import clock
from cotrace.foundation.errors import NotFound
from cotrace.foundation.ids import new_number
from cotrace.foundation.principal import Principal
from cotrace.notices.models import Notice
from cotrace.notices.reads import NoticeDraft


def notice_send(principal: Principal, *, recipients: Iterable[tuple[str, str]], draft: NoticeDraft) -> None:
    """Tell each recipient (member id, agency) once per cause, in the caller's transaction.

    Telling is part of the act that caused it, which is on record; no event of its own.
    """
    del principal
    Notice.objects.bulk_create(
        (
            Notice(
                id=new_number("NT", origin=settings.COTRACE_INSTALLATION, owner=agency),
                recipient=member,
                agency=agency,
                cause=draft.cause,
                code=draft.code,
                subject=draft.subject,
                page=draft.page,
                created_at=clock.now(),
                due_at=draft.due_at,
            )
            for member, agency in recipients
        ),
        ignore_conflicts=True,
    )


def notice_settle(principal: Principal, *, cause: str) -> None:
    """Take a cause off everybody's list: what they were told of was done. The act that did it is on record."""
    waiting = Notice.objects.filter(cause=cause, agency=principal.agency, acknowledged_at=None)
    waiting.update(acknowledged_at=clock.now())


def notice_acknowledge(principal: Principal, *, number: str) -> None:
    """Say that one has taken note. Raises NotFound for another's. Audit: notice.acknowledged."""
    with transaction.atomic():
        row = Notice.objects.filter(pk=number, recipient=principal.id).first()
        if row is None:
            raise NotFound
        if row.acknowledged_at is None:
            row.acknowledged_at = clock.now()
            row.save(update_fields=["acknowledged_at"])
            record(principal, action="notice.acknowledged", subject=row.subject, detail={"cause": row.cause})
