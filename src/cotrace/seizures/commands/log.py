"""`cotrace seizure import`: import a log. A dry run needs no site and no sign-in."""

import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _

from cotrace.doors import terminal
from cotrace.doors.sentences import sentence_of
from cotrace.files.reads import ImportReport
from cotrace.files.rules.file_names import safe_file_name
from cotrace.files.sentences import SENTENCES
from cotrace.foundation.errors import CotraceError
from cotrace.seizures.imports import (
    LogFile,
    columns_read,
    log_dry_run,
    mapping_named,
    problem_read,
    shipped_mappings,
)
from cotrace.seizures.rules.log_columns import columns_kept
from cotrace.seizures.sentences.columns import column_notes, headers_of

app = typer.Typer()
AsJson = Annotated[bool, typer.Option("--json", help=_("A JSON object instead of words."))]
SECONDS_BETWEEN_LOOKS = 0.5
NAMED_ALREADY = "column_needed"
"""A problem of a column whose name the refusal says itself."""


@app.command("import")
def import_log(
    file: Annotated[Path, typer.Argument(help=_("The log: XLSX, CSV or text."))],
    mapping: Annotated[str, typer.Option(help=_("Name of a shipped mapping, or a mapping file for a dry run."))],
    companion: Annotated[
        list[str] | None, typer.Option("--with", help=_("A sister file: FIELD=PATH; several times."))
    ] = None,
    series: Annotated[str, typer.Option(help=_("The series the log's numbers belong to, where it has several."))] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only say what would happen."))] = False,
    as_json: AsJson = False,
) -> None:
    """Import a seizure log; what is wrong is named by row, column and code.

    cotrace seizure import log.xlsx --mapping cide-ppd --dry-run --json
    """
    companions = _companions(companion or [])
    if dry_run:
        result = _tried(LogFile(path=file, name=file.name, companions=companions, series=series), mapping)
    else:
        result = _imported(file, companions, mapping, series)
    if as_json:
        terminal.print_json(result)
        return
    counts = {key: result[key] for key in ("rows", "accepted", "rejected")}
    terminal.say(_("%(rows)s rows: %(accepted)s accepted, %(rejected)s rejected.") % counts)
    if not dry_run:
        terminal.say(_("%(number)s: %(added)s added, %(repeated)s known already.") % result)
    _print_notes(result, mapping)
    _print_problems(result)


def _companions(given: list[str]) -> dict[str, Path]:
    pairs = [each.partition("=") for each in given]
    if any(not path for _name, _sign, path in pairs):
        terminal.fail(_("Write a sister file as FIELD=PATH, for example participants=tabla9.xlsx."), code=2)
    return {name: Path(path) for name, _sign, path in pairs}


def _tried(log: LogFile, mapping: str) -> dict[str, object]:
    try:
        report = log_dry_run(log, mapping=mapping_named(mapping))
    except CotraceError as refusal:
        told = [each for each in refusal.fields if each.code != NAMED_ALREADY]
        named = [f"{each.field}: {sentence_of(each)}" for each in told]
        terminal.fail(" ".join([sentence_of(refusal), *named]), code=refusal.exit_code)
    return _report(report)


def _report(report: ImportReport) -> dict[str, object]:
    return {
        "mapping": report.mapping,
        "rows": report.rows,
        "accepted": report.accepted,
        "rejected": report.rejected,
        "problems": [asdict(problem_read(each)) for each in report.problems],
        "problem_totals": {str(code): count for code, count in report.problem_totals.items()},
        "columns_missing": list(report.columns_missing),
        "columns_unknown": list(report.columns_unknown),
        "columns": asdict(columns_read(report)),
    }


def _imported(file: Path, companions: dict[str, Path], mapping: str, series: str) -> dict[str, object]:
    opened = {"file": file, **{f"with_{name}": path for name, path in companions.items()}}
    missing = [str(path) for path in opened.values() if not path.is_file()]
    if missing:
        terminal.fail(_("There is no file %(path)s.") % {"path": missing[0]}, code=2)
    handles = {name: path.open("rb") for name, path in opened.items()}
    try:
        files = {
            name: (safe_file_name(opened[name].name), handle, "application/octet-stream")
            for name, handle in handles.items()
        }
        form = {"mapping": mapping, "series": series}
        response = terminal.ask("POST", "/seizures/imports", files=files, form=form)
    finally:
        for handle in handles.values():
            handle.close()
    if terminal.error_code(response) in ("columns_required_missing", "columns_fit_another"):
        terminal.fail(str(response.json()["message"]), code=2)
    if not response.is_success:
        terminal.refuse(response)
    return _followed(response.json()["number"])


def _followed(number: str) -> dict[str, object]:
    """Wait until the site has applied the rows; the work goes on if this terminal is closed."""
    found: dict[str, object] = terminal.call("GET", f"/seizures/imports/{number}").json()
    with terminal.progress(number, total=int(str(found["accepted"]))) as bar:
        while found["state"] == "running":
            bar.to(int(str(found["added"])) + int(str(found["repeated"])))
            time.sleep(SECONDS_BETWEEN_LOOKS)
            found = terminal.call("GET", f"/seizures/imports/{number}").json()
    return found


def _print_notes(result: dict[str, Any], mapping: str) -> None:
    """Say what of the log was not taken, as the page of the import does."""
    known = shipped_mappings().get(mapping) or (mapping_named(mapping) if Path(mapping).is_file() else None)
    for each in column_notes(columns_kept(result.get("columns") or {}), headers=headers_of(known)):
        terminal.say(each)


def _print_problems(result: dict[str, object]) -> None:
    problems = result["problems"]
    for each in (problems if isinstance(problems, list) else [])[:50]:
        values = {"row": each["row"], "column": each["column"], "value": each["excerpt"]}
        template = _(SENTENCES.get(each["code"], "")) if each["code"] in SENTENCES else each["code"]
        terminal.say(template % values if "%(" in template else template)
    totals = result["problem_totals"]
    if isinstance(totals, dict) and sum(totals.values()) > 50:
        terminal.say(_("%(count)s problems in all; --json has more of them.") % {"count": sum(totals.values())})
