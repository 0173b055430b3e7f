"""The site without its log, for comparison only: `python -m benchmarks.silent_site PORT THREADS`.

Every write of the log falls away inside the web process; all else is the site that `cotrace serve` runs.
"""

import os
import sys
from collections.abc import Callable
from functools import partial

from cotrace.config.processes import load_site


def load_silent(parent: int, target: str) -> Callable[..., object]:
    """Return the site inside a web process, with nothing written to the log."""
    site = load_site(parent, target)
    from cotrace.audit.services import record

    record._write = lambda *_args, **_kwargs: None
    return site


def main() -> None:
    """Serve until told to end."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "cotrace.config.wsgi:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=int(sys.argv[2]),
        log_enabled=False,
    ).serve(target_loader=partial(load_silent, os.getpid()))


if __name__ == "__main__":
    main()
