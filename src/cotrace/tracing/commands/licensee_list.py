"""`cotrace licensee import`: ATF's published list in, as the operator, on the database itself."""

from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from cotrace.doors import terminal
from cotrace.doors.sentences import sentence_of
from cotrace.files.sentences import SENTENCES
from cotrace.foundation.errors import CotraceError
from cotrace.foundation.principal import installation_principal
from cotrace.tracing.imports.published import published_load, published_try
from cotrace.tracing.reads.published import ListLoaded, ListReport, LoadCounts

app = typer.Typer()
SHOWN = 50
ROWS_OF_A_LIST = 80_000
"""About how many licensees a whole list has: what a progress bar is full at, at first."""


@app.command("import")
def import_list(
    file: Annotated[Path, typer.Argument(help=_("The list as ATF publishes it: text with tabs."))],
    edition: Annotated[str, typer.Option(help=_("Year and month of the list, such as 2013-05."))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only say what would happen; needs no database."))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("A JSON object instead of words."))] = False,
) -> None:
    """Load ATF's published list of licensees, as the operator; repeatable, a newer edition replaces what it lists.

    cotrace licensee import 0513-ffl-list.txt --edition 2013-05 --dry-run --json
    """
    try:
        loaded = _tried(file, edition) if dry_run else _loaded(file, edition)
    except CotraceError as refusal:
        named = [f"{each.field}: {sentence_of(each)}" for each in refusal.fields]
        terminal.fail(" ".join([sentence_of(refusal), *named]), code=refusal.exit_code)
    if as_json:
        terminal.print_json(_as_json(loaded, is_dry=dry_run))
        return
    report = loaded.report
    counts = {"rows": report.rows, "accepted": report.accepted, "rejected": report.rejected}
    terminal.say(_("%(rows)s rows: %(accepted)s accepted, %(rejected)s rejected.") % counts)
    if not dry_run:
        _say_counts(loaded.counts)
    _say_problems(report)
    _say_coverage(report)


def _tried(file: Path, edition: str) -> ListLoaded:
    return ListLoaded(report=published_try(file, edition=edition))


def _loaded(file: Path, edition: str) -> ListLoaded:
    with terminal.progress(file.name, total=ROWS_OF_A_LIST) as bar:
        return published_load(installation_principal(), file=file, edition=edition, told=bar.to)


def _as_json(loaded: ListLoaded, *, is_dry: bool) -> dict[str, object]:
    report, counts = loaded.report, loaded.counts
    said: dict[str, object] = {
        "edition": report.edition,
        "rows": report.rows,
        "accepted": report.accepted,
        "rejected": report.rejected,
        "problems": [
            {"row": each.row, "column": each.column, "code": str(each.code), "level": each.level}
            for each in report.problems
        ],
        "problem_totals": dict(report.problem_totals),
        "states": list(report.states),
        "is_cut": report.is_cut,
    }
    if not is_dry:
        said |= {"added": counts.added, "changed": counts.changed, "kept": counts.kept, "newer": counts.newer}
    return said


def _say_counts(counts: LoadCounts) -> None:
    said = _("%(added)s added, %(changed)s changed, %(kept)s as they were, %(newer)s known from a newer edition.")
    terminal.say(
        said % {"added": counts.added, "changed": counts.changed, "kept": counts.kept, "newer": counts.newer}
    )


def _say_problems(report: ListReport) -> None:
    for each in report.problems[:SHOWN]:
        values = {"row": each.row, "column": each.column, "value": each.value_excerpt}
        template = _(SENTENCES[each.code])
        terminal.say(template % values if "%(" in template else template)
    total = sum(report.problem_totals.values())
    if total > SHOWN:
        terminal.say(_("%(count)s problems in all; --json has more of them.") % {"count": total})


def _say_coverage(report: ListReport) -> None:
    if report.is_cut:
        terminal.say(_("The file ends in the middle of a row: the state in which it ends is not taken as listed in full."))
    terminal.say(_("States listed in full: %(states)s") % {"states": ", ".join(report.states) or "-"})
