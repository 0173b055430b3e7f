"""`cotrace agreement`: draft, read, sign, suspend, resume and end memoranda. Through the site's API."""

from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _

from cotrace.doors import terminal
from cotrace.doors.atoms import level_words
from cotrace.doors.typed import document_typed, number_typed
from cotrace.sharing.rules.agreements import AgreementAct, Standing
from cotrace.sharing.sentences.grounds import category_words, purpose_words
from cotrace.sharing.sentences.memoranda import DRAFTED, STANDINGS, done_words, in_the_language, signed_words

app = typer.Typer(no_args_is_help=True, help=_("Memoranda one's agency is party to."))
Number = Annotated[str, typer.Argument(help=_("The number of the memorandum."))]
AsJson = Annotated[bool, typer.Option("--json", help=_("A JSON object instead of words."))]


@app.command("list")
def list_agreements(as_json: AsJson = False) -> None:
    """List the memoranda of your agency.

    cotrace agreement list
    """
    found = terminal.call("GET", "/agreements").json()
    if as_json:
        terminal.print_json(found)
        return
    rows = [
        [each["number"], _standing(each), ", ".join(p["agency"] for p in each["parties"]), _title(each)]
        for each in found
    ]
    terminal.print_table([_("Number"), _("Status"), _("Parties"), _("Title")], rows, whole=[0])


@app.command("show")
def show(number: Number, as_json: AsJson = False) -> None:
    """Read a memorandum: where it stands, who signed, who sees what of whom.

    cotrace agreement show AG-DEMO-4F7K-9Q2M-XT3C
    """
    found = terminal.call("GET", f"/agreements/{number_typed(number)}").json()
    if as_json:
        terminal.print_json(found)
        return
    terminal.say_fact(_("Number"), found["number"])
    terminal.say_fact(_("Title"), _title(found))
    terminal.say_fact(_("Status"), _standing(found))
    terminal.say_fact(_("Purposes"), "; ".join(purpose_words(each) for each in found["purposes"]))
    terminal.say_fact(_("Legal basis"), found["legal_basis"] or "-")
    terminal.say_fact(_("First day"), found["starts_on"])
    terminal.say_fact(_("Review on"), found["review_on"])
    terminal.say_fact(_("Last day"), found["ends_on"] or _("no end set"))
    for each in found["parties"]:
        signed = f"{each['signer_name']}, {each['signed_at'][:10]}" if each["signed_at"] else _("not signed yet")
        terminal.say_fact(each["agency"], signed)
    columns = [_("Who sees"), _("Of whom"), _("Records"), _("Level")]
    rows = [
        [each["viewer"], each["owner"], category_words(each["category"]), level_words(each["level"])] for each in found["clauses"]
    ]
    terminal.print_table(columns, rows)


@app.command("draft")
def draft(
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("The memorandum, JSON; - reads standard input."))],
    as_json: AsJson = False,
) -> None:
    """Write a draft and ask the other parties to sign; nothing is shared before every party has.

    cotrace agreement draft memorandum.json
    """
    found = terminal.call("POST", "/agreements", json=document_typed(file)).json()
    _say(found, DRAFTED, as_json=as_json)


@app.command("sign")
def sign(number: Number, as_json: AsJson = False) -> None:
    """Sign a memorandum for your agency; the last signature puts it in force.

    cotrace agreement sign AG-DEMO-4F7K-9Q2M-XT3C
    """
    found = terminal.call("POST", f"/agreements/{number_typed(number)}/sign", json={}).json()
    _say(found, signed_words(found["state"]), as_json=as_json)


@app.command("suspend")
def suspend(number: Number, as_json: AsJson = False) -> None:
    """Suspend a memorandum: what it shows is closed at once, for every party.

    cotrace agreement suspend AG-DEMO-4F7K-9Q2M-XT3C
    """
    _change(number, AgreementAct.SUSPEND, as_json=as_json)


@app.command("resume")
def resume(number: Number, as_json: AsJson = False) -> None:
    """Resume a memorandum that your agency suspended.

    cotrace agreement resume AG-DEMO-4F7K-9Q2M-XT3C
    """
    _change(number, AgreementAct.RESUME, as_json=as_json)


@app.command("end")
def end(number: Number, as_json: AsJson = False) -> None:
    """End a memorandum for good: what it shows is closed at once. Of a draft: withdraw it.

    cotrace agreement end AG-DEMO-4F7K-9Q2M-XT3C
    """
    _change(number, AgreementAct.END, as_json=as_json)


def _change(number: str, act: AgreementAct, *, as_json: bool) -> None:
    path = f"/agreements/{number_typed(number)}/state"
    found = terminal.call("POST", path, json={"act": act.value}).json()
    _say(found, done_words(act, was=found["was"]), as_json=as_json)


def _say(found: dict[str, Any], sentence: object, *, as_json: bool) -> None:
    if as_json:
        terminal.print_json(found)
    else:
        terminal.say(f"{found['number']}: {sentence}")


def _standing(found: dict[str, Any]) -> str:
    return str(STANDINGS[Standing(found["standing"])])


def _title(found: dict[str, Any]) -> str:
    return in_the_language(found["title_en"], found["title_es"])
