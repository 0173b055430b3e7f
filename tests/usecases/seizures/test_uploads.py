"""An upload is kept an hour for the member who sent it, privately, and never longer than it must."""

import os
from datetime import timedelta

import pytest
from django.conf import settings

from cotrace.audit.models import AuditEvent
from cotrace.files.imports.limits import DEFAULT_LIMITS
from cotrace.foundation import clock
from cotrace.foundation.errors import Denied, Invalid, NotFound, Unavailable
from cotrace.seizures.permissions import SeizurePermission
from cotrace.seizures.services.uploads import (
    KEPT_FOR,
    KEPT_PER_MEMBER,
    NewUpload,
    upload_get,
    upload_keep,
    upload_sweep,
)
from cotrace.seizures.subscribers import expire_uploads
from tests.support.world import agencies_exist, agent, without

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cast(db, stopped_clock, settings, tmp_path) -> None:
    agencies_exist()
    settings.COTRACE_HOME = tmp_path


def upload(content: bytes = b"ID\n1\n", **parts: bytes) -> NewUpload:
    files = {"": [content], **{name: [each] for name, each in parts.items()}}
    return NewUpload(mapping="cide-ppd", series="A-A", file_name="log.csv", parts=files)


def test_it_comes_back_as_it_was_sent() -> None:
    kept = upload_keep(agent("FGR"), upload=upload(participants=b"KEY\n"))
    found = upload_get(agent("FGR"), token=kept.token)
    assert {name: path.read_bytes() for name, path in found.paths.items()} == {"": b"ID\n1\n", "participants": b"KEY\n"}
    assert (found.mapping, found.series, found.file_name) == ("cide-ppd", "A-A", "log.csv")
    assert AuditEvent.objects.filter(chain="FGR", action="seizure.import_tried").count() == 1


def test_a_colleague_and_a_stranger_find_nothing() -> None:
    token = upload_keep(agent("FGR"), upload=upload()).token
    for reader in (agent("FGR", name="two"), agent("ATF")):
        with pytest.raises(NotFound):
            upload_get(reader, token=token)


@pytest.mark.parametrize("token", ["", "..", "../../etc", "0" * 32, "z" * 32, "A" * 32])
def test_a_token_leads_to_no_other_folder(token) -> None:
    (settings.COTRACE_HOME / "uploads").mkdir(exist_ok=True)
    with pytest.raises(NotFound):
        upload_get(agent("FGR"), token=token)


def test_after_an_hour_it_is_gone_and_the_next_upload_deletes_it() -> None:
    old = upload_keep(agent("FGR"), upload=upload())
    with clock.frozen_at(clock.now() + KEPT_FOR):
        with pytest.raises(NotFound):
            upload_get(agent("FGR"), token=old.token)
        upload_keep(agent("ATF"), upload=upload())
        assert not old.paths[""].exists()


def test_what_a_dead_process_left_half_written_goes_too() -> None:
    folder = settings.COTRACE_HOME / "uploads" / "half"
    folder.mkdir(parents=True)
    upload_sweep(agent("FGR"))
    assert folder.exists()
    long_ago = (clock.now() - timedelta(hours=2)).timestamp()
    os.utime(folder, (long_ago, long_ago))
    upload_sweep(agent("FGR"))
    assert not folder.exists()


def test_a_member_keeps_five_at_most_and_takes_none_from_others() -> None:
    other = upload_keep(agent("ATF"), upload=upload())
    tokens = []
    for minute in range(KEPT_PER_MEMBER + 2):
        with clock.frozen_at(clock.now() + timedelta(minutes=minute)):
            tokens.append(upload_keep(agent("FGR"), upload=upload()).token)
    kept = {path.name for path in (settings.COTRACE_HOME / "uploads").iterdir()}
    assert kept == {other.token, *tokens[-KEPT_PER_MEMBER:]}


def test_a_file_beyond_the_limit_is_refused_and_leaves_nothing() -> None:
    chunk = bytes(1024 * 1024)
    big = NewUpload(
        mapping="cide-ppd",
        series="",
        file_name="big.csv",
        parts={"": (chunk for _ in range(DEFAULT_LIMITS.file_bytes // len(chunk) + 1))},
    )
    with pytest.raises(Invalid) as refusal:
        upload_keep(agent("FGR"), upload=big)
    assert refusal.value.code == "file_too_large"
    assert list((settings.COTRACE_HOME / "uploads").iterdir()) == []


def test_a_disk_that_takes_nothing_is_said_and_leaves_nothing() -> None:
    def torn():
        yield b"ID\n"
        raise OSError(28, "No space left on device")

    with pytest.raises(Unavailable) as refusal:
        upload_keep(agent("FGR"), upload=NewUpload(mapping="x", series="", file_name="x", parts={"": torn()}))
    assert refusal.value.code == "upload_not_kept"
    assert list((settings.COTRACE_HOME / "uploads").iterdir()) == []


def test_it_needs_the_permission_to_import() -> None:
    with pytest.raises(Denied):
        upload_keep(without(agent("FGR"), SeizurePermission.IMPORT), upload=upload())


def test_the_duty_says_how_many_it_deleted() -> None:
    upload_keep(agent("FGR"), upload=upload())
    upload_keep(agent("ATF"), upload=upload())
    assert expire_uploads() == 0
    with clock.frozen_at(clock.now() + KEPT_FOR):
        assert (expire_uploads(), expire_uploads()) == (2, 0)
