"""`cotrace demo` as people start it: the site, its worker and three connectors; a gun traced from outside; nothing left behind.

The demo is on SQLite whatever database these tests run on.
"""

import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from cotrace.demo.rules.licensees import CONNECTED
from tests.functional.config.demo_site import PATIENCE, Demo, demo, is_running, printed, start, until

SMALL = ("--seizures", "5")


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A home that is built once and served again by later tests."""
    return tmp_path_factory.mktemp("demos") / "home"


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[Demo]:
    with demo(home, *SMALL) as found:
        yield found


def status(address: str) -> int:
    """Return what a connector answers to whoever asks for nothing it knows."""
    return httpx.get(address, timeout=5).status_code


def gun_of(hint: dict[str, str]) -> dict[str, str]:
    """Return the hinted gun as its describer enters it, by NCIC codes."""
    return {
        "seizure": hint["seizure"],
        "type_code": "PI",
        "make_code": "CLT",
        "model": "Government",
        "calibre_code": "38",
        "country_of_origin": "US",
        "serial": hint["serial"],
    }


def test_a_gun_is_described_asked_for_at_three_connectors_released_and_read(served: Demo) -> None:
    hint = served.world["try"]
    describer, supervisor = served.visitor(hint["describer"]), served.visitor(hint["supervisor"])
    firearm = describer.send("POST", "/firearms", gun_of(hint)).json()["number"]
    rest = {"agency": {"case_number": "SON/1/2026"}, "crime_code": "5212", "is_criminal_investigation": True}
    request = describer.send("POST", f"/traces/from-firearm/{firearm}", rest).json()["number"]

    until(lambda: describer.get(f"/traces/{request}")["centre_number"])
    trace = describer.get(f"/traces/{request}")["centre_number"]
    until(lambda: supervisor.get(f"/centre/traces/{trace}")["status"] == "concluded")
    walked = supervisor.get(f"/centre/traces/{trace}")
    assert [step["licensee"] for step in walked["steps"]] == [each.number for each in CONNECTED]
    assert {(step["channel"], step["state"]) for step in walked["steps"]} == {("connector", "answered")}
    assert describer.send("GET", f"/traces/{request}/result").status_code == 409

    released = supervisor.send("POST", f"/centre/traces/{trace}/release", {"version": walked["version"]})
    assert released.status_code == 204, released.text
    until(lambda: describer.send("GET", f"/traces/{request}/result").status_code == 200)
    result = describer.get(f"/traces/{request}/result")
    assert result["outcome"] == "P1"
    assert result["purchaser"]["family_names"].startswith("Synthetic Purchaser")
    assert not any("findings" in step for step in result["chain"])


def test_what_is_printed_is_there(served: Demo) -> None:
    hint = served.world["try"]
    assert len(served.connectors) == 3
    assert {status(each) for each in served.connectors.values()} == {404}
    assert all(hint[name] in served.printed for name in ("seizure", "serial", "describer", "supervisor"))
    assert all(email in served.printed for email, _, _ in served.world["cast"])


def test_a_second_demo_in_the_same_folder_is_refused_and_the_first_goes_on(served: Demo, home: Path) -> None:
    said = home.with_name("second")
    second = start(home, "--fresh", said=said)
    assert second.wait(PATIENCE) == 1
    assert "runs in" in said.read_text()
    assert served.world["try"]["seizure"]
    assert {status(each) for each in served.connectors.values()} == {404}


@pytest.mark.full
def test_a_killed_demo_leaves_nothing_and_the_next_serves_the_same_world(served: Demo, home: Path) -> None:
    world, family = served.world, served.family()
    assert len(family) == 5
    served.process.kill()
    served.process.wait()
    until(lambda: not any(map(is_running, family)))
    with demo(home) as again:
        assert again.world == world
        keeper = again.visitor(world["try"]["supervisor"])
        for number, address in again.connectors.items():
            assert keeper.get(f"/centre/licensees/{number}")["url"] == address
            assert status(address) == 404
        family = again.family()
        again.process.send_signal(signal.SIGINT)
        assert again.process.wait(PATIENCE) == 0
        until(lambda: not any(map(is_running, family)))


def test_a_port_in_use_is_told_before_anything_is_built(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = start(tmp_path / "home", "--port", str(taken.getsockname()[1]))
        assert process.wait(PATIENCE) == 1
    assert "Another program listens" in printed(tmp_path / "home")
    assert not (tmp_path / "home" / "licensees").exists()


@pytest.mark.full
def test_a_build_alone_serves_nothing_and_speaks_the_terminals_language(tmp_path: Path) -> None:
    home = tmp_path / "home"
    process = start(home, "--build-only", *SMALL, LC_ALL="es_MX.UTF-8")
    assert process.wait(PATIENCE) == 0
    assert "Construyendo el mundo sintético" in printed(home)
    assert "Pruebe: como" in printed(home)
    assert " catálogos" in printed(home) and "code tables" not in printed(home)
    assert (home / "world.json").exists()
    assert not (home / "static").exists()
