"""Memoranda and explanations on the terminal."""

from typing import Annotated

import typer
from django.utils.translation import gettext as _

from cotrace.doors import terminal

access = typer.Typer(no_args_is_help=True, help=_("Who can see a record, why, and who looked."))
agreements = typer.Typer(no_args_is_help=True, help=_("Memoranda one's agency is party to."))
Number = Annotated[str, typer.Argument(help=_("The number of the record or memorandum."))]
AsJson = Annotated[bool, typer.Option("--json", help=_("A JSON object instead of words."))]


@access.command("explain")
def explain(number: Number, as_json: AsJson = False) -> None:
    """Say why you can see a record: the least of memorandum, owner's cap and circle.

    cotrace access explain SZ-DEMO-4F7K-9Q2M-XT3C --json
    """
    found = terminal.call("GET", f"/access/{number}/explain").json()
    if as_json:
        terminal.print_json(found)
        return
    if found["is_owner"]:
        terminal.say(_("%(level)s: your agency owns this record.") % found)
    else:
        terminal.say(
            _("%(level)s: memorandum %(agreement)s gives %(grant)s, the owner allows %(cap)s at most.") % found
        )


@access.command("who")
def who(number: Number, as_json: AsJson = False) -> None:
    """Say who can see a record of your agency, at which level, by which rule.

    cotrace access who SZ-DEMO-4F7K-9Q2M-XT3C --json
    """
    found = terminal.call("GET", f"/access/{number}/who").json()
    if as_json:
        terminal.print_json(found)
        return
    columns = [_("Who"), _("Level"), _("By"), _("Until")]
    rows = [
        [each["agency"] or each["person"], each["level"], each["agreement"] or each["reason"], each["until_at"] or "-"]
        for each in found
    ]
    terminal.print_table(columns, rows)


@access.command("looked")
def looked(number: Number, as_json: AsJson = False) -> None:
    """Say who opened a record of your agency, newest first.

    cotrace access looked SZ-DEMO-4F7K-9Q2M-XT3C
    """
    found = terminal.call("GET", f"/access/{number}/looked").json()
    if as_json:
        terminal.print_json(found)
        return
    columns = [_("When"), _("Agency"), _("Person"), _("What"), _("Emergency")]
    rows = [
        [each["at"][:19], each["agency"], each["person"] or "-", each["action"], each["reason"] or "-"]
        for each in found
    ]
    terminal.print_table(columns, rows)


@agreements.command("list")
def list_agreements(as_json: AsJson = False) -> None:
    """List the memoranda of your agency.

    cotrace agreement list
    """
    found = terminal.call("GET", "/agreements").json()
    if as_json:
        terminal.print_json(found)
        return
    rows = [
        [each["number"], each["state"], ", ".join(p["agency"] for p in each["parties"]), each["title_en"]]
        for each in found
    ]
    terminal.print_table([_("Number"), _("State"), _("Parties"), _("Title")], rows)


@agreements.command("sign")
def sign(number: Number, as_json: AsJson = False) -> None:
    """Sign a memorandum for your agency; the last signature puts it in force.

    cotrace agreement sign AG-DEMO-4F7K-9Q2M-XT3C
    """
    found = terminal.call("POST", f"/agreements/{number}/sign", json={}).json()
    if as_json:
        terminal.print_json(found)
    else:
        terminal.say(_("%(number)s: %(state)s") % found)
