"""Attachments as the tiles of a page: the thumbnail of each, and words for whoever does not see it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cotrace.files.reads import AttachmentRead, AttachmentsOfRecord
from cotrace.files.sentences.attachments import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """An attachment in a list: its picture, the words under it and the words in place of it."""

    url: str
    picture_url: str
    title: str
    words: str
    caption: str
    is_withdrawn: bool


def tiles_of(found: AttachmentsOfRecord) -> dict[str, object]:
    """Return the tiles of what counts, and of what was withdrawn, for a template."""
    return {
        "tiles": [_tile(each) for each in found.attachments if not each.is_withdrawn],
        "withdrawn": [_tile(each) for each in found.attachments if each.is_withdrawn],
    }


def _tile(read: AttachmentRead) -> Tile:
    title = str(KINDS[read.kind])
    described = pgettext("picture", "%(what)s: %(caption)s") % {"what": title, "caption": read.caption}
    return Tile(
        url=reverse("files:attachment", args=[read.number]),
        picture_url=reverse("files:thumbnail", args=[read.number]),
        title=title,
        words=described if read.caption else _("%(what)s, photograph %(number)s") % {"what": title, "number": read.number},
        caption=read.caption,
        is_withdrawn=read.is_withdrawn,
    )
