"""`cotrace demo`: build the synthetic world in a folder of its own and serve it, three licensees' connectors beside it.

The environment is set before Django loads: the demo never touches another database.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from cotrace.config.cli import in_terminal_language, set_up_django
from cotrace.config.command_list import gettext_noop
from cotrace.doors.printing import say, say_lines

if TYPE_CHECKING:
    from cotrace.demo.build import DemoWorld
    from cotrace.demo.licensees import LicenseeFiles

HOME = "var/demo"
INSTALLATION = "DEMO"
"""Its code, unless COTRACE_INSTALLATION names another; a world keeps the one it was built with."""

BUILT = "world.json"
MARK = ".cotrace-demo"
"""Says that the demo made a folder and may empty it; no other folder is ever touched."""

SECONDS_FOR_THE_LAST_ONE = 5.0
"""How long a demo waits for the processes of one that was just killed in the same folder."""

World = dict[str, Any]

TRY = gettext_noop(
    "Try it: as %(describer)s open seizure %(seizure)s, describe its gun (%(gun)s, serial %(serial)s) and submit "
    "its trace. The three connectors answer by themselves. Then release the result as %(supervisor)s."
)


def demo(
    port: Annotated[int, typer.Option(min=1, max=65535, help=in_terminal_language(gettext_noop("Port to listen on.")))] = 8000,
    seed: Annotated[int, typer.Option(help=in_terminal_language(gettext_noop("The seed of the synthetic world; record numbers, keys and dates differ between builds.")))] = 2009,
    seizures: Annotated[int, typer.Option(min=0, max=100_000, help=in_terminal_language(gettext_noop("How many seizures to write, beside those whose guns are traced.")))] = 300,
    fresh: Annotated[bool, typer.Option("--fresh", help=in_terminal_language(gettext_noop("Build the world anew and lose what was entered.")))] = False,
    build_only: Annotated[bool, typer.Option("--build-only", help=in_terminal_language(gettext_noop("Build the world and do not serve it.")))] = False,
) -> None:
    """Build a small synthetic world, print who can sign in, and serve it with three licensees' connectors."""
    os.umask(0o077)
    with alone_in(demo_home()):
        home = prepare_environment(is_fresh=fresh)
        world = _built(home)
        if world is not None:
            os.environ["COTRACE_INSTALLATION"] = world.get("installation", INSTALLATION)
        set_up_django()
        if not build_only:
            _require_port(port)
        if world is None:
            _build_and_serve(home, port=port, seed=seed, seizures=seizures, build_only=build_only)
        else:
            _serve_again(home, world, port=port, build_only=build_only)


def demo_home() -> Path:
    """Return the demo's own folder."""
    return Path(os.environ.get("COTRACE_HOME") or HOME).resolve()


@contextmanager
def alone_in(home: Path) -> Iterator[None]:
    """Hold the folder against a second demo, which would empty it or write beside this one."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(home, os.O_RDONLY)
    try:
        end = time.monotonic() + SECONDS_FOR_THE_LAST_ONE
        while not _is_locked(descriptor):
            if time.monotonic() > end:
                _refuse(gettext_noop("A demo runs in %(home)s already. End it, or set COTRACE_HOME elsewhere."), home)
            time.sleep(0.1)
        yield
    finally:
        os.close(descriptor)


def _is_locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _refuse(sentence: str, home: Path) -> NoReturn:
    say("cotrace: " + in_terminal_language(sentence) % {"home": home}, err=True)
    raise typer.Exit(1)


def prepare_environment(*, is_fresh: bool) -> Path:
    """Point this process and its children at the demo's own folder; empty it for a fresh start."""
    home = demo_home()
    if home.exists() and any(home.iterdir()):
        if not (home / MARK).exists():
            _refuse(gettext_noop("%(home)s holds something that the demo did not make. Set COTRACE_HOME elsewhere."), home)
        if is_fresh or not (home / BUILT).exists():
            _empty(home)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    (home / MARK).touch()
    code = os.environ.get("COTRACE_INSTALLATION") or INSTALLATION
    os.environ.update(COTRACE_HOME=str(home), COTRACE_DEMO="yes", COTRACE_INSTALLATION=code)
    ignored = [name for name in ("COTRACE_DATABASE_URL", "COTRACE_OWNER_DATABASE_URL") if os.environ.pop(name, None)]
    if ignored:
        told = gettext_noop("The demo keeps a database of its own in %(home)s and does not use %(names)s.")
        say(in_terminal_language(told) % {"home": home, "names": ", ".join(ignored)})
    return home


def _empty(home: Path) -> None:
    """Delete everything in the folder, the mark last: a folder half emptied is still the demo's."""
    for path in sorted(home.iterdir(), key=lambda each: each.name == MARK):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _built(home: Path) -> World | None:
    """Return what the last complete build wrote; a build that was killed left no such file."""
    path = home / BUILT
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _require_port(port: int) -> None:
    from cotrace.config.processes import is_port_free
    from cotrace.foundation.errors import Unavailable

    if not is_port_free("127.0.0.1", port):
        raise Unavailable("port_taken", port=port)


def _build_and_serve(home: Path, *, port: int, seed: int, seizures: int, build_only: bool) -> None:
    from django.utils.translation import gettext

    from cotrace.config.migrate import migrate
    from cotrace.demo.build import WorldPlan, build_world
    from cotrace.demo.licensees import files_written
    from cotrace.demo.rules.stories import tracing_story
    from cotrace.foundation import clock

    say(gettext("Building the synthetic world (no person, gun or place of business in it is real) …"))
    now = clock.now()
    story = tracing_story(seed, now=now)
    files = files_written(home, story.books)
    with _connectors(files) as listening:
        migrate()
        ports = listening()
        plan = WorldPlan(seed=seed, seizures=seizures, story=story, now=now, home=home, ports=ports)
        world = _written(home, build_world(plan, say=lambda line: say(f"  {line}")))
        _print_world(world, files, ports, port)
        if not build_only:
            _serve(port)


def _serve_again(home: Path, world: World, *, port: int, build_only: bool) -> None:
    from cotrace.config.migrate import migrate
    from cotrace.demo.licensees import files_of, ports_told

    files = files_of(home)
    if build_only:
        _print_world(world, files, {}, port)
        return
    with _connectors(files) as listening:
        migrate()
        ports = listening()
        ports_told(ports)
        _print_world(world, files, ports, port)
        _serve(port)


def _serve(port: int) -> None:
    from cotrace.config.commands import serve

    serve(host="127.0.0.1", port=port, processes=1, threads=4, worker=None)


def _connectors(files: "tuple[LicenseeFiles, ...]") -> AbstractContextManager[Callable[[], dict[str, int]]]:
    """Run `cotrace connector serve` for each licensee; see `listeners_beside`."""
    from cotrace.config.processes import listeners_beside

    return listeners_beside(
        {
            each.licensee.key: (
                *("connector", "serve", "--records", str(each.records), "--licence", each.licensee.number),
                *("--key", str(each.key), "--centre-key", str(each.centre_key)),
            )
            for each in files
        }
    )


def _written(home: Path, built: "DemoWorld") -> World:
    """Keep what the next start prints, last of all: a folder without it is built anew."""
    gun = built.open_gun
    world: World = {
        "installation": os.environ["COTRACE_INSTALLATION"],
        "password": built.password,
        "cast": [[each.email, each.agency, ", ".join(each.roles)] for each in built.cast],
        "try": {
            "seizure": built.open_seizure,
            "gun": f"{gun.make} {gun.model}, {gun.calibre}, {gun.country_of_origin}",
            "serial": gun.serial,
            "describer": built.open_to,
            "supervisor": built.released_by,
        },
    }
    partial = home / f"{BUILT}.partial"
    partial.write_text(json.dumps(world), encoding="utf-8")
    partial.rename(home / BUILT)
    return world


def _print_world(world: World, files: "tuple[LicenseeFiles, ...]", ports: Mapping[str, int], port: int) -> None:
    from django.utils.translation import gettext

    known = {"address": f"http://127.0.0.1:{port}/", "password": world["password"]}
    say_lines("\n" + gettext("Sign in at %(address)s (everybody's password: %(password)s)") % known + "\n")
    for email, agency, roles in world["cast"]:
        say(f"  {email:<28} {agency:<9} {roles}")
    if ports:
        say_lines("\n" + gettext("Three licensees answer from their own books, each by a connector of its own:") + "\n")
    for each in files if ports else ():
        address = f"http://127.0.0.1:{ports[each.licensee.key]}"
        say(f"  {address:<28} {each.licensee.number:<21} {each.licensee.name}")
    if "try" in world:
        say_lines("\n" + gettext(TRY) % world["try"])
    warning = gettext("Synthetic data. Everybody may know this password: never enter real records here.")
    say_lines(f"\n{warning}\n")
