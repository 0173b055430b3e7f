"""A licensee makes a key and serves its book from the terminal, in its own language."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cotrace.tracing.imports.connector import ask
from cotrace.tracing.rules.answers import SoldToPurchaser
from tests.functional.tracing.harness import FAST, Desk, fresh_inquiry, open_desk

COMMAND = [sys.executable, "-m", "cotrace.config.cli", "connector"]


def environment(language: str = "C") -> dict[str, str]:
    return {**os.environ, "LC_ALL": language, "COTRACE_SECRET_KEY": "only-for-tests"}


def run(*arguments: str, language: str = "C") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=environment(language),
    )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path)


def serve_arguments(desk: Desk, **changes: str) -> list[str]:
    given = {
        "records": str(desk.home / "book.csv"),
        "licence": desk.licence,
        "key": str(desk.home / "dealer.key"),
        "centre-key": str(desk.home / "centre.key.pub"),
        "port": "0",
        **changes,
    }
    return ["serve", *(word for name, value in given.items() for word in (f"--{name}", value))]


@contextmanager
def serving(desk: Desk) -> Iterator[int]:
    process = subprocess.Popen(
        [*COMMAND, *serve_arguments(desk)], stdout=subprocess.PIPE, text=True, env=environment()
    )
    try:
        assert process.stdout is not None
        announced = re.search(r"port (\d+)", process.stdout.readline())
        assert announced
        yield int(announced[1])
    finally:
        process.terminate()
        assert process.wait(timeout=10) == 0
        if process.stdout is not None:
            process.stdout.close()


def test_keygen_makes_a_private_and_a_public_half_and_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "dealer.key"
    made = run("keygen", str(path))
    assert made.returncode == 0, made.stderr
    assert path.with_name("dealer.key.pub").read_text("ascii").strip()
    before = path.read_bytes()
    again = run("keygen", str(path), language="es_MX.UTF-8")
    assert again.returncode == 1
    assert "ya existe" in again.stderr
    assert path.read_bytes() == before


def test_serve_answers_the_centre_and_logs_beside_the_records(desk: Desk) -> None:
    with serving(desk) as port:
        found = ask(
            desk.connector(port),
            fresh_inquiry(),
            signer=desk.centre,
            limits=FAST,
            now=datetime.now(UTC),
        )
    assert isinstance(found.answer.answer, SoldToPurchaser)
    assert (desk.home / "book.csv.log").read_text("utf-8").count('"answered"') == 1


def test_a_mistake_in_the_book_is_told_by_row_and_column(desk: Desk) -> None:
    (desk.home / "book.csv").write_text("serial,disposition,disposed_on\nA1,shipped_to,03/04/2024\n", "utf-8")
    refused = run(*serve_arguments(desk))
    assert refused.returncode == 2
    assert "2.to_number" in refused.stderr
    assert "2.disposed_on" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_an_open_quotation_mark_is_told_by_its_line(desk: Desk) -> None:
    (desk.home / "book.csv").write_text('serial,disposition\nA1,\n"A2,\n', "utf-8")
    refused = run(*serve_arguments(desk), language="es_MX.UTF-8")
    assert refused.returncode == 2
    assert "3: " in refused.stderr
    assert "comilla" in refused.stderr


def test_a_port_in_use_is_refused(desk: Desk) -> None:
    with serving(desk) as port:
        log = str(desk.home / "other.log")
        refused = run(*serve_arguments(desk, port=str(port), log=log))
    assert refused.returncode == 1
    assert str(port) in refused.stderr
