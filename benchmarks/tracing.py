"""One request through three local connectors, beside the three calls alone; fifty inquiries at once by threads."""

import socketserver
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.ground import database, median_ms, say, scaled
from cotrace.config.worker import run_until
from cotrace.foundation import clock, outbox
from cotrace.tracing.exports.home_keys import CENTRE, home_signer
from cotrace.tracing.exports.key_files import create_key_pair, read_signer
from cotrace.tracing.imports.connector import ask
from cotrace.tracing.models import Inquiry, Trace
from cotrace.tracing.rules.answer_document import answer_bytes
from cotrace.tracing.rules.connector_register import ConnectorLimits
from cotrace.tracing.rules.inquiry import parse_inquiry
from cotrace.tracing.selectors.register import connector_of
from tests.functional.tracing.harness import honest_answer, read_request, signed_http
from tests.support.world import agencies_exist
from tests.unit.tracing.builders import MAKER
from tests.usecases.tracing.world import books, centre_exists, connectors, register_at, submit, tracer

TARGET_MS = 1000
REQUESTS = scaled(30, least=5)
IN_FLIGHT = scaled(50, least=4)
ANSWER_TAKES_S = scaled(2000, least=100) / 1000
THREADS = (8, 54)


def one_request() -> None:
    """Print how long a request takes from its submission to the end of its walk."""
    serials = iter([f"ABC-{number}" for number in range(1000, 1000 + REQUESTS)])
    filled = {
        licence: [row for number in range(1000, 1000 + REQUESTS) for row in books(f"ABC-{number}")[licence]]
        for licence in books()
    }

    def trace_one() -> None:
        submit(next(serials))
        outbox.drain()

    with tempfile.TemporaryDirectory() as home, connectors(Path(home), filled):
        taken = median_ms(trace_one, times=REQUESTS - 3)
        asked = [parse_inquiry(body.encode()) for body in Inquiry.objects.values_list("body", flat=True)[:3]]

        def call_alone() -> None:
            for inquiry in asked:
                connector = connector_of(tracer(), number=inquiry.licensee)
                assert connector is not None
                ask(connector, inquiry, signer=home_signer(CENTRE), limits=ConnectorLimits(), now=clock.now())

        calls = median_ms(call_alone)
    done = Trace.objects.filter(outcome="P1").count()
    say(
        "tracing.one_request",
        ends_at_purchaser=done,
        request_ms=round(taken),
        three_calls_alone_ms=round(calls),
        request_of_calls=round(taken / calls, 1),
        request_of_target=round(taken / TARGET_MS, 2),
    )


class Slow(socketserver.ThreadingTCPServer):
    """A connector that takes its time over each answer."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, key: Path) -> None:
        self.signer = read_signer(key)
        self.lock = threading.Lock()
        self.now = self.most = 0
        super().__init__(("127.0.0.1", 0), SlowHandler)


class SlowHandler(socketserver.BaseRequestHandler):
    """Counts who is with it at once."""

    server: Slow

    def handle(self) -> None:
        body = read_request(self.request)
        with self.server.lock:
            self.server.now += 1
            self.server.most = max(self.server.most, self.server.now)
        time.sleep(ANSWER_TAKES_S)
        with self.server.lock:
            self.server.now -= 1
        self.request.sendall(signed_http(self.server.signer, answer_bytes(honest_answer(body))))


def in_flight(threads: int, first: int) -> None:
    """Print how long fifty requests take against a slow connector, by the worker's threads."""
    before = Trace.objects.filter(status="concluded").count()
    for number in range(first, first + IN_FLIGHT):
        submit(f"SLOW-{number}")
    with tempfile.TemporaryDirectory() as home:
        create_key_pair(Path(home) / "maker.key")
        with Slow(Path(home) / "maker.key") as slow:
            threading.Thread(target=slow.serve_forever, daemon=True).start()
            register_at(MAKER, slow.server_address[1], Path(home) / "maker.key")
            ended = threading.Event()
            worker = threading.Thread(target=run_until, args=(ended,), kwargs={"threads": threads})
            begun = time.perf_counter()
            worker.start()
            while Trace.objects.filter(status="concluded").count() < before + IN_FLIGHT:
                time.sleep(0.02)
            taken = time.perf_counter() - begun
            ended.set()
            worker.join()
            slow.shutdown()
    alone = IN_FLIGHT * ANSWER_TAKES_S
    say(
        "tracing.in_flight",
        threads=threads,
        requests=IN_FLIGHT,
        most_at_once=slow.most,
        seconds=round(taken, 2),
        of_one_after_the_other=round(taken / alone, 2),
    )


def main() -> None:
    """Print the figures of a request, and of fifty at once."""
    with database() as engine:
        say("tracing", engine=engine)
        agencies_exist()
        centre_exists()
        one_request()
        for at, threads in enumerate(THREADS):
            in_flight(threads, 1000 * (at + 1))
