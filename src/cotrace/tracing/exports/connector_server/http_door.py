"""The connector's HTTP side: one address, one method, everything else the same short refusal.

Hardened for a listener that strangers can reach: whole-request deadline, byte caps, a cap on open
connections, one request per connection, no error pages, no software names.
"""

import io
import logging
import socket
import socketserver
import ssl
import threading
import time
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from cotrace.tracing.exports.connector_server.desk import InquiryDesk, Letter, Reply, refusal
from cotrace.tracing.rules.inquiry import (
    CONTENT_TYPE,
    INQUIRIES_PATH,
    INQUIRY_LIMITS,
    KEY_HEADER,
    SIGNATURE_HEADER,
    InquiryRefusal,
)

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

REQUEST_SECONDS = 5.0
MOST_REQUEST_BYTES = INQUIRY_LIMITS.size_bytes + 8 * 1024
MOST_CONNECTIONS = 128

logger = logging.getLogger("cotrace.connector")


class DeadlineReader(io.RawIOBase):
    """Reads from a socket until a moment and up to a number of bytes, however slowly they drip."""

    def __init__(self, connection: socket.socket, *, seconds: float, most_bytes: int) -> None:
        self._connection = connection
        self._deadline = time.monotonic() + seconds
        self._bytes_left = most_bytes

    def readable(self) -> bool:
        """This stream is for reading."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read what has come. Raises: TimeoutError at the deadline or when too much has come."""
        seconds_left = self._deadline - time.monotonic()
        if seconds_left <= 0 or self._bytes_left <= 0:
            raise TimeoutError
        self._connection.settimeout(seconds_left)
        view = memoryview(buffer)[: self._bytes_left]
        count = self._connection.recv_into(view)
        self._bytes_left -= count
        return count


class ConnectorHandler(BaseHTTPRequestHandler):
    """Takes one request and answers it."""

    server: "ConnectorServer"
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        """Read through the deadline from the first byte on."""
        super().setup()
        reader = DeadlineReader(self.connection, seconds=REQUEST_SECONDS, most_bytes=MOST_REQUEST_BYTES)
        self.rfile = io.BufferedReader(reader)

    def do_POST(self) -> None:
        """Answer an inquiry."""
        code, length = _header_problem(self.path, self.headers)
        if code is not None:
            self._send(refusal(code))
            return
        body = self.rfile.read(length)
        if len(body) != length:
            return
        self._send(
            self.server.desk.receive(
                Letter(
                    body=body,
                    key_id=self.headers.get(KEY_HEADER, ""),
                    signature=self.headers.get(SIGNATURE_HEADER, ""),
                    peer=self.client_address[0],
                )
            )
        )

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer whatever http.server itself refuses (method, request line, headers) with our one refusal."""
        del code, message, explain
        self._send(refusal(InquiryRefusal.NOT_FOUND))

    def log_message(self, format: str, *args: Any) -> None:
        """Write no access lines: the licensee's log is the answer log."""

    def _send(self, reply: Reply) -> None:
        self.close_connection = True
        self.request_version = self.protocol_version
        self.connection.settimeout(REQUEST_SECONDS)
        self.send_response_only(reply.status)
        self.send_header("Content-Type", CONTENT_TYPE)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        if reply.key_id and reply.signature:
            self.send_header(KEY_HEADER, reply.key_id)
            self.send_header(SIGNATURE_HEADER, reply.signature)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)


class ConnectorServer(ThreadingHTTPServer):
    """Listens for inquiries and hands each to the desk in a thread of its own."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self, address: tuple[str, int], desk: InquiryDesk, *, tls: ssl.SSLContext | None = None
    ) -> None:
        self.desk = desk
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self._tls = tls
        self._slots = threading.BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__(address, ConnectorHandler)

    def server_bind(self) -> None:
        """Bind without asking a name server for our own name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Start a thread for a connection; one too many is closed at once."""
        if not self._slots.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Give the slot back whatever happens."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._slots.release()

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Do the TLS handshake here, in the connection's own thread, so that nobody can stall the others."""
        if self._tls is None:
            super().finish_request(request, client_address)
            return
        request.settimeout(REQUEST_SECONDS)
        with self._tls.wrap_socket(request, server_side=True) as secured:
            super().finish_request(secured, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Note a connection that broke or timed out, for those who turn the log up; it gets no answer."""
        del request, client_address
        logger.debug("connection ended early", exc_info=True)


def _header_problem(path: str, headers: Message) -> tuple[InquiryRefusal | None, int]:
    length = headers.get("Content-Length", "")
    if path != INQUIRIES_PATH:
        return InquiryRefusal.NOT_FOUND, 0
    if headers.get("Content-Type", "").split(";")[0].strip().lower() != CONTENT_TYPE:
        return InquiryRefusal.NOT_JSON, 0
    if headers.get("Transfer-Encoding") is not None or not (length.isascii() and length.isdigit()):
        return InquiryRefusal.NOT_JSON, 0
    if len(length) > 9 or int(length) > INQUIRY_LIMITS.size_bytes:
        return InquiryRefusal.TOO_LARGE, 0
    return None, int(length)
