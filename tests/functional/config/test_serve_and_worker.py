"""The site and its worker as processes: they start, end when told, and none outlives the one that started it."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from django.db import transaction

from cotrace.audit.models import AuditEvent, AuditPending
from cotrace.audit.services import record
from cotrace.foundation import clock
from cotrace.foundation.models import OutboxDelivery, OutboxEvent
from cotrace.foundation.principal import installation_principal
from tests.support.ports import free_port
from tests.support.processes import close_connections, command

PATIENCE = 30.0


@dataclass
class Served:
    """A running site and the processes that it started."""

    pid: int
    address: str
    end: object

    def children(self) -> list[int]:
        """Return the ids of the processes below the site's own."""
        listed = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(each) for each in listed.split()]


def until(condition) -> None:
    """Wait for a condition; fail when it does not come."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def answers(address: str) -> bool:
    """Tell whether the site answers."""
    try:
        return httpx.get(f"{address}/health").status_code == 200
    except httpx.TransportError:
        return False


def is_running(pid: int) -> bool:
    """Tell whether a process is there and not just waiting to be reaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def site(engine, *words: str) -> Iterator[Served]:
    """Serve the database in use on a free port."""
    port = free_port()
    close_connections()
    with command(engine, "serve", "--port", str(port), *words) as process:
        served = Served(process.pid, f"http://127.0.0.1:{port}", process)
        until(lambda: answers(served.address))
        yield served


def test_a_site_with_its_worker_ends_cleanly_when_told(committed):
    with site(committed, "--worker") as served:
        children = served.children()
        assert len(children) == 2
        os.kill(served.pid, signal.SIGTERM)
        assert served.end.wait(PATIENCE) == 0
        until(lambda: not any(map(is_running, children)))


def test_nothing_outlives_a_site_that_was_killed_so_it_starts_anew(committed):
    with site(committed, "--worker") as served:
        children = served.children()
        os.kill(served.pid, signal.SIGKILL)
        served.end.wait(PATIENCE)
        until(lambda: not any(map(is_running, children)))
        assert not answers(served.address)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_seals_what_waits_and_ends_cleanly_when_told(committed, number):
    with transaction.atomic():
        record(installation_principal(), action="worker.sample")
    assert AuditPending.objects.exists()
    close_connections()
    with command(committed, "worker") as process:
        until(lambda: not AuditPending.objects.exists())
        close_connections()
        process.send_signal(number)
        assert process.wait(PATIENCE) == 0


def test_the_operator_reads_what_was_given_up_and_has_it_tried_anew(committed, capfd):
    event = OutboxEvent.objects.create(name="test.gone", payload={}, published_at=clock.now())
    OutboxDelivery.objects.create(
        event=event, handler="tests.nobody", state="dead", due_at=clock.now(), attempts=12, error_code="handler_unknown"
    )
    close_connections()
    with command(committed, "backlog", "--retry", "--json") as process:
        assert process.wait(PATIENCE) == 0
    shown = json.loads(capfd.readouterr().out)
    assert (shown["due"], shown["dead_count"], shown["dead"]) == (1, 0, [])
    retried = AuditEvent.objects.get(action="work.retried")
    assert (retried.chain, OutboxDelivery.objects.get().state) == ("INSTALLATION", "due")
