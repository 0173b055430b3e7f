"""Attaching a file: whoever may not is told before the file is opened; it is opened in the darkroom, then kept."""

from cotrace.files.imports.pictures import clean_file
from cotrace.files.services.attachments import NewAttachment, attachment_allow, attachment_keep
from cotrace.foundation.principal import Principal


def attachment_add(principal: Principal, *, record: str, kind: str, caption: str, content: bytes) -> str:
    """Attach a photograph or an opinion to a record of one's own agency; return its number.

    Raises NotFound, Denied, Refused; Invalid for words that do not do and for a file that is no photograph or PDF,
    whatever its name says. Audit: attachment.added.
    """
    number = attachment_allow(principal, record=record, kind=kind, caption=caption)
    cleaned = clean_file(content)
    attachment = NewAttachment(
        kind=kind,
        caption=caption,
        content=content,
        media_type=cleaned.media_type,
        pages=cleaned.pages,
        shown=cleaned.shown,
        thumbnail=cleaned.thumbnail,
    )
    return attachment_keep(principal, record=number, attachment=attachment)
