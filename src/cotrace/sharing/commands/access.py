"""`cotrace access`: why one sees a record, who else can, who looked."""

from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _

from cotrace.doors import terminal
from cotrace.doors.atoms import level_words
from cotrace.doors.typed import number_typed
from cotrace.sharing.rules.levels import Decision, Level
from cotrace.sharing.sentences.grounds import act_words, grounds_of

app = typer.Typer(no_args_is_help=True, help=_("Who can see a record, why, and who looked."))
Number = Annotated[str, typer.Argument(help=_("The number of the record or memorandum."))]
AsJson = Annotated[bool, typer.Option("--json", help=_("A JSON object instead of words."))]


@app.command("explain")
def explain(number: Number, as_json: AsJson = False) -> None:
    """Say why you can see a record: the least of memorandum, owner's cap and circle.

    cotrace access explain SZ-DEMO-4F7K-9Q2M-XT3C --json
    """
    found = terminal.call("GET", f"/access/{number_typed(number)}/explain").json()
    if as_json:
        terminal.print_json(found)
        return
    terminal.say(_("Your level: %(level)s") % {"level": level_words(found["level"])})
    for each in grounds_of(_decision(found), owner=found["owner"]):
        terminal.say(each.sentence)
        if each.agreement:
            terminal.say(_("Memorandum: %(number)s") % {"number": each.agreement})


def _decision(found: dict[str, Any]) -> Decision:
    """Return the decision as the site tells it."""
    return Decision(
        level=Level[found["level"]],
        grant=Level[found["grant"]],
        cap=Level[found["cap"]],
        circle=Level[found["circle"]],
        is_owner=found["is_owner"],
        agreement=found["agreement"],
        is_emergency=found["is_emergency"],
    )


@app.command("who")
def who(number: Number, as_json: AsJson = False) -> None:
    """Say who can see a record of your agency, at which level, by which rule.

    cotrace access who SZ-DEMO-4F7K-9Q2M-XT3C --json
    """
    found = terminal.call("GET", f"/access/{number_typed(number)}/who").json()
    if as_json:
        terminal.print_json(found)
        return
    columns = [_("Who"), _("Level"), _("By"), _("Until")]
    rows = [
        [each["person"] or each["agency"], level_words(each["level"]), _by(each), _minute(each["until_at"]) or "-"]
        for each in found
    ]
    terminal.print_table(columns, rows)


def _by(each: dict[str, Any]) -> str:
    """Say by which rule somebody sees a record: the memorandum's number, or why none is needed."""
    named = {"owner": _("Owner of the record"), "circle": _("Member of its circle")}
    return str(each["agreement"] or named.get(each["reason"], each["reason"]))


def _minute(at: str | None) -> str:
    """Return a moment of the site to the minute, in UTC."""
    return (at or "")[:16].replace("T", " ")


@app.command("looked")
def looked(number: Number, as_json: AsJson = False) -> None:
    """Say who opened a record of your agency, newest first.

    cotrace access looked SZ-DEMO-4F7K-9Q2M-XT3C
    """
    found = terminal.call("GET", f"/access/{number_typed(number)}/looked").json()
    if as_json:
        terminal.print_json(found)
        return
    columns = [_("When"), _("Agency"), _("Person"), _("What"), _("Emergency")]
    rows = [
        [_minute(each["at"]), each["agency"], each["person"] or "-", act_words(each["action"]), each["reason"] or "-"]
        for each in found
    ]
    terminal.print_table(columns, rows)
