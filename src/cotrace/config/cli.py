"""The root of the terminal door: `cotrace COMMAND`.

Help imports nothing; a command imports its own subject alone (`command_list.py`). Refusals leave as one line on
standard error and a documented exit code.
"""

import gettext
import inspect
import os
import sys
from collections.abc import Callable, Collection
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from cotrace.config.command_list import COMMANDS, Entry, gettext_noop
from cotrace.doors.printing import say

EXIT_DEFECT = 70
"""A defect of ours: neither refused by a rule nor wrong use."""

EXIT_INTERRUPTED = 130


def set_up_django() -> None:
    """Load settings and subjects, and speak the language of the terminal."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cotrace.config.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate(terminal_language())


def terminal_language() -> str:
    """Return "es" where the terminal's locale is Spanish, otherwise "en"."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "es" if named.lower().startswith("es") else "en"


def in_terminal_language(text: str) -> str:
    """Return a text of this file in the terminal's language, without Django."""
    languages = [terminal_language()]
    catalog = gettext.translation("django", Path(__file__).parent / "locale", languages, fallback=True)
    return catalog.gettext(text)


def load(entry: Entry) -> typer.Typer | Callable[..., object]:
    """Import what an entry runs, with Django around it where it needs that."""
    if not entry.is_pure:
        set_up_django()
    module, _, attribute = entry.target.partition(":")
    found: typer.Typer | Callable[..., object] = getattr(import_module(module), attribute)
    return found


def root(loaded: Collection[str]) -> typer.Typer:
    """Return the root with every command listed by its sentence, and only those of these names loaded."""
    app = typer.Typer(
        name="cotrace",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    purpose = in_terminal_language(gettext_noop("Co-operative tracing, on the terminal."))
    app.callback(help=f"{purpose}\n\ncotrace serve")(_root_options)
    for name, entry in sorted(COMMANDS.items()):
        found = load(entry) if name in loaded else _listed_only
        sentence = in_terminal_language(entry.sentence)
        text = f"{sentence}\n\n{entry.example}" if name in loaded else sentence
        if isinstance(found, typer.Typer):
            translate_help(found)
            app.add_typer(found, name=name, help=text, no_args_is_help=True)
        else:
            app.command(name=name, help=text)(found)
    return app


def translate_help(app: typer.Typer) -> None:
    """Put the first paragraph of each command's docstring into the terminal's language."""
    from django.utils.translation import gettext as in_language

    for command in app.registered_commands:
        first, *rest = (inspect.getdoc(command.callback) or "").split("\n\n")
        command.help = "\n\n".join([in_language(" ".join(first.split())), *rest])
    for group in app.registered_groups:
        if group.typer_instance is not None:
            translate_help(group.typer_instance)


def _listed_only() -> None:
    """Stand in the root's help for a command that was not called."""


def _show_version(is_wanted: bool) -> None:
    if is_wanted:
        say(f"cotrace {version('cotrace')}")
        raise typer.Exit


def _root_options(
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            help=in_terminal_language(gettext_noop("Show the version.")),
        ),
    ] = False,
) -> None:
    """Take the options that belong to no command."""


def main(arguments: list[str] | None = None) -> None:
    """Run one command and end the process with its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    called = next((each for each in given if not each.startswith("-")), None)
    try:
        code = root([name for name in COMMANDS if name == called])(args=given, standalone_mode=False)
    except typer.Abort:
        code = EXIT_INTERRUPTED
    except TyperException as error:
        code = wrong_use(error, called)
    except Exception as error:  # noqa: BLE001 - the outer edge of the terminal door
        code = refuse(error)
    raise SystemExit(code)


def wrong_use(error: TyperException, called: str | None) -> int:
    """Say in one line how the command was to be used; nothing more where help was just shown."""
    if error.format_message():
        helpful = " ".join(["cotrace", *([called] if called in COMMANDS else []), "--help"])
        say(f"cotrace: {error.format_message().rstrip('.')}. {helpful}", err=True)
    return error.exit_code


def refuse(error: Exception) -> int:
    """Say on standard error, in one line, what was refused; return the exit code."""
    from cotrace.foundation.errors import CotraceError, Unavailable

    if os.environ.get("COTRACE_DEBUG") and not isinstance(error, CotraceError):
        raise error
    if not is_django_ready():
        say(f"cotrace: {error} ({type(error).__name__}; COTRACE_DEBUG=yes)", err=True)
        return EXIT_DEFECT
    from django.db.utils import OperationalError, ProgrammingError

    from cotrace.doors.sentences import sentence, sentence_of

    if isinstance(error, OperationalError | ProgrammingError):
        error = Unavailable("database_unready")
    if not isinstance(error, CotraceError):
        say(f"cotrace: {sentence('unexpected')} ({type(error).__name__}; COTRACE_DEBUG=yes)", err=True)
        return EXIT_DEFECT
    problems = [f"{each.field}: {sentence_of(each)}" for each in error.fields]
    say(" ".join([f"cotrace: {sentence_of(error)}", *problems]), err=True)
    return error.exit_code


def is_django_ready() -> bool:
    """Set Django up if it is not, and tell whether it stands: a wrong setting or a broken file keeps it down."""
    try:
        set_up_django()
    except Exception:  # noqa: BLE001 - what broke is already being told
        return False
    return True


if __name__ == "__main__":
    main()
