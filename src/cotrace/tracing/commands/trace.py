"""`cotrace trace`: submit a request, follow it, read its result; check a request before it leaves.

Through the site's API and with its token, but for `check`, which needs neither site nor database.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import httpx
import typer
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cotrace.doors import terminal
from cotrace.doors.sentences import sentence_of
from cotrace.doors.typed import document_typed, number_typed
from cotrace.files.rules.printable import printable
from cotrace.foundation import clock
from cotrace.foundation.errors import FieldProblem, Invalid
from cotrace.foundation.rules.canonical import JsonObject
from cotrace.tracing.commands.trace_words import (
    gun_words,
    request_lines,
    result_lines,
    serial_words,
    standing_words,
)
from cotrace.tracing.reads.labels import FIELDS
from cotrace.tracing.rules.completeness import request_problems
from cotrace.tracing.rules.possible_values import value_problems
from cotrace.tracing.rules.request_document import parse_request

app = typer.Typer(no_args_is_help=True, help=_("Trace requests: check, submit, follow, read the result."))

WITHOUT_RESULT = {httpx.codes.FORBIDDEN, httpx.codes.NOT_FOUND}

Number = Annotated[str, typer.Argument(help=_("The request's number."))]
File = Annotated[
    str, typer.Argument(metavar="FILE", help=_("The request document, JSON; - reads standard input."))
]
AsJson = Annotated[bool, typer.Option("--json", help=_("A JSON object instead of words."))]


@app.command("check")
def check(file: File, as_json: AsJson = False) -> None:
    """Say what keeps a request document from being submitted. Needs no site and no sign-in.

    cotrace trace check request.json
    """
    problems = _problems(_document(file), today=clock.today())
    if as_json:
        said = [
            {"field": each.field, "code": each.code, "message": sentence_of(each)} for each in problems
        ]
        terminal.print_json({"is_complete": not problems, "problems": said})
    elif not problems:
        terminal.say(_("The document is complete and can be submitted."))
    else:
        for each in problems:
            terminal.say(f"{terminal.named(printable(each.field), FIELDS)}: {sentence_of(each)}")
    if problems:
        raise typer.Exit(2)


@app.command("submit")
def submit(
    file: File,
    centre: Annotated[str, typer.Option(help=_("Code of the tracing centre; the default one without it."))] = "",
    firearm: Annotated[
        str,
        typer.Option(
            metavar="NUMBER",
            help=_("Take gun and recovery from this description; the document holds the rest."),
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Submit a request document to a tracing centre, for your agency.

    cotrace trace submit request.json --centre ATF
    """
    path = f"/traces/from-firearm/{number_typed(firearm)}" if firearm else "/traces"
    query = {"centre": centre} if centre else None
    made = terminal.call("POST", path, json=_document(file), query=query, labels=FIELDS).json()
    if as_json:
        terminal.print_json(made)
    else:
        terminal.say(_("Submitted: %(number)s") % {"number": made["number"]})


@app.command("list")
def list_requests(
    at: Annotated[str, typer.Option(help=_("Cursor of the next page, from --json."))] = "",
    as_json: AsJson = False,
) -> None:
    """List the trace requests you may see, newest first.

    cotrace trace list
    """
    page = terminal.call("GET", "/traces", query={"at": at} if at else None).json()
    if as_json:
        terminal.print_json(page)
        return
    columns = [_("Number"), _("Submitted"), _("Gun"), _("Serial"), _("Standing"), _("Owner")]
    rows = [
        [
            row["number"],
            str(row["submitted_at"] or "-")[:10],
            gun_words(row) or "-",
            serial_words(row) or "-",
            standing_words(row["standing"]) if row["standing"] else "-",
            row["owner"],
        ]
        for row in page["rows"]
    ]
    terminal.print_table(columns, rows, whole=[0, 3])
    terminal.say_page(shown=len(rows), count=page["count"], cursor=page["older"])


@app.command("show")
def show(
    number: Number,
    as_json: AsJson = False,
    pdf: Annotated[
        Path | None,
        typer.Option("--pdf", metavar="OUT", help=_("Write the result to this file as a PDF; none is overwritten.")),
    ] = None,
    language: Annotated[
        Literal["en", "es"] | None,
        typer.Option(help=_("Language of the PDF; the terminal's without it.")),
    ] = None,
) -> None:
    """Open a trace request and its result in words; each opening goes on record.

    cotrace trace show TR-DEMO-4F7K-9Q2M-XT3C --pdf result.pdf --language es
    """
    path = f"/traces/{number_typed(number)}"
    if as_json and pdf is not None:
        terminal.fail(_("Give --json or --pdf, not both."), code=2)
    if pdf is not None:
        _write_pdf(path, pdf, language or _language())
        return
    found = terminal.call("GET", path).json()
    result = _result(path) if found["has_result"] else None
    if as_json:
        terminal.print_json({"request": found, "result": result})
        return
    lines = list(request_lines(found))
    if result:
        country = str(terminal.call("GET", "/me").json()["country"])
        lines += result_lines(found, result, country=country, language=_language())
    terminal.say_lines("\n".join(lines))


def _language() -> str:
    return "es" if (get_language() or "").startswith("es") else "en"


def _write_pdf(path: str, out: Path, language: str) -> None:
    """Fetch one's copy of a result and write it; nothing is opened on record for a file that cannot be new."""
    terminal.refuse_existing(out)
    terminal.write_new(out, terminal.call("GET", f"{path}/result.pdf", query={"language": language}).content)
    terminal.say(_("Written: %(file)s") % {"file": out})


def _result(path: str) -> JsonObject | None:
    """Return the result; None where the token may not open results, or another centre took it back meanwhile."""
    response = terminal.ask("GET", f"{path}/result")
    if response.status_code in WITHOUT_RESULT:
        return None
    if not response.is_success:
        terminal.refuse(response)
    found: JsonObject = response.json()
    return found


def _document(file: str) -> JsonObject:
    return document_typed(file, otherwise="trace_document_missing")


def _problems(value: JsonObject, *, today: date) -> tuple[FieldProblem, ...]:
    try:
        document = parse_request(value)
    except Invalid as refusal:
        return refusal.fields
    return (*request_problems(document, today=today), *value_problems(document, today=today))
