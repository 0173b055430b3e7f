"""`cotrace exchange`: messages between installations on the terminal, through the site's API and with its token.

`cotrace exchange peer` is the operator's and works on the database itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cotrace.doors.terminal import call, fail, print_json, print_table, refuse_existing, say, write_new
from cotrace.exchange.reads.words import installation_words
from cotrace.exchange.rules.fingerprints import grouped
from cotrace.exchange.selectors.peers import peer_list
from cotrace.exchange.services.peers import KeyValues, PeerValues, peer_close, peer_put
from cotrace.foundation.clock import now
from cotrace.foundation.principal import installation_principal
from cotrace.foundation.rules.signatures import parse_public_key

app = typer.Typer(no_args_is_help=True)
peer = typer.Typer(no_args_is_help=True)
app.add_typer(peer, name="peer", help=_("The register of other installations, for the operator."))

Number = Annotated[str, typer.Argument(help=gettext_lazy("Number of the trace request or trace."))]
Code = Annotated[str, typer.Argument(help=gettext_lazy("Code the installation signs with."))]
Out = Annotated[
    Path, typer.Option("--out", help=gettext_lazy("File to write; nothing is ever overwritten."))
]
AsJson = Annotated[bool, typer.Option("--json", help=gettext_lazy("JSON instead of lines."))]


@app.command("export")
def exchange_export(
    number: Number,
    out: Out,
    again: Annotated[
        bool,
        typer.Option("--again", help=gettext_lazy("Send it as a new message: its time was over, or it was refused.")),
    ] = False,
) -> None:
    """Take a trace request, or a released result, out as a signed file for another installation.

    Example: cotrace exchange export TR-MX1-4F7K-9Q2M-XT3C --out request.cotrace.json
    """
    query = {"again": "true"} if again else None
    _write(out, call("POST", f"/exchange/files/{number}", query=query).content)


@app.command("import")
def exchange_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=gettext_lazy("The signed file."))],
    acknowledgement: Annotated[
        Path | None,
        typer.Option("--acknowledgement", help=gettext_lazy("Write its acknowledgement to this file.")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take a signed file of another installation in: a request, a result or an acknowledgement.

    Example: cotrace exchange import request.cotrace.json --acknowledgement ack.cotrace.json
    """
    if acknowledgement is not None:
        refuse_existing(acknowledgement)
    try:
        with file.open("rb") as stream:
            upload = {"file": ("message.cotrace.json", stream, "application/json")}
            taken = call("POST", "/exchange/files", files=upload).json()
    except OSError:
        fail(_("%(file)s cannot be read.") % {"file": file}, code=2)
    if acknowledgement is not None:
        write_new(acknowledgement, call("POST", f"/exchange/acknowledgements/{taken['message']}").content)
    if as_json:
        print_json(taken)
        return
    if acknowledgement is not None:
        say(_("Written: %(file)s") % {"file": acknowledgement})
    say(_("Taken in: %(number)s, from %(peer)s.") % {"number": taken["number"], "peer": taken["peer"]})


@app.command("acknowledge")
def exchange_acknowledge(
    message: Annotated[str, typer.Argument(help=gettext_lazy("Id of the message that was taken in or refused."))],
    out: Out,
) -> None:
    """Write the acknowledgement of a message again, also of one whose content was refused.

    Example: cotrace exchange acknowledge TR-MX1-4F7K-9Q2M-XT3C_1 --out ack.cotrace.json
    """
    _write(out, call("POST", f"/exchange/acknowledgements/{message}").content)


@app.command("keys")
def exchange_keys(as_json: AsJson = False) -> None:
    """Show the code and the public key by which other installations know this one.

    Example: cotrace exchange keys
    """
    found = call("GET", "/exchange/key").json()
    if as_json:
        print_json(found)
        return
    say(_("Installation: %(code)s") % {"code": found["installation"]})
    say(_("Fingerprint: %(fingerprint)s") % {"fingerprint": grouped(found["key_id"])})
    say(_("Public key: %(key)s") % {"key": found["key"]})


@app.command("messages")
def exchange_messages(as_json: AsJson = False) -> None:
    """List what one's agency sent, got and was refused, newest first.

    Example: cotrace exchange messages --json
    """
    found = call("GET", "/exchange/messages").json()
    if as_json:
        print_json(found)
        return
    sent, received = _states(is_sent=True), _states(is_sent=False)
    refused = pgettext("state of a message", "Not acted on")
    rows = [
        ("→", _peer(each), each["message"], sent.get(each["state"], each["state"]), each["code"])
        for each in found["sent"]
    ]
    rows += [
        ("←", _peer(each), each["message"], received.get(each["disposition"], each["disposition"]), each["code"])
        for each in found["received"]
    ]
    for each in found["refused"]:
        claimed = installation_words(each["claimed_sender"], each["claimed_name"])
        rows.append(("×", claimed, each["claimed_message"], refused, each["code"]))
    print_table(("", _("Installation"), _("Message"), _("State"), _("Code")), rows)


@app.command("peers")
def exchange_peers(as_json: AsJson = False) -> None:
    """List other installations and the fingerprints of their keys, to be compared by telephone.

    Example: cotrace exchange peers
    """
    found = call("GET", "/exchange/peers").json()
    if as_json:
        print_json(found)
        return
    rows = [
        (each["code"], each["name"], _peer_state(is_active=each["is_active"]), grouped(key["key_id"]))
        for each in found
        for key in each["keys"]
    ]
    _print_peers(rows)


@peer.command("put")
def peer_put_command(
    code: Code,
    name: Annotated[str, typer.Option(help=gettext_lazy("What it is called."))],
    key: Annotated[
        list[str],
        typer.Option(help=gettext_lazy("Public key, one line. Give it twice while it changes its key.")),
    ],
    agreement: Annotated[str, typer.Option(help=gettext_lazy("Memorandum under which files go there."))],
    days: Annotated[
        int, typer.Option(min=1, max=3650, help=gettext_lazy("For how many days the keys count."))
    ] = 730,
    address: Annotated[str, typer.Option(help=gettext_lazy("How to reach the people there."))] = "",
) -> None:
    """Enter another installation, or change its entry, as the operator. Every agency here is told.

    Example: cotrace exchange peer put us1 --name "Tracing centre" --key KEY --agreement MOU-2024-01
    """
    moment = now()
    keys = tuple(
        KeyValues(key=each, valid_from_at=moment - timedelta(days=1), valid_until_at=moment + timedelta(days=days))
        for each in key
    )
    values = PeerValues(code=code, name=name, agreement=agreement, address=address, keys=keys)
    peer_put(installation_principal(), values=values)
    say(_("%(code)s is in the register. Its keys, to be compared by telephone:") % {"code": code})
    for each in key:
        public = parse_public_key(each)
        say(grouped(public.key_id) if public else "")


@peer.command("close")
def peer_close_command(code: Code) -> None:
    """Switch another installation off, as the operator: nothing of it is believed any more. Every agency here is told.

    Example: cotrace exchange peer close us1
    """
    peer_close(installation_principal(), code=code)
    say(_("%(code)s is switched off. To switch it on again, enter it anew.") % {"code": code})


@peer.command("list")
def peer_list_command(as_json: AsJson = False) -> None:
    """List the register of other installations, as the operator.

    Example: cotrace exchange peer list
    """
    found = peer_list(installation_principal())
    if as_json:
        print_json([asdict(each) for each in found])
        return
    rows = [
        (each.code, each.name, _peer_state(is_active=each.is_active), grouped(key.key_id))
        for each in found
        for key in each.keys
    ]
    _print_peers(rows)


def _write(path: Path, content: bytes) -> None:
    """Write a new file and say so."""
    write_new(path, content)
    say(_("Written: %(file)s") % {"file": path})


def _peer(message: Mapping[str, str]) -> str:
    return installation_words(message["peer"], message["peer_name"])


def _states(*, is_sent: bool) -> dict[str, str]:
    """Return the words of a message's state, as short as a table needs them."""
    if not is_sent:
        return {
            "accepted": pgettext("state of a message", "Taken"),
            "refused": pgettext("state of a message", "Refused"),
        }
    return {
        "waiting": pgettext("state of a message", "Waits to leave"),
        "sent": pgettext("state of a message", "Taken out"),
        "accepted": pgettext("state of a message", "Accepted there"),
        "refused": pgettext("state of a message", "Refused there"),
    }


def _peer_state(*, is_active: bool) -> str:
    if is_active:
        return pgettext("state of an installation", "Active")
    return pgettext("state of an installation", "Switched off")


def _print_peers(rows: Iterable[tuple[str, str, str, str]]) -> None:
    """Print the register; a fingerprint that was cut would be compared in part."""
    columns = (_("Installation"), _("Name"), _("State"), _("Fingerprint"))
    print_table(columns, rows, whole=(0, 3))
