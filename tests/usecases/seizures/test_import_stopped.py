"""An import goes on in its member's name while that member may import, and stops when they may no more."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from cotrace.agencies.models import MemberRole
from cotrace.agencies.services.members import member_close, member_reopen
from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.foundation import clock, outbox
from cotrace.foundation.principal import Principal, installation_principal
from cotrace.reference.imports import reference_load
from cotrace.seizures.imports import LogFile, log_import, mapping_named
from cotrace.seizures.models import ImportRow, SeizureImport
from cotrace.seizures.rules.search import SeizureFilter
from cotrace.seizures.selectors import import_get, seizure_list
from cotrace.seizures.services import imports
from cotrace.seizures.subscribers import forget_rows
from tests.support.pages import client_of, words_of
from tests.support.seizure_logs import write_log
from tests.support.world import agencies_exist, agent, enrolled
from tests.usecases.seizures.test_import_rows import AFTER

pytestmark = pytest.mark.django_db
ROWS, BATCH = 12, 5


@pytest.fixture(autouse=True)
def world(db, stopped_clock, monkeypatch) -> None:
    agencies_exist()
    reference_load(installation_principal())
    monkeypatch.setattr(imports, "BATCH", BATCH)


@pytest.fixture
def ana() -> Principal:
    return enrolled("FGR", name="ana")


def begun(who: Principal, folder) -> str:
    """Start an import and let its first batch in."""
    file = LogFile(path=write_log(folder, rows=ROWS), name="log.xlsx", companions={})
    number = log_import(who, file=file, mapping=mapping_named("cide-ppd"))
    assert outbox.drain(limit=1) == 1
    assert SeizureImport.objects.get(pk=number).added == BATCH
    return number


def close(who: Principal) -> None:
    member_close(installation_principal(), member=UUID(who.id))


def close_and_reopen(who: Principal) -> None:
    close(who)
    member_reopen(installation_principal(), member=UUID(who.id))


def lose_role(who: Principal) -> None:
    MemberRole.objects.filter(member=who.id).delete()


@pytest.mark.parametrize("act", [close, lose_role])
def test_whoever_may_import_no_more_adds_no_further_row(ana, tmp_path, act: Callable[[Principal], None]) -> None:
    number = begun(ana, tmp_path)
    act(ana)
    outbox.drain()
    read = import_get(agent("FGR"), number=number)
    assert (read.state, read.added, read.finished_at) == ("stopped", BATCH, clock.now())
    assert len(seizure_list(agent("FGR"), where=SeizureFilter()).rows) == BATCH
    assert not ImportRow.objects.filter(job=number, state="waiting").exists()
    event = AuditEvent.objects.get(chain="FGR", action="seizure.import_stopped")
    assert event.subject == number
    assert AuditDetail.objects.get(event_id=event.pk).detail == f'{{"rows": {ROWS - BATCH}}}'


def test_it_goes_on_for_whoever_may_import_again_by_then(ana: Principal, tmp_path) -> None:
    number = begun(ana, tmp_path)
    close_and_reopen(ana)
    outbox.drain()
    assert import_get(agent("FGR"), number=number).added == ROWS


def test_a_colleague_imports_the_same_file_again_and_nothing_is_doubled(ana: Principal, tmp_path) -> None:
    number = begun(ana, tmp_path)
    close(ana)
    outbox.drain()
    file = LogFile(path=write_log(tmp_path, rows=ROWS), name="log.xlsx", companions={})
    again = log_import(enrolled("FGR", name="eva"), file=file, mapping=mapping_named("cide-ppd"))
    outbox.drain()
    read = import_get(agent("FGR"), number=again)
    assert (read.state, read.added + read.repeated) == ("done", ROWS)
    assert import_get(agent("FGR"), number=number).state == "stopped"
    assert len(seizure_list(agent("FGR"), where=SeizureFilter()).rows) == ROWS


def test_the_page_says_that_it_was_stopped_and_what_to_do(ana: Principal, tmp_path, settings) -> None:
    number = begun(ana, tmp_path)
    close(ana)
    outbox.drain()
    client: Client = client_of("FGR", name="Eva Other")
    words = words_of(client.get(f"/seizures/imports/{number}"))
    assert "This import was stopped" in words and "Import the file again" in words and "still running" not in words
    assert "Stopped" in words_of(client.get("/seizures/imports/"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    assert "Esta importación se detuvo" in words_of(client.get(f"/seizures/imports/{number}"))


def test_rows_of_a_stopped_import_go_when_their_time_is_over(ana: Principal, tmp_path, stopped_clock) -> None:
    begun(ana, tmp_path)
    close(ana)
    outbox.drain()
    assert ImportRow.objects.count() == BATCH
    with clock.frozen_at(stopped_clock + AFTER):
        assert forget_rows() == BATCH
    assert not ImportRow.objects.exists()
