"""A tracer's acts on the terminal, from an answer taken by telephone to a result withheld. Through the site's API.

Each names the version of the trace that was read, as `cotrace tracer show` tells it: a trace that changed since is
refused, so that nobody decides on what they have not seen.
"""

from typing import Annotated

import typer
from django.utils.translation import gettext as _

from cotrace.doors import terminal
from cotrace.doors.typed import document_typed, number_typed
from cotrace.foundation.rules.canonical import JsonObject

app = typer.Typer()
Number = Annotated[str, typer.Argument(help=_("The trace's number at the centre."))]
Version = Annotated[int, typer.Option(help=_("The version that you read, as `show` tells it."))]
Answer = Annotated[str, typer.Argument(metavar="FILE", help=_("The answer, JSON; - reads standard input."))]


@app.command("purchaser")
def purchaser(number: Number) -> None:
    """See the purchaser that a trace names before its release, as JSON; the look goes on record.

    cotrace tracer purchaser TC-DEMO-4F7K-9Q2M-XT3C
    """
    terminal.print_json(terminal.call("POST", f"/centre/traces/{number_typed(number)}/purchaser").json())


@app.command("leave")
def leave(number: Number) -> None:
    """Put a trace back for others.

    cotrace tracer leave TC-DEMO-4F7K-9Q2M-XT3C
    """
    _act(number, "leave")
    terminal.say(_("The trace is free for others."))


@app.command("answer")
def answer(number: Number, file: Answer, version: Version) -> None:
    """Enter what the licensee of the last step said by telephone or in writing.

    cotrace tracer answer TC-DEMO-4F7K-9Q2M-XT3C answer.json --version 7
    """
    _act(number, "answer", document_typed(file), query={"version": str(version)})
    terminal.say(_("The answer is entered."))


@app.command("correct")
def correct(
    number: Number,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=_("The right `answer` and a `note` why, JSON; - reads standard input."))
    ],
    version: Version,
    step: Annotated[int, typer.Option(help=_("The step whose answer was wrong, as `show --json` counts them."))],
) -> None:
    """Put another answer in the place of one entered by hand; the old one stays on record.

    cotrace tracer correct TC-DEMO-4F7K-9Q2M-XT3C correction.json --step 2 --version 7
    """
    _act(number, "correct", document_typed(file), query={"version": str(version), "step": str(step)})
    terminal.say(_("The answer is corrected."))


@app.command("accept")
def accept(
    number: Number, version: Version, note: Annotated[str, typer.Option(help=_("Why, in ten characters or more."))]
) -> None:
    """Let the trace pass what it waits for.

    cotrace tracer accept TC-DEMO-4F7K-9Q2M-XT3C --version 7 --note "The maker confirmed it by telephone."
    """
    _act(number, "accept", {"version": version, "note": note})
    terminal.say(_("The trace goes on."))


@app.command("continue")
def go_on(number: Number, version: Version) -> None:
    """Have the trace checked again, after the register was mended or a hold lifted.

    cotrace tracer continue TC-DEMO-4F7K-9Q2M-XT3C --version 7
    """
    _act(number, "continue", {"version": version})
    terminal.say(_("The trace goes on."))


@app.command("start")
def start(
    number: Number, licence: Annotated[str, typer.Argument(help=_("A licence number of the register."))], version: Version
) -> None:
    """Say with which licensee of the register the trace begins.

    cotrace tracer start TC-DEMO-4F7K-9Q2M-XT3C 9-86-099-06-9K-00001 --version 7
    """
    _act(number, "start", {"version": version, "licensee": licence})
    terminal.say(_("The trace goes on."))


@app.command("ask-again")
def ask_again(number: Number, version: Version) -> None:
    """Put the last inquiry again, under its own id.

    cotrace tracer ask-again TC-DEMO-4F7K-9Q2M-XT3C --version 7
    """
    _act(number, "ask-again", {"version": version})
    terminal.say(_("The licensee is asked again."))


@app.command("conclude")
def conclude(
    number: Number,
    outcome: Annotated[str, typer.Argument(metavar="OUTCOME", help=_("Code of the outcome, such as D1."))],
    version: Version,
) -> None:
    """End a waiting trace with an outcome of the table.

    cotrace tracer conclude TC-DEMO-4F7K-9Q2M-XT3C D1 --version 7
    """
    _act(number, "conclude", {"version": version, "outcome": outcome})
    terminal.say(_("The trace is concluded."))


@app.command("hold")
def hold(
    number: Number,
    version: Version,
    is_lifted: Annotated[bool, typer.Option("--lift", help=_("Lift the hold that stands."))] = False,
) -> None:
    """Set a contact hold on a trace, or lift it: nobody is asked while it stands.

    cotrace tracer hold TC-DEMO-4F7K-9Q2M-XT3C --version 7
    """
    _act(number, "hold", {"version": version, "is_held": not is_lifted})
    terminal.say(_("The contact hold is lifted.") if is_lifted else _("The contact hold stands: nobody is asked."))


@app.command("withhold")
def withhold(
    number: Number, version: Version, ground: Annotated[str, typer.Option(help=_("The legal ground, in words."))]
) -> None:
    """Withhold a result on a legal ground; the requester is told no more than before.

    cotrace tracer withhold TC-DEMO-4F7K-9Q2M-XT3C --version 7 --ground "Sealed by order of the court, file 118."
    """
    _act(number, "withhold", {"version": version, "ground": ground})
    terminal.say(_("The result is withheld."))


def _act(number: str, act: str, body: JsonObject | None = None, *, query: dict[str, str] | None = None) -> None:
    terminal.call("POST", f"/centre/traces/{number_typed(number)}/{act}", json=body, query=query)
