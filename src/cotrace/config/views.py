"""The pages that belong to no subject: what waits today, and whether the process lives."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cotrace.config.navigation import is_open
from cotrace.doors import formats
from cotrace.doors.furniture import Count
from cotrace.doors.gate import principal_of
from cotrace.foundation import clock
from cotrace.foundation.principal import Principal
from cotrace.notices.selectors import waiting_described
from cotrace.notices.views import notice_lines
from cotrace.seizures.reads import ImportRead
from cotrace.seizures.selectors import import_list
from cotrace.seizures.views.reports import import_badge
from cotrace.sharing.reads import AgreementRead
from cotrace.sharing.selectors.agreements import agreements_to_sign
from cotrace.sharing.sentences.memoranda import in_the_language
from cotrace.tracing.reads.centre import ResultsWaiting
from cotrace.tracing.rules.statuses import TraceStatus
from cotrace.tracing.selectors.queue import results_waiting

NOTICES_SHOWN = 10
RECENT = timedelta(days=7)
"""How long the rejected rows of an import stay on the page of today."""

STARTS = (
    "seizures:new",
    "seizures:import_new",
    "seizures:list",
    "sharing:agreements",
    "tracing:submit",
    "tracing:requests",
    "tracing:queue",
)
"""Where one can start when nothing waits."""


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the signed-in person today."""
    principal = principal_of(request)
    notices, has_more = waiting_described(principal, limit=NOTICES_SHOWN)
    to_sign = agreements_to_sign(principal) if is_open(principal, "sharing:agreement_sign") else []
    imports = _imports_to_look_at(principal)
    results = _results(results_waiting(principal)) if is_open(principal, "tracing:queue") else []
    context = {
        "notices": notice_lines(notices),
        "has_more_notices": has_more,
        "to_sign": [(each.id, in_the_language(each.title_en, each.title_es), _others(each, principal)) for each in to_sign],
        "imports": [(each, import_badge(each)) for each in imports],
        "results": results,
        "is_quiet": not (notices or to_sign or imports or results),
        "starts": {route.replace(":", "_"): is_open(principal, route) for route in STARTS},
    }
    return render(request, "config/home.html", context)


def _others(agreement: AgreementRead, principal: Principal) -> str:
    return ", ".join(each.agency for each in agreement.parties if each.agency != principal.agency)


def _results(waiting: ResultsWaiting) -> list[tuple[str, str, str]]:
    """Return what waits for whoever releases results: its words, its view of the queue, by when."""
    lines = (
        (_("Results to release"), TraceStatus.CONCLUDED, waiting.to_release, ""),
        (_("Withheld results to look at again"), TraceStatus.WITHHELD, waiting.withheld, _review_words(waiting)),
    )
    return [
        (f"{label} ({formats.count(Count(value=count.number, is_capped=count.is_capped))})", _queue_of(status), by)
        for label, status, count, by in lines
        if count.number
    ]


def _review_words(waiting: ResultsWaiting) -> str:
    if waiting.review_on is None:
        return ""
    return _("the first by %(day)s") % {"day": formats.day(waiting.review_on)}


def _queue_of(status: TraceStatus) -> str:
    return f"{reverse('tracing:queue')}?{urlencode({'status': status.value})}"


def _imports_to_look_at(principal: Principal) -> list[ImportRead]:
    """Return the agency's imports that run, and those of the last week that left rows out, until somebody looked."""
    if not is_open(principal, "seizures:imports"):
        return []
    oldest_at = clock.now() - RECENT
    return [
        each
        for each in import_list(principal)
        if each.state == "running" or (each.needs_a_look and each.created_at >= oldest_at)
    ]


@require_GET
def health(_request: HttpRequest) -> JsonResponse:
    """Tell a load balancer that the process answers; says nothing else to anybody."""
    return JsonResponse({"status": "ok"})
