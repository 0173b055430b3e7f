"""`cotrace access`: why one sees a record, who else can, who looked."""

from typing import Annotated

import typer
from django.utils.translation import gettext as _

from cotrace.doors import terminal
from cotrace.doors.typed import number_typed
from cotrace.sharing.sentences.grounds import act_words

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
    if found["is_owner"]:
        terminal.say(_("%(level)s: your agency owns this record.") % found)
    else:
        terminal.say(
            _("%(level)s: memorandum %(agreement)s gives %(grant)s, the owner allows %(cap)s at most.") % found
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
        [each["agency"] or each["person"], each["level"], each["agreement"] or each["reason"], each["until_at"] or "-"]
        for each in found
    ]
    terminal.print_table(columns, rows)


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
        [each["at"][:19], each["agency"], each["person"] or "-", act_words(each["action"]), each["reason"] or "-"]
        for each in found
    ]
    terminal.print_table(columns, rows)
