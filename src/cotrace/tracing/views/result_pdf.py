"""The result of a trace on paper: one reader's copy, English or Spanish."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from cotrace.doors.gate import principal_of
from cotrace.tracing.exports.result_pdf import result_copy


@require_GET
def result_pdf(request: HttpRequest, number: str, language: str) -> HttpResponse:
    """Send the reader's copy of a result; that the purchaser was shown is on record before."""
    copy = result_copy(principal_of(request), number=number, language=language)
    return HttpResponse(
        copy.content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{copy.name}"'},
    )
