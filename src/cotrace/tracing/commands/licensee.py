"""`cotrace licensee`: check a licence number, look one up, enter a licensee; load ATF's published list.

`check` needs neither site nor database nor sign-in. `show` and `enter` go through the site's API with its token. `import`
is the operator's, on the database itself; its dry run needs none.
"""

from typing import Annotated, Any, Literal
from urllib.parse import quote

import httpx
import typer
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cotrace.doors import terminal
from cotrace.doors.sentences import sentence
from cotrace.foundation import clock
from cotrace.foundation.errors import FieldProblem
from cotrace.tracing.commands import licensee_list
from cotrace.tracing.reads.ffl_words import month_words, number_words, question_words, type_words
from cotrace.tracing.reads.labels import ROLES
from cotrace.tracing.reads.tables import ffl_codes
from cotrace.tracing.rules.ffl_numbers import (
    FflNumber,
    FflProblem,
    ShortFfl,
    ffl_questions,
    parse_ffl,
    parse_short,
    short_on_serial,
)
from cotrace.tracing.rules.trace_view import Role

app = typer.Typer(no_args_is_help=True, help=_("Licensees: numbers checked, looked up, entered; ATF's list loaded."))
app.add_typer(licensee_list.app)
LABEL_WIDTH = 26
Number = Annotated[str, typer.Argument(help=_("The licence number, whole or abbreviated."))]
AsJson = Annotated[bool, typer.Option("--json", help=_("A JSON object instead of words."))]


@app.command("check")
def check(
    number: Annotated[str, typer.Argument(help=_("A licence number, or a serial that begins with an abbreviated one."))],
    state: Annotated[str, typer.Option(help=_("State of the licensee's address, two letters."))] = "",
    as_json: AsJson = False,
) -> None:
    """Say what the parts of a licence number mean and what is doubtful about it. Needs no site and no sign-in.

    cotrace licensee check 5-74-141-01-9A-00003 --state TX
    """
    found = _read(number)
    asked: tuple[FieldProblem, ...] = ()
    if not isinstance(found, FflProblem):
        asked = ffl_questions(found, codes=ffl_codes(), today=clock.today(), state=state.strip().upper())
    elif found is FflProblem.NOT_ONE:
        asked = (FieldProblem("number", FflProblem.NOT_ONE),)
    problem = found if isinstance(found, FflProblem) and found is not FflProblem.NOT_ONE else None
    if as_json:
        terminal.print_json(_as_json(found, problem, asked))
    else:
        _say_number(found, problem, asked)
    if problem:
        raise typer.Exit(2)


@app.command("show")
def show(number: Number, as_json: AsJson = False) -> None:
    """Look a licensee up in ATF's published list by its licence number.

    cotrace licensee show 5-74-141-01-9A-00003
    """
    found = terminal.call("GET", f"/centre/published/{_quoted(number)}").json()
    if as_json:
        terminal.print_json(found)
        return
    for label, value in _published_facts(found):
        terminal.say_fact(label, value or "-", width=LABEL_WIDTH)
    if not found["is_listed"]:
        said = _("The edition %(edition)s covers its state and does not list it any more.")
        terminal.say(said % {"edition": found["newest_edition"]})


@app.command("enter")
def enter(
    number: Annotated[str, typer.Argument(help=_("The whole licence number."))],
    role: Annotated[
        Literal["maker", "importer", "wholesaler", "dealer"] | None,
        typer.Option(help=_("Its place in the chain; without it, the one that its type suggests.")),
    ] = None,
    name: Annotated[str, typer.Option(help=_("Its name."))] = "",
    address: Annotated[str, typer.Option(help=_("Its address in one line."))] = "",
    phone: Annotated[str, typer.Option(help=_("Its telephone."))] = "",
) -> None:
    """Enter a licensee in your centre's register; what you leave out comes from ATF's published list.

    cotrace licensee enter 5-74-141-01-9A-00003 --role dealer
    """
    published = _published(number)
    given = {"name": name, "address": address, "phone": phone, "role": role}
    body = {key: value or published.get(key) or "" for key, value in given.items()}
    if not body["name"] or not body["role"]:
        terminal.fail(_("The published list does not have this licence. Give --name and --role."), code=2)
    terminal.call("PUT", f"/centre/licensees/{_quoted(number)}", json=body)
    terminal.say(_("%(name)s is in the register.") % {"name": body["name"]})
    kept = terminal.call("GET", f"/centre/licensees/{_quoted(number)}").json()
    for each in kept["questions"]:
        terminal.say(each["message"])


def _read(number: str) -> FflNumber | ShortFfl | FflProblem:
    """Return a number as a whole one, an abbreviated one, or one at the beginning of a serial; else what is wrong."""
    found = parse_ffl(number)
    if found is not FflProblem.NOT_ONE:
        return found
    return parse_short(number) or short_on_serial(number) or found


def _as_json(
    found: FflNumber | ShortFfl | FflProblem, problem: FflProblem | None, asked: tuple[FieldProblem, ...]
) -> dict[str, object]:
    whole = found if isinstance(found, FflNumber) else None
    short = found.short if isinstance(found, FflNumber) else found if isinstance(found, ShortFfl) else None
    told = [{"code": each.code, "message": text} for each, text in zip(asked, question_words(asked), strict=True)]
    return {
        "number": whole.text if whole else None,
        "short_number": short.text if short else None,
        "problem": {"code": problem, "message": sentence(problem)} if problem else None,
        "states": list(ffl_codes().states_of(short)) if short else [],
        "county": whole.county if whole else None,
        "licence_type": whole.type_code if whole else None,
        "licence_type_label": type_words(whole.type_code) if whole else None,
        "expires": "{}-{:02}".format(*whole.expires(seen_on=clock.today())) if whole else None,
        "questions": told,
    }


def _say_number(
    found: FflNumber | ShortFfl | FflProblem, problem: FflProblem | None, asked: tuple[FieldProblem, ...]
) -> None:
    if problem:
        terminal.say(f"cotrace: {sentence(problem)}", err=True)
        return
    if isinstance(found, FflNumber):
        terminal.say_fact(_("Licence number"), found.text, width=LABEL_WIDTH)
    if not isinstance(found, FflProblem):
        for label, value in number_words(found, seen_on=clock.today()):
            terminal.say_fact(label, value, width=LABEL_WIDTH)
    for text in question_words(asked):
        terminal.say(text)


def _published(number: str) -> dict[str, Any]:
    """Return what the published list says of a number, nothing where it does not have it."""
    answer = terminal.ask("GET", f"/centre/published/{_quoted(number)}")
    if answer.status_code == httpx.codes.NOT_FOUND:
        return {}
    if not answer.is_success:
        terminal.refuse(answer)
    found: dict[str, Any] = answer.json()
    return found


def _published_facts(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (_("Licence number"), found["number"]),
        (pgettext("of a licensee", "Name"), found["name"]),
        (_("Name on the licence"), found["licence_name"]),
        (_("Address"), found["address"]),
        (_("Telephone"), found["phone"]),
        (_("Type of licence"), type_words(found["licence_type"])),
        (_("Licence expires"), month_words(found["expires"])),
        (_("Place in the chain"), str(ROLES[Role(found["role"])])),
        (_("Edition of the list"), found["edition"]),
    ]


def _quoted(number: str) -> str:
    return quote(number.strip(), safe="")
