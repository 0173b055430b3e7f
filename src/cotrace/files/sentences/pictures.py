"""Sentences about photographs and opinions that are attached to a record: why a file is not taken."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop

PICTURES: Mapping[str, str] = {
    "picture_heic": gettext_noop(
        "This is a HEIC picture, which is not taken here. On an iPhone choose Settings, Camera, Formats, “Most "
        "Compatible”; on Android switch off “high efficiency pictures” in the camera's settings. Then take it again, or "
        "save this one as JPEG."
    ),
    "picture_format_unsupported": gettext_noop(
        "The format %(format)s is not taken. Send a photograph as JPEG, PNG or WebP, an opinion as PDF."
    ),
    "picture_unknown": gettext_noop(
        "The file is no photograph, whatever its name says. Send JPEG, PNG or WebP, an opinion as PDF."
    ),
    "picture_damaged": gettext_noop(
        "The photograph is damaged or incomplete. Check that it opens, and send it again; if it came over a poor "
        "connection, ask for it anew."
    ),
    "picture_too_many_pixels": gettext_noop(
        "The photograph has more than %(limit)s million pixels. Set the camera to a lower resolution, or make it smaller."
    ),
    "picture_too_heavy": gettext_noop(
        "The file needs too much memory to be opened. Save it anew at a lower resolution."
    ),
    "picture_too_slow": gettext_noop(
        "The file takes too long to open. Save it anew, at a lower resolution or with fewer pages."
    ),
    "picture_reader_failed": gettext_noop(
        "The file could not be opened and was not taken. Save it anew and try once more."
    ),
    "pdf_encrypted": gettext_noop("The PDF is protected by a password. Save it without one."),
    "pdf_damaged": gettext_noop("The PDF is damaged or incomplete. Open it, save it anew and send that."),
    "pdf_too_long": gettext_noop("The PDF has more than %(limit)s pages. Send the opinion without its annexes, or split it."),
}
"""What a cleaning may refuse with; no other code is believed of it."""
