"""Originals are written once, whole or not at all, and whoever changes one is found out."""

import hashlib
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from cotrace.audit.models import AuditEvent
from cotrace.files.imports.attaching import attachment_add
from cotrace.files.models import Attachment, CleanedCopy, Original
from cotrace.files.services.verification import originals_verify
from cotrace.firearms.services import firearm_describe
from cotrace.foundation.errors import Refused
from cotrace.foundation.principal import installation_principal
from tests.support.administrator import as_administrator
from tests.support.pictures import photograph
from tests.support.processes import close_connections, environment_of
from tests.support.world import agencies_exist, agent
from tests.usecases.firearms.codes import codes_exist
from tests.usecases.firearms.test_firearms import gun, seizure

ROOT = Path(__file__).parents[3]
OWNER = agent("FGE-SON")


@pytest.fixture
def record(committed) -> str:
    agencies_exist()
    codes_exist()
    return firearm_describe(OWNER, seizure=seizure(), values=gun())


def attached(record: str, text: str = "ABC") -> str:
    return attachment_add(OWNER, record=record, kind="serial", caption="", content=photograph(text))


def findings() -> list[tuple[str, str]]:
    report = originals_verify(installation_principal())
    assert report.is_intact is not bool(report.findings)
    return [(each.code, each.number) for each in report.findings]


def test_the_database_refuses_to_change_or_delete_an_original(record: str) -> None:
    number = attached(record)
    for statement in ("UPDATE files_original SET content = content", "DELETE FROM files_original"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert hashlib.sha256(Original.objects.get(pk=number).content).hexdigest() == Attachment.objects.get().sha256


def test_what_was_changed_or_taken_away_behind_our_back_is_named(record: str) -> None:
    changed, gone, forged, _ = (attached(record, text) for text in ("A", "B", "C", "D"))
    assert findings() == []
    as_administrator(f"UPDATE files_original SET content = {_blob()} WHERE attachment_id = '{changed}'")
    as_administrator(f"DELETE FROM files_original WHERE attachment_id = '{gone}'")
    as_administrator(f"UPDATE files_original SET content = {_blob()} WHERE attachment_id = '{forged}'")
    digest = hashlib.sha256(b"forged").hexdigest()
    as_administrator(f"UPDATE files_attachment SET sha256 = '{digest}' WHERE number = '{forged}'")
    assert sorted(findings()) == sorted(
        [
            ("attachment_changed_original", changed),
            ("attachment_missing_original", gone),
            ("attachment_changed_hash", forged),
        ]
    )
    told = AuditEvent.objects.filter(chain="FGE-SON", action="attachment.found_changed")
    assert {each.subject for each in told} == {changed, gone, forged}


def test_who_is_not_the_operator_gets_no_details_of_the_log(record: str) -> None:
    from cotrace.audit.selectors import details_about

    number = attached(record)
    asked = {"action": "attachment.added", "subjects": [number]}
    assert details_about(OWNER, **asked) == {}
    assert details_about(installation_principal(), **asked)[number]["kind"] == "serial"


KILLED = """
import os, signal, sys
import django
django.setup()
from cotrace.files.services import attachments
from cotrace.files.imports.attaching import attachment_add
from tests.support.pictures import photograph
from tests.support.world import agent

def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

record, place = sys.argv[1:]
if place == "original":
    attachments.Original.objects.create = killed
elif place == "copies":
    attachments.CleanedCopy.objects.bulk_create = killed
elif place == "log":
    attachments.record_act = killed
attachment_add(agent("FGE-SON"), record=record, kind="serial", caption="", content=photograph("KILLED"))
"""


@pytest.mark.parametrize("place", ["original", "copies", "log"])
def test_a_process_killed_between_row_and_file_leaves_neither(record: str, committed, place: str) -> None:
    close_connections()
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, record, place],
        env={**environment_of(committed), "DJANGO_SETTINGS_MODULE": "cotrace.config.settings"},
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == -signal.SIGKILL, ran.stderr.decode()[-2000:]
    assert [each.objects.count() for each in (Attachment, Original, CleanedCopy)] == [0, 0, 0]
    assert attached(record, "KILLED") and findings() == []


def test_two_who_send_the_same_file_at_once_attach_it_once(record: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def send(_: int) -> str:
        try:
            return attached(record)
        except Refused as refusal:
            return refusal.code
        finally:
            close_connections()

    with ThreadPoolExecutor(3) as pool:
        came = list(pool.map(send, range(3)))
    assert came.count("attachment_known") == 2 and Attachment.objects.count() == 1


def _blob() -> str:
    return f"'\\x{b'forged'.hex()}'::bytea" if connection.vendor == "postgresql" else f"x'{b'forged'.hex()}'"
