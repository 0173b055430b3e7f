"""What the processes of one installation owe each other: none outlives the one that started it."""

import os
import socket
import threading
from collections.abc import Callable

SECONDS_BETWEEN_LOOKS = 0.25


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


def load_site(parent: int, target: str) -> Callable[..., object]:
    """Return the WSGI application inside a web process, which ends when its parent does."""
    from importlib import import_module

    follow_parent(parent, lambda: os._exit(1))
    module, _, name = target.partition(":")
    site: Callable[..., object] = getattr(import_module(module), name)
    return site
