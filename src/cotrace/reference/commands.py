"""The operator's command for code tables: bring the shipped ones in, or up to date."""

from typing import Annotated

import typer
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
