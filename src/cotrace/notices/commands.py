"""`cotrace notice`: one's own notices, and taking note of them. Through the site's API."""

from datetime import datetime
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _

from cotrace.doors import formats, terminal
from cotrace.doors.typed import number_typed

app = typer.Typer(no_args_is_help=True, help=_("What you must hear, and taking note of it."))
INDENT = "    "


@app.command("list")
def list_notices(
    as_json: Annotated[bool, typer.Option("--json", help=_("A JSON list instead of words."))] = False,
) -> None:
    """List your newest notices, those that wait for you first.

    cotrace notice list
    """
    found = terminal.call("GET", "/notices").json()
    if as_json:
        terminal.print_json(found)
        return
    waiting = [each for each in found if not each["is_acknowledged"]]
    done = [each for each in found if each["is_acknowledged"]]
    terminal.say(_("Waiting for you") if waiting else _("Nothing waits for you"))
    _say_notices(waiting)
    if done:
        terminal.say()
        terminal.say(_("Taken note of"))
        _say_notices(done)


@app.command("acknowledge")
def acknowledge(number: Annotated[str, typer.Argument(help=_("The number of the notice."))]) -> None:
    """Take note of a notice; it counts as given from then on.

    cotrace notice acknowledge NT-DEMO-4F7K-9Q2M-XT3C
    """
    terminal.call("POST", f"/notices/{number_typed(number)}/acknowledge")
    terminal.say(_("You took note."))


def _say_notices(found: list[dict[str, Any]]) -> None:
    """Say each notice under its number, which is never cut: it is what `acknowledge` takes."""
    for each in found:
        terminal.say()
        terminal.say(f"{each['number']}  {_moment(each['at'])}")
        for words in (each["sentence"], each["about"], each["person"] or each["subject"], _due(each)):
            for line in terminal.wrapped(words, indent=INDENT):
                terminal.say(line)


def _due(each: dict[str, Any]) -> str:
    if not each["due_at"]:
        return ""
    due = {"due": _moment(each["due_at"])}
    return _("Overdue since %(due)s") % due if each["is_late"] else _("Due %(due)s") % due


def _moment(text: str) -> str:
    return formats.moment(datetime.fromisoformat(text))
