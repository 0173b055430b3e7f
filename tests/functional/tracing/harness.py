"""Connectors of these tests: the real one in a process of its own, and rogues that misbehave on purpose."""

import csv
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cotrace.foundation.rules.signatures import Purpose, Signer, digest
from cotrace.tracing.exports.key_files import create_key_pair, read_public_key, read_signer
from cotrace.tracing.rules.answer_document import ConnectorAnswer, answer_bytes
from cotrace.tracing.rules.connector_register import Connector, ConnectorLimits, Reach
from cotrace.tracing.rules.inquiry import (
    KEY_HEADER,
    SIGNATURE_HEADER,
    Inquiry,
    inquiry_bytes,
    parse_inquiry,
)
from tests.unit.tracing.builders import DEALER, inquiry, sold

START = """
import json, sys
from pathlib import Path
from cotrace.tracing.exports.connector_server import ServeOptions, serve_records
given = json.loads(sys.argv[1])
paths = {name: Path(given[name]) for name in ("records", "log", "key")}
tls = {name: Path(given[name]) for name in ("tls_certificate", "tls_key") if name in given}
options = ServeOptions(
    licence=given["licence"], centre_keys=(Path(given["centre_key"]),), host=given["host"],
    port=given["port"], **paths, **tls,
)
serve_records(options, announce=lambda host, port, rows: print(json.dumps([port, rows]), flush=True))
"""

FAST = ConnectorLimits(connect_s=1.0, read_s=1.0, total_s=2.0, answer_bytes=64 * 1024)

RECORDS = (
    {
        "serial": "ABC-1234",
        "make": "Sierra Arms",
        "model": "S17",
        "calibre": "9MM",
        "type": "PI",
        "acquired_on": "2023-02-03",
        "supplier_number": "5-74-000-01-9A-00002",
        "disposition": "sold_to_purchaser",
        "disposed_on": "2023-06-15",
        "family_names": "Núñez Lund",
        "given_names": "Avery",
    },
    {
        "serial": "WAIT-1",
        "make": "Sierra Arms",
        "disposition": "pending",
        "retry_after_s": "900",
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The files of one licensee and of the centre that asks it."""

    home: Path
    licence: str = DEALER.number

    @property
    def centre(self) -> Signer:
        """The centre's signer."""
        return read_signer(self.home / "centre.key")

    @property
    def licensee(self) -> Signer:
        """The licensee's signer."""
        return read_signer(self.home / "dealer.key")

    @property
    def log(self) -> Path:
        """The licensee's answer log."""
        return self.home / "answers.log"

    def connector(self, port: int, **changes: object) -> Connector:
        """The centre's register entry for this licensee at a port of this machine."""
        entry = Connector(
            licensee=self.licence,
            url=f"http://127.0.0.1:{port}",
            keys=(read_public_key(self.home / "dealer.key.pub"),),
            reach=Reach.LOOPBACK,
        )
        return replace(entry, **changes)  # type: ignore[arg-type]

    def options(self, **changes: object) -> dict[str, object]:
        """What the connector's process is started with."""
        return {
            "licence": self.licence,
            "records": str(self.home / "book.csv"),
            "log": str(self.log),
            "key": str(self.home / "dealer.key"),
            "centre_key": str(self.home / "centre.key.pub"),
            "host": "127.0.0.1",
            "port": 0,
            **changes,
        }


def open_desk(home: Path, rows: tuple[dict[str, str], ...] = RECORDS) -> Desk:
    """Make keys and a records file."""
    create_key_pair(home / "centre.key")
    create_key_pair(home / "dealer.key")
    write_book(home / "book.csv", rows)
    return Desk(home=home)


def write_book(path: Path, rows: tuple[dict[str, str], ...]) -> None:
    """Write a records file."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, restval="")
        writer.writeheader()
        writer.writerows(rows)


def fresh_inquiry(**changes: object) -> Inquiry:
    """An inquiry issued just now, with an id of its own."""
    now = datetime.now(UTC).replace(microsecond=0)
    return inquiry(
        **{
            "inquiry_id": f"inquiry-{os.urandom(8).hex()}",
            "issued_at": now,
            "expires_at": now + timedelta(days=2),
            **changes,
        }
    )


@dataclass(slots=True)
class Running:
    """A connector in a process of its own."""

    process: subprocess.Popen[str]
    port: int

    def kill(self) -> None:
        """End it without warning, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=10)


@contextmanager
def running(desk: Desk, *, largest_file: int | None = None, **changes: object) -> Iterator[Running]:
    """Run the real connector; `largest_file` bounds its files like a full disk does."""
    command = [sys.executable, "-c", START, json.dumps(desk.options(**changes))]
    if largest_file is not None:
        command = ["prlimit", f"--fsize={largest_file}", *command]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, "the connector did not start"
        yield Running(process, json.loads(line)[0])
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stdout is not None:
            process.stdout.close()


def start_fails(desk: Desk, **changes: object) -> str:
    """Start a connector that must refuse to start; return what it said last."""
    command = [sys.executable, "-c", START, json.dumps(desk.options(**changes))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode != 0
    return done.stderr.strip().splitlines()[-1]


Manners = Callable[[socket.socket, bytes], None]


@contextmanager
def rogue(manners: Manners) -> Iterator[int]:
    """Run a listener that reads one request per connection and then behaves as told; yields its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    is_over = threading.Event()

    def serve() -> None:
        while not is_over.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(5)
                try:
                    manners(connection, read_request(connection))
                except OSError:
                    continue

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        is_over.set()
        thread.join(timeout=10)
        listener.close()


def read_request(connection: socket.socket) -> bytes:
    """Read one HTTP request and return its body."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)
    return body


def http(body: bytes, *, status: str = "200 OK", **headers: str) -> bytes:
    """Write an HTTP answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def signed_http(signer: Signer, body: bytes, **headers: str) -> bytes:
    """Write an HTTP answer with a signature over its body."""
    return http(
        body,
        **{
            "Content_Type": "application/json",
            KEY_HEADER.replace("-", "_"): signer.public_key.key_id,
            SIGNATURE_HEADER.replace("-", "_"): signer.sign(body, purpose=Purpose.ANSWER),
            **headers,
        },
    )


def honest_answer(body: bytes) -> ConnectorAnswer:
    """What an honest dealer would answer to an inquiry's body."""
    asked = parse_inquiry(body)
    return ConnectorAnswer(
        inquiry_id=asked.inquiry_id,
        inquiry_digest=digest(inquiry_bytes(asked)),
        licensee=asked.licensee,
        answered_at=asked.issued_at,
        answer=sold(),
        gun=asked.gun,
    )


def answering(signer: Signer, **lies: object) -> Manners:
    """Answer as an honest dealer would, but for these lies."""

    def manners(connection: socket.socket, body: bytes) -> None:
        answer = replace(honest_answer(body), **lies)  # type: ignore[arg-type]
        connection.sendall(signed_http(signer, answer_bytes(answer)))

    return manners
