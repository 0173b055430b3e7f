"""`cotrace seizure`: record, list, open, correct, restrict; `log` imports. Through the site's API."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from django.utils.translation import gettext as _

from cotrace.doors import terminal
from cotrace.doors.atoms import level_words
from cotrace.doors.typed import document_typed, number_typed
from cotrace.seizures.commands import log
from cotrace.seizures.commands.words import seizure_facts, state_words
from cotrace.seizures.sentences.labels import FIELDS

app = typer.Typer(no_args_is_help=True, help=_("Seizures: import, record, list, open."))
app.add_typer(log.app)
Number = Annotated[str, typer.Argument(help=_("The seizure's number."))]
File = Annotated[str, typer.Argument(metavar="FILE", help=_("The seizure, JSON; - reads standard input."))]
Text = Annotated[str, typer.Option(help=_("Words in place, notes or source."))]
State = Annotated[
    str, typer.Option(help=_("Code of the state: INEGI's two digits, or two letters in the United States."))
]
Force = Annotated[str, typer.Option(help=_("Code of a force that took part."))]
Since = Annotated[str, typer.Option(help=_("First day, YYYY-MM-DD."))]
Until = Annotated[str, typer.Option(help=_("Last day, YYYY-MM-DD."))]
AsJson = Annotated[bool, typer.Option("--json", help=_("A JSON object instead of words."))]


@app.command("record")
def record(file: File, as_json: AsJson = False) -> None:
    """Record a seizure of your agency; a number that is not said is "not recorded", never zero.

    cotrace seizure record seizure.json
    """
    made = terminal.call("POST", "/seizures", json=document_typed(file), labels=FIELDS).json()
    if as_json:
        terminal.print_json(made)
    else:
        terminal.say(_("Recorded: %(number)s") % {"number": made["number"]})


@app.command("correct")
def correct(number: Number, file: File) -> None:
    """Put another text in the place of a seizure of your agency; the document is the whole of it.

    cotrace seizure correct SZ-DEMO-4F7K-9Q2M-XT3C seizure.json
    """
    terminal.call("PUT", f"/seizures/{number_typed(number)}", json=document_typed(file), labels=FIELDS)
    terminal.say(_("The seizure is corrected."))


@app.command("restrict")
def restrict(
    number: Number,
    cap: Annotated[
        Literal["NOTHING", "POINTER", "TEAR_LINE", "FULL"], typer.Option(help=_("The most that other agencies get."))
    ],
    circle: Annotated[
        str, typer.Option(metavar="NUMBER", help=_("The circle that alone sees it; without it, your whole agency does."))
    ] = "",
) -> None:
    """Say who may see a seizure of your agency; it takes effect at once, for its guns and trace requests too.

    cotrace seizure restrict SZ-DEMO-4F7K-9Q2M-XT3C --cap POINTER
    """
    wanted = {"cap": cap, "circle": number_typed(circle) if circle else ""}
    terminal.call("PUT", f"/seizures/{number_typed(number)}/visibility", json=wanted)
    terminal.say(_("Who may see the seizure is set."))


@app.command("list")
def list_seizures(
    text: Text = "",
    state: State = "",
    force: Force = "",
    since: Since = "",
    until: Until = "",
    at: Annotated[str, typer.Option(help=_("Cursor of the next page, from --json."))] = "",
    as_json: AsJson = False,
) -> None:
    """List the seizures you may see, newest first.

    cotrace seizure list --state 26 --since 2026-01-01
    """
    given = {"text": text, "state": state, "force": force, "since": since, "until": until, "at": at}
    page = terminal.call("GET", "/seizures", query={key: value for key, value in given.items() if value}).json()
    if as_json:
        terminal.print_json(page)
        return
    columns = [_("Number"), _("Date"), _("State"), _("Owner"), _("Your level")]
    rows = [
        [row["number"], row["occurred_on"], state_words(row["state_code"]) or "-", row["owner"], level_words(row["level"])]
        for row in page["rows"]
    ]
    terminal.print_table(columns, rows, whole=[0, 1])
    terminal.say_page(shown=len(rows), count=page["count"], cursor=page["older"])
    if page["pointers"]["number"]:
        terminal.say(_("You may know of more seizures whom to call, and nothing else: cotrace seizure pointers"))


@app.command("export")
def export(
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help=_("Write the table to this file; none is overwritten."))
    ],
    text: Text = "",
    state: State = "",
    force: Force = "",
    since: Since = "",
    until: Until = "",
) -> None:
    """Take the seizures of a search into a marked CSV table, as the pages do; it goes on record.

    cotrace seizure export --state 26 --since 2026-01-01 --out seizures.csv
    """
    given = {"text": text, "state": state, "force": force, "since": since, "until": until}
    terminal.refuse_existing(out)
    found = terminal.call("POST", "/seizures/export", json={key: value for key, value in given.items() if value})
    terminal.write_new(out, found.content)
    terminal.say(_("Written: %(file)s") % {"file": out})


@app.command("pointers")
def list_pointers(
    at: Annotated[str, typer.Option(help=_("Cursor of the next page, from --json."))] = "",
    as_json: AsJson = False,
) -> None:
    """List the seizures of which you may know only whom to call.

    cotrace seizure pointers
    """
    page = terminal.call("GET", "/seizures/pointers", query={"at": at} if at else None).json()
    if as_json:
        terminal.print_json(page)
        return
    desks = [row["liaison"] or {} for row in page["rows"]]
    rows = [
        [row["number"], row["owner"], desk.get("liaison_name") or "-", desk.get("liaison_phone") or "-"]
        for row, desk in zip(page["rows"], desks, strict=True)
    ]
    terminal.print_table([_("Number"), _("Owner"), _("Liaison desk"), _("Telephone")], rows, whole=[0, 3])
    terminal.say_page(shown=len(rows), count=page["count"], cursor=page["older"])


@app.command("show")
def show(
    number: Annotated[str, typer.Argument(help=_("The seizure's number."))],
    as_json: AsJson = False,
) -> None:
    """Open one seizure at your level; the look goes on record.

    cotrace seizure show SZ-DEMO-4F7K-9Q2M-XT3C
    """
    found = terminal.call("GET", f"/seizures/{number_typed(number)}").json()
    if as_json:
        terminal.print_json(found)
        return
    facts = list(seizure_facts(found))
    width = max(len(label) for label, _value in facts)
    for label, value in facts:
        terminal.say_fact(label, value, width=width + 1)
