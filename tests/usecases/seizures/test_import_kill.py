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

ROWS = 1500


def state_of(number: str) -> tuple[str, int]:
    job = SeizureImport.objects.get(pk=number)
    close_connections()
    return job.state, job.added


@how_often(6)
def test_a_worker_killed_at_random_points_neither_loses_nor_doubles_a_row(committed, tmp_path, kills: int) -> None:
    agencies_exist()
    reference_load(installation_principal())
    file = LogFile(path=write_log(tmp_path, rows=ROWS), name="log.xlsx", companions={})
    number = log_import(enrolled("FGR"), file=file, mapping=mapping_named("cide-ppd"))
    close_connections()
    dice = random.Random(20090630)
    for _ in range(kills):
        with command(committed, "worker") as worker:
            time.sleep(1.2 + dice.random() * 1.5)
            kill(worker)
    deadline = time.monotonic() + 90
    with command(committed, "worker", COTRACE_LEASE_SECONDS="20"):
        while state_of(number)[0] != "done" and time.monotonic() < deadline:
            time.sleep(0.3)
    job = SeizureImport.objects.get(pk=number)
    assert (job.state, job.added, job.repeated) == ("done", ROWS, 0)
    references = Seizure.objects.filter(owner="FGR").values_list("source_ref", flat=True)
    assert sorted(map(int, references)) == list(range(1, ROWS + 1))
    assert Holding.objects.count() == ROWS
