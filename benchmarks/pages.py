"""Pages that record reads, under sixteen connections of one agency while it imports, with and without the log.

Two sites on one database: the one that `cotrace serve` runs, and the same one with the log's writes taken out.
They are measured in turns, so that what else the machine does falls on both. The worker runs beside them: it
imports a log and seals what is recorded.
"""

import http.client
import itertools
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

import pytest
from django.db import connections
from django.test import Client

from benchmarks.ground import HOME, database, say, scaled
from cotrace.audit.models import AuditEvent
from cotrace.config.static_files import collect_static
from cotrace.seizures.models import ImportRow
from cotrace.seizures.services.imports import StagedFile, StagedRow, import_start
from tests.support.databases import Engine
from tests.support.pages import cast_exists, seizure_exists, seizure_values
from tests.support.ports import free_port
from tests.support.processes import command, environment_of, kill
from tests.support.session_cookies import client_signs_its_cookie
from tests.support.sign_in import member_exists, roles_exist, signed_in
from tests.support.world import enrolled

AGENCY = "FGR"
CONNECTIONS = 16
THREADS = 8
RECORDS = scaled(200, least=CONNECTIONS)
LOG_ROWS = scaled(60_000)
ROUNDS = scaled(5)
SECONDS = scaled(4000, least=500) / 1000
TARGET = 0.8


def world() -> tuple[list[str], list[str]]:
    """Write an agency with its seizures and an import under way; return numbers and session cookies."""
    cast_exists()
    numbers = [seizure_exists(AGENCY) for _ in range(RECORDS)]
    roles_exist()
    with pytest.MonkeyPatch.context() as patched:
        client_signs_its_cookie(patched)
        cookies = [cookie_of_reader(place) for place in range(CONNECTIONS)]
    rows = (StagedRow(number=row, values=seizure_values(source_ref=f"bench-{row}")) for row in range(2, LOG_ROWS + 2))
    staged = StagedFile(
        file_name="bench.xlsx", file_sha256="0" * 64, mapping="cide-ppd", rows=LOG_ROWS, rejected=0, accepted=rows,
        problems=(), totals={},
    )
    import_start(enrolled(AGENCY), staged=staged)
    return numbers, cookies


def cookie_of_reader(place: int) -> str:
    """Return the cookies of a new member's session."""
    client = signed_in(Client(), member_exists(AGENCY, name=f"Reader{place} Bench"))
    return "; ".join(f"{each.key}={each.value}" for each in client.cookies.values())


@contextmanager
def sites(engine: Engine) -> Iterator[dict[str, int]]:
    """Serve both sites and run the worker; yields their ports by name."""
    ports = {"with_log": free_port(), "without_log": free_port()}
    collect_static()
    connections.close_all()
    with ExitStack() as running:
        served = ["serve", "--port", str(ports["with_log"]), "--threads", str(THREADS), "--no-worker"]
        running.enter_context(command(engine, *served))
        running.enter_context(command(engine, "worker", COTRACE_LEASE_SECONDS="60"))
        silent = [sys.executable, "-m", "benchmarks.silent_site", str(ports["without_log"]), str(THREADS)]
        process = subprocess.Popen(silent, env=environment_of(engine))
        running.callback(kill, process)
        for port in ports.values():
            until_it_answers(port)
        yield ports


def until_it_answers(port: int) -> None:
    """Wait until a site answers, half a minute at most."""
    for _ in range(300):
        try:
            fetch(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/health", "")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(port)


def fetch(connection: http.client.HTTPConnection, path: str, cookie: str) -> None:
    """Get a page whole; raise where it is anything but the page."""
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise OSError(f"{path}: {answer.status}")


def pages_per_second(port: int, paths: Sequence[str], cookies: Sequence[str]) -> float:
    """Let every connection read pages for some seconds; return how many pages came in a second."""
    done: list[int] = []
    failures: list[Exception] = []
    end = time.monotonic() + SECONDS

    def read(place: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        turn, read_pages = itertools.cycle(paths[place:] + paths[:place]), 0
        try:
            while time.monotonic() < end:
                fetch(connection, next(turn), cookies[place])
                read_pages += 1
        except Exception as error:  # noqa: BLE001 - a failed page makes the whole figure worthless
            failures.append(error)
        done.append(read_pages)

    readers = [threading.Thread(target=read, args=(place,)) for place in range(len(cookies))]
    for each in readers:
        each.start()
    for each in readers:
        each.join()
    if failures:
        raise failures[0]
    return sum(done) / SECONDS


def main() -> None:
    """Print pages per second with and without the log, and how much of the import was left at the end."""
    with database() as name:
        numbers, cookies = world()
        engine = Engine(name, Path(HOME), "")
        paths = [f"/seizures/{number}" for number in numbers]
        figures: dict[str, list[float]] = {"with_log": [], "without_log": []}
        with sites(engine) as ports:
            for _ in range(ROUNDS):
                for which, port in ports.items():
                    figures[which].append(pages_per_second(port, paths, cookies))
            waiting = ImportRow.objects.filter(state="waiting").count()
            recorded = AuditEvent.objects.filter(action="seizure.opened").count()
    with_log, without_log = median(figures["with_log"]), median(figures["without_log"])
    ratios = [one / other for one, other in zip(figures["with_log"], figures["without_log"], strict=True)]
    say(
        "pages",
        engine=name,
        connections=CONNECTIONS,
        with_log_per_s=round(with_log, 1),
        without_log_per_s=round(without_log, 1),
        kept=round(median(ratios), 2),
        kept_each_round=[round(each, 2) for each in ratios],
        target=TARGET,
        rows_still_to_import=waiting,
        reads_on_record=recorded,
    )
