"""What the processes of one installation owe each other: none outlives the one that started it.

Run as a module, `python -m cotrace.config.processes PARENT WORD…` is `cotrace WORD…` that ends with its parent.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO, NoReturn

from cotrace.doors.printing import say_lines

SECONDS_BETWEEN_LOOKS = 0.25
SECONDS_TO_END = 10
TRIES_FOR_A_PORT = 5


def follow_parent(parent: int, end: Callable[[], None]) -> None:
    """Call `end` once the process that started this one is gone, killed or not.

    `parent` is the id that it gave itself: it may be gone before this process asks for the first time.
    """

    def watch() -> None:
        pause = threading.Event()
        while os.getppid() == parent:
            pause.wait(SECONDS_BETWEEN_LOOKS)
        end()

    threading.Thread(target=watch, name="parent", daemon=True).start()


def is_port_free(host: str, port: int) -> bool:
    """Tell whether nobody listens there; the server itself would share the port without a word."""
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port of the loopback on which nobody listens just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def load_site(parent: int, target: str) -> Callable[..., object]:
    """Return the WSGI application inside a web process, which ends when its parent does."""
    from importlib import import_module

    follow_parent(parent, lambda: os._exit(1))
    module, _, name = target.partition(":")
    site: Callable[..., object] = getattr(import_module(module), name)
    return site


@dataclass(slots=True)
class _Listener:
    """A command that was started on a port. What it says of its troubles goes into a file: another try may cure them."""

    process: "subprocess.Popen[bytes]"
    port: int
    troubles: IO[bytes]

    def listens(self) -> bool:
        """Wait until it says its line; tell whether it said one before it ended."""
        return bool(self.process.stdout and self.process.stdout.readline())

    def end(self) -> None:
        """End it, by force where it does not end by itself."""
        self.process.terminate()
        try:
            self.process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@contextmanager
def listeners_beside(commands: Mapping[str, Sequence[str]]) -> Iterator[Callable[[], dict[str, int]]]:
    """Run several `cotrace` commands that listen on a port of the loopback, and end them after.

    Yields a function that waits until all of them listen and returns the port of each; other work can be done before.
    Each command is given `--port`, and says a line once it listens. A port that somebody else took meanwhile costs
    a try. The function raises Unavailable listener_not_started where a command ends instead of listening.
    """
    with ExitStack() as stack:
        started = {name: _start(stack, words) for name, words in commands.items()}
        yield lambda: {name: _port_of(stack, name, commands[name], first) for name, first in started.items()}


def _start(stack: ExitStack, words: Sequence[str]) -> _Listener:
    port = free_port()
    troubles = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
    command = [sys.executable, "-m", "cotrace.config.processes", str(os.getpid()), *words, "--port", str(port)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=troubles)
    listener = _Listener(process, port, troubles)
    stack.callback(listener.end)
    return listener


def _port_of(stack: ExitStack, name: str, words: Sequence[str], listener: _Listener) -> int:
    """Return the port once a command listens there; start it on another where it could not."""
    from cotrace.foundation.errors import Unavailable

    for _ in range(TRIES_FOR_A_PORT):
        if listener.listens():
            return listener.port
        if is_port_free("127.0.0.1", listener.port):
            break
        listener = _start(stack, words)
    listener.process.wait()
    listener.troubles.seek(0)
    say_lines(listener.troubles.read().decode("utf-8", "replace").rstrip("\n"), err=True)
    raise Unavailable("listener_not_started", name=name)


def run_beside(parent: int, words: Sequence[str]) -> NoReturn:
    """Run a command in this process, which is told to end as soon as its parent has ended."""
    from cotrace.config.cli import main

    follow_parent(parent, lambda: os.kill(os.getpid(), signal.SIGTERM))
    main(list(words))
    raise SystemExit(0)


if __name__ == "__main__":
    run_beside(int(sys.argv[1]), sys.argv[2:])
