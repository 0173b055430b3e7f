"""Commands that run beside another one: a port lost to a stranger costs a try, trouble is told, none outlives its parent."""

import socket
from pathlib import Path

import httpx
import pytest

from cotrace.config import processes
from cotrace.config.processes import listeners_beside
from cotrace.foundation.errors import Unavailable
from tests.functional.tracing.harness import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path)


def serving(desk: Desk) -> tuple[str, ...]:
    """The words that serve a licensee's book."""
    return (
        *("connector", "serve", "--records", str(desk.home / "book.csv"), "--licence", desk.licence),
        *("--key", str(desk.home / "dealer.key"), "--centre-key", str(desk.home / "centre.key.pub")),
    )


def test_a_port_that_a_stranger_took_meanwhile_costs_a_try_and_nothing_else(desk, monkeypatch, capfd) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        taken = int(stranger.getsockname()[1])
        offered = iter([taken, taken])
        honest = processes.free_port
        monkeypatch.setattr(processes, "free_port", lambda: next(offered, None) or honest())
        with listeners_beside({"dealer": serving(desk)}) as listening:
            port = listening()["dealer"]
            assert port != taken
            assert httpx.get(f"http://127.0.0.1:{port}").status_code == 404
    assert capfd.readouterr().err == ""


def test_what_keeps_a_command_from_listening_is_told_once(desk, capfd) -> None:
    (desk.home / "book.csv").write_text("serial,disposition\nA1,vanished\n")
    with pytest.raises(Unavailable) as refused, listeners_beside({"dealer": serving(desk)}) as listening:
        listening()
    assert refused.value.params["name"] == "dealer"
    assert capfd.readouterr().err.count("2.disposition") == 1


def test_they_end_with_the_block(desk) -> None:
    with listeners_beside({"dealer": serving(desk)}) as listening:
        port = listening()["dealer"]
    assert processes.is_port_free("127.0.0.1", port)
