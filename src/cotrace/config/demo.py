"""`cotrace demo`: build the synthetic world in a folder of its own and serve it.

The environment is set before Django loads: the demo never touches another database.
"""

import json
import os
import shutil
from pathlib import Path
from typing import Annotated

import typer

from cotrace.config.cli import gettext_noop, in_terminal_language, set_up_django

HOME = "var/demo"
BUILT = "world.json"
MARK = ".cotrace-demo"
"""Says that the demo made a folder and may empty it; no other folder is ever touched."""


def demo(
    port: Annotated[int, typer.Option(min=1, max=65535, help=in_terminal_language(gettext_noop("Port to listen on.")))] = 8000,
    seed: Annotated[int, typer.Option(help=in_terminal_language(gettext_noop("The seed of the synthetic seizures; numbers and dates differ between builds.")))] = 2009,
    seizures: Annotated[int, typer.Option(min=0, max=100_000, help=in_terminal_language(gettext_noop("How many seizures to write.")))] = 300,
    fresh: Annotated[bool, typer.Option("--fresh", help=in_terminal_language(gettext_noop("Build the world anew and lose what was entered.")))] = False,
    build_only: Annotated[bool, typer.Option("--build-only", help=in_terminal_language(gettext_noop("Build the world and do not serve it.")))] = False,
) -> None:
    """Build a small synthetic world, print who can sign in, and serve it."""
    home = prepare_environment(is_fresh=fresh)
    set_up_django()
    world = _built(home) or _build(home, seed=seed, seizures=seizures)
    _print_cast(world, port)
    if not build_only:
        from cotrace.config.commands import serve

        serve(host="127.0.0.1", port=port, processes=1, threads=4, worker=None)


def prepare_environment(*, is_fresh: bool) -> Path:
    """Point this process and its children at the demo's own folder; empty it for a fresh start."""
    home = Path(os.environ.get("COTRACE_HOME") or HOME).resolve()
    if home.exists() and any(home.iterdir()):
        if not (home / MARK).exists():
            sentence = gettext_noop("%(home)s holds something that the demo did not make. Set COTRACE_HOME elsewhere.")
            typer.echo("cotrace: " + in_terminal_language(sentence) % {"home": home}, err=True)
            raise typer.Exit(1)
        if is_fresh or not (home / BUILT).exists():
            shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    (home / MARK).touch()
    os.environ.update(COTRACE_HOME=str(home), COTRACE_DEMO="yes", COTRACE_INSTALLATION="DEMO")
    for name in ("COTRACE_DATABASE_URL", "COTRACE_OWNER_DATABASE_URL"):
        os.environ.pop(name, None)
    return home


def _built(home: Path) -> dict[str, object] | None:
    """Return what the last complete build wrote; a build that was killed left no such file."""
    path = home / BUILT
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _build(home: Path, *, seed: int, seizures: int) -> dict[str, object]:
    from django.db import transaction
    from django.utils.translation import gettext

    from cotrace.config.migrate import migrate
    from cotrace.demo.build import build_world

    typer.echo(gettext("Building the synthetic world (no person, gun or place of business in it is real) …"))
    migrate()
    with transaction.atomic():
        world = build_world(seed=seed, seizures=seizures, say=lambda line: typer.echo(f"  {line}"))
    written: dict[str, object] = {
        "password": world.password,
        "cast": [[each.email, each.agency, ", ".join(each.roles)] for each in world.cast],
    }
    partial = home / f"{BUILT}.partial"
    partial.write_text(json.dumps(written), encoding="utf-8")
    partial.rename(home / BUILT)
    return written


def _print_cast(world: dict[str, object], port: int) -> None:
    from django.utils.translation import gettext

    known = {"address": f"http://127.0.0.1:{port}/", "password": world["password"]}
    typer.echo("\n" + gettext("Sign in at %(address)s (everybody's password: %(password)s)") % known + "\n")
    cast = world["cast"]
    if isinstance(cast, list):
        for email, agency, roles in cast:
            typer.echo(f"  {email:<28} {agency:<9} {roles}")
    warning = gettext("Synthetic data. Everybody may know this password: never enter real records here.")
    typer.echo(f"\n{warning}\n")
