"""Rows of a finished import are kept for a time, then deleted; what became of them stays."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction

from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.config.worker import DUTIES
from cotrace.foundation import clock, outbox
from cotrace.foundation.events import publish
from cotrace.foundation.principal import installation_principal
from cotrace.reference.imports import reference_load
from cotrace.seizures.events import SeizureImportDue
from cotrace.seizures.imports import LogFile, log_import, mapping_named
from cotrace.seizures.models import ImportRow, Seizure, SeizureImport
from cotrace.seizures.selectors import import_get
from cotrace.seizures.services import imports
from cotrace.seizures.subscribers import forget_rows
from tests.support.seizure_logs import write_log
from tests.support.world import agencies_exist, agent, enrolled

pytestmark = pytest.mark.django_db
AFTER = timedelta(days=settings.COTRACE_IMPORT_ROWS_DAYS, seconds=1)
BAD = {5: {"MES": 13}}


@pytest.fixture(autouse=True)
def world(db, stopped_clock) -> None:
    agencies_exist()
    reference_load(installation_principal())


def imported(folder, agency: str = "FGR", *, rows: int = 12) -> str:
    file = LogFile(path=write_log(folder, rows=rows, bad_rows=BAD), name="log.xlsx", companions={})
    return log_import(enrolled(agency), file=file, mapping=mapping_named("cide-ppd"))


def test_nothing_goes_before_its_time_nor_while_rows_wait(tmp_path, stopped_clock) -> None:
    number = imported(tmp_path)
    with clock.frozen_at(stopped_clock + AFTER):
        assert forget_rows() == 0, "rows that wait were deleted"
        outbox.drain()
        assert SeizureImport.objects.get(pk=number).state == "done"
        assert forget_rows() == 0, "rows went in the moment in which they were done"
    assert ImportRow.objects.count() == 11


def test_rows_go_when_their_time_is_over_and_seizures_counts_and_problems_stay(tmp_path, stopped_clock) -> None:
    number = imported(tmp_path)
    other = imported(tmp_path, "ATF")
    outbox.drain()
    before = import_get(agent("FGR"), number=number)
    with clock.frozen_at(stopped_clock + AFTER):
        assert forget_rows() == 22
        assert forget_rows() == 0
    assert not ImportRow.objects.exists()
    assert Seizure.objects.filter(owner="FGR").count() == 11
    after = import_get(agent("FGR"), number=number)
    assert after == before and after.problems and (after.added, after.rejected) == (11, 1)
    events = AuditEvent.objects.filter(action="seizure.import_rows_deleted")
    assert set(events.values_list("chain", "subject")) == {("FGR", number), ("ATF", other)}
    assert {AuditDetail.objects.get(event_id=each.pk).detail for each in events} == {'{"rows": 11}'}


def test_it_goes_in_small_pieces(tmp_path, stopped_clock) -> None:
    imported(tmp_path)
    outbox.drain()
    with clock.frozen_at(stopped_clock + AFTER):
        pieces = [imports.import_rows_forget(installation_principal(), limit=5) for _ in range(4)]
    assert pieces == [5, 5, 1, 0]


def test_an_import_whose_rows_are_gone_is_not_done_again(tmp_path, stopped_clock) -> None:
    number = imported(tmp_path)
    outbox.drain()
    with clock.frozen_at(stopped_clock + AFTER):
        forget_rows()
        with transaction.atomic():
            publish(SeizureImportDue(job=number, from_row=0))
        outbox.drain()
        assert Seizure.objects.count() == 11
        again = imported(tmp_path)
        outbox.drain()
    read = import_get(agent("FGR"), number=again)
    assert (read.added, read.repeated) == (0, 11), "what was imported before is known by its source, not by old rows"


def test_the_worker_has_both_duties() -> None:
    targets = {duty.target for duty in DUTIES}
    assert {"cotrace.seizures.subscribers.expire_uploads", "cotrace.seizures.subscribers.forget_rows"} <= targets
