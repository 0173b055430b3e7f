"""The operator's audit commands: verify the log, keep its signed heads elsewhere; and an agency's: take them."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from cotrace.audit.services.heads import heads_sign, rounds_export
from cotrace.audit.services.names import name_bind
from cotrace.audit.services.sealing import seal_once
from cotrace.audit.services.verification import verify as verify_log
from cotrace.doors import terminal
from cotrace.doors.printing import print_json, say
from cotrace.doors.sentences import sentence
from cotrace.foundation.principal import installation_principal

app = typer.Typer(no_args_is_help=True)
heads = typer.Typer(no_args_is_help=True)
app.add_typer(heads, name="heads", help=_("Signed heads of the chains."))


@app.command()
def verify(
    rounds: Annotated[
        list[Path] | None,
        typer.Option("--heads", exists=True, dir_okay=False, help=_("A file of signed heads that was kept elsewhere.")),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("A JSON object instead of lines."))] = False,
) -> None:
    """Recompute every chain and name the first bad row; exits 1 where something is wrong.

    cotrace audit verify --heads kept-in-march.json
    """
    kept = [each for path in rounds or [] for each in _kept(path)]
    report = verify_log(rounds=kept)
    if as_json:
        print_json({**asdict(report), "is_intact": report.is_intact})
    else:
        counts = {"events": report.events, "chains": report.chains, "pending": report.pending}
        say(_("%(events)s events in %(chains)s chains verified, %(pending)s wait for their seal.") % counts)
        for each in report.findings:
            where = f"{each.chain or '-'} #{each.position} ({each.event})"
            say(f"{where}: {sentence('audit_' + each.code)}", err=True)
    raise typer.Exit(0 if report.is_intact else 1)


def _kept(path: Path) -> list[dict[str, object]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        found = None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        terminal.fail(_("%(path)s is no file of signed heads.") % {"path": path}, code=2)
    return found


@app.command()
def seal() -> None:
    """Seal what waits now, without a worker.

    cotrace audit seal
    """
    done = 0
    while sealed := seal_once():
        done += sealed
    say(_("%(count)s events sealed.") % {"count": done})


@heads.command("export")
def export_heads(
    out: Annotated[Path, typer.Argument(help=_("Where to write the file; keep it off this machine."))],
) -> None:
    """Sign a fresh round of heads and write every round to a file for another agency to keep.

    cotrace audit heads export heads.json
    """
    heads_sign()
    try:
        out.write_text(json.dumps(rounds_export(), indent=1), encoding="utf-8")
    except OSError:
        terminal.fail(_("%(path)s cannot be written.") % {"path": out}, code=2)
    say(str(out))


@heads.command("sign-as")
def sign_heads_as(
    name: Annotated[str, typer.Argument(help=_("The name, as COTRACE_INSTALLATION says it."))],
) -> None:
    """Bind the log to the name of this installation and to the key that is here, after one of them changed.

    cotrace audit heads sign-as MX1
    """
    name_bind(installation_principal(), name=name)
    say(_("From now on rounds are signed as %(name)s. Tell the agencies why.") % {"name": name})


@heads.command("fetch")
def fetch_heads(
    folder: Annotated[Path, typer.Argument(file_okay=False, help=_("Where to keep it, on a machine of your agency."))],
) -> None:
    """Take the newest signed round of heads, through the site and with its token; for a schedule of your agency's.

    cotrace audit heads fetch /srv/kept
    """
    found = terminal.call("GET", "/audit/heads/newest").json()
    stamp = "".join(each for each in str(found["signed_at"])[:19] if each.isdigit())
    target = folder / f"heads-{found['installation']}-{stamp}-{str(found['signature'])[:8]}.json"
    if target.exists():
        say(str(target))
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps([found], indent=1), encoding="utf-8")
    except OSError:
        terminal.fail(_("%(path)s cannot be written.") % {"path": target}, code=2)
    say(str(target))
