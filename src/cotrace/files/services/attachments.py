"""Keeping attachments of records and withdrawing them. Nothing of an attachment is ever there by halves: one transaction."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction

from cotrace.audit.services import Detail
from cotrace.audit.services import record as record_act
from cotrace.files.holding import PREFIX, AttachableKind, attachable_kind
from cotrace.files.models import Attachment, CleanedCopy, Original
from cotrace.files.rules.attachments import (
    MOST_OF_RECORD,
    AttachmentKind,
    attachment_problems,
    is_taken_as,
    tidy,
    withdrawal_problems,
)
from cotrace.files.rules.pictures import MediaType
from cotrace.foundation import clock
from cotrace.foundation.errors import FieldProblem, Invalid, NotFound, Refused
from cotrace.foundation.ids import new_number, normal_number
from cotrace.foundation.principal import Principal
from cotrace.sharing.reads import VisibleHolding
from cotrace.sharing.selectors.holdings import own_holding


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAttachment:
    """An original as it came and what the darkroom made of it: cleaned copies of its first pages, and a thumbnail."""

    kind: str
    caption: str
    content: bytes
    media_type: MediaType
    pages: int
    shown: tuple[bytes, ...]
    thumbnail: bytes


def attachment_allow(principal: Principal, *, record: str, kind: str, caption: str) -> str:
    """Return the number of a record of the principal's own agency to which it may attach a file of these words.

    For whoever is about to have the file opened: what is refused here need not be. Raises as `attachment_keep`.
    """
    visible, takes = _attachable(principal, record)
    principal.require(takes.add)
    if problems := attachment_problems(kind, caption=tidy(caption)):
        raise Invalid("attachment_incomplete", fields=tuple(problems))
    return visible.id


def attachment_keep(principal: Principal, *, record: str, attachment: NewAttachment) -> str:
    """Keep an original and its cleaned copies with a record of the principal's own agency; return their number.

    Raises NotFound for a record that is not one's own to see in full or takes no attachments, Denied without the
    permission that its kind names, Invalid, Refused where the same file is there already or there are too many.
    Audit: attachment.added, with the record, what it shows and the original's SHA-256.
    """
    number = attachment_allow(principal, record=record, kind=attachment.kind, caption=attachment.caption)
    kind = AttachmentKind(attachment.kind)
    if not is_taken_as(kind, attachment.media_type):
        raise Invalid("attachment_incomplete", fields=(FieldProblem("kind", "attachment_not_of_kind"),))
    row = _row(principal, number, attachment)
    with transaction.atomic():
        _require_room(row)
        _save(row)
        Original.objects.create(attachment=row, content=attachment.content)
        CleanedCopy.objects.bulk_create(
            CleanedCopy(attachment=row, page=page, content=content)
            for page, content in enumerate((attachment.thumbnail, *attachment.shown))
        )
        detail: Detail = {"record": row.record_id, "kind": row.kind, "sha256": row.sha256, "size_bytes": row.size_bytes}
        record_act(principal, action="attachment.added", subject=row.number, detail=detail)
    return row.number


def attachment_withdraw(principal: Principal, *, number: str, reason: str, superseded_by: str = "") -> None:
    """Let an attachment of one's own agency no longer count; it stays, for its owner alone, with the reason.

    `superseded_by` is the number of the attachment of the same record that counts instead. Raises NotFound, Denied,
    Invalid, Refused where it was withdrawn before. Audit: attachment.withdrawn, with the reason.
    """
    found = Attachment.objects.filter(pk=normal_number(number) or "", owner=principal.agency).first()
    if found is None:
        raise NotFound
    _, takes = _attachable(principal, found.record_id)
    principal.require(takes.withdraw)
    because = tidy(reason)
    if problems := withdrawal_problems(because):
        raise Invalid("attachment_not_withdrawn", fields=tuple(problems))
    with transaction.atomic():
        row = Attachment.objects.select_for_update().get(pk=found.pk)
        if row.withdrawn_at is not None:
            raise Refused("attachment_withdrawn_already")
        row.superseded_by = _successor(row, superseded_by) if superseded_by.strip() else ""
        row.withdrawn_by, row.withdrawn_at, row.withdrawn_because = principal.id, clock.now(), because
        row.save()
        detail = {"record": row.record_id, "reason": because, "superseded_by": row.superseded_by}
        record_act(principal, action="attachment.withdrawn", subject=row.number, detail=detail)


def _attachable(principal: Principal, record: str) -> tuple[VisibleHolding, AttachableKind]:
    visible = own_holding(principal, number=record)
    takes = attachable_kind(visible.kind)
    if takes is None:
        raise NotFound
    return visible, takes


def _row(principal: Principal, record: str, attachment: NewAttachment) -> Attachment:
    return Attachment(
        number=new_number(PREFIX, origin=settings.COTRACE_INSTALLATION, owner=principal.agency),
        owner=principal.agency,
        record_id=record,
        kind=attachment.kind,
        caption=tidy(attachment.caption),
        sha256=hashlib.sha256(attachment.content).hexdigest(),
        size_bytes=len(attachment.content),
        media_type=attachment.media_type,
        pages=attachment.pages,
        pages_shown=len(attachment.shown),
        added_by=principal.id,
        added_at=clock.now(),
    )


def _require_room(row: Attachment) -> None:
    there = Attachment.objects.filter(owner=row.owner, record_id=row.record_id, withdrawn_at=None)
    same = there.filter(sha256=row.sha256).values_list("number", flat=True).first()
    if same:
        raise Refused("attachment_known", number=same)
    if there.count() >= MOST_OF_RECORD:
        raise Refused("attachment_too_many", limit=MOST_OF_RECORD)


def _save(row: Attachment) -> None:
    """Write the row; the same file sent twice at once is refused as one that is there already."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        _require_room(row)
        raise


def _successor(row: Attachment, typed: str) -> str:
    there = Attachment.objects.filter(owner=row.owner, record_id=row.record_id, withdrawn_at=None).exclude(pk=row.pk)
    found = there.filter(pk=normal_number(typed) or "").first()
    if found is None:
        problem = FieldProblem("superseded_by", "attachment_replacement_unknown")
        raise Invalid("attachment_not_withdrawn", fields=(problem,))
    return found.number
