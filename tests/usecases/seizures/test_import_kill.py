"""Kill -9 of the worker at random points of an import: nothing is lost, nothing doubled."""

import random
import time

from cotrace.foundation.principal import installation_principal
from cotrace.reference.imports import reference_load
from cotrace.seizures.imports import LogFile, log_import, mapping_named
from cotrace.seizures.models import Seizure, SeizureImport
from cotrace.sharing.models import Holding
from tests.support.kills import how_often
from tests.support.processes import close_connections, command, kill
from tests.support.seizure_logs import write_log
from tests.support.world import agencies_exist, enrolled

ROWS_PER_KILL = 250
SLOWEST_ROWS_A_SECOND = 50
"""How slowly a machine that others share may import what the kills left over."""


def state_of(number: str) -> tuple[str, int]:
    job = SeizureImport.objects.get(pk=number)
    close_connections()
    return job.state, job.added


def wait_for_rows_beyond(so_far: int, number: str) -> None:
    """Wait until the worker that runs now has added a batch, so that what kills it comes in the middle."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        state, added = state_of(number)
        if added > so_far or state == "done":
            return
        time.sleep(0.02)


@how_often(6)
def test_a_worker_killed_at_random_points_neither_loses_nor_doubles_a_row(committed, tmp_path, kills: int) -> None:
    whole = ROWS_PER_KILL * kills
    agencies_exist()
    reference_load(installation_principal())
    file = LogFile(path=write_log(tmp_path, rows=whole), name="log.xlsx", companions={})
    number = log_import(enrolled("FGR"), file=file, mapping=mapping_named("cide-ppd"))
    close_connections()
    dice = random.Random(20090630)
    stood: list[int] = []
    for _ in range(kills):
        with command(committed, "worker") as worker:
            wait_for_rows_beyond(stood[-1] if stood else 0, number)
            time.sleep(dice.random() * 0.4)
            kill(worker)
        state, added = state_of(number)
        if state == "done":
            break
        stood.append(added)
    assert any(0 < added < whole for added in stood), "no kill came in the middle of the import"
    deadline = time.monotonic() + 90 + whole / SLOWEST_ROWS_A_SECOND
    with command(committed, "worker", COTRACE_LEASE_SECONDS="20"):
        while state_of(number)[0] != "done" and time.monotonic() < deadline:
            time.sleep(0.3)
    job = SeizureImport.objects.get(pk=number)
    assert (job.state, job.added, job.repeated) == ("done", whole, 0)
    references = Seizure.objects.filter(owner="FGR").values_list("source_ref", flat=True)
    assert sorted(map(int, references)) == list(range(1, whole + 1))
    assert Holding.objects.count() == whole
