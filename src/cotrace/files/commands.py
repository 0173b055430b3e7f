"""`cotrace attachment`: photographs and opinions of a record. Through the site's API; `verify` is the operator's."""

import base64
import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _

from cotrace.doors import terminal
from cotrace.doors.sentences import sentence
from cotrace.doors.typed import number_typed
from cotrace.files.rules.attachments import AttachmentKind
from cotrace.files.rules.file_names import safe_file_name
from cotrace.files.sentences.attachments import KINDS, MEDIA_TYPES
from cotrace.files.services.verification import originals_verify
from cotrace.foundation.principal import installation_principal
from cotrace.sharing.sentences.grounds import act_words, door_words

app = typer.Typer(no_args_is_help=True, help=_("Photographs and opinions of a record."))
LABEL_WIDTH = 24
AsJson = Annotated[bool, typer.Option("--json", help=_("JSON instead of words."))]
Number = Annotated[str, typer.Argument(help=_("The attachment's number."))]
Record = Annotated[str, typer.Argument(metavar="RECORD", help=_("The number of the record, for example of a gun."))]
LABELS = {"kind": _("What it shows"), "caption": _("Caption"), "reason": _("Why it no longer counts")}


@app.command("add")
def add(
    record: Record,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("JPEG, PNG or WebP; an opinion also as PDF."))],
    kind: Annotated[AttachmentKind, typer.Option(help=_("What it shows."))],
    caption: Annotated[str, typer.Option(help=_("A few words beside it."))] = "",
    as_json: AsJson = False,
) -> None:
    """Attach a photograph or an expert's opinion to a record of your agency.

    cotrace attachment add FA-DEMO-4F7K-9Q2M-XT3C serial.jpg --kind serial
    """
    form = {"record": number_typed(record), "kind": str(kind), "caption": caption}
    try:
        with file.open("rb") as source:
            files = {"file": (safe_file_name(file.name), source, "application/octet-stream")}
            made = terminal.call("POST", "/attachments", files=files, form=form, labels=LABELS).json()
    except OSError:
        terminal.fail(_("%(file)s cannot be read.") % {"file": file}, code=2)
    if as_json:
        terminal.print_json(made)
    else:
        terminal.say(_("Attached: %(number)s") % {"number": made["number"]})


@app.command("list")
def list_attachments(record: Record, as_json: AsJson = False) -> None:
    """List the attachments of a record that you see in full, oldest first.

    cotrace attachment list FA-DEMO-4F7K-9Q2M-XT3C
    """
    found = terminal.call("GET", "/attachments", query={"record": number_typed(record)}).json()
    if as_json:
        terminal.print_json(found)
        return
    columns = [_("Number"), _("What it shows"), _("Caption"), _("State")]
    terminal.print_table([str(each) for each in columns], [_listed(each) for each in found], whole=[0])


def _listed(found: dict[str, Any]) -> list[object]:
    state = _("withdrawn") if found["withdrawn_at"] else _("counts")
    return [found["number"], KINDS[found["kind"]], found["caption"] or "-", state]


@app.command("show")
def show(
    number: Number,
    picture: Annotated[
        Path | None, typer.Option("--picture", metavar="OUT", help=_("Write the cleaned copy to this file; none is overwritten."))
    ] = None,
    page: Annotated[int, typer.Option(min=1, help=_("Which page of a document."))] = 1,
    as_json: AsJson = False,
) -> None:
    """Say what is known of an attachment, or write its cleaned copy; the look goes on record.

    cotrace attachment show AT-DEMO-4F7K-9Q2M-XT3C --picture serial.jpg
    """
    path = f"/attachments/{number_typed(number)}"
    if picture is not None:
        terminal.refuse_existing(picture)
        terminal.write_new(picture, terminal.call("GET", f"{path}/picture", query={"page": str(page)}).content)
        terminal.say(_("Written: %(file)s") % {"file": picture})
        return
    found = terminal.call("GET", path).json()
    if as_json:
        terminal.print_json(found)
        return
    for label, value in _facts(found):
        if value not in (None, ""):
            terminal.say_fact(label, value, width=LABEL_WIDTH)


def _facts(found: dict[str, Any]) -> list[tuple[str, object]]:
    return [
        (_("Attachment"), found["number"]),
        (_("Of the record"), found["record"]),
        (_("What it shows"), KINDS[found["kind"]]),
        (_("Caption"), found["caption"]),
        (_("Type"), MEDIA_TYPES[found["media_type"]]),
        (_("Pages"), found["pages"]),
        (_("Size in bytes"), found["size_bytes"]),
        (_("SHA-256 of the original"), found["sha256"]),
        (_("Received"), found["added_at"]),
        (_("Received by"), found["added_by"] or found["owner"]),
        (_("Withdrawn"), found["withdrawn_at"]),
        (_("Because"), found["withdrawn_because"]),
        (_("What counts instead"), found["superseded_by"]),
    ]


@app.command("original")
def take_original(
    number: Number,
    out: Annotated[Path, typer.Option("--out", metavar="OUT", help=_("Where to write it; no file is overwritten."))],
) -> None:
    """Download the original of an attachment of your agency, as it came; it goes on record each time.

    cotrace attachment original AT-DEMO-4F7K-9Q2M-XT3C --out original.jpg
    """
    terminal.refuse_existing(out)
    answer = terminal.call("POST", f"/attachments/{number_typed(number)}/original")
    digest = base64.b64encode(hashlib.sha256(answer.content).digest()).decode()
    if answer.headers.get("Repr-Digest") != f"sha-256=:{digest}:":
        terminal.fail(_("What arrived is not what was received: its SHA-256 differs. Nothing was written."), code=1)
    terminal.write_new(out, answer.content)
    terminal.say(_("Written: %(file)s") % {"file": out})


@app.command("custody")
def show_custody(number: Number, as_json: AsJson = False) -> None:
    """Say who received, downloaded and withdrew an attachment of your agency; and who looked, if you may know.

    cotrace attachment custody AT-DEMO-4F7K-9Q2M-XT3C
    """
    found = terminal.call("GET", f"/attachments/{number_typed(number)}/custody").json()
    if as_json:
        terminal.print_json(found)
        return
    terminal.say_fact(_("SHA-256 of the original"), found["sha256"], width=LABEL_WIDTH)
    columns = [_("When"), _("Agency"), _("Person"), _("Did what"), _("By which way")]
    rows = [
        [each["at"][:16].replace("T", " "), each["agency"], each["person"] or "-", act_words(each["action"]), door_words(each["door"])]
        for each in found["rows"]
    ]
    terminal.print_table([str(each) for each in columns], rows)


@app.command("withdraw")
def withdraw(
    number: Number,
    reason: Annotated[str, typer.Option(help=_("Why it no longer counts."))],
    superseded_by: Annotated[str, typer.Option("--superseded-by", help=_("The number of what counts instead."))] = "",
) -> None:
    """Let an attachment of your agency no longer count; it is kept, with the reason.

    cotrace attachment withdraw AT-DEMO-4F7K-9Q2M-XT3C --reason "Blurred; taken again."
    """
    successor = number_typed(superseded_by) if superseded_by else ""
    document = {"reason": reason, "superseded_by": successor}
    terminal.call("POST", f"/attachments/{number_typed(number)}/withdraw", json=document, labels=LABELS)
    terminal.say(_("Withdrawn."))


@app.command("verify")
def verify(as_json: AsJson = False) -> None:
    """Hash every original anew and name each that is gone or changed, for the operator; exits 1 where one is.

    cotrace attachment verify
    """
    report = originals_verify(installation_principal())
    if as_json:
        terminal.print_json({**asdict(report), "is_intact": report.is_intact})
    else:
        terminal.say(_("%(count)s originals checked.") % {"count": report.originals})
        for each in report.findings:
            terminal.say(f"{each.number}: {sentence(each.code)}", err=True)
    raise typer.Exit(0 if report.is_intact else 1)
