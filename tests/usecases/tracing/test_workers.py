"""Workers and the walk: fifty inquiries in flight, a kill at any moment, two workers on one trace."""

import random
import socketserver
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cotrace.config.worker import Lookout, run_until
from cotrace.foundation import outbox
from cotrace.foundation.errors import Refused
from cotrace.foundation.models import OutboxDelivery
from cotrace.tracing import subscribers
from cotrace.tracing.exports.key_files import create_key_pair, read_signer
from cotrace.tracing.models import Inquiry, Trace, Transferee
from cotrace.tracing.rules.answer_document import answer_bytes
from cotrace.tracing.rules.statuses import TraceStatus
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.services.tracer import trace_take
from tests.functional.tracing.harness import honest_answer, read_request, signed_http
from tests.support.processes import close_connections, command
from tests.support.world import agencies_exist
from tests.unit.tracing.builders import MAKER
from tests.usecases.tracing.world import (
    LICENSEES,
    Connectors,
    books,
    centre_exists,
    connectors,
    register_at,
    submit,
    tracer,
)

IN_FLIGHT = 50
WORKER_THREADS = 54
TRACES = 12


class Crowd(socketserver.ThreadingTCPServer):
    """A connector that answers nobody before a number of inquiries are with it at the same time."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, key: Path, size: int) -> None:
        self.signer = read_signer(key)
        self.everybody = threading.Barrier(size, timeout=25)
        self.lock = threading.Lock()
        self.now = self.most = 0
        super().__init__(("127.0.0.1", 0), CrowdHandler)


class CrowdHandler(socketserver.BaseRequestHandler):
    """Takes one inquiry, waits for all the others, answers."""

    server: Crowd

    def handle(self) -> None:
        body = read_request(self.request)
        with self.server.lock:
            self.server.now += 1
            self.server.most = max(self.server.most, self.server.now)
        try:
            self.server.everybody.wait()
        finally:
            with self.server.lock:
                self.server.now -= 1
        self.request.sendall(signed_http(self.server.signer, answer_bytes(honest_answer(body))))


def wait_for(is_true: Callable[[], bool], *, seconds: float) -> bool:
    """Wait until something holds, as long as it may take."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_true():
            return True
        time.sleep(0.05)
    return False


def test_idle_threads_leave_the_database_alone(committed) -> None:
    lookout = Lookout(seconds=60)
    with CaptureQueriesContext(connection) as asked:
        assert lookout.drain_one() == 0
        once = len(asked)
        assert lookout.drain_one() == 0
        assert len(asked) == once > 0


def all_concluded(count: int) -> bool:
    return Trace.objects.filter(status=TraceStatus.CONCLUDED).count() == count


def test_fifty_inquiries_are_in_flight_at_once(committed, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(subscribers, "LIMITS", replace(subscribers.LIMITS, read_s=30.0, total_s=40.0))
    agencies_exist()
    centre_exists()
    create_key_pair(tmp_path / "maker.key")
    for number in range(IN_FLIGHT):
        submit(f"ABC-{1000 + number}")
    with Crowd(tmp_path / "maker.key", IN_FLIGHT) as crowd:
        threading.Thread(target=crowd.serve_forever, daemon=True).start()
        register_at(MAKER, crowd.server_address[1], tmp_path / "maker.key")
        ended = threading.Event()
        worker = threading.Thread(target=run_until, args=(ended,), kwargs={"threads": WORKER_THREADS})
        worker.start()
        try:
            assert wait_for(lambda: all_concluded(IN_FLIGHT), seconds=60)
        finally:
            ended.set()
            worker.join()
            crowd.shutdown()
    assert crowd.most == IN_FLIGHT
    assert Inquiry.objects.filter(state="answered", tries=1).count() == IN_FLIGHT


def done_count() -> int:
    return OutboxDelivery.objects.filter(state="done").count()


def kill_at_random(engine, chance: random.Random, *, kills: int) -> None:
    """Kill worker after worker a random moment after its first piece, then let one work to the end."""
    for _ in range(kills):
        before = done_count()
        close_connections()
        with command(engine, "worker", "--threads", "4"):
            wait_for(lambda so_far=before: done_count() > so_far, seconds=20)
            close_connections()
            time.sleep(chance.random() * 0.1)
    assert not all_concluded(TRACES), "every kill came too late to mean anything"
    with command(engine, "worker", "--threads", "4"):
        assert wait_for(lambda: all_concluded(TRACES), seconds=60)


def assert_nothing_lost_or_doubled(running: Connectors) -> None:
    assert Trace.objects.count() == TRACES
    assert Inquiry.objects.count() == 3 * TRACES
    assert Transferee.objects.count() == TRACES
    for licensee in LICENSEES:
        mine = set(Inquiry.objects.filter(licensee=licensee.number).values_list("pk", flat=True))
        lines = [line for line in running.log(licensee).splitlines() if '"event":"answered"' in line]
        asked = {line.split('"inquiry_id":"')[1].split('"')[0] for line in lines}
        assert asked == mine and len(lines) == TRACES


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.full)])
def test_a_worker_killed_at_any_moment_of_the_walk_loses_nothing_and_asks_nothing_twice(
    committed, tmp_path: Path, seed: int
) -> None:
    agencies_exist()
    centre_exists()
    filled: dict[str, list[dict[str, str]]] = {}
    for number in range(TRACES):
        for licence, rows in books(f"ABC-{1000 + number}").items():
            filled.setdefault(licence, []).extend(rows)
    with connectors(tmp_path, filled) as running:
        for number in range(TRACES):
            submit(f"ABC-{1000 + number}")
        kill_at_random(committed, random.Random(seed), kills=4)
        assert_nothing_lost_or_doubled(running)


def test_two_tracers_race_for_one_trace_and_one_gets_it(committed) -> None:
    agencies_exist()
    centre_exists()
    submit()
    outbox.drain()
    number = Trace.objects.get().holding_id
    outcomes: list[str] = []
    ready = threading.Barrier(4)

    def take(name: str) -> None:
        ready.wait()
        try:
            trace_take(tracer(name), number=number)
            outcomes.append(name)
        except Refused as refusal:
            outcomes.append(refusal.code)
        finally:
            close_connections()

    racers = [threading.Thread(target=take, args=(name,)) for name in ("one", "two", "three", "four")]
    for each in racers:
        each.start()
    for each in racers:
        each.join()
    taken = [each for each in outcomes if each != "trace_taken_by_other"]
    assert (len(outcomes), len(taken)) == (4, 1)
    assert trace_get(tracer(), number=number).taken_name == f"ATF agent {taken[0]}"
