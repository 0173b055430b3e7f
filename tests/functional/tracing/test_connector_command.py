"""A licensee makes a key and serves its book from the terminal, in its own language."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation

from cotrace.config.cli import main
from cotrace.tracing.imports.connector import ask
from cotrace.tracing.rules.answers import SoldToPurchaser
from tests.functional.tracing.harness import FAST, Desk, fresh_inquiry, open_desk

COMMAND = [sys.executable, "-m", "cotrace.config.cli", "connector"]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended and what it said on standard error."""

    code: int
    error: str


class Terminal:
    """Runs commands in this process, as somebody with this language would."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def run(self, *arguments: str, language: str = "C") -> Ended:
        self._monkeypatch.setenv("LC_ALL", language)
        with translation.override("en"), pytest.raises(SystemExit) as ended:
            main(["connector", *arguments])
        return Ended(int(ended.value.code or 0), self._capsys.readouterr().err)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(monkeypatch, capsys)


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
        [*COMMAND, *serve_arguments(desk)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
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


def test_keygen_makes_a_private_and_a_public_half_and_never_overwrites(
    tmp_path: Path, terminal: Terminal
) -> None:
    path = tmp_path / "dealer.key"
    assert terminal.run("keygen", str(path)).code == 0
    assert path.with_name("dealer.key.pub").read_text("ascii").strip()
    before = path.read_bytes()
    again = terminal.run("keygen", str(path), language="es_MX.UTF-8")
    assert again.code == 1
    assert "ya existe" in again.error
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


def test_a_mistake_in_the_book_is_told_by_row_and_column(desk: Desk, terminal: Terminal) -> None:
    (desk.home / "book.csv").write_text("serial,disposition,disposed_on\nA1,shipped_to,03/04/2024\n", "utf-8")
    refused = terminal.run(*serve_arguments(desk))
    assert refused.code == 2
    assert "2.to_number" in refused.error
    assert "2.disposed_on" in refused.error
    assert len(refused.error.strip().splitlines()) == 1


def test_an_open_quotation_mark_is_told_by_its_line(desk: Desk, terminal: Terminal) -> None:
    (desk.home / "book.csv").write_text('serial,disposition\nA1,\n"A2,\n', "utf-8")
    refused = terminal.run(*serve_arguments(desk), language="es_MX.UTF-8")
    assert refused.code == 2
    assert "3: " in refused.error
    assert "comilla" in refused.error


def test_a_port_in_use_is_refused(desk: Desk, terminal: Terminal) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = terminal.run(*serve_arguments(desk, port=port))
    assert refused.code == 1
    assert port in refused.error
