"""Reading attachments: through the record they hang on, and only where that is seen in full.

Below FULL, absent and another agency's withdrawn one are the same answer. What leaves is on record first.
"""

from dataclasses import dataclass

from cotrace.agencies.selectors import member_names
from cotrace.audit.selectors import events_about
from cotrace.files.holding import AttachableKind, attachable_kind
from cotrace.files.models import Attachment, CleanedCopy, Original
from cotrace.files.reads import AttachmentRead, AttachmentsOfRecord, Custody, CustodyRow, OriginalFile
from cotrace.files.rules.attachments import AttachmentKind
from cotrace.files.rules.pictures import SUFFIXES, MediaType
from cotrace.foundation.errors import NotFound
from cotrace.foundation.ids import normal_number
from cotrace.foundation.principal import Principal
from cotrace.sharing.permissions import SharingPermission
from cotrace.sharing.reads import VisibleHolding
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.holdings import holding_get
from cotrace.sharing.services.looks import look_record, looks_record

SHOWN_AT = Level.FULL
"""The least level of the record at which its attachments are there at all."""

THUMBNAIL = 0
"""The page of a cleaned copy that is its thumbnail."""

CUSTODY = ("attachment.added", "attachment.original_taken", "attachment.withdrawn", "attachment.found_changed")
LOOKS = ("attachment.opened", "attachment.shown")
"""What the custody log says to everybody of the owner who may see the record, and to whoever may know who looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """An attachment that the principal may see, with its record and how such records are attached to."""

    row: Attachment
    record: VisibleHolding
    takes: AttachableKind


def attachments_of(principal: Principal, *, record: str) -> AttachmentsOfRecord | None:
    """Return the attachments of a record, None where the principal's level or role does not disclose that there are any.

    Raises NotFound where the record is absent or invisible. Audit: attachment.listed, with the numbers, if there are any.
    """
    visible = holding_get(principal, number=record)
    takes = attachable_kind(visible.kind)
    if takes is None or visible.level < SHOWN_AT or not principal.may(takes.read):
        return None
    is_own = visible.owner == principal.agency
    rows = Attachment.objects.filter(record_id=visible.id).order_by("added_at", "number")
    found = list(rows if is_own else rows.filter(withdrawn_at=None))
    if found:
        opened = [row.number for row in found] if visible.decision.is_emergency else []
        shown = [(row.number, row.owner) for row in found]
        looks_record(principal, action="attachment.listed", shown=shown, opened=opened)
    names = _names(principal, found)
    return AttachmentsOfRecord(
        record=visible.id,
        owner=visible.owner,
        may_add=is_own and principal.may(takes.add) and not visible.decision.is_emergency,
        attachments=tuple(_read(row, visible.kind, names) for row in found),
    )


def attachment_get(principal: Principal, *, number: str) -> AttachmentRead:
    """Return what is known of an attachment. Raises NotFound, Denied. Audit: attachment.opened."""
    seen = _seen(principal, number)
    look_record(principal, action="attachment.opened", visible=seen.record, part=seen.row.number)
    return _read(seen.row, seen.record.kind, _names(principal, [seen.row]))


def attachment_shown(principal: Principal, *, number: str, page: int = 1) -> bytes:
    """Return a cleaned copy of an attachment, a JPEG: of a page, or its thumbnail for page 0.

    Raises NotFound, Denied. Audit: attachment.shown, with the page, before the copy is read.
    """
    seen = _seen(principal, number)
    if not THUMBNAIL <= page <= seen.row.pages_shown:
        raise NotFound
    detail = {"page": page}
    look_record(principal, action="attachment.shown", visible=seen.record, part=seen.row.number, detail=detail)
    copy = CleanedCopy.objects.get(attachment=seen.row, page=page)
    return bytes(copy.content)


def attachment_original(principal: Principal, *, number: str) -> OriginalFile:
    """Return the original of an attachment of the principal's own agency, as it came.

    Raises NotFound for every other agency, whatever it sees. Audit: attachment.original_taken, before it is read.
    """
    seen = _own(principal, number)
    look_record(principal, action="attachment.original_taken", visible=seen.record, part=seen.row.number)
    media_type = MediaType(seen.row.media_type)
    return OriginalFile(
        name=f"{seen.row.number}.{SUFFIXES[media_type]}",
        media_type=media_type,
        sha256=seen.row.sha256,
        content=bytes(Original.objects.get(pk=seen.row.number).content),
    )


def custody_of(principal: Principal, *, number: str) -> Custody:
    """Return the custody log of an attachment of the principal's own agency, from the sealed log.

    Who was only shown it is told to whoever may know who looked. Of another agency's look neither person nor case is
    told. Raises NotFound, Denied. Audit: attachment.custody_read.
    """
    seen = _own(principal, number)
    look_record(principal, action="attachment.custody_read", visible=seen.record, part=seen.row.number)
    has_looks = principal.may(SharingPermission.WHO_LOOKED)
    actions = (*CUSTODY, *LOOKS) if has_looks else CUSTODY
    events = events_about(principal, subject=seen.row.number, actions=actions)
    names = member_names(principal, ids=[each.actor for each in events])
    rows = tuple(
        CustodyRow(
            at=each.at,
            agency=each.actor_agency,
            person=names.get(each.actor, ""),
            action=each.action,
            door=each.door,
            purpose=each.purpose,
            emergency=each.under,
        )
        for each in events
    )
    return Custody(number=seen.row.number, sha256=seen.row.sha256, has_looks=has_looks, rows=rows)


def may_withdraw(principal: Principal, *, read: AttachmentRead) -> bool:
    """Tell whether the principal's role lets it withdraw an attachment that it was shown; the service decides anew."""
    takes = attachable_kind(read.record_kind)
    is_own = read.owner == principal.agency and not read.is_withdrawn
    return is_own and takes is not None and principal.may(takes.withdraw)


def _seen(principal: Principal, number: str) -> _Seen:
    row = Attachment.objects.filter(pk=normal_number(number) or "").first()
    if row is None:
        raise NotFound
    visible = holding_get(principal, number=row.record_id)
    takes = attachable_kind(visible.kind)
    is_hidden = row.withdrawn_at is not None and row.owner != principal.agency
    if takes is None or visible.level < SHOWN_AT or is_hidden:
        raise NotFound
    principal.require(takes.read)
    return _Seen(row=row, record=visible, takes=takes)


def _own(principal: Principal, number: str) -> _Seen:
    seen = _seen(principal, number)
    if seen.row.owner != principal.agency:
        raise NotFound
    return seen


def _names(principal: Principal, rows: list[Attachment]) -> dict[str, str]:
    """Return the names of those of the principal's agency who added or withdrew what belongs to it."""
    own = [row for row in rows if row.owner == principal.agency]
    return member_names(principal, ids=[who for row in own for who in (row.added_by, row.withdrawn_by) if who])


def _read(row: Attachment, record_kind: str, names: dict[str, str]) -> AttachmentRead:
    return AttachmentRead(
        number=row.number,
        owner=row.owner,
        record=row.record_id,
        record_kind=record_kind,
        kind=AttachmentKind(row.kind),
        caption=row.caption,
        sha256=row.sha256,
        size_bytes=row.size_bytes,
        media_type=MediaType(row.media_type),
        pages=row.pages,
        pages_shown=row.pages_shown,
        added_by=names.get(row.added_by, ""),
        added_at=row.added_at,
        withdrawn_by=names.get(row.withdrawn_by, ""),
        withdrawn_at=row.withdrawn_at,
        withdrawn_because=row.withdrawn_because,
        superseded_by=row.superseded_by,
    )
