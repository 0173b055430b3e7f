"""Sentences of attachments: what they show, what was done with them, why one is not taken or withdrawn."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy

from cotrace.files.rules.attachments import AttachmentKind
from cotrace.files.rules.pictures import MediaType

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

KINDS: Mapping[str, "_StrPromise"] = {
    AttachmentKind.SERIAL: gettext_lazy("Serial number"),
    AttachmentKind.MAKE: pgettext_lazy("of a gun", "Make"),
    AttachmentKind.MODEL: pgettext_lazy("of a gun", "Model"),
    AttachmentKind.CALIBRE: gettext_lazy("Calibre"),
    AttachmentKind.IMPORTER: gettext_lazy("Importer's mark"),
    AttachmentKind.WHOLE: gettext_lazy("The whole gun"),
    AttachmentKind.OTHER: gettext_lazy("Another mark or detail"),
    AttachmentKind.OPINION: gettext_lazy("Expert's opinion"),
}

MEDIA_TYPES: Mapping[str, str] = {
    MediaType.JPEG: "JPEG",
    MediaType.PNG: "PNG",
    MediaType.WEBP: "WebP",
    MediaType.PDF: "PDF",
}

ATTACHMENTS: Mapping[str, str] = {
    "attachment_incomplete": gettext_noop("Nothing was attached. Correct the marked fields."),
    "attachment_kind_unknown": gettext_noop("Say what it shows: choose one of the list."),
    "attachment_text_too_long": gettext_noop("This is too long; at most %(maximum)s characters."),
    "attachment_not_of_kind": gettext_noop(
        "A PDF can be attached as an expert's opinion alone. Choose that, or send a photograph."
    ),
    "attachment_known": gettext_noop("The same file is attached to this record already: %(number)s."),
    "attachment_too_many": gettext_noop("The record has %(limit)s attachments, and no more are taken. Withdraw one first."),
    "attachment_no_file": gettext_noop("Take a photograph, or choose a file."),
    "attachment_too_many_at_once": gettext_noop("At most %(limit)s files are taken in one go. Choose fewer."),
    "attachment_withdrawn_already": gettext_noop("This attachment was withdrawn before."),
    "attachment_not_withdrawn": gettext_noop("Nothing was withdrawn. Correct the marked fields."),
    "attachment_replacement_unknown": gettext_noop(
        "This is not the number of another attachment of the same record that counts. Check it, or leave it empty."
    ),
    "attachment_missing_original": gettext_noop("The original is gone. Bring it back from a backup."),
    "attachment_changed_original": gettext_noop("The original is not what was received: its SHA-256 differs."),
    "attachment_changed_hash": gettext_noop("The record says another SHA-256 than the log, which is sealed."),
    "attachment_unlogged": gettext_noop(
        "The log does not say which SHA-256 it had when it was received: the detail was purged or deleted."
    ),
    "act_attachment.added": gettext_noop("received it"),
    "act_attachment.withdrawn": gettext_noop("withdrew it"),
    "act_attachment.listed": gettext_noop("saw it in a list"),
    "act_attachment.opened": gettext_noop("opened its page"),
    "act_attachment.shown": gettext_noop("was shown the cleaned copy"),
    "act_attachment.original_taken": gettext_noop("downloaded the original"),
    "act_attachment.custody_read": gettext_noop("read who had it"),
    "act_attachment.verified": gettext_noop("checked the originals of attachments against their SHA-256"),
    "act_attachment.found_changed": gettext_noop("found that the original is gone or changed"),
}
