"""Seizures through the JSON door."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from django.core.files.uploadedfile import UploadedFile as DjangoFile
from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router, Status, UploadedFile
from pydantic import StringConstraints

from cotrace.doors.gate import principal_of
from cotrace.files.rules.file_names import safe_file_name
from cotrace.files.rules.mapping import TableMapping
from cotrace.foundation.errors import Invalid
from cotrace.seizures.api.schemas import (
    CSV_ANSWER,
    ColumnsOut,
    DryRunOut,
    ImportForm,
    ImportOut,
    MappingOut,
    NumberOut,
    ProblemOut,
    SearchQuery,
    SeizureBody,
    SeizureOut,
    SeizurePageOut,
    SeizureQuery,
    VisibilityBody,
    page_out,
    seizure_out,
    values_of,
)
from cotrace.seizures.exports import seizures_file
from cotrace.seizures.imports import (
    LogFile,
    columns_read,
    log_dry_run,
    log_import,
    mapping_named,
    problem_read,
    shipped_mappings,
)
from cotrace.seizures.selectors import import_get, import_list, seizure_get, seizure_list, seizure_pointers
from cotrace.seizures.services.record import Visibility, seizure_edit, seizure_record, seizure_restrict
from cotrace.sharing.rules.levels import Level

router = Router(tags=["seizures"])


@router.get("", response=SeizurePageOut, url_name="seizure_list", summary="List or search seizures")
def list_seizures(request: HttpRequest, query: Query[SeizureQuery]) -> SeizurePageOut:
    """Return a page of seizures whose date the caller may see, newest first."""
    return page_out(seizure_list(principal_of(request), where=query.where(), at=query.at))


@router.post("", response={201: NumberOut}, url_name="seizure_list", summary="Record a seizure")
def record_seizure(request: HttpRequest, body: SeizureBody) -> Status[NumberOut]:
    """Record a seizure for the caller's agency."""
    return Status(201, NumberOut(number=seizure_record(principal_of(request), values=values_of(body))))


@router.get("/pointers", response=SeizurePageOut, url_name="seizure_pointers", summary="Seizures seen as pointers")
def list_pointers(request: HttpRequest, at: Annotated[str, StringConstraints(max_length=60)] = "") -> SeizurePageOut:
    """Return seizures of which the caller may know only whom to call."""
    return page_out(seizure_pointers(principal_of(request), at=at))


@router.post("/export", url_name="seizure_export", summary="Take seizures as a CSV table", openapi_extra=CSV_ANSWER)
def export_seizures(request: HttpRequest, search: SearchQuery) -> HttpResponse:
    """Return the seizures of a search as the marked table that pages give, at the caller's level; it is on record.

    More than 10,000 are refused, so that no part is taken for the whole.
    """
    file = seizures_file(principal_of(request), where=search.where())
    return HttpResponse(
        file.content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )


@router.get("/mappings", response=list[MappingOut], url_name="seizure_mappings", summary="Mappings that ship")
def list_mappings(request: HttpRequest) -> list[MappingOut]:
    """Return the mappings by which logs can be imported."""
    principal_of(request)
    return [
        MappingOut(
            name=each.name,
            title_en=each.title_en,
            title_es=each.title_es,
            companions=[one.name for one in each.companions],
        )
        for each in shipped_mappings().values()
    ]


@contextmanager
def stored_upload(file: "DjangoFile[bytes]", companions: "dict[str, DjangoFile[bytes]]", series: str) -> Iterator[LogFile]:
    """Keep an upload in a private folder for as long as it is read."""
    with tempfile.TemporaryDirectory(prefix="cotrace-upload-") as folder:
        paths: dict[str, Path] = {}
        for name, upload in {"": file, **companions}.items():
            paths[name] = Path(folder) / f"upload-{len(paths)}"
            with paths[name].open("xb") as target:
                for chunk in upload.chunks():
                    target.write(chunk)
        main = paths.pop("")
        yield LogFile(path=main, name=safe_file_name(file.name or ""), companions=paths, series=series)


def _companions(request: HttpRequest, mapping: TableMapping) -> "dict[str, DjangoFile[bytes]]":
    """Return the sister files of a multipart form: `with_<field>`. Raises Invalid for one the mapping has no field for."""
    found = {
        name.removeprefix("with_"): upload
        for name, upload in request.FILES.items()
        if name.startswith("with_") and isinstance(upload, DjangoFile)
    }
    for name in sorted(found.keys() - {each.name for each in mapping.companions}):
        raise Invalid("companion_unknown", companion=name)
    return found


@router.post("/imports", response={202: NumberOut}, url_name="seizure_imports", summary="Import a seizure log")
def start_import(
    request: HttpRequest, form: Form[ImportForm], file: File[UploadedFile]
) -> Status[NumberOut]:
    """Read a log, keep its good rows and apply them in the background; sister files as `with_<field>`."""
    mapping = mapping_named(form.mapping)
    with stored_upload(file, _companions(request, mapping), form.series) as log:
        number = log_import(principal_of(request), file=log, mapping=mapping)
    return Status(202, NumberOut(number=number))


@router.post("/imports/dry-run", response=DryRunOut, url_name="seizure_dry_run", summary="Try a seizure log")
def try_import(request: HttpRequest, form: Form[ImportForm], file: File[UploadedFile]) -> DryRunOut:
    """Say what importing the log would take and reject; nothing is written."""
    principal_of(request)
    mapping = mapping_named(form.mapping)
    with stored_upload(file, _companions(request, mapping), form.series) as log:
        report = log_dry_run(log, mapping=mapping)
    return DryRunOut(
        mapping=report.mapping,
        rows=report.rows,
        accepted=report.accepted,
        rejected=report.rejected,
        problems=[ProblemOut.from_orm(problem_read(each)) for each in report.problems],
        problem_totals={str(code): count for code, count in report.problem_totals.items()},
        columns_missing=list(report.columns_missing),
        columns_unknown=list(report.columns_unknown),
        columns=ColumnsOut.from_orm(columns_read(report)),
    )


@router.get("/imports", response=list[ImportOut], url_name="seizure_imports", summary="One's agency's imports")
def list_imports(request: HttpRequest) -> list[ImportOut]:
    """Return the imports of the caller's agency, newest first, without their problems."""
    return [ImportOut.from_orm(each) for each in import_list(principal_of(request))]


@router.get("/imports/{number}", response=ImportOut, url_name="seizure_import", summary="One import")
def show_import(request: HttpRequest, number: str) -> ImportOut:
    """Return how far an import is and what was wrong in its file."""
    return ImportOut.from_orm(import_get(principal_of(request), number=number))


@router.get("/{number}", response=SeizureOut, url_name="seizure", summary="Open a seizure")
def show_seizure(request: HttpRequest, number: str) -> SeizureOut:
    """Return one seizure at the caller's level; the look is on record."""
    return seizure_out(seizure_get(principal_of(request), number=number))


@router.put("/{number}", response={204: None}, url_name="seizure", summary="Correct a seizure")
def edit_seizure(request: HttpRequest, number: str, body: SeizureBody) -> Status[None]:
    """Correct a seizure of the caller's agency."""
    seizure_edit(principal_of(request), number=number, values=values_of(body))
    return Status(204, None)


@router.put("/{number}/visibility", response={204: None}, url_name="seizure_visibility", summary="Set who may see")
def restrict_seizure(request: HttpRequest, number: str, body: VisibilityBody) -> Status[None]:
    """Set the cap and the circle of a seizure of the caller's agency."""
    visibility = Visibility(cap=Level[body.cap], circle=body.circle)
    seizure_restrict(principal_of(request), number=number, visibility=visibility)
    return Status(204, None)
