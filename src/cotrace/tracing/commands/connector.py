"""`cotrace connector`: a licensee's own end of the line. Needs no database and no sign-in.

The root activates the terminal's language before it imports a command, so help is in that language.
"""

from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from cotrace.doors.printing import say
from cotrace.tracing.exports.connector_server import ServeOptions, serve_records
from cotrace.tracing.exports.key_files import PUBLIC_SUFFIX, create_key_pair

app = typer.Typer(no_args_is_help=True)


@app.command("serve")
def connector_serve(
    records: Annotated[Path, typer.Option(help=_("Your records, a CSV file with a header."))],
    licence: Annotated[str, typer.Option(help=_("Your licence number."))],
    key: Annotated[Path, typer.Option(help=_("Your private key, made by `connector keygen`."))],
    centre_key: Annotated[
        list[Path],
        typer.Option(help=_("The centre's public key. Give it twice while the centre changes keys.")),
    ],
    log: Annotated[
        Path | None,
        typer.Option(help=_("Where answers are logged; without it, beside the records, ending in .log.")),
    ] = None,
    host: Annotated[
        str, typer.Option(help=_("Address to listen on; any but loopback needs TLS."))
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help=_("Port to listen on; 0 takes a free one."))
    ] = 8444,
    tls_certificate: Annotated[Path | None, typer.Option(help=_("Certificate chain, PEM."))] = None,
    tls_key: Annotated[Path | None, typer.Option(help=_("Its private key, PEM."))] = None,
) -> None:
    """Serve your records to the tracing centre, by serial number only.

    Example: cotrace connector serve --records book.csv --licence 1-75-113-01-9A-00123 --key dealer.key
    --centre-key centre.key.pub
    """
    serve_records(
        ServeOptions(
            licence=licence,
            records=records,
            log=log or records.with_name(records.name + ".log"),
            key=key,
            centre_keys=tuple(centre_key),
            host=host,
            port=port,
            tls_certificate=tls_certificate,
            tls_key=tls_key,
        ),
        announce=_announce,
    )


@app.command("keygen")
def connector_keygen(
    path: Annotated[Path, typer.Argument(metavar="FILE", help=_("Where the private key goes."))],
) -> None:
    """Make a signing key: FILE stays with you, FILE.pub goes to the tracing centre.

    Example: cotrace connector keygen dealer.key
    """
    public_key = create_key_pair(path)
    say(_("Private key: %(file)s. Keep it on this machine.") % {"file": path})
    public_path = path.with_name(path.name + PUBLIC_SUFFIX)
    say(_("Public key: %(file)s. Give it to the tracing centre.") % {"file": public_path})
    say(_("Key id: %(key_id)s") % {"key_id": public_key.key_id})


def _announce(host: str, port: int, rows: int) -> None:
    say(
        _("Listening on %(host)s port %(port)s with %(rows)s lines of records. Stop with Ctrl-C.")
        % {"host": host, "port": port, "rows": rows}
    )
