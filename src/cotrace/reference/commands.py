"""`cotrace reference`: look into the code tables through the site's API; for the operator, bring the shipped ones in."""

from typing import Annotated
from urllib.parse import quote

import typer
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from cotrace.doors import terminal
from cotrace.foundation.principal import installation_principal
from cotrace.reference.imports import reference_load

app = typer.Typer(no_args_is_help=True, help=_("Code tables."))


@app.callback()
def reference() -> None:
    """Code tables: published lists with English and Spanish labels."""


@app.command("load")
def load(as_json: Annotated[bool, typer.Option("--json", help=_("A JSON object instead of words."))] = False) -> None:
    """Load the shipped code tables; repeatable, says which changed.

    cotrace reference load
    """
    changed = reference_load(installation_principal())
    if as_json:
        terminal.print_json({"changed": changed})
        return
    terminal.say(_("Code tables changed: %(tables)s") % {"tables": ", ".join(changed) or "0"})


@app.command("tables")
def list_tables(as_json: Annotated[bool, typer.Option("--json", help=_("A JSON list instead of words."))] = False) -> None:
    """List the code tables with their version and number of entries.

    cotrace reference tables
    """
    found = terminal.call("GET", "/reference/tables").json()
    if as_json:
        terminal.print_json(found)
        return
    columns = [_("Table"), pgettext("of a code table", "Entries"), pgettext("of a code table", "Version"), _("What it lists")]
    rows = [[each["code"], str(each["entries"]), each["version"], each[f"title_{_spoken()}"]] for each in found]
    terminal.print_table(columns, rows, whole=[0])


@app.command("find")
def find(
    table: Annotated[str, typer.Argument(metavar="TABLE", help=_("The name of the table, as `tables` lists it."))],
    text: Annotated[str, typer.Argument(metavar="TEXT", help=_("Parts of a code or of its name, in any language."))] = "",
    at: Annotated[str, typer.Option("--at", help=_("Go on after this code."))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=_("A JSON object instead of words."))] = False,
) -> None:
    """Find codes of a table by code or name; fifty at a time.

    cotrace reference find ncic_make beretta
    """
    found = terminal.call("GET", f"/reference/tables/{quote(table, safe='')}", query={"text": text, "at": at}).json()
    if as_json:
        terminal.print_json(found)
        return
    columns = [pgettext("of a list", "Code"), _("Name"), _("Belongs to")]
    rows = [[each["code"], each[f"label_{_spoken()}"], each["parent"] or "-"] for each in found["rows"]]
    terminal.print_table(columns, rows, whole=[0])
    terminal.say_page(
        shown=len(rows), count={"number": found["found"], "is_capped": False}, cursor=found["later"]
    )


def _spoken() -> str:
    return "es" if (get_language() or "en").startswith("es") else "en"
