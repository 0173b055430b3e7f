"""`cotrace centre`: which agencies trace guns, and where; the operator's, on the database itself."""

from dataclasses import asdict
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cotrace.doors import terminal
from cotrace.foundation.principal import Principal, installation_principal
from cotrace.tracing.selectors.register import centre_list
from cotrace.tracing.services.register import CentreValues, centre_put

app = typer.Typer(no_args_is_help=True)


@app.command("put")
def put(
    agency: Annotated[str, typer.Argument(help=gettext_lazy("Code of the agency that traces."))],
    call_back: Annotated[
        str, typer.Option(help=gettext_lazy("Its published telephone, given to requesters and licensees."))
    ],
    installation: Annotated[
        str, typer.Option(help=gettext_lazy("Code of the installation where it works; without it, it works here."))
    ] = "",
    default: Annotated[
        bool | None,
        typer.Option(
            "--default/--no-default",
            help=gettext_lazy("Whether requests that name no centre go there; without either, as before."),
        ),
    ] = None,
) -> None:
    """Name an agency as a tracing centre, or change what is published of it, as the operator.

    One that works here is an agency of this installation; at least two of its members need the roles tracer and
    tracing_supervisor, as nobody releases what they entered. One elsewhere is reached by signed files.

    Example: cotrace centre put ATF --call-back "+1 304 555 0100" --default
    """
    operator, code = installation_principal(), agency.upper()
    is_default = _is_default(operator, code) if default is None else default
    values = CentreValues(
        agency=code, call_back=call_back, installation=installation.lower(), is_default=is_default
    )
    centre_put(operator, centre=values)
    said = _("%(agency)s is a tracing centre that works here.")
    if installation:
        said = _("%(agency)s is a tracing centre at the installation %(installation)s.")
    terminal.say(said % {"agency": code, "installation": values.installation})


@app.command("list")
def list_centres(
    as_json: Annotated[bool, typer.Option("--json", help=gettext_lazy("JSON instead of lines."))] = False,
) -> None:
    """List the tracing centres, the default one first.

    Example: cotrace centre list
    """
    found = centre_list(installation_principal())
    if as_json:
        terminal.print_json([asdict(each) for each in found])
        return
    rows = [
        [each.agency, each.installation or _("here"), each.call_back, _("default") if each.is_default else ""]
        for each in found
    ]
    terminal.print_table([_("Agency"), _("Installation"), _("Telephone"), ""], rows)


def _is_default(operator: Principal, code: str) -> bool:
    return any(each.agency == code and each.is_default for each in centre_list(operator))
