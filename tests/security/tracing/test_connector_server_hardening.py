"""Strangers get one short refusal from a connector, and cannot keep it from the centre."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cotrace.foundation.rules.signatures import Purpose
from cotrace.tracing.exports.connector_server.http_door import MOST_CONNECTIONS, REQUEST_SECONDS
from cotrace.tracing.imports.connector import ask
from cotrace.tracing.rules.connector_register import ConnectorLimits
from cotrace.tracing.rules.inquiry import inquiry_bytes
from tests.functional.tracing.harness import (
    Desk,
    Running,
    fresh_inquiry,
    open_desk,
    running,
    start_fails,
    write_book,
)

LIMITS = ConnectorLimits(connect_s=3, read_s=5, total_s=8)
NOT_FOUND = b'{"code":"not_found"}'
NOT_SIGNED = b'{"code":"not_signed"}'


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One licensee whose connector all these tests may knock at."""
    return open_desk(tmp_path_factory.mktemp("licensee"))


@pytest.fixture(scope="module")
def connector(desk: Desk) -> Iterator[Running]:
    with running(desk) as found:
        yield found


@pytest.fixture
def own_desk(tmp_path: Path) -> Desk:
    """A licensee for one test, whose files it may spoil."""
    return open_desk(tmp_path)


def raw_exchange(connector: Running, request: bytes, *, timeout: float = 5) -> tuple[bytes, bytes]:
    """Send bytes and read until the connector hangs up: head and body."""
    with socket.create_connection(("127.0.0.1", connector.port), timeout=timeout) as connection:
        connection.sendall(request)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    return head, body


def post(body: bytes, *headers: str, path: str = "/v1/inquiries", length: int | None = None) -> bytes:
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: connector",
        f"Content-Length: {len(body) if length is None else length}",
        *(headers or ("Content-Type: application/json",)),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def signed(desk: Desk, body: bytes) -> bytes:
    signature = desk.centre.sign(body, purpose=Purpose.INQUIRY)
    return post(
        body,
        "Content-Type: application/json",
        f"Cotrace-Key: {desk.centre.public_key.key_id}",
        f"Cotrace-Signature: {signature}",
    )


def is_serving(desk: Desk, connector: Running) -> bool:
    found = ask(
        desk.connector(connector.port),
        fresh_inquiry(),
        signer=desk.centre,
        limits=LIMITS,
        now=datetime.now(UTC),
    )
    return found.answer.licensee == desk.licence


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET / HTTP/1.1",
        b"GET /v1/inquiries HTTP/1.1",
        b"PUT /v1/inquiries HTTP/1.1",
        b"DELETE /v1/inquiries HTTP/1.1",
        b"OPTIONS * HTTP/1.1",
        b"BREW /v1/inquiries HTTP/1.1",
        b"GET /v1/inquiries",
        b"\x16\x03\x01\x02\x00 rubbish x y",
        b"POST /v1/../v1/inquiries HTTP/1.1",
        b"POST /v1/inquiries?serial=1 HTTP/1.1",
    ],
)
def test_whatever_is_asked_in_another_way_gets_the_same_refusal(
    connector: Running, request_line: bytes
) -> None:
    _, body = raw_exchange(connector, request_line + b"\r\n\r\n")
    assert body == NOT_FOUND


def test_a_refusal_names_no_software_and_is_never_cached(connector: Running) -> None:
    head, body = raw_exchange(connector, b"GET / HTTP/1.1\r\n\r\n")
    assert body == NOT_FOUND
    assert b"Server:" not in head
    assert b"Python" not in head
    assert b"Cache-Control: no-store" in head


def test_an_unsigned_inquiry_for_a_known_and_an_unknown_gun_get_the_same_bytes(
    desk: Desk, connector: Running
) -> None:
    known = raw_exchange(connector, post(inquiry_bytes(fresh_inquiry())))
    rubbish = raw_exchange(connector, post(b"rubbish"))
    assert known == rubbish
    assert known[1] == NOT_SIGNED
    assert is_serving(desk, connector)


@pytest.mark.parametrize("purpose", [Purpose.ANSWER, Purpose.FILE])
def test_a_signature_for_another_purpose_opens_nothing(
    desk: Desk, connector: Running, purpose: Purpose
) -> None:
    body = inquiry_bytes(fresh_inquiry())
    request = post(
        body,
        "Content-Type: application/json",
        f"Cotrace-Key: {desk.centre.public_key.key_id}",
        f"Cotrace-Signature: {desk.centre.sign(body, purpose=purpose)}",
    )
    assert raw_exchange(connector, request)[1] == NOT_SIGNED


def test_an_inquiry_signed_by_the_licensee_itself_opens_nothing(desk: Desk, connector: Running) -> None:
    body = inquiry_bytes(fresh_inquiry())
    request = post(
        body,
        "Content-Type: application/json",
        f"Cotrace-Key: {desk.licensee.public_key.key_id}",
        f"Cotrace-Signature: {desk.licensee.sign(body, purpose=Purpose.INQUIRY)}",
    )
    assert raw_exchange(connector, request)[1] == NOT_SIGNED


def test_an_inquiry_caught_and_sent_again_after_its_time_names_nobody(desk: Desk, connector: Running) -> None:
    long_ago = datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)
    caught = inquiry_bytes(fresh_inquiry(issued_at=long_ago, expires_at=long_ago + timedelta(days=2)))
    assert raw_exchange(connector, signed(desk, caught))[1] == b'{"code":"inquiry_expired"}'


@pytest.mark.parametrize("body", [b"{}", b"[1]", b'{"a":1,"a":2}', b'{ "protocol": 1 }', b"[" * 9000])
def test_a_signed_inquiry_of_the_wrong_form_gets_no_details(
    desk: Desk, connector: Running, body: bytes
) -> None:
    assert raw_exchange(connector, signed(desk, body))[1] == b'{"code":"inquiry_malformed"}'


def test_the_clock_of_the_connector_is_told_to_the_centre_alone(desk: Desk, connector: Running) -> None:
    ahead = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=2)
    body = inquiry_bytes(fresh_inquiry(issued_at=ahead, expires_at=ahead + timedelta(days=1)))
    answer = json.loads(raw_exchange(connector, signed(desk, body))[1])
    assert answer["code"] == "clock_out_of_step"
    assert set(answer) == {"code", "now"}
    assert b"now" not in raw_exchange(connector, post(body))[1]


@pytest.mark.parametrize(
    ("request_bytes", "answer"),
    [
        (post(b"", length=16 * 1024 + 1), b'{"code":"too_large"}'),
        (post(b"", length=10**12), b'{"code":"too_large"}'),
        (post(b"{}", "Content-Type: text/plain"), b'{"code":"not_json"}'),
        (
            b"POST /v1/inquiries HTTP/1.1\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            b'{"code":"not_json"}',
        ),
        (
            b"POST /v1/inquiries HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n",
            b'{"code":"not_json"}',
        ),
    ],
)
def test_a_body_too_large_or_of_unknown_length_is_refused_before_it_is_read(
    connector: Running, request_bytes: bytes, answer: bytes
) -> None:
    assert raw_exchange(connector, request_bytes)[1] == answer


def test_one_request_is_answered_per_connection(desk: Desk, connector: Running) -> None:
    twice = signed(desk, inquiry_bytes(fresh_inquiry())) * 2
    head, body = raw_exchange(connector, twice)
    assert b"Connection: close" in head
    assert body.count(b'"answered_at"') == 1


@pytest.mark.parametrize(
    "flood",
    [
        b"GET /" + b"a" * 200_000,
        b"POST /v1/inquiries HTTP/1.1\r\n" + (b"X-Filler: " + b"x" * 900 + b"\r\n") * 200,
    ],
)
def test_a_flood_in_line_or_headers_ends_without_an_answer_and_without_harm(
    desk: Desk, connector: Running, flood: bytes
) -> None:
    received = b""
    with suppress(OSError):
        received = b"".join(raw_exchange(connector, flood))
    assert received == b""
    assert is_serving(desk, connector)


def test_slow_strangers_do_not_keep_the_centre_waiting(desk: Desk, connector: Running) -> None:
    with ExitStack() as stack:
        for _ in range(MOST_CONNECTIONS - 10):
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", connector.port), timeout=5))
            slow.sendall(b"POST /v1/inq")
        assert is_serving(desk, connector)


def test_a_stranger_that_drips_is_cut_off_at_the_deadline(connector: Running) -> None:
    started = time.monotonic()
    slow = socket.create_connection(("127.0.0.1", connector.port), timeout=REQUEST_SECONDS + 5)
    with slow, suppress(OSError):
        while time.monotonic() - started < REQUEST_SECONDS + 4:
            slow.sendall(b"x")
            time.sleep(0.2)
    assert time.monotonic() - started < REQUEST_SECONDS + 3


def test_a_hundred_knocks_leave_few_lines_in_the_log(own_desk: Desk) -> None:
    with running(own_desk) as connector:
        for _ in range(100):
            raw_exchange(connector, post(b"{}"))
    lines = own_desk.log.read_text("utf-8").splitlines()
    assert 1 <= len(lines) <= 3
    assert all("not_signed" in line for line in lines)


def test_a_public_address_without_tls_is_refused(own_desk: Desk) -> None:
    assert start_fails(own_desk, host="0.0.0.0").endswith("connector_needs_tls")


def test_a_key_file_that_others_can_read_is_refused(own_desk: Desk) -> None:
    (own_desk.home / "dealer.key").chmod(0o640)
    assert start_fails(own_desk).endswith("key_file_exposed")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"serial,disposition\n\xff\xfe,shipped_to\n", "records_not_utf8"),
        (b"serial,owner\n1,me\n", "records_malformed"),
        (b'serial,disposition\n"1,shipped_to\n', "records_malformed"),
        (b"serial,disposition\n1,sold_to_purchaser\n", "records_malformed"),
        (b"serial,disposition\n1\n", "records_malformed"),
        (b"", "records_malformed"),
    ],
)
def test_a_records_file_with_a_mistake_is_not_served_at_all(
    own_desk: Desk, content: bytes, code: str
) -> None:
    (own_desk.home / "book.csv").write_bytes(content)
    assert start_fails(own_desk).endswith(code)


def test_a_records_file_with_a_byte_order_mark_is_served(own_desk: Desk) -> None:
    book = own_desk.home / "book.csv"
    book.write_bytes(b"\xef\xbb\xbf" + book.read_bytes())
    with running(own_desk) as connector:
        assert is_serving(own_desk, connector)


def test_a_large_book_is_served(own_desk: Desk) -> None:
    rows = tuple(
        {
            "serial": f"N{number:06}",
            "make": "Sierra Arms",
            "disposition": "shipped_to",
            "to_number": "1-00-0001",
        }
        for number in range(20_000)
    )
    write_book(own_desk.home / "book.csv", rows)
    with running(own_desk) as connector:
        assert is_serving(own_desk, connector)
