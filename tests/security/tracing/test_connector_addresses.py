"""The centre dials only where the register says, whatever names and answers try to make of it."""

import ipaddress
import socket
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cotrace.tracing.imports.connector import ask
from cotrace.tracing.imports.connector_address import pinned_address
from cotrace.tracing.imports.connector_failed import ConnectorFailed
from cotrace.tracing.rules.connector_failures import ConnectorFailure
from cotrace.tracing.rules.connector_register import Connector, Reach, is_dialable
from tests.functional.tracing.harness import FAST, answering, fresh_inquiry, open_desk, rogue


def entry(url: str, reach: Reach = Reach.PUBLIC) -> Connector:
    return Connector(licensee="1-00-0001", url=url, keys=(), reach=reach)


def failure(url: str, reach: Reach = Reach.PUBLIC) -> ConnectorFailure:
    with pytest.raises(ConnectorFailed) as failed:
        pinned_address(entry(url, reach), seconds=2)
    return failed.value.failure


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fc00::1",
        "fe80::1",
        "fec0::1",
        "feff:ffff::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1",
        "2001:0:7f00:1::1",
    ],
)
def test_a_public_entry_never_leads_to_an_inside_address(address: str) -> None:
    assert not is_dialable(ipaddress.ip_address(address), Reach.PUBLIC)


@pytest.mark.parametrize(
    ("address", "reach"),
    [
        ("93.184.216.34", Reach.PUBLIC),
        ("2606:2800:220:1::1", Reach.PUBLIC),
        ("::ffff:93.184.216.34", Reach.PUBLIC),
        ("10.1.2.3", Reach.PRIVATE),
        ("fd00::5", Reach.PRIVATE),
        ("127.0.0.1", Reach.LOOPBACK),
        ("::1", Reach.LOOPBACK),
    ],
)
def test_an_address_is_dialled_where_the_register_says_it_is(address: str, reach: Reach) -> None:
    assert is_dialable(ipaddress.ip_address(address), reach)
    assert [other for other in Reach if is_dialable(ipaddress.ip_address(address), other)] == [reach]


def test_the_cloud_s_own_metadata_address_is_no_private_connector() -> None:
    assert not is_dialable(ipaddress.ip_address("169.254.169.254"), Reach.PRIVATE)


@pytest.mark.parametrize(
    "url",
    [
        "http://93.184.216.34",
        "ftp://93.184.216.34",
        "file:///etc/passwd",
        "https://user:secret@93.184.216.34",
        "https://93.184.216.34/?to=x",
        "https://93.184.216.34/#x",
        "https://",
        "https://93.184.216.34:99999",
        "https://[::1",
        "https://127.0.0.1",
        "https://localhost",
        "https://0x7f000001",
        "https://2130706433",
    ],
)
def test_an_entry_that_could_lead_elsewhere_is_refused(url: str) -> None:
    assert failure(url) is ConnectorFailure.ADDRESS_REFUSED


def test_plain_http_is_for_this_machine_alone() -> None:
    assert pinned_address(entry("http://127.0.0.1:8444", Reach.LOOPBACK), seconds=1).ip == "127.0.0.1"
    assert failure("http://10.0.0.1", Reach.PRIVATE) is ConnectorFailure.ADDRESS_REFUSED


def test_a_loopback_entry_leads_nowhere_else() -> None:
    assert failure("http://93.184.216.34", Reach.LOOPBACK) is ConnectorFailure.ADDRESS_REFUSED


def test_the_port_and_path_of_the_entry_are_kept() -> None:
    pinned = pinned_address(entry("https://93.184.216.34:8443/gate/", Reach.PUBLIC), seconds=1)
    assert pinned.url == "https://93.184.216.34:8443/gate/v1/inquiries"


def test_a_name_that_does_not_resolve_is_unreachable() -> None:
    assert failure("https://no-such-host.invalid") is ConnectorFailure.UNREACHABLE


def test_a_name_with_one_inside_address_among_outside_ones_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [(2, 1, 6, "", (address, 443)) for address in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answers)
    assert failure("https://rebinding.example") is ConnectorFailure.ADDRESS_REFUSED


def test_a_name_server_that_never_answers_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    never = threading.Event()

    def hang(*args: object, **kwargs: object) -> list[object]:
        never.wait(3)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    with pytest.raises(ConnectorFailed) as failed:
        pinned_address(entry("https://slow.example"), seconds=0.2)
    never.set()
    assert failed.value.failure is ConnectorFailure.SLOW


def test_a_name_is_resolved_once_and_the_answer_is_dialled(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk = open_desk(tmp_path)
    asked_for: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *args: object, **kwargs: object) -> object:
        asked_for.append(host)
        return real("127.0.0.1" if host == "dealer.example" else host, port, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with rogue(answering(desk.licensee)) as port:
        connector = desk.connector(port, url=f"http://dealer.example:{port}")
        ask(connector, fresh_inquiry(), signer=desk.centre, limits=FAST, now=datetime.now(UTC))
    assert asked_for.count("dealer.example") == 1


def test_a_proxy_from_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with rogue(answering(desk.licensee)) as port:
        connector = desk.connector(port)
        found = ask(connector, fresh_inquiry(), signer=desk.centre, limits=FAST, now=datetime.now(UTC))
    assert found.answer.licensee == desk.licence
