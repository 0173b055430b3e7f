"""Whatever a connector does, the centre gets a checked answer or a stable code, in bounded time."""

import socket
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cotrace.foundation.rules.canonical import canonical_bytes
from cotrace.foundation.rules.signatures import Purpose, Signer
from cotrace.tracing.imports.connector import SignedAnswer, ask
from cotrace.tracing.imports.connector_failed import ConnectorFailed
from cotrace.tracing.rules.answer_document import answer_bytes
from cotrace.tracing.rules.answers import NotInRecords
from cotrace.tracing.rules.connector_failures import ConnectorFailure
from tests.functional.tracing.harness import (
    FAST,
    Desk,
    Manners,
    answering,
    fresh_inquiry,
    honest_answer,
    http,
    open_desk,
    rogue,
    signed_http,
)
from tests.unit.tracing.builders import ASKED, WHOLESALER, sold

STRANGER = Signer(private_key=Ed25519PrivateKey.from_private_bytes(b"\x09" * 32))
JSON = {"Content_Type": "application/json"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path)


def put(desk: Desk, port: int, earlier: bytes | None = None) -> SignedAnswer:
    return ask(
        desk.connector(port),
        fresh_inquiry(),
        signer=desk.centre,
        limits=FAST,
        now=datetime.now(UTC),
        earlier=earlier,
    )


def failure(desk: Desk, manners: Manners, earlier: bytes | None = None) -> ConnectorFailed:
    with rogue(manners) as port:
        started = time.monotonic()
        with pytest.raises(ConnectorFailed) as failed:
            put(desk, port, earlier)
        assert time.monotonic() - started < FAST.total_s + 1
    return failed.value


def saying(raw: bytes) -> Manners:
    return lambda connection, body: connection.sendall(raw)


def test_an_honest_answer_from_this_harness_is_accepted(desk: Desk) -> None:
    with rogue(answering(desk.licensee)) as port:
        assert put(desk, port).answer.answer == sold()


def test_a_connector_that_says_nothing_is_slow(desk: Desk) -> None:
    failed = failure(desk, lambda connection, body: time.sleep(1.5))
    assert failed.failure is ConnectorFailure.SLOW


def test_the_time_for_the_whole_call_bounds_a_single_wait_too(desk: Desk) -> None:
    limits = replace(FAST, read_s=30.0, total_s=1.0)
    with rogue(lambda connection, body: time.sleep(2.5)) as port:
        started = time.monotonic()
        with pytest.raises(ConnectorFailed) as failed:
            ask(
                desk.connector(port),
                fresh_inquiry(),
                signer=desk.centre,
                limits=limits,
                now=datetime.now(UTC),
            )
        assert time.monotonic() - started < 2
    assert failed.value.failure is ConnectorFailure.SLOW


@pytest.mark.parametrize("skip", [0, 200])
def test_a_connector_that_drips_head_or_body_is_slow_all_the_same(desk: Desk, skip: int) -> None:
    def drip(connection: socket.socket, body: bytes) -> None:
        raw = signed_http(desk.licensee, answer_bytes(honest_answer(body)))
        connection.sendall(raw[:skip])
        for at in range(skip, len(raw)):
            connection.sendall(raw[at : at + 1])
            time.sleep(0.1)

    assert failure(desk, drip).failure is ConnectorFailure.SLOW


def test_an_answer_that_never_ends_is_cut_off(desk: Desk) -> None:
    def flood(connection: socket.socket, body: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        for _ in range(10_000):
            connection.sendall(b"x" * 65536)

    assert failure(desk, flood).failure is ConnectorFailure.ANSWER_TOO_LARGE


def test_an_answer_that_announces_too_much_is_cut_off(desk: Desk) -> None:
    failed = failure(desk, saying(http(b"x" * 70_000, **JSON)))
    assert failed.failure is ConnectorFailure.ANSWER_TOO_LARGE


def test_endless_headers_are_malformed(desk: Desk) -> None:
    def flood(connection: socket.socket, body: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        for _ in range(10_000):
            connection.sendall(b"X-Filler: " + b"x" * 1000 + b"\r\n")

    assert failure(desk, flood).failure is ConnectorFailure.ANSWER_MALFORMED


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_not_followed(desk: Desk, status: str) -> None:
    with rogue(answering(desk.licensee)) as elsewhere:
        target = f"http://127.0.0.1:{elsewhere}/v1/inquiries"
        failed = failure(desk, saying(http(b"", status=status, Location=target)))
    assert failed.failure is ConnectorFailure.REDIRECTED


@pytest.mark.parametrize(
    "lie",
    [
        {"gun": replace(ASKED, serial="OTHER-1")},
        {"inquiry_id": "inquiry-somebodyelse"},
        {"inquiry_digest": "0" * 64},
        {"licensee": WHOLESALER.number},
        {"answer": NotInRecords(same_serial=(replace(ASKED, serial="OTHER-1"),))},
    ],
)
def test_a_signed_answer_about_something_else_does_not_match(desk: Desk, lie: dict[str, object]) -> None:
    failed = failure(desk, answering(desk.licensee, **lie))
    assert failed.failure is ConnectorFailure.ANSWER_MISMATCH


def test_an_answer_signed_by_a_proxy_is_not_the_licensee_s(desk: Desk) -> None:
    assert failure(desk, answering(STRANGER)).failure is ConnectorFailure.SIGNATURE_WRONG


def test_an_answer_altered_on_the_way_is_noticed(desk: Desk) -> None:
    def alter(connection: socket.socket, body: bytes) -> None:
        raw = signed_http(desk.licensee, answer_bytes(honest_answer(body)))
        connection.sendall(raw.replace(b"Ortega Lund", b"Ortega Lind"))

    assert failure(desk, alter).failure is ConnectorFailure.SIGNATURE_WRONG


def test_an_answer_without_signature_or_signed_for_another_purpose_is_not_one(desk: Desk) -> None:
    def unsigned(connection: socket.socket, body: bytes) -> None:
        connection.sendall(http(answer_bytes(honest_answer(body)), **JSON))

    def repurposed(connection: socket.socket, body: bytes) -> None:
        answer = answer_bytes(honest_answer(body))
        signature = desk.licensee.sign(answer, purpose=Purpose.FILE)
        connection.sendall(http(answer, **JSON, Cotrace_Signature=signature))

    assert failure(desk, unsigned).failure is ConnectorFailure.SIGNATURE_WRONG
    assert failure(desk, repurposed).failure is ConnectorFailure.SIGNATURE_WRONG


@pytest.mark.parametrize("cut", [10, 60, 300])
def test_a_connector_that_dies_half_way_is_unreachable(desk: Desk, cut: int) -> None:
    def die(connection: socket.socket, body: bytes) -> None:
        connection.sendall(signed_http(desk.licensee, answer_bytes(honest_answer(body)))[:cut])

    assert failure(desk, die).failure is ConnectorFailure.UNREACHABLE


def test_a_connector_that_is_not_there_is_unreachable(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(ConnectorFailed) as failed:
        put(desk, port)
    assert failed.value.failure is ConnectorFailure.UNREACHABLE


def test_a_connector_that_hangs_up_at_once_is_unreachable(desk: Desk) -> None:
    assert failure(desk, lambda connection, body: None).failure is ConnectorFailure.UNREACHABLE


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b'{"protocol":"cotrace-connector/1"}',
        canonical_bytes({"protocol": "cotrace-connector/1", "kind": "shipped_to"}),
        b"[" * 30_000,
        b'{"a":1,"a":1}',
        b"\xff\xfe",
    ],
)
def test_a_signed_answer_that_is_not_of_the_form_is_malformed(desk: Desk, body: bytes) -> None:
    failed = failure(desk, saying(signed_http(desk.licensee, body)))
    assert failed.failure is ConnectorFailure.ANSWER_MALFORMED


@pytest.mark.parametrize("headers", [{"Content_Type": "text/html"}, {"Content_Encoding": "gzip"}])
def test_an_answer_of_another_type_is_malformed(desk: Desk, headers: dict[str, str]) -> None:
    def manners(connection: socket.socket, body: bytes) -> None:
        connection.sendall(signed_http(desk.licensee, answer_bytes(honest_answer(body)), **headers))

    assert failure(desk, manners).failure is ConnectorFailure.ANSWER_MALFORMED


def test_what_is_not_http_is_malformed(desk: Desk) -> None:
    failed = failure(desk, saying(b"SSH-2.0-OpenSSH_9.6\r\n\r\n" + b"x" * 200))
    assert failed.failure is ConnectorFailure.ANSWER_MALFORMED


def test_a_connector_that_answers_twice_differently_is_caught(desk: Desk) -> None:
    with rogue(answering(desk.licensee)) as port:
        earlier = put(desk, port).body
    failed = failure(desk, answering(desk.licensee, answer=NotInRecords()), earlier)
    assert failed.failure is ConnectorFailure.ANSWERED_TWICE


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"code":"not_addressed_here"}', "not_addressed_here"),
        (b'{"code":"<script>alert(1)</script>"}', "not_stated"),
        (b'{"code":5}', "not_stated"),
        (b"<html>", "not_stated"),
    ],
)
def test_a_refusal_shows_its_code_and_nothing_else_of_it(desk: Desk, body: bytes, reason: str) -> None:
    failed = failure(desk, saying(http(body, status="403 Forbidden", **JSON)))
    assert failed.failure is ConnectorFailure.REFUSED
    assert failed.params == {"reason": reason}


@pytest.mark.parametrize("status", ["500 Oops", "503 Busy", "204 No Content"])
def test_a_connector_in_trouble_is_unreachable_for_now(desk: Desk, status: str) -> None:
    assert failure(desk, saying(http(b"", status=status))).failure is ConnectorFailure.UNREACHABLE
