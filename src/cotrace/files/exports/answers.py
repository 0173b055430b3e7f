"""A file as an answer, alike through both doors: its type is what its bytes are, and no browser guesses another.

A cleaned copy may be drawn on a page; an original is only ever saved. The gate adds `no-store`, Django `nosniff`.
"""

import base64

from django.http import HttpResponse

from cotrace.files.reads import OriginalFile
from cotrace.files.rules.pictures import MediaType

ALONE = "default-src 'none'; sandbox"
"""A file that is opened by itself can load nothing and run nothing."""


def picture_answer(content: bytes) -> HttpResponse:
    """Return a cleaned copy, to be drawn."""
    headers = {"Content-Disposition": 'inline; filename="picture.jpg"', "Content-Security-Policy": ALONE}
    return HttpResponse(content, content_type=str(MediaType.JPEG), headers=headers)


def original_answer(file: OriginalFile) -> HttpResponse:
    """Return an original, to be saved under its number, with the SHA-256 that it was received with (RFC 9530)."""
    digest = base64.b64encode(bytes.fromhex(file.sha256)).decode()
    headers = {
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "Content-Security-Policy": ALONE,
        "Repr-Digest": f"sha-256=:{digest}:",
    }
    return HttpResponse(file.content, content_type=str(file.media_type), headers=headers)
