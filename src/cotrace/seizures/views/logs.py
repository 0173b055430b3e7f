"""Imports of logs: try one, import it without sending it again, follow it, see what was wrong in it."""

from collections.abc import Iterable, Mapping

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cotrace.doors.form_problems import add_refusal
from cotrace.doors.gate import principal_of
from cotrace.files.rules.file_names import safe_file_name
from cotrace.files.rules.mapping import TableMapping
from cotrace.foundation.errors import Invalid, NotFound
from cotrace.seizures.exports import problems_csv
from cotrace.seizures.forms.log import ImportForm, SisterField
from cotrace.seizures.forms.seizure import Choice
from cotrace.seizures.imports import log_try, shipped_mappings, trial_get, trial_import
from cotrace.seizures.permissions import SeizurePermission
from cotrace.seizures.reads import ProblemRead
from cotrace.seizures.selectors import import_get, import_list
from cotrace.seizures.sentences.columns import column_notes, headers_of
from cotrace.seizures.services.imports import import_review
from cotrace.seizures.services.uploads import NewUpload, upload_drop
from cotrace.seizures.views.layouts import layouts
from cotrace.seizures.views.reports import (
    Titles,
    blank_table,
    import_facts,
    import_progress,
    imports_table,
    preview_table,
    problem_sentence,
    problems_table,
    totals,
    trial_facts,
)
from cotrace.seizures.views.words import code_words, language


@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """List the imports of the reader's agency, newest first."""
    found = import_list(principal_of(request))
    titles = dict(_mapping_choices(shipped_mappings()))
    return render(request, "seizures/imports.html", {"table": imports_table(found, titles), "is_empty": not found})


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Ask for a log and try it: nothing is imported yet."""
    mappings = shipped_mappings()
    form = _import_form(request, mappings)
    context = {"form": form, "layouts": layouts(mappings.values(), language=language())}
    if not form.is_valid():
        return render(request, "seizures/import_new.html", context, status=422 if form.errors else 200)
    try:
        token = log_try(principal_of(request), upload=_upload(form))
    except Invalid as refusal:
        add_refusal(form, _by_title(refusal, dict(_mapping_choices(mappings))))
        return render(request, "seizures/import_new.html", context, status=422)
    return HttpResponseRedirect(reverse("seizures:trial", args=[token]))


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, token: str) -> HttpResponse:
    """Show what importing a log would do; posted, import it."""
    principal = principal_of(request)
    try:
        if request.method == "POST":
            number = trial_import(principal, token=token)
            return HttpResponseRedirect(reverse("seizures:import", args=[number]))
        kept = trial_get(principal, token=token)
    except NotFound:
        messages.warning(request, _("This file is no longer kept, or was imported. Choose it again to try it again."))
        return HttpResponseRedirect(reverse("seizures:import_new"))
    words = code_words()
    mappings = shipped_mappings()
    titles = dict(_mapping_choices(mappings))
    report = kept.report
    context = {
        "kept": kept,
        "facts": trial_facts(kept, titles),
        "notes": column_notes(report.columns, headers=headers_of(mappings.get(kept.mapping))),
        "totals": totals(report.problem_totals),
        "problems": problems_table(report.problems),
        "is_cut": len(report.problems) < sum(report.problem_totals.values()),
        "blanks": blank_table(report),
        "preview": preview_table(report, words),
        "may_record": principal.may(SeizurePermission.RECORD),
    }
    return render(request, "seizures/trial.html", context)


@require_POST
def trial_drop(request: HttpRequest, token: str) -> HttpResponse:
    """Delete a tried log now instead of in an hour."""
    upload_drop(principal_of(request), token=token)
    messages.info(request, _("The file was deleted. Nothing was imported."))
    return HttpResponseRedirect(reverse("seizures:import_new"))


@require_GET
def trial_problems(request: HttpRequest, token: str) -> HttpResponse:
    """Send the problems of a tried log as a file."""
    kept = trial_get(principal_of(request), token=token)
    return _problems_file(kept.report.problems, name="trial-problems.csv")


@require_GET
def import_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show how far an import is and what was wrong in its file."""
    read = import_get(principal_of(request), number=number)
    mappings = shipped_mappings()
    titles = dict(_mapping_choices(mappings))
    context = {
        "read": read,
        "is_running": read.state == "running",
        "is_stopped": read.state == "stopped",
        "job": import_progress(read),
        "facts": import_facts(read, titles),
        "notes": column_notes(read.columns, headers=headers_of(mappings.get(read.mapping))),
        "totals": totals(read.problem_totals),
        "problems": problems_table(read.problems),
        "is_cut": len(read.problems) < sum(read.problem_totals.values()),
    }
    return render(request, "seizures/import.html", context)


@require_POST
def import_reviewed(request: HttpRequest, number: str) -> HttpResponse:
    """Note that the rejected rows of an import were looked at; what waits is on the first page."""
    import_review(principal_of(request), number=number)
    messages.success(request, _("The import is noted as looked at."))
    return HttpResponseRedirect(reverse("home"))


@require_GET
def import_problems(request: HttpRequest, number: str) -> HttpResponse:
    """Send the problems of an import as a file."""
    read = import_get(principal_of(request), number=number)
    return _problems_file(read.problems, name=f"{read.number}-problems.csv")


def _problems_file(problems: Iterable[ProblemRead], *, name: str) -> HttpResponse:
    content = problems_csv((each, problem_sentence(each)) for each in problems)
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _mapping_choices(mappings: Mapping[str, TableMapping]) -> list[Choice]:
    is_spanish = language().startswith("es")
    return [(each.name, each.title_es if is_spanish else each.title_en) for each in mappings.values()]


def _by_title(refusal: Invalid, titles: Titles) -> Invalid:
    """Return a refusal that calls a mapping what the form calls it."""
    name = str(refusal.params.get("mapping", ""))
    if name not in titles:
        return refusal
    return Invalid(refusal.code, fields=refusal.fields, **{**refusal.params, "mapping": str(titles[name])})


def _import_form(request: HttpRequest, mappings: Mapping[str, TableMapping]) -> ImportForm:
    titles = dict(_mapping_choices(mappings))
    takers: dict[str, list[str]] = {}
    for each in mappings.values():
        for companion in each.companions:
            takers.setdefault(companion.name, []).append(str(titles[each.name]))
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    sisters = [SisterField(field=field, mappings=names) for field, names in takers.items()]
    return ImportForm(*given, mappings=_mapping_choices(mappings), sisters=sisters)


def _upload(form: forms.Form) -> NewUpload:
    said = form.cleaned_data
    log: UploadedFile[bytes] = said["file"]
    sisters = {
        name.removeprefix("with_"): file.chunks()
        for name, file in said.items()
        if name.startswith("with_") and file is not None
    }
    return NewUpload(
        mapping=said["mapping"],
        series=said["series"],
        file_name=safe_file_name(log.name or ""),
        parts={"": log.chunks(), **sisters},
    )
