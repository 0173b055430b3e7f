"""The files themselves: cleaned copies for pages, an original for its owner. What leaves is on record before."""

import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from cotrace.doors.gate import principal_of
from cotrace.files.exports.answers import original_answer, picture_answer
from cotrace.files.selectors import THUMBNAIL, attachment_original, attachment_shown
from cotrace.foundation.errors import NotFound

_PAGE = re.compile(r"[1-9][0-9]{0,3}")


@require_GET
def thumbnail(request: HttpRequest, number: str) -> HttpResponse:
    """Send the thumbnail of an attachment."""
    return picture_answer(attachment_shown(principal_of(request), number=number, page=THUMBNAIL))


@require_GET
def picture(request: HttpRequest, number: str) -> HttpResponse:
    """Send the cleaned copy of an attachment, of a document the page that is asked for."""
    page = request.GET.get("page", "1")
    if not _PAGE.fullmatch(page):
        raise NotFound
    return picture_answer(attachment_shown(principal_of(request), number=number, page=int(page)))


@require_POST
def original(request: HttpRequest, number: str) -> HttpResponse:
    """Send the original of an attachment of the reader's agency, as it came."""
    return original_answer(attachment_original(principal_of(request), number=number))
