"""`cotrace circle`: the circles one is in, and who is in them. Through the site's API."""

from typing import Annotated, Literal

import typer
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cotrace.doors import terminal
from cotrace.doors.atoms import level_words
from cotrace.doors.typed import number_typed

app = typer.Typer(no_args_is_help=True, help=_("Circles: the colleagues who alone see restricted records."))
Number = Annotated[str, typer.Argument(help=_("The number of the circle."))]
Member = Annotated[str, typer.Argument(metavar="MEMBER", help=_("Id of a member of your agency, as `candidates` and `show` tell it."))]
AsJson = Annotated[bool, typer.Option("--json", help=_("A JSON object instead of words."))]


@app.command("list")
def list_circles(as_json: AsJson = False) -> None:
    """List the circles that you are in.

    cotrace circle list
    """
    found = terminal.call("GET", "/circles").json()
    if as_json:
        terminal.print_json(found)
        return
    rows = [[each["number"], each["opened_at"][:10], each["name"]] for each in found]
    terminal.print_table([_("Number"), pgettext("of a circle", "Opened"), _("Name of the circle")], rows, whole=[0])


@app.command("open")
def open_circle(
    name: Annotated[str, typer.Argument(help=_("Its members see this name; choose one that tells an outsider nothing."))],
    as_json: AsJson = False,
) -> None:
    """Open a circle whose first member is you.

    cotrace circle open "Desert wind"
    """
    made = terminal.call("POST", "/circles", json={"name": name}).json()
    if as_json:
        terminal.print_json(made)
    else:
        terminal.say(_("Opened: %(number)s") % {"number": made["number"]})


@app.command("show")
def show(number: Number, as_json: AsJson = False) -> None:
    """Say who is in a circle of yours, and the most that each of them gets.

    cotrace circle show CI-DEMO-4F7K-9Q2M-XT3C
    """
    found = terminal.call("GET", f"/circles/{number_typed(number)}").json()
    if as_json:
        terminal.print_json(found)
        return
    terminal.say_fact(_("Number"), found["number"])
    terminal.say_fact(_("Name of the circle"), found["name"])
    rows = [[each["member"], each["name"] or "-", level_words(each["level"]), each["added_at"][:10]] for each in found["members"]]
    terminal.print_table([_("Member"), pgettext("of a person", "Name"), _("Level"), pgettext("to a circle", "Added")], rows, whole=[0])


@app.command("candidates")
def candidates(number: Number, as_json: AsJson = False) -> None:
    """List the colleagues who could be added to a circle of yours.

    cotrace circle candidates CI-DEMO-4F7K-9Q2M-XT3C
    """
    found = terminal.call("GET", f"/circles/{number_typed(number)}/candidates").json()
    if as_json:
        terminal.print_json(found)
        return
    rows = [[each["member"], each["name"]] for each in found]
    terminal.print_table([_("Member"), pgettext("of a person", "Name")], rows, whole=[0])


@app.command("add")
def add(
    number: Number,
    member: Member,
    level: Annotated[
        Literal["POINTER", "TEAR_LINE", "FULL"], typer.Option(help=_("The most that this person gets."))
    ] = "FULL",
) -> None:
    """Add a colleague to a circle of yours.

    cotrace circle add CI-DEMO-4F7K-9Q2M-XT3C 0199a1b2-3c4d-7e5f-8a6b-7c8d9e0f1a2b
    """
    path = f"/circles/{number_typed(number)}/members"
    terminal.call("POST", path, json={"member": member, "level": level})
    terminal.say(_("Your colleague is in the circle."))


@app.command("remove")
def remove(number: Number, member: Member) -> None:
    """Take somebody out of a circle, or leave it yourself; it takes effect at once.

    cotrace circle remove CI-DEMO-4F7K-9Q2M-XT3C 0199a1b2-3c4d-7e5f-8a6b-7c8d9e0f1a2b
    """
    if not member.replace("-", "").isalnum():
        terminal.fail(_("“%(member)s” is no member's id.") % {"member": member}, code=2)
    terminal.call("DELETE", f"/circles/{number_typed(number)}/members/{member}")
    terminal.say(_("This person is no longer in the circle."))
