"""Kill -9 in the middle of loading a published list: run again, every licensee is in once."""

import time
from pathlib import Path

from cotrace.audit.models import AuditEvent
from cotrace.tracing.models import PublishedLicensee, PublishedList
from cotrace.tracing.services.published import BATCH
from tests.support.processes import close_connections, command, kill
from tests.usecases.tracing.listed import EDITION, line, listing

ROWS = 6 * BATCH


def numbers_in() -> int:
    count = PublishedLicensee.objects.count()
    close_connections()
    return count


def test_a_load_killed_in_the_middle_is_run_again_and_adds_nothing_twice(committed, tmp_path: Path) -> None:
    path = listing(tmp_path / "list.txt", *(line(f"5-74-141-01-9A-{each:05}") for each in range(ROWS)))
    words = ("licensee", "import", str(path), "--edition", EDITION, "--json")
    close_connections()
    with command(committed, *words) as loading:
        deadline = time.monotonic() + 60
        while not numbers_in() and time.monotonic() < deadline:
            time.sleep(0.01)
        kill(loading)
    stood = numbers_in()
    assert 0 < stood < ROWS, "the kill came in the middle of the load"
    assert stood % BATCH == 0 and not PublishedList.objects.exists()
    close_connections()
    with command(committed, *words) as loading:
        assert loading.wait(timeout=120) == 0
    assert numbers_in() == ROWS
    assert PublishedList.objects.get().accepted == ROWS
    assert AuditEvent.objects.filter(action="trace.published_loaded").count() == 1
