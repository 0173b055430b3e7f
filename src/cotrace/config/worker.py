"""The worker: duties that come round until somebody ends the process.

Work is a row, so nothing is lost when a worker dies: what it held comes back when its lease runs out. On SIGTERM
each thread finishes the piece it is at.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import close_old_connections, connections
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)

SECONDS_AFTER_FAILURE = 2.0
SECONDS_BETWEEN_LOOKS = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A function that comes round: does some work and returns how much it did.

    After a round that did something the next follows at once, otherwise after `seconds`. `threads` is None
    for a duty that is spread over as many threads as the worker was given.
    """

    target: str
    seconds: float
    threads: int | None = 1


DUTIES: tuple[Duty, ...] = (
    Duty(target="cotrace.config.worker.drain_outbox", seconds=SECONDS_BETWEEN_LOOKS, threads=None),
    Duty(target="cotrace.audit.services.sealing.seal_once", seconds=0.5),
    Duty(target="cotrace.audit.services.heads.heads_sign_when_due", seconds=30.0),
    Duty(target="cotrace.tracing.subscribers.wake_inquiries", seconds=1.0),
    Duty(target="cotrace.foundation.backlog.sweep", seconds=600.0),
    Duty(target="cotrace.seizures.subscribers.expire_uploads", seconds=60.0),
    Duty(target="cotrace.seizures.subscribers.forget_rows", seconds=600.0),
)


class Lookout:
    """Lets the threads of this process look for due deliveries one at a time, and none for a while after one found none.

    So a worker may have many threads, for calls that wait on other machines, without each of them asking the
    database five times a second.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._turn = threading.Lock()
        self._found_none_at = -seconds

    def drain_one(self) -> int:
        """Claim a due delivery and run it; return how many were claimed."""
        from cotrace.foundation import outbox

        if time.monotonic() - self._found_none_at < self._seconds:
            return 0
        with self._turn:
            held = outbox.claim()
            self._found_none_at = -self._seconds if held else time.monotonic()
        if held:
            outbox.run(held)
        return int(held is not None)


LOOKOUT = Lookout(SECONDS_BETWEEN_LOOKS)


def drain_outbox() -> int:
    """Run a due delivery, so that the thread can be ended after it."""
    return LOOKOUT.drain_one()


def run_until(ended: threading.Event, *, threads: int) -> None:
    """Run every duty in its own threads until `ended` is set and each has finished its piece."""
    running = [
        threading.Thread(target=_come_round, args=(duty, ended), name=duty.target.rpartition(".")[2])
        for duty in DUTIES
        for _ in range(duty.threads or threads)
    ]
    for each in running:
        each.start()
    for each in running:
        each.join()


def _come_round(duty: Duty, ended: threading.Event) -> None:
    act: Callable[[], int] = import_string(duty.target)
    while not ended.is_set():
        close_old_connections()
        try:
            pause = 0.0 if act() else duty.seconds
        except Exception:
            log.exception("duty failed: %s", duty.target)
            connections.close_all()
            pause = SECONDS_AFTER_FAILURE
        ended.wait(pause)
    connections.close_all()


def end_on_signal(ended: threading.Event) -> None:
    """Set `ended` on SIGTERM and on Ctrl-C."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ended.set())
