"""The two pages that belong to no subject."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the signed-in person today."""
    return render(request, "config/home.html")


@require_GET
def health(_request: HttpRequest) -> JsonResponse:
    """Tell a load balancer that the process answers; says nothing else to anybody."""
    return JsonResponse({"status": "ok"})
