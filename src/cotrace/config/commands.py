"""The operator's commands: migrate, serve, worker, hooks. They act for the installation and read no holding.

The root activates the terminal's language before it imports a command, so help is in that language.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from functools import partial
from typing import Annotated

import typer
from django.db import connection, transaction
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from cotrace.config import environment
from cotrace.config.hooks import Hooks, all_hooks
from cotrace.config.migrate import migrate as migrate_database
from cotrace.config.safety import close_database, is_home_open, require_no_debug, require_proxies
from cotrace.doors.printing import print_json, say, say_lines
from cotrace.doors.terminal import fail
from cotrace.foundation.errors import Unavailable

Threads = Annotated[int, typer.Option(min=1, max=64, help=_("Threads."))]


def migrate(
    verbosity: Annotated[int, typer.Option(min=0, max=3, help=_("How much is said about each step."))] = 0,
) -> None:
    """Create the database or bring it up to date, as the role that owns its tables."""
    try:
        migrate_database(verbosity=verbosity)
    except MigrationSchemaMissing:
        fail(
            _("The role that was used may not create tables. Set COTRACE_OWNER_DATABASE_URL to the role that owns the database."),
            code=1,
        )
    _warn_of_open_home()
    say(_("The database is up to date."))


def hooks(
    as_json: Annotated[bool, typer.Option("--json", help=_("A JSON object instead of lines."))] = False,
) -> None:
    """List which handler hears which event, and which panel fills which slot of a page."""
    found = all_hooks()
    say_lines(_hooks_json(found) if as_json else found.text())


def _hooks_json(found: Hooks) -> str:
    return json.dumps(
        {
            "subscriptions": [{"event": event, "handler": handler} for event, handler in found.subscriptions],
            "panels": [{"slot": slot, "panel": panel} for slot, panel in found.panels],
        },
        indent=2,
    )


def serve(
    host: Annotated[str, typer.Option(help=_("Address to listen on."))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help=_("Port to listen on."))] = 8000,
    processes: Annotated[int, typer.Option(min=1, max=64, help=_("Web processes."))] = 1,
    threads: Threads = 4,
    worker: Annotated[
        bool | None,
        typer.Option("--worker/--no-worker", help=_("A worker beside it. Without either: with SQLite only.")),
    ] = None,
) -> None:
    """Serve the site."""
    from granian import Granian
    from granian.constants import Interfaces

    from cotrace.config.processes import is_port_free, load_site
    from cotrace.config.static_files import collect_static

    require_no_debug()
    require_proxies()
    if not is_port_free(host, port):
        raise Unavailable("port_taken", port=port)
    require_ready_database()
    _warn_of_open_home()
    collect_static()
    is_with_worker = connection.vendor == "sqlite" if worker is None else worker
    connection.close()
    say(_("Cotrace is at %(address)s (Ctrl-C ends it)") % {"address": f"http://{host}:{port}/"})
    with _worker_beside() if is_with_worker else nullcontext():
        Granian(
            "cotrace.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=processes,
            blocking_threads=threads,
            respawn_failed_workers=True,
            log_enabled=False,
        ).serve(target_loader=partial(load_site, os.getpid()))


@contextmanager
def _worker_beside() -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "cotrace.config.cli", "worker", f"--with-parent={os.getpid()}"])
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def worker(
    threads: Threads = 2,
    with_parent: Annotated[
        int | None, typer.Option(help=_("End when the process of this id, which started this one, has ended."))
    ] = None,
) -> None:
    """Do the work that waits in the background, until SIGTERM or Ctrl-C; pieces begun are finished."""
    from cotrace.config.processes import follow_parent
    from cotrace.config.worker import end_on_signal, run_until

    require_no_debug()
    require_ready_database()
    ended = threading.Event()
    end_on_signal(ended)
    if with_parent is not None:
        follow_parent(with_parent, ended.set)
    run_until(ended, threads=threads)


def backlog(
    as_json: Annotated[bool, typer.Option("--json", help=_("A JSON object instead of lines."))] = False,
    is_retry: Annotated[bool, typer.Option("--retry", help=_("Try anew what was given up."))] = False,
) -> None:
    """Say what waits for the worker, what is late, and what it gave up with which error.

    Example: cotrace backlog --retry
    """
    from cotrace.foundation.backlog import backlog as read_backlog

    require_ready_database()
    if is_retry:
        _retry()
    found = read_backlog()
    if as_json:
        print_json(asdict(found))
        return
    counted = {"due": found.due, "late": found.late, "dead": found.dead_count}
    say(_("%(due)d wait, %(late)d of them for more than five minutes; %(dead)d were given up.") % counted)
    for each in found.dead:
        say(f"  {each.published_at:%Y-%m-%d %H:%M} UTC  {each.event} → {each.handler}  {each.error_code} ({each.attempts}×)")


def _retry() -> None:
    from cotrace.audit.services import record
    from cotrace.foundation.backlog import retry_dead
    from cotrace.foundation.principal import installation_principal

    with transaction.atomic():
        tried = retry_dead()
        record(installation_principal(), action="work.retried", detail={"deliveries": tried})


def _warn_of_open_home() -> None:
    if is_home_open():
        said = _("Other accounts of this machine can look into %(home)s. Its files are closed to them; chmod 700 closes the folder too.")
        say("cotrace: " + said % {"home": environment.home()}, err=True)


def require_ready_database() -> None:
    """Make the home where it is missing, close it to others, and raise Unavailable where a migration waits to be applied."""
    environment.made_home()
    close_database()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Unavailable("database_unready")
