"""The worker deletes tried logs whose hour is over; nobody has to send another one for that."""

import time
from datetime import UTC, datetime, timedelta

from cotrace.foundation import clock
from cotrace.seizures.services.uploads import KEPT_FOR, upload_get, upload_keep
from tests.support.processes import close_connections, command
from tests.support.world import agencies_exist, agent
from tests.usecases.seizures.test_uploads import upload


def test_the_worker_deletes_what_has_run_out_without_another_upload(committed) -> None:
    """Kept an hour and a minute ago, by the note that lies beside it."""
    agencies_exist()
    with clock.frozen_at(datetime.now(UTC) - KEPT_FOR - timedelta(minutes=1)):
        old = upload_keep(agent("FGR"), upload=upload())
    fresh = upload_keep(agent("FGR"), upload=upload())
    close_connections()
    with command(committed, "worker"):
        end = time.monotonic() + 60
        while old.paths[""].exists() and time.monotonic() < end:
            time.sleep(0.05)
    assert not old.paths[""].parent.exists()
    assert fresh.paths[""].exists() and upload_get(agent("FGR"), token=fresh.token)

