"""A full disk, and a database that went away: a clear answer, nothing by halves, and work goes on when it is back."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, override_settings

from cotrace.audit.models import AuditEvent
from cotrace.files.models import Attachment, CleanedCopy, Original
from cotrace.foundation import clock, outbox
from cotrace.seizures.imports import LogFile, log_import, mapping_named
from cotrace.seizures.models import Seizure, SeizureImport
from cotrace.sharing.models import Holding
from tests.functional.firearms.test_firearm_pages import gun_exists
from tests.support.databases import Engine
from tests.support.pages import cast_exists, seizure_exists, words_of
from tests.support.pictures import photograph
from tests.support.seizure_logs import write_log
from tests.support.sign_in import member_exists, signed_in
from tests.support.world import enrolled, token
from tests.usecases.seizures.test_import_rows import AFTER

ROWS = 400
BODY = {"occurred_on": "2026-02-01", "state_code": "26", "place": "Carretera a Ímuris km 4", "notes": "In crates " * 300}


def fill_disk(_engine: Engine) -> None:
    """Let the embedded database of this connection grow by nothing any more, as on a disk without room."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")


def end_connection(engine: Engine) -> None:
    """End the connection in use from the server's side, as a restart of the server does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        engine.as_owner(f"SELECT pg_terminate_backend({cursor.fetchone()[0]})")


def until_it_fails(ask: Callable[[], HttpResponse]) -> HttpResponse:
    """Ask again and again, as the last room fills; return the first answer that is no success."""
    for _ in range(400):
        answer = ask()
        if answer.status_code >= 400:
            return answer
    raise AssertionError("the disk never filled")


@pytest.fixture
def no_room(committed: Engine) -> Callable[[Engine], None]:
    cast_exists()
    return fill_disk if committed.name == "sqlite" else end_connection


def test_a_page_and_the_json_door_say_so_and_nothing_is_written_by_halves(committed: Engine, no_room) -> None:
    client = signed_in(Client(raise_request_exception=False), member_exists("FGR", language="es"))
    caller = {"Authorization": f"Bearer {token('FGR')}"}
    no_room(committed)
    told = until_it_fails(
        lambda: client.post("/api/v1/seizures", BODY, content_type="application/json", headers=caller)
    )
    assert told.status_code == 503 and told.json()["code"] == "database_out_of_reach"
    connection.close()
    no_room(committed)
    page = until_it_fails(lambda: client.get("/seizures/", headers={"Accept-Language": "es"}))
    assert page.status_code == 503 and "Lo que usted envió no se guardó" in words_of(page)
    connection.close()
    recorded = AuditEvent.objects.filter(action="seizure.recorded").count()
    assert Seizure.objects.count() == Holding.objects.filter(shelf__kind="seizure").count() == recorded


def test_an_import_goes_on_where_it_stood_once_there_is_room(committed: Engine, no_room, tmp_path) -> None:
    file = LogFile(path=write_log(tmp_path, rows=ROWS), name="log.xlsx", companions={})
    number = log_import(enrolled("FGR"), file=file, mapping=mapping_named("cide-ppd"))
    no_room(committed)
    with suppress(OperationalError):  # or the failure itself still found room to be noted
        outbox.drain()
    connection.close()
    assert SeizureImport.objects.get(pk=number).added < ROWS
    later = clock.now() + AFTER
    with clock.frozen_at(later):
        outbox.drain()
    job = SeizureImport.objects.get(pk=number)
    assert (job.state, job.added, job.repeated) == ("done", ROWS, 0)
    references = Seizure.objects.filter(owner="FGR").values_list("source_ref", flat=True)
    assert sorted(map(int, references)) == list(range(1, ROWS + 1))


def test_a_photograph_is_there_whole_or_not_at_all(committed: Engine, no_room) -> None:
    client = signed_in(Client(raise_request_exception=False), member_exists("FGR", language="es"))
    gun = gun_exists(seizure_exists("FGR"))
    no_room(committed)
    names = (photograph(f"{place}", size=(1200, 800)) for place in range(400))
    page = until_it_fails(
        lambda: client.post(
            f"/attachments/add/{gun}/",
            {"kind": "serial", "several": SimpleUploadedFile("a.jpg", next(names))},
            headers={"Accept-Language": "es"},
        )
    )
    assert page.status_code == 503 and "Lo que usted envió no se guardó" in words_of(page)
    connection.close()
    kept = Attachment.objects.count()
    assert kept == Original.objects.count() == AuditEvent.objects.filter(action="attachment.added").count()
    assert CleanedCopy.objects.count() == 2 * kept


class FullFolder(TemporaryFileUploadHandler):
    """Keeps what is sent where nothing fits any more, as a system's temporary folder without room."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@override_settings(FILE_UPLOAD_HANDLERS=[f"{__name__}.FullFolder"])
def test_an_upload_that_the_systems_folder_cannot_keep_is_said(committed: Engine, no_room) -> None:
    del no_room
    client = signed_in(Client(raise_request_exception=False), member_exists("FGR", language="es"))
    log = SimpleUploadedFile("log.csv", b"Folio,Fecha\nT-1,2026-01-02\n")
    page = client.post("/seizures/imports/new", {"file": log, "mapping": "cotrace-seizures"})
    assert page.status_code == 503 and "Algo falló" not in page.content.decode()
    log.seek(0)
    caller = {"Authorization": f"Bearer {token('FGR')}"}
    told = client.post("/api/v1/seizures/imports", {"file": log, "mapping": "cotrace-seizures"}, headers=caller)
    assert (told.status_code, told.json()["code"]) == (503, "upload_not_kept")
