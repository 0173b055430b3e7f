"""A database to measure on, and how times are taken and printed."""

import atexit
import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HOME = tempfile.mkdtemp(prefix="cotrace-bench-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
SHRINK = int(os.environ.get("COTRACE_BENCH_SHRINK", "1"))
"""By how much everything is less than what is measured: a test runs them small, for its figures nobody cares."""


def scaled(size: int, *, least: int = 1) -> int:
    """Return how many rows, rounds or requests there are in this run."""
    return max(least, size // SHRINK)


def set_up() -> None:
    """Point Django at a fresh home; the engine comes from COTRACE_DATABASE_URL, SQLite where it is empty."""
    os.environ["COTRACE_HOME"] = HOME
    os.environ["COTRACE_INSTALLATION"] = "BENCH"
    os.environ["DJANGO_SETTINGS_MODULE"] = "cotrace.config.settings"
    import django

    django.setup()


@contextmanager
def database() -> Iterator[str]:
    """Migrate a database of this run's own; drop it afterwards. Yields the engine's name."""
    from tests.support.databases import engine_of_tests

    engine = engine_of_tests(Path(HOME))
    engine.make_template()
    name = engine.copy()
    engine.point_at(name)
    yield engine.name
    engine.drop(name)
    engine.drop(engine.template)


def median_ms(act: Callable[[], object], *, times: int = 25, warm: int = 3) -> float:
    """Return the median time of an act in milliseconds."""
    for _ in range(warm):
        act()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def rows_per_second(act: Callable[[], int]) -> float:
    """Run an act once and return how many rows it did in a second."""
    begun = time.perf_counter()
    done = act()
    return done / (time.perf_counter() - begun)


def say(name: str, **figures: object) -> None:
    """Print one line of figures that a person and a program can read."""
    print(json.dumps({"bench": name, **figures}), flush=True)
