"""The sample page: every component with made-up content, in both languages.

The browser tests walk it; docs/design-system.md points to it.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cotrace.doors.sample.content import ended, sample_context


@require_GET
def sample_page(request: HttpRequest) -> HttpResponse:
    """Show every component once; asked again by the running progress, answer that it has ended."""
    if request.headers.get("HX-Request"):
        return render(request, "doors/components/progress.html", {"job": ended("import-running")})
    return render(request, "doors/sample.html", sample_context())
