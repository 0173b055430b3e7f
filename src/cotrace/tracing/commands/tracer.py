"""`cotrace tracer`: a tracing centre's work on the terminal. Its queue, one trace, taking it, releasing its result.

`tracer_acts` has what lies between: answers by hand, corrections, holds, endings without a purchaser.
"""

from typing import Annotated, Any

import typer
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cotrace.doors import terminal
from cotrace.doors.typed import number_typed
from cotrace.files.rules.printable import printable
from cotrace.firearms.sentences.labels import gun_name
from cotrace.tracing.commands import tracer_acts
from cotrace.tracing.commands.tracer_acts import Number, Version
from cotrace.tracing.forms.centre_labels import WAITS
from cotrace.tracing.reads.labels import ANSWERS, ROLES
from cotrace.tracing.reads.tables import status_table
from cotrace.tracing.rules.answers import AnswerKind
from cotrace.tracing.rules.statuses import StatusObject
from cotrace.tracing.rules.trace_view import Role, WaitReason

app = typer.Typer(no_args_is_help=True, help=_("The work of a tracing centre: queue, trace, release."))
app.add_typer(tracer_acts.app)
AsJson = Annotated[bool, typer.Option("--json", help=_("A JSON object instead of words."))]


@app.command("queue")
def queue(
    at: Annotated[str, typer.Option(help=_("Cursor of the next page, from --json."))] = "",
    finished: Annotated[bool, typer.Option("--finished", help=_("Also what is finished."))] = False,
    as_json: AsJson = False,
) -> None:
    """List the traces of your centre: urgent ones first, withheld ones last.

    cotrace tracer queue
    """
    query = {name: value for name, value in (("at", at), ("finished", "true" if finished else "")) if value}
    page = terminal.call("GET", "/centre/traces", query=query or None).json()
    if as_json:
        terminal.print_json(page)
        return
    columns = [_("Number"), _("Opened"), _("Gun"), _("Standing"), _("Taken by")]
    rows = [
        [row["number"], row["opened_at"][:10], printable(_gun(row)) or "-", _standing(row), row["taken_name"] or "-"]
        for row in page["rows"]
    ]
    terminal.print_table(columns, rows, whole=[0])
    terminal.say_page(shown=len(rows), count=page["count"], cursor=page["later"])


@app.command("show")
def show(number: Number, as_json: AsJson = False) -> None:
    """Open a trace: where it stands and its chain so far, without a purchaser; the look goes on record.

    cotrace tracer show TC-DEMO-4F7K-9Q2M-XT3C
    """
    found = terminal.call("GET", f"/centre/traces/{number_typed(number)}").json()
    if as_json:
        terminal.print_json(found)
        return
    terminal.say_fact(_("Number"), found["number"])
    terminal.say_fact(_("Standing"), _standing(found))
    terminal.say_fact(_("Taken by"), found["taken_name"] or "-")
    terminal.say_fact(_("Version"), found["version"])
    columns = [_("Link"), _("Licensee"), _("Answer"), _("On")]
    rows = [
        [
            ROLES[Role(each["role"])],
            printable(each["licensee_name"] or each["licensee"]),
            ANSWERS[AnswerKind(each["answer_kind"])] if each["answer_kind"] else "-",
            each["left_on"] or "-",
        ]
        for each in found["chain"]
    ]
    terminal.print_table(columns, rows)


@app.command("take")
def take(number: Number) -> None:
    """Take a trace to work on it.

    cotrace tracer take TC-DEMO-4F7K-9Q2M-XT3C
    """
    terminal.call("POST", f"/centre/traces/{number_typed(number)}/take")
    terminal.say(_("The trace is yours."))


@app.command("release")
def release(
    number: Number,
    version: Version,
) -> None:
    """Release the result to everyone who asked, for good. Nobody releases what rests on an answer of their own.

    cotrace tracer release TC-DEMO-4F7K-9Q2M-XT3C --version 7
    """
    terminal.call("POST", f"/centre/traces/{number_typed(number)}/release", json={"version": version})
    terminal.say(_("The result is released."))


def _standing(row: dict[str, Any]) -> str:
    """Return where a trace stands, or, where it waits for a tracer, why."""
    if row["waiting_reason"]:
        return str(WAITS[WaitReason(row["waiting_reason"])])
    status = status_table()[StatusObject.TRACE, row["status"]]
    return status.label_es if (get_language() or "").startswith("es") else status.label_en


def _gun(row: dict[str, str]) -> str:
    return gun_name(make=row["make"], model=row["model"], calibre=row["calibre"], is_privately_made=False)
