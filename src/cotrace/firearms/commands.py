"""`cotrace firearm`: describe a gun from a file, list the guns of a seizure, open one. Through the site's API."""

from typing import Annotated

import typer
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cotrace.doors import terminal
from cotrace.doors.typed import document_typed, number_typed
from cotrace.firearms.rules.serials import ImporterMark, SerialCondition
from cotrace.firearms.sentences.countries import country_name
from cotrace.firearms.sentences.labels import CONDITIONS, FIELDS, IMPORTER_MARKS, gun_name

app = typer.Typer(no_args_is_help=True, help=_("Guns: describe, list, open."))
LABEL_WIDTH = 30
AsJson = Annotated[bool, typer.Option("--json", help=_("A JSON object instead of words."))]
Seizure = Annotated[str, typer.Argument(metavar="SEIZURE", help=_("The number of the seizure the gun was taken in."))]


@app.command("describe")
def describe(
    seizure: Seizure,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=_("The description, JSON; - reads standard input."))
    ],
    as_json: AsJson = False,
) -> None:
    """Describe a gun that was taken in a seizure of your agency; a trace request can then be made from it.

    cotrace firearm describe SZ-DEMO-4F7K-9Q2M-XT3C gun.json
    """
    document = {**document_typed(file), "seizure": number_typed(seizure)}
    made = terminal.call("POST", "/firearms", json=document, labels=FIELDS).json()
    if as_json:
        terminal.print_json(made)
    else:
        terminal.say(_("Described: %(number)s") % {"number": made["number"]})


@app.command("list")
def list_guns(seizure: Seizure, as_json: AsJson = False) -> None:
    """List the guns described from a seizure that you see in full, by exhibit number.

    cotrace firearm list SZ-DEMO-4F7K-9Q2M-XT3C
    """
    found = terminal.call("GET", "/firearms", query={"seizure": number_typed(seizure)}).json()
    if as_json:
        terminal.print_json(found)
        return
    columns = [_("Number"), _("Exhibit number"), _("Gun"), FIELDS["serial"]]
    rows = [[each["number"], each["exhibit_number"] or "-", _gun(each) or "-", each["serial"] or "-"] for each in found]
    terminal.print_table([str(each) for each in columns], rows, whole=[0])


@app.command("show")
def show(
    number: Annotated[str, typer.Argument(help=_("The gun's number."))],
    as_json: AsJson = False,
) -> None:
    """Open a gun at your level; the look goes on record.

    cotrace firearm show FA-DEMO-4F7K-9Q2M-XT3C
    """
    found = terminal.call("GET", f"/firearms/{number_typed(number)}").json()
    if as_json:
        terminal.print_json(found)
        return
    terminal.say_fact(_("Gun"), found["number"], width=LABEL_WIDTH)
    for name, label in FIELDS.items():
        if found[name] not in (None, "", False):
            terminal.say_fact(str(label), _told(name, found[name]), width=LABEL_WIDTH)


def _told(name: str, value: str | bool) -> object:
    """Return what a field says in words; codes that the installation keeps in its tables stay codes."""
    match name:
        case "serial_condition":
            return CONDITIONS[SerialCondition(str(value))]
        case "importer_mark":
            return IMPORTER_MARKS[ImporterMark(str(value))]
        case "country_of_origin":
            return country_name(str(value), language=get_language() or "en")
        case "is_privately_made":
            return _("Yes")
        case _:
            return value


def _gun(found: dict[str, str]) -> str:
    return gun_name(
        make=found["make"], model=found["model"], calibre=found["calibre"], is_privately_made=bool(found["is_privately_made"])
    )
