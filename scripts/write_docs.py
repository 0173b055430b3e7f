#!/usr/bin/env python3
"""Write what repeats the code: docs/settings.md, docs/commands.md, docs/openapi.json, the reviewed list of hooks.

Run by `make docs`; the architecture tests compare each page with what this script would write.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import typer

os.environ["LC_ALL"] = "C.UTF-8"
ROOT = Path(__file__).resolve().parent.parent

from cotrace.config import cli, environment  # noqa: E402 - the language of help is set first
from cotrace.config.command_list import COMMANDS  # noqa: E402

SETTINGS_INTRO = """# Settings

Every setting is an environment variable. None is needed: without any, Cotrace runs on an embedded database under
`var/` and answers on this machine alone. A production site sets at least `COTRACE_DATABASE_URL`,
`COTRACE_OWNER_DATABASE_URL` (for `cotrace migrate`), `COTRACE_HOSTS`, `COTRACE_HTTPS` and `COTRACE_INSTALLATION`.

`make docs` writes this page from `src/cotrace/config/environment.py`.

| variable | without it | what it does |
|---|---|---|
"""
COMMANDS_INTRO = """# Commands

Help is in the language of the terminal (`LANG`). Errors leave as one line on standard error.
`make docs` writes this page from the commands themselves.

| exit code | means |
|---|---|
| 0 | done |
| 1 | refused by a rule, or out of reach just now |
| 2 | wrong use, or input that cannot be read |
| 3 | not found, or not yours to see: one answer for both |
| 4 | denied, or nobody is signed in |
| 70 | a defect of ours; `COTRACE_DEBUG=yes` shows where |
| 130 | ended with Ctrl-C |
"""


def settings_page() -> str:
    """Return docs/settings.md."""
    rows = [
        f"| `{each.name}` | {f'`{each.default}`' if each.default else '(empty)'} | {_cell(each.sentence)} |"
        for each in environment.SETTINGS
    ]
    return SETTINGS_INTRO + "\n".join(rows) + "\n"


def commands_page() -> str:
    """Return docs/commands.md."""
    command = typer.main.get_command(cli.root(COMMANDS))
    return COMMANDS_INTRO + "".join(_sections(command, "cotrace"))


def _sections(group: object, path: str) -> Iterator[str]:
    for name, command in sorted(group.commands.items()):
        words = f"{path} {name}"
        yield f"\n## {words}\n\n{_help(command)}\n"
        if hasattr(command, "commands"):
            yield from _sections(command, words)
            continue
        rows = [_row(parameter) for parameter in command.params if parameter.name != "help"]
        if rows:
            yield "\n| option or argument | what it does |\n|---|---|\n" + "\n".join(rows) + "\n"


def _help(command: object) -> str:
    paragraphs = [" ".join(each.split()) for each in (command.help or "").split("\n\n")]
    return "\n\n".join(f"`{each}`" if each.startswith("cotrace ") else each for each in paragraphs if each)


def _row(parameter: object) -> str:
    names = [*parameter.opts, *parameter.secondary_opts]
    if not names[0].startswith("-"):
        names = [parameter.metavar or parameter.name.upper()]
    shown = " ".join(f"`{each}`" for each in names)
    default = parameter.default
    is_said = isinstance(default, str | int) and not isinstance(default, bool) and default != ""
    return f"| {shown} | {_cell(str(getattr(parameter, 'help', None) or ''))}{f' (`{default}`)' if is_said else ''} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def openapi_page() -> str:
    """Return docs/openapi.json: what the running site answers at /api/v1/openapi.json, keys in order."""
    from cotrace.config.api import api

    document = api.get_openapi_schema()
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def pages() -> dict[Path, str]:
    """Return every page by its path."""
    from cotrace.config.hooks import all_hooks

    commands = commands_page()
    return {
        ROOT / "docs" / "settings.md": settings_page(),
        ROOT / "docs" / "commands.md": commands,
        ROOT / "docs" / "openapi.json": openapi_page(),
        ROOT / "tests" / "architecture" / "hooks.txt": all_hooks().text() + "\n",
    }


def main() -> int:
    """Write what changed and name it."""
    cli.set_up_django()
    for path, text in pages().items():
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            print(f"written: {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
