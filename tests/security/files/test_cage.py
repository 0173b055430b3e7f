"""The cage as a process: what it may do, and that nothing is left of it."""

import codecs
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cotrace.files.imports.cage import CODECS
from cotrace.files.imports.limits import Limits
from cotrace.files.imports.tables import read_table
from cotrace.files.imports.text import ENCODINGS
from cotrace.files.imports.walls import landlock_version
from cotrace.foundation.errors import Invalid


def children() -> list[int]:
    """The processes this one has started and not yet reaped."""
    return [int(pid) for pid in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()]


def long_table(tmp_path: Path) -> Path:
    """A table whose rows do not fit into the pipe, so that its reader waits for us."""
    path = tmp_path / "long.csv"
    path.write_bytes(b"ID,N\n" + b"1,xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n" * 200_000)
    return path


def test_the_child_is_reaped_when_all_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"ID\n1\n")
    before = children()
    with read_table(path) as table:
        assert len(children()) == len(before) + 1
        assert len(list(table.rows)) == 2
    assert children() == before


def test_the_child_is_ended_when_the_reader_loses_interest(tmp_path: Path) -> None:
    before = children()
    with pytest.raises(ZeroDivisionError), read_table(long_table(tmp_path)) as table:
        next(table.rows)
        raise ZeroDivisionError
    assert children() == before


def test_the_child_is_reaped_when_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"MZ")
    before = children()
    with pytest.raises(Invalid), read_table(path):
        pass
    assert children() == before


def test_a_killed_child_is_a_refusal_not_a_short_file(tmp_path: Path) -> None:
    before = set(children())
    with read_table(long_table(tmp_path)) as table:
        next(table.rows)
        (child,) = set(children()) - before
        os.kill(child, signal.SIGKILL)
        with pytest.raises(Invalid) as caught:
            list(table.rows)
    assert caught.value.code == "file_reader_failed"


def test_a_silent_child_is_given_up(tmp_path: Path) -> None:
    before = set(children())
    with read_table(long_table(tmp_path), limits=Limits(wait_s=2)) as table:
        next(table.rows)
        (child,) = set(children()) - before
        os.kill(child, signal.SIGSTOP)
        started = time.monotonic()
        with pytest.raises(Invalid) as caught:
            list(table.rows)
    assert caught.value.code == "file_too_slow"
    assert time.monotonic() - started < 10
    assert set(children()) == before


def test_time_the_caller_takes_is_not_counted_against_the_file(tmp_path: Path) -> None:
    with read_table(long_table(tmp_path), limits=Limits(wait_s=2)) as table:
        next(table.rows)
        time.sleep(2.5)
        assert sum(1 for _ in table.rows) == 200_000


def test_the_child_has_no_environment_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COTRACE_SECRET_KEY", "must not reach the cage")
    before = set(children())
    with read_table(long_table(tmp_path)) as table:
        (child,) = set(children()) - before
        environment = Path(f"/proc/{child}/environ").read_bytes()
        files = {str(entry.readlink()) for entry in Path(f"/proc/{child}/fd").iterdir()}
        next(table.rows)
    assert environment == b""
    assert {name for name in files if name.startswith("/") and not name.startswith("/dev/null")} == {
        str(tmp_path / "long.csv")
    }


CLOSED = """
import os, socket, sys
from cotrace.files.imports.cage import Limits, confine
secret, port = sys.argv[1], int(sys.argv[2])
confine(Limits())
os.close(2)  # a handle that is given back cannot be used for another file
def tried(act):
    try:
        act()
        return "done"
    except OSError as error:
        return type(error).__name__
acts = [
    lambda: open(secret).read(),
    lambda: os.open("/", os.O_RDONLY),
    lambda: socket.create_connection(("127.0.0.1", port), timeout=2),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    lambda: socket.socket(socket.AF_UNIX),
    lambda: os.pipe(),
]
paths = [
    lambda: os.truncate(secret, 0),
    lambda: os.rename(secret, secret + ".away"),
    lambda: os.unlink(secret),
    lambda: os.mkdir(secret + ".folder"),
    lambda: os.symlink(secret, secret + ".link"),
]
print(*[tried(each) for each in acts], "|", *[tried(each) for each in paths])
"""


def closed_to(secret: Path) -> tuple[list[str], list[str]]:
    """What a caged process gets when it tries to open files and connections, and to change paths."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        ran = subprocess.run(
            [sys.executable, "-c", CLOSED, str(secret), str(server.getsockname()[1])],
            capture_output=True, text=True, check=True, timeout=30,
        )  # fmt: skip
    opened, _, changed = ran.stdout.partition("|")
    return opened.split(), changed.split()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "audit-key"
    path.write_text("SECRET KEY")
    path.chmod(0o600)
    return path


def test_the_caged_child_opens_no_file_and_no_connection(secret: Path) -> None:
    opened, _ = closed_to(secret)
    assert len(opened) == 6 and "done" not in opened


def test_where_the_kernel_has_landlock_it_changes_no_path_either(secret: Path) -> None:
    _, changed = closed_to(secret)
    if landlock_version():
        assert changed == ["PermissionError"] * 5 and secret.read_text() == "SECRET KEY"
    else:  # THREAT_MODEL, "What is not stopped", says so
        assert changed[0] == "done"


def test_every_encoding_that_is_read_is_loaded_beforehand() -> None:
    assert {codecs.lookup(each).name for each in ENCODINGS} <= {codecs.lookup(each).name for each in CODECS}


@pytest.mark.parametrize(
    ("act", "ends"),
    [
        ("open('x', 'wb', buffering=0).write(b'y')", "OSError"),
        ("bytearray(2**30)", "MemoryError"),
        ("[open('/dev/null') for _ in range(100)]", "OSError"),
    ],
)
def test_the_cage_gives_up_what_reading_does_not_need(tmp_path: Path, act: str, ends: str) -> None:
    code = f"from cotrace.files.imports.cage import confine, Limits; confine(Limits()); {act}"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=30
    )
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1].startswith(ends)
