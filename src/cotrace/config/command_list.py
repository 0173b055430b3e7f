"""Every command of the terminal door: what each runs, its sentence and an example.

`COMMANDS` is the only list. Each names what it runs as text, so that the root's help imports nothing and a command
imports its own subject alone.
"""

from dataclasses import dataclass


def gettext_noop(text: str) -> str:
    """Mark a text for the catalogs without Django, which help must not load."""
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a name runs: `target` is `module:attribute`, a typer.Typer (a group) or a function (one command).

    `is_pure` commands come without Django around them: they need none, or set it up themselves.
    """

    target: str
    sentence: str
    example: str
    is_pure: bool = False


COMMANDS: dict[str, Entry] = {
    "access": Entry(
        target="cotrace.sharing.commands.access:app",
        sentence=gettext_noop("Say who can see a record, why, and who looked."),
        example="cotrace access explain SZ-DEMO-4F7K-9Q2M-XT3C --json",
    ),
    "agency": Entry(
        target="cotrace.agencies.commands:agencies",
        sentence=gettext_noop("Add agencies, for the operator."),
        example="cotrace agency add --help",
    ),
    "agreement": Entry(
        target="cotrace.sharing.commands.agreements:app",
        sentence=gettext_noop("Draft, read, sign, suspend and end your agency's memoranda."),
        example="cotrace agreement list",
    ),
    "attachment": Entry(
        target="cotrace.files.commands:app",
        sentence=gettext_noop("Attach photographs and opinions to a record; list, open, download and withdraw them."),
        example="cotrace attachment add FA-DEMO-4F7K-9Q2M-XT3C serial.jpg --kind serial",
    ),
    "audit": Entry(
        target="cotrace.audit.commands:app",
        sentence=gettext_noop("Verify and seal the log, keep its signed heads elsewhere."),
        example="cotrace audit verify --json",
    ),
    "backlog": Entry(
        target="cotrace.config.commands:backlog",
        sentence=gettext_noop("Say what waits for the worker and what it gave up, for the operator."),
        example="cotrace backlog --retry",
    ),
    "centre": Entry(
        target="cotrace.tracing.commands.centre:app",
        sentence=gettext_noop("Name the agencies that trace guns, for the operator."),
        example='cotrace centre put ATF --call-back "+1 304 555 0100" --default',
    ),
    "circle": Entry(
        target="cotrace.sharing.commands.circles:app",
        sentence=gettext_noop("Open circles, say who is in them, add and take out colleagues."),
        example="cotrace circle list",
    ),
    "connector": Entry(
        target="cotrace.tracing.commands.connector:app",
        sentence=gettext_noop("Answer the tracing centre from a licensee's own records."),
        example="cotrace connector serve --help",
    ),
    "demo": Entry(
        target="cotrace.config.demo:demo",
        sentence=gettext_noop("Build a small synthetic world and serve it."),
        example="cotrace demo --port 8000",
        is_pure=True,
    ),
    "exchange": Entry(
        target="cotrace.exchange.commands:app",
        sentence=gettext_noop("Exchange signed files with other installations."),
        example="cotrace exchange export TR-MX1-4F7K-9Q2M-XT3C --out request.cotrace.json",
    ),
    "firearm": Entry(
        target="cotrace.firearms.commands:app",
        sentence=gettext_noop("Describe the guns of a seizure; list and open them."),
        example="cotrace firearm describe SZ-DEMO-4F7K-9Q2M-XT3C gun.json",
    ),
    "hooks": Entry(
        target="cotrace.config.commands:hooks",
        sentence=gettext_noop("List who hears which event, and what fills which slot of a page."),
        example="cotrace hooks --json",
    ),
    "login": Entry(
        target="cotrace.agencies.commands:login",
        sentence=gettext_noop("Sign this terminal in: approve its code in the browser."),
        example="cotrace login --scope seizure.read",
    ),
    "logout": Entry(
        target="cotrace.agencies.commands:logout",
        sentence=gettext_noop("Sign this terminal out and end its token."),
        example="cotrace logout",
    ),
    "member": Entry(
        target="cotrace.agencies.commands:members",
        sentence=gettext_noop("Add members and give them a way back in, for the operator."),
        example="cotrace member link ana@fgr.example",
    ),
    "migrate": Entry(
        target="cotrace.config.commands:migrate",
        sentence=gettext_noop(
            "Create the database or bring it up to date, as the role that owns its tables."
        ),
        example="cotrace migrate",
    ),
    "notice": Entry(
        target="cotrace.notices.commands:app",
        sentence=gettext_noop("Read your own notices and take note of them."),
        example="cotrace notice list",
    ),
    "reference": Entry(
        target="cotrace.reference.commands:app",
        sentence=gettext_noop("Load the shipped code tables, for the operator."),
        example="cotrace reference load",
    ),
    "seizure": Entry(
        target="cotrace.seizures.commands.seizure:app",
        sentence=gettext_noop("Import a seizure log; record, list, open, correct and restrict seizures."),
        example="cotrace seizure import log.xlsx --mapping cide-ppd --dry-run --json",
    ),
    "serve": Entry(
        target="cotrace.config.commands:serve",
        sentence=gettext_noop("Serve the site, with SQLite also the background worker."),
        example="cotrace serve --port 8000",
    ),
    "trace": Entry(
        target="cotrace.tracing.commands.trace:app",
        sentence=gettext_noop("Check, submit and follow trace requests; read their results."),
        example="cotrace trace submit request.json",
    ),
    "tracer": Entry(
        target="cotrace.tracing.commands.tracer:app",
        sentence=gettext_noop("Work at a tracing centre: its queue, a trace, answers by hand, the release of a result."),
        example="cotrace tracer queue",
    ),
    "whoami": Entry(
        target="cotrace.agencies.commands:whoami",
        sentence=gettext_noop("Say who acts from this terminal and with which permissions."),
        example="cotrace whoami --json",
    ),
    "worker": Entry(
        target="cotrace.config.commands:worker",
        sentence=gettext_noop("Do the work that waits in the background until told to end."),
        example="cotrace worker --threads 4",
    ),
}
